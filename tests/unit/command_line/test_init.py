"""A new project is whole and runs at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest
import yaml

from KafkaLibrary.command_line import init
from KafkaLibrary.command_line.commands import MISUSED, run
from tests.places import ROOT


def written(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_its_tests_pass_on_the_embedded_broker(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "order tests"
    assert run(["init", str(folder)]) == 0
    assert "robot --outputdir results tests" in capsys.readouterr().out
    done = subprocess.run(
        [sys.executable, "-m", "robot", "--outputdir", "results", "tests"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "3 tests, 3 passed, 0 failed" in done.stdout, done.stdout
    assert done.stderr == ""
    files = {name for name in written(folder) if not name.startswith("results/")}
    assert files == {
        "README.md",
        "requirements.txt",
        ".gitignore",
        "tests/orders.robot",
        "resources/kafka.resource",
        "variables/kafka.json",
        ".github/workflows/tests.yml",
    }
    assert yaml.safe_load((folder / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8"))["jobs"]


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    assert run(["init", str(tmp_path)]) == MISUSED
    assert "README.md. Nothing was written." in capsys.readouterr().err
    assert written(tmp_path) == {"README.md"}
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run(["init", str(tmp_path / "file" / "below")]) == MISUSED
    assert "can't be written" in capsys.readouterr().err


class Installed:
    version = "1.2"

    def __init__(self, origin: dict[str, Any] | None) -> None:
        self._origin = origin

    def read_text(self, _name: str) -> str | None:
        return None if self._origin is None else json.dumps(self._origin)


GIT = {
    "url": "https://git.example/kafka.git",
    "vcs_info": {"vcs": "git", "commit_id": "4f1c", "requested_revision": "v1"},
}
HERE = "robotframework-kafka-events"


@pytest.mark.parametrize(
    ("origin", "required"),
    [
        (None, f"{HERE}>=1.2"),
        (GIT, f"{HERE} @ git+https://git.example/kafka.git@4f1c"),
        ({**GIT, "subdirectory": "python"}, f"{HERE} @ git+https://git.example/kafka.git@4f1c#subdirectory=python"),
        (
            {"url": "https://files.example/kafka-1.2.zip", "archive_info": {}},
            f"{HERE} @ https://files.example/kafka-1.2.zip",
        ),
        ({"url": "file:///home/me/kafka", "dir_info": {}}, HERE),
        ({"url": "file:///home/me/kafka", "dir_info": {"editable": True}}, HERE),
    ],
)
def test_it_needs_the_library_as_it_is_installed_here(
    origin: dict[str, Any] | None, required: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(init, "distribution", lambda _name: Installed(origin))
    assert run(["init", str(tmp_path)]) == 0
    lines = (tmp_path / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [required]
    assert "/home/me" not in "".join(lines)  # another machine has no such folder
    assert bool(lines[1:]) == ("dir_info" in (origin or {}))


def test_it_needs_the_library_by_name_where_that_was_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(init, "distribution", missing)
    assert run(["init", str(tmp_path)]) == 0
    assert (tmp_path / "requirements.txt").read_text(encoding="utf-8") == f"{HERE}\n"
