"""A new project is whole and runs at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

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
