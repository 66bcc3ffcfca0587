"""Temporary topics go however their run ends; those of a killed run go later."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import KafkaUnusable
from tests.endurance.runs import Kafkas, outcomes, robot
from tests.kafka import Kafka
from tests.places import ROOT

SUITE = "interrupted.robot"
MARK = ".kafkalibrary."
A_DAY = 24 * 60 * 60
Start = Callable[..., subprocess.Popen[str]]
Until = Callable[[Callable[[], object], str], None]


class Run:
    """A run of the one test with a tag."""

    def __init__(self, kafka: Kafkas, start: Start, folder: Path, tag: str) -> None:
        self.notes = folder / "notes"
        self.notes.mkdir()
        self.results = folder / "results"
        command = robot(self.results, SUITE, kafka.address, NOTES=self.notes)
        self.process = start([*command[:-1], "--include", tag, command[-1]])

    def topics(self) -> set[str]:
        """What it has made, as far as it came to note it."""
        return {file.name for file in self.notes.iterdir() if MARK in file.name}


def made_at(seconds: float) -> str:
    return f"endurance{MARK}{int(seconds)}.{secrets.token_hex(4)}"


@pytest.mark.parametrize("presses", [1, 2])
def test_ctrl_c_removes_them(kafka: Kafkas, start: Start, until: Until, tmp_path: Path, presses: int) -> None:
    run = Run(kafka, start, tmp_path, "ctrl-c")
    until((run.notes / "waits").exists, "the test waits")
    assert run.topics() <= kafka.topics()
    os.killpg(run.process.pid, signal.SIGINT)
    if presses > 1:
        until(lambda: "Second signal" in (tmp_path / "console-0.txt").read_text(), "Robot has heard the first")
        os.killpg(run.process.pid, signal.SIGINT)
    assert run.process.wait(30) != 0
    assert len(run.topics()) == 2
    assert not run.topics() & kafka.topics()


@pytest.mark.parametrize(("tag", "status"), [("robot-timeout", 1), ("fatal-error", 1)])
def test_so_does_what_ends_a_test(kafka: Kafkas, start: Start, tmp_path: Path, tag: str, status: int) -> None:
    run = Run(kafka, start, tmp_path, tag)
    assert run.process.wait(60) == status
    assert list(outcomes(run.results).values()) != [""]
    assert len(run.topics()) == 2
    assert not run.topics() & kafka.topics()


def test_so_does_the_end_of_the_process_in_the_middle_of_a_keyword(kafka: Kafkas, start: Start, tmp_path: Path) -> None:
    run = Run(kafka, start, tmp_path, "system-exit")
    run.process.wait(60)
    assert len(run.topics()) == 2
    assert not run.topics() & kafka.topics()


@pytest.mark.parametrize(
    ("ending", "status"),
    [
        ("", 0),
        ("sys.exit(3)", 3),
        ("raise ValueError", 1),
        ("library = None", 0),
        ("signal.raise_signal(signal.SIGINT)", -signal.SIGINT),
    ],
)
def test_in_plain_python_nothing_needs_to_be_called(
    kafka: Kafkas, start: Start, tmp_path: Path, ending: str, status: int
) -> None:
    program = f"""
import signal, sys
from KafkaLibrary import KafkaLibrary
library = KafkaLibrary({kafka.address!r})
open("made", "w").write(library.create_temporary_topic("python"))
{ending}
"""
    run = start([sys.executable, "-c", program], PYTHONPATH=str(ROOT))
    assert run.wait(60) == status, (tmp_path / "console-0.txt").read_text()
    assert (tmp_path / "made").read_text() not in kafka.topics()


def test_what_a_killed_run_left_stays_for_a_day_and_goes_with_a_later_run(
    kafka: Kafkas, start: Start, until: Until, tmp_path: Path
) -> None:
    killed = Run(kafka, start, tmp_path, "killed")
    assert killed.process.wait(60) == -signal.SIGKILL
    young = killed.topics()
    assert len(young) == 2
    now = time.time()
    old = {kafka.new_topic(made_at(now - A_DAY - 60)), kafka.new_topic(made_at(now - 7 * A_DAY))}
    others = {kafka.new_topic(made_at(now + A_DAY)), kafka.new_topic(f"{made_at(now - 7 * A_DAY)}.retry")}
    (tmp_path / "later").mkdir()
    later = Run(kafka, start, tmp_path / "later", "robot-timeout")
    later.process.wait(60)
    until(lambda: not old & kafka.topics(), "the old ones are gone")
    assert young | others <= kafka.topics()
    kafka.delete(young | others)


class Stopped(BaseException):
    """What nobody catches."""


def test_wherever_a_creation_is_interrupted_nothing_is_left(kafka: Kafkas) -> None:
    prefix = f"stopped-{secrets.token_hex(4)}"
    library = KafkaLibrary(kafka.address, timeout="20 s")
    before = signal.signal(signal.SIGALRM, _stop)
    stopped = 0
    try:
        library.start_test()
        library.create_temporary_topic(prefix)
        for tenths in range(1, 120, 2):
            signal.setitimer(signal.ITIMER_REAL, tenths / 10_000)
            try:
                library.create_temporary_topic(prefix)
                signal.setitimer(signal.ITIMER_REAL, 0)
            except Stopped:
                stopped += 1
            except SystemError as told:  # how Python tells it of a function of the client that was stopped inside
                if not isinstance(told.__cause__, Stopped):
                    raise
                stopped += 1
        assert stopped > 5
        library.start_test()
        assert not [name for name in kafka.topics() if name.startswith(prefix)]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        library.disconnect_from_all_kafka()


def _stop(_: int, __: FrameType | None) -> None:
    raise Stopped


def test_a_kafka_that_is_too_slow_to_make_or_delete_them(until: Until, caplog: pytest.LogCaptureFixture) -> None:
    """Deletion gives up with a warning; what comes to exist late goes with the connection."""
    with Kafka() as slow:
        kafka = Kafkas(slow.bootstrap_servers)
        library = KafkaLibrary(slow.bootstrap_servers, timeout="1 s")
        library.start_test()
        library.create_temporary_topic("first")
        library.create_temporary_topic("second")
        slow.pause()
        try:
            with pytest.raises(KafkaUnusable):
                library.create_temporary_topic("late")
            with caplog.at_level("WARNING"):
                library.start_test()
        finally:
            slow.resume()
        assert "The temporary topics 'first." in caplog.text
        until(lambda: any(name.startswith("late.") for name in kafka.topics()), "the late one is made")
        library.disconnect_from_all_kafka()
        assert not [name for name in kafka.topics() if MARK in name]
