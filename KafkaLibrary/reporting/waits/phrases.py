"""Phrases of several messages: "3 events", "1 event was", "2.50 s", a time of day, ", key 42", topics in quotes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from KafkaLibrary.deadline import in_words
from KafkaLibrary.event import Event
from KafkaLibrary.matching import show_text, show_value
from KafkaLibrary.watching.doubts import Absent
from KafkaLibrary.watching.waits import Outcome

INDENT = "    "
TOPICS_MOST = 5
_KEY_MOST = 60


def counted(count: int) -> str:
    """So many events."""
    return {0: "No event", 1: "1 event"}.get(count, f"{count:,} events")


def were(count: int) -> str:
    """So many events, before a verb."""
    return {0: "No event was", 1: "1 event was"}.get(count, f"{count:,} events were")


def listed(shown: Sequence[str], most: int, between: str) -> str:
    """The first of them, and how many more there are."""
    more = len(shown) - most
    return between.join(shown[:most]) + (f" and {more} more" if more > 0 else "")


def span(seconds: float) -> str:
    """A time as people write it: hundredths below a minute, and never an exponent."""
    for unit, length in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:,.0f} {unit}"
    return f"{seconds:.2f} s"


def clock(moment: datetime | None) -> str:
    """The local time of day, to the millisecond."""
    if moment is None:
        return "an unknown time"
    local = moment.astimezone()
    return local.strftime("%H:%M:%S.") + f"{local.microsecond // 1000:03d}"


def key_of(event: Event) -> str:
    """The key of an event, to stand behind its place."""
    return "" if event.raw_key is None else f", key {show_value(event.shown_key, _KEY_MOST)}"


def seconds_of(outcome: Outcome) -> str:
    """The time that the wait was given."""
    return in_words(outcome.request.deadline.seconds)


def topics_of(outcome: Outcome) -> str:
    """The topics that were asked for; of very many the first ones."""
    return listed([f"'{name}'" for name in outcome.request.topics], TOPICS_MOST, " or ")


def is_absent(one: Absent) -> str:
    """That none of the latest events has what a condition asks for."""
    where = "the event" if one.events == 1 else f"all of the latest {one.events:,}"
    return f"{show_text(one.condition.asked)} is missing in {where}"
