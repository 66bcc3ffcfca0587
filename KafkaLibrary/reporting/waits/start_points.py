"""Where a wait began, "from the mark set at 12:00:01", and when after that an event came, "+0.31 s"."""

from __future__ import annotations

from collections.abc import Callable

from KafkaLibrary.event import Event
from KafkaLibrary.reporting.waits.phrases import clock, listed, span
from KafkaLibrary.watching.marks import Start
from KafkaLibrary.watching.waits import Outcome

_MARKS_MOST = 6


def where_it_began(outcome: Outcome) -> str:
    """The start point that was asked for, and the offsets that it came to."""
    start = outcome.request.start
    by_clock = any(mark.by_clock for mark in outcome.marks.values())
    where = _STARTS[start.kind](start, outcome)
    offsets = [
        f"{name}[{number}] from offset {offset}"
        for name, mark in outcome.marks.items()
        for number, offset in sorted(mark.offsets.items())
    ]
    places = f" ({listed(offsets, _MARKS_MOST, ', ')})" if offsets else ""
    clock = ""
    if by_clock and start.kind in ("scope", "test", "suite"):
        clock = ", found by the events' timestamps; with watch= or 'Watch Topics' no clocks are needed"
    return f"{where}{places}{clock}"


def _scope_start(start: Start, outcome: Outcome) -> str:
    return f"from the mark set at {clock(outcome.began)}" if outcome.began else "from the mark of this test"


_STARTS: dict[str, Callable[[Start, Outcome], str]] = {
    "scope": _scope_start,
    "test": _scope_start,
    "suite": lambda start, outcome: "from the start of the suite",
    "earliest": lambda start, outcome: "from the earliest event",
    "latest": lambda start, outcome: "from the end that the topic had when the wait began",
    "time": lambda start, outcome: f"from {start.moment:%Y-%m-%d %H:%M:%S}",
    "mark": lambda start, outcome: (
        f"from the mark given as since=, set at {clock(start.mark.at if start.mark else None)}"
    ),
    "event": lambda start, outcome: f"after {start.event.place if start.event else 'the event'}",
}


def when(event: Event, outcome: Outcome) -> str:
    """When the event came: the time since the mark where that stands for the step under test, else the time of day."""
    moment = event.timestamp
    if moment is None:
        return "without a time"
    if outcome.began is None or outcome.request.start.kind not in ("scope", "test"):
        return clock(moment)
    seconds = (moment - outcome.began).total_seconds()
    return ("+" if seconds >= 0 else "-") + span(abs(seconds))
