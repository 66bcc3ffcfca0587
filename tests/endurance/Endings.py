"""Robot keywords that end their process in the middle of a test."""

from __future__ import annotations

import os
import signal

from robot.api.deco import keyword, library


@library(scope="GLOBAL")
class Endings:
    @keyword
    def end_this_process(self) -> None:
        raise SystemExit(7)

    @keyword
    def kill_this_process(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)
