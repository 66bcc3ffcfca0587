"""One deadline for one keyword call, passed down to everything that waits in it."""

from __future__ import annotations

import time

SLICE = 0.1
"""Seconds that a call may block at most, so that Robot's timeouts and Ctrl-C are heard soon."""


LATE = 0.25
"""Seconds past a deadline in which a question of the last moment may be answered: a Kafka that is well needs less."""


class Deadline:
    """A moment on the monotonic clock.

    ``seconds`` is the time that was given, for messages; ``started`` and ``ends`` are
    readings of ``time.monotonic``.
    """

    __slots__ = ("ends", "seconds", "started")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.started = time.monotonic()
        self.ends = self.started + seconds

    @property
    def passed(self) -> bool:
        """True from the deadline on."""
        return time.monotonic() >= self.ends

    def remaining(self) -> float:
        """Seconds that are left, never below zero."""
        return max(0.0, self.ends - time.monotonic())

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    def at_least(self, seconds: float) -> Deadline:
        """This deadline, or a later one: a question needs time for its answer even at the last moment.

        A call whose time is shorter has that many seconds from its start on, and else ``LATE`` more than it was given.
        """
        return self if self.remaining() >= self._left(seconds) else self.beside(seconds)

    def beside(self, seconds: float) -> Deadline:
        """A deadline for what a message tells beside, in that many seconds or ``LATE`` past this one."""
        left = self._left(seconds)
        later = Deadline(left)
        later.seconds, later.started = self.seconds or left, self.started
        return later

    def _left(self, seconds: float) -> float:
        now = time.monotonic()
        return min(seconds, max(LATE, self.ends - now, self.started + seconds - now))

    def slice(self, most: float = SLICE) -> float:
        """Seconds that the next blocking call may take."""
        return min(most, self.remaining())


def in_words(seconds: float) -> str:
    """A number of seconds as messages say it."""
    shown = f"{seconds:.3g}"
    return "1 second" if shown == "1" else f"{shown} seconds"
