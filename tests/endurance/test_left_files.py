"""A run leaves no files but Robot's own results, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.endurance.runs import Kafkas, robot
from tests.places import ROOT

Until = Callable[[Callable[[], object], str], None]


@pytest.mark.parametrize(("tag", "failed"), [("everything", 0), ("robot-timeout", 1), ("ctrl-c", 1)])
def test_no_file_is_left(
    kafka: Kafkas,
    start: Callable[..., subprocess.Popen[str]],
    until: Until,
    tmp_path: Path,
    tag: str,
    failed: int,
) -> None:
    notes, temporary = tmp_path / "notes", tmp_path / "temporary"
    notes.mkdir()
    temporary.mkdir()
    command = robot(tmp_path / "results", "everything.robot", kafka.address, NOTES=notes, SCHEMAS=ROOT / "examples")
    everywhere = {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP", "HOME", "XDG_CACHE_HOME")}
    run = start([*command[:-1], "--include", tag, command[-1]], **everywhere, PYTHONDONTWRITEBYTECODE="1")
    if tag == "ctrl-c":
        until((notes / "compiles").exists, "the test compiles")
        os.killpg(run.pid, signal.SIGINT)
    assert run.wait(60) == failed, (tmp_path / "console-0.txt").read_text()
    assert [str(left) for left in temporary.rglob("*")] == []
    assert {left.name for left in tmp_path.iterdir()} == {"notes", "temporary", "results", "console-0.txt"}
    assert {left.name for left in (tmp_path / "results").iterdir()} == {"output.xml"}
