"""One deadline for one keyword call, passed down to everything that waits in it."""

from __future__ import annotations

import time
from collections import deque

SLICE = 0.1
"""Seconds that a call may block at most, so that Robot's timeouts and Ctrl-C are heard soon."""


LATE = 0.25
"""Seconds past a deadline in which a question of the last moment may be answered: a Kafka that is well needs less."""
_NEAR = 0.1
"""Seconds in which a Kafka that is near answers: what took no longer makes no allowance."""
_SILENT = 0.5
"""Seconds without a question, at most, in all that waits; after them, and an answer's time, Kafka counts as silent."""
_LATEST = 50
_TO_CONNECT = 5
"""Round trips in the first answer: two at the address that was given, two at the broker, and its own."""
_MUCH = 0.3


class Pace:
    """How long Kafka took for its latest answers. Where that is long, what is fixed for a near one is allowed more."""

    __slots__ = ("_took", "heard_at")

    def __init__(self) -> None:
        self._took: deque[tuple[float, float]] = deque(maxlen=_LATEST)
        self.heard_at = 0.0

    def note(self, seconds: float, *, was_away: bool = False) -> None:
        """An answer came after that time. May be told by any thread.

        Of a Kafka that was away meanwhile it says how long that was, and not how far away it is.
        """
        self.heard_at = time.monotonic()
        if was_away:
            return
        is_first = not self._took
        self._took.append((self.heard_at, seconds / _TO_CONNECT if is_first else seconds))

    def heard(self) -> None:
        """Kafka was heard of, without having been asked just before."""
        self.heard_at = time.monotonic()

    def slowest(self, since: float = 0.0) -> float:
        """Seconds that the slowest answer took of the latest ones that came after that moment."""
        return max((seconds for at, seconds in tuple(self._took) if at >= since), default=0.0)

    def usual(self) -> float:
        """Seconds that half of the latest answers took at most; none where nothing was answered yet."""
        took = sorted(seconds for _, seconds in tuple(self._took))
        return took[len(took) // 2] if took else 0.0

    def answer(self) -> float:
        """Seconds after which an answer that has not come may be asked for again; none where Kafka is near.

        The slowest may be on its way, however long nobody asked.
        """
        slowest = self.slowest()
        return self.usual() + slowest if slowest >= _NEAR else 0.0

    def more(self, trips: int = 1, since: float = 0.0) -> float:
        """Seconds that so many questions, one after the other, need beyond what is given to a near Kafka.

        None where Kafka is near, and none where it is silent: it was not heard since that moment, or not for longer
        than it ever takes.
        """
        slowest = self.slowest()
        if slowest < _NEAR or self.heard_at < since or time.monotonic() - self.heard_at > _SILENT + slowest:
            return 0.0
        return trips * self.usual() + slowest


class Deadline:
    """A moment on the monotonic clock.

    ``seconds`` is the time that was given, for messages; ``started`` and ``ends`` are
    readings of ``time.monotonic``. ``pace`` is that of the Kafka that is asked, where it is known.
    """

    __slots__ = ("ends", "pace", "seconds", "started")

    def __init__(self, seconds: float, pace: Pace | None = None) -> None:
        self.pace = pace
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

    def at_least(self, seconds: float, trips: int = 1) -> Deadline:
        """This deadline, or a later one: a question needs time for its answer even at the last moment.

        A call whose time is shorter has that many seconds from its start on, and else ``LATE`` more than it was given.
        Both are longer where Kafka is far away and was heard in this call: as long as so many answers take, in turn.
        """
        return self if self.remaining() >= self._left(seconds, trips) else self.beside(seconds, trips)

    def beside(self, seconds: float, trips: int = 1) -> Deadline:
        """A deadline for what a message tells beside, in that many seconds or ``LATE`` past this one."""
        left = self._left(seconds, trips)
        later = Deadline(left, self.pace)
        # Of a call that has no time of its own: from its start on, not what a slow machine has left of it.
        later.seconds = self.seconds or min(seconds + self.more(trips), later.ends - self.started)
        later.started = self.started
        return later

    def _left(self, seconds: float, trips: int) -> float:
        now, more = time.monotonic(), self.more(trips)
        return min(seconds + more, max(LATE + more, self.ends - now, self.started + seconds + more - now))

    def more(self, trips: int = 1) -> float:
        """Seconds that so many questions need beyond what is given to a near Kafka, where this one was heard lately."""
        return self.pace.more(trips, self.started) if self.pace is not None else 0.0

    def slice(self, most: float = SLICE) -> float:
        """Seconds that the next blocking call may take."""
        return min(most, self.remaining())


def answered_late(deadline: Deadline) -> str:
    """A sentence of how long Kafka took in this call, where much of the time went there; else nothing."""
    return _told("Kafka", deadline, deadline.pace.slowest(deadline.started) if deadline.pace else 0.0)


def answered_late_before(deadline: Deadline) -> str:
    """The same of a Kafka that did not answer in this call, by what it took before."""
    return _told("Before that, Kafka", deadline, deadline.pace.usual() if deadline.pace else 0.0)


def _told(who: str, deadline: Deadline, seconds: float) -> str:
    if seconds <= max(LATE, deadline.seconds * _MUCH):
        return ""
    return f"{who} answered after {seconds:.1f} s: it is far away or busy. Allow more time."


def in_words(seconds: float) -> str:
    """A number of seconds as messages say it."""
    shown = f"{seconds:.3g}"
    return "1 second" if shown == "1" else f"{shown} seconds"
