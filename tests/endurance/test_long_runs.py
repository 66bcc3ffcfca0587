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
    base = {"used": 9_000_000, "memory": 10_000_000, "objects": 1000, "ids": 10, "threads": 5, "sockets": 2, "files": 9}
    return [
        Sample(done=number, **{name: value + number * grows.get(name, 0) for name, value in base.items()})
        for number in range(20)
    ]


@pytest.mark.parametrize("name", ["used", "memory", "objects", "threads", "sockets", "files"])
def test_what_grows_is_told(name: str) -> None:
    (told,) = growth(samples(**{name: 1}), {"used": 0.5, "memory": 0.5, "objects": 0.5})
    assert told.startswith(f"{name} grew")


def test_what_the_client_keeps_by_itself_is_not_told() -> None:
    of_the_client = {"used": 100.0}
    assert growth(samples(used=205, ids=2), {"used": 10}, of_the_client) == []
    (told,) = growth(samples(used=215, ids=2), {"used": 10}, of_the_client)
    assert told.startswith("used grew by 15 ")


def test_what_stays_is_not_told() -> None:
    assert growth(samples(), {"used": 0, "memory": 0, "objects": 0}) == []
