"""Runs commands as children that never outlive the run they belong to."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

GRACE_SECONDS = 30.0


def run(command: Sequence[str], **environment: str) -> int:
    """Gives the command's exit status; what ends this process ends the command first, and lets it tidy up."""
    # In a session of its own it gets no Ctrl-C from the terminal, so it gets exactly one: from here.
    with_parent = ending_with_parent(signal.SIGINT)
    child = subprocess.Popen([*with_parent, *command], env={**os.environ, **environment}, start_new_session=True)
    try:
        status = child.wait()
    except BaseException:
        _end(child)
        raise
    return status if status >= 0 else 128 - status


@contextmanager
def signals_as_exits() -> Iterator[None]:
    """Signals that would end Python at once become SystemExit, so that all that was started is stopped."""

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, leave) for number in names}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ending_with_parent(number: signal.Signals) -> list[str]:
    """Words before a command: Linux sends it the signal when the thread that started it ends.

    Where there is no setpriv (other systems), only a run that ends in an orderly way ends the command.
    """
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", number.name.removeprefix("SIG"), "--"] if setpriv else []


def _end(child: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(child.pid, number)
        # A second Ctrl-C goes on to the harder signal.
        with suppress(subprocess.TimeoutExpired, SystemExit, KeyboardInterrupt):
            child.wait(GRACE_SECONDS)
            return
