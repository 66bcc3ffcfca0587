"""Robot keywords that look for processes that should be gone."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from robot.api.deco import keyword, library


@library(scope="GLOBAL")
class Leftovers:
    @keyword
    def nothing_should_run_with(self, text: str) -> None:
        """In the command line of no process."""
        found = _running_with(text)
        assert not found, f"These still run: {found}"

    @keyword
    def something_should_run_with(self, text: str) -> None:
        assert _running_with(text), f"Nothing runs with {text}."


def _running_with(text: str) -> dict[str, str]:
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if text in line and process.name != str(os.getpid()):
                found[process.name] = line
    return found
