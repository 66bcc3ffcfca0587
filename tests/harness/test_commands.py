"""Commands that a run starts end with it, tidily, and give their status."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.places import ROOT

# Waits until it is interrupted, and tells that it could tidy up.
PATIENT = """
import signal
try:
    print("up", flush=True)
    signal.pause()
except KeyboardInterrupt:
    print("tidied", flush=True)
"""
RUNNER = """
import sys
from tests.commands import run, signals_as_exits
with signals_as_exits():
    sys.exit(run([sys.executable, "-c", sys.argv[1]]))
"""


@contextmanager
def runner_of(program: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", RUNNER, program]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as runner:
        try:
            yield runner
        finally:
            runner.kill()


def printed(runner: subprocess.Popen[str]) -> str:
    """Up to the end of the runner and of all that it started: they share one pipe."""
    assert runner.stdout is not None
    return runner.stdout.read()


def test_gives_the_status_of_the_command() -> None:
    with runner_of("raise SystemExit(7)") as runner:
        assert runner.wait(30) == 7


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_command_and_lets_it_tidy_up(number: signal.Signals) -> None:
    with runner_of(PATIENT) as runner:
        assert runner.stdout is not None
        assert runner.stdout.readline() == "up\n"
        runner.send_signal(number)
        assert printed(runner) == "tidied\n"
        assert runner.wait(30) == 128 + number


def test_the_command_ends_with_a_runner_that_was_killed() -> None:
    with runner_of(PATIENT) as runner:
        assert runner.stdout is not None
        assert runner.stdout.readline() == "up\n"
        runner.kill()
        assert printed(runner) == "tidied\n"
