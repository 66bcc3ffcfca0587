"""Ten thousand waits, and a hundred connections: a process has no more in their second half than in their first."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.endurance.process import Sample, growth
from tests.places import ROOT


@pytest.mark.parametrize("what", ["waits", "connections"])
def test_nothing_grows(address: str, start: Callable[..., subprocess.Popen[str]], tmp_path: Path, what: str) -> None:
    command = [sys.executable, "-m", "tests.endurance", "--bootstrap-servers", address, "--only", what]
    run = start(command, PYTHONPATH=str(ROOT))
    status = run.wait(600)
    assert status == 0, (tmp_path / "console-0.txt").read_text()


def samples(**grows: int) -> list[Sample]:
    """Twenty, of which these grow by so much each time."""
    base = {"memory": 10_000_000, "objects": 1000, "threads": 5, "sockets": 2, "files": 9}
    return [
        Sample(done=number, **{name: value + number * grows.get(name, 0) for name, value in base.items()})
        for number in range(20)
    ]


@pytest.mark.parametrize("name", ["memory", "objects", "threads", "sockets", "files"])
def test_what_grows_is_told(name: str) -> None:
    (told,) = growth(samples(**{name: 1}), {"memory": 0.5, "objects": 0.5})
    assert told.startswith(f"{name} grew")


def test_what_stays_is_not_told() -> None:
    assert growth(samples(), {"memory": 0, "objects": 0}) == []
