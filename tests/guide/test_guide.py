"""Every example of docs/guide runs: a page's Robot examples as one suite, its Python as a module of tests."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from tests.places import ROOT

GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(GUIDE.glob("*.md"))
_BLOCK = re.compile(r"^```(?P<kind>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^)#:]+)\)")
# Shown, and run by nobody: commands that install, files of other tools, and what failures say, which the suite of the
# known bugs compares.
SHOWN_ONLY = {"sh", "text", "groovy"}
RUN = {"robotframework", "robotframework dryrun", "python", "yaml"}


def blocks(page: Path, kind: str) -> list[str]:
    return [one["text"] for one in _BLOCK.finditer(page.read_text(encoding="utf-8")) if one["kind"] == kind]


def with_examples(kind: str) -> list[Path]:
    return [page for page in PAGES if blocks(page, kind)]


def name(page: Path) -> str:
    return page.stem


def run(command: Sequence[object], folder: Path) -> None:
    done = subprocess.run([*map(str, command)], cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    # What Robot can't import fails nothing that does not use it.
    assert "[ ERROR ]" not in done.stderr, done.stderr


def robot(suite: str, folder: Path, *options: str) -> None:
    place = folder / "guide.robot"
    place.write_text(suite, encoding="utf-8")
    run([sys.executable, "-m", "robot", "--pythonpath", ROOT, "--outputdir", folder / "results", *options, place], ROOT)


@pytest.mark.parametrize("page", with_examples("robotframework"), ids=name)
def test_the_robot_examples_of_a_page_run(page: Path, tmp_path: Path) -> None:
    robot("\n".join(blocks(page, "robotframework")), tmp_path)


@pytest.mark.parametrize("page", with_examples("robotframework dryrun"), ids=name)
def test_examples_that_need_what_is_not_here_are_right_as_far_as_robot_can_tell(page: Path, tmp_path: Path) -> None:
    robot("\n".join(blocks(page, "robotframework dryrun")), tmp_path, "--dryrun", "--runemptysuite")


@pytest.mark.parametrize("page", with_examples("python"), ids=name)
def test_the_python_examples_of_a_page_run(page: Path, tmp_path: Path) -> None:
    place = tmp_path / "test_examples.py"
    place.write_text("\n".join(blocks(page, "python")), encoding="utf-8")
    options = ("-p", "no:cacheprovider", "--rootdir", ROOT, "-c", ROOT / "pyproject.toml")
    run([sys.executable, "-m", "pytest", "-q", *options, place], ROOT)


@pytest.mark.parametrize("page", with_examples("yaml"), ids=name)
def test_the_settings_of_other_tools_can_be_read(page: Path) -> None:
    for block in blocks(page, "yaml"):
        assert yaml.safe_load(block)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_block_is_of_a_kind_that_is_known(page: Path) -> None:
    kinds = {one["kind"] for one in _BLOCK.finditer(page.read_text(encoding="utf-8"))}
    assert kinds <= RUN | SHOWN_ONLY


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=name)
def test_links_lead_to_files(page: Path) -> None:
    targets = [found["target"] for found in _LINK.finditer(page.read_text(encoding="utf-8"))]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing
