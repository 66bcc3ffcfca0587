"""Sentences about dead letters: "orders[0]@42 was dead-lettered by billing: no such currency. See orders-dlt[0]@7."."""

from __future__ import annotations

from collections.abc import Sequence

from KafkaLibrary.event import Event
from KafkaLibrary.matching import REASON_MOST, show_text
from KafkaLibrary.reporting.waits.phrases import counted

_LETTERS_MOST = 3
_DOUBT_MOST = 60
"""Characters of a reason in a warning."""


def of_events_that_died(letters: Sequence[Event]) -> list[str]:
    """The dead letters of events of this test: most likely that is why a wait failed."""
    lines = [
        f"{_died(show_text(letter.dead_letter.origin.place), letter, REASON_MOST)}."
        for letter in letters[:_LETTERS_MOST]
        if letter.dead_letter is not None
    ]
    more = len(letters) - _LETTERS_MOST
    return [*lines, f"So were {counted(more)} more." if more > 1 else "So was 1 event more."] if more > 0 else lines


def of_others(died: Event, letters: Sequence[Event]) -> str:
    """There are letters of this event, though not those which were asked for."""
    more = f", and {len(letters) - 1} more" if letters[1:] else ""
    return f"{_died(died.place, letters[-1], _DOUBT_MOST, ' all the same')}{more}."


def of_untold(events: Sequence[Event]) -> str:
    """There are events on a topic of dead letters that are not known as such."""
    first, more = events[0].place, len(events) - 1
    they, given = (f"{first} and {more} more have", "are not given.\nThey may be dead letters")
    if not more:
        they, given = f"{first} has", "is not given.\nIt may be a dead letter"
    return f"{they} no header that tells of a death, and {given} all the same: 'Get Events' gives all that is there."


def _died(place: str, letter: Event, reason_most: int, all_the_same: str = "") -> str:
    death = letter.dead_letter
    by = f" by {show_text(death.group)}" if death and death.group else ""
    reason = f": {show_text(death.reason, reason_most)}" if death and death.reason else ""
    return f"{place} was dead-lettered{all_the_same}{by}{reason}. See {letter.place}"
