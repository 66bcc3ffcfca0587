"""Sentences about dead letters: "orders[0]@42 was dead-lettered by billing: no such currency. See orders-dlt[0]@7."."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from KafkaLibrary.event import Event
from KafkaLibrary.matching import REASON_MOST, show_text
from KafkaLibrary.reporting.waits.phrases import counted, key_of, span

if TYPE_CHECKING:
    from KafkaLibrary.watching.across_topics.published_events import Period

_LETTERS_MOST = 3
_DOUBT_MOST = 60
"""Characters of a reason in a warning."""
_SECOND = 1000
_LEAST = 10
"""Milliseconds between publishing and death that are worth a word."""


def of_events_that_died(letters: Sequence[Event], published_by: Callable[[Event], str]) -> list[str]:
    """The dead letters of events of this test: most likely that is why a wait failed."""
    lines = [
        f"{died(show_text(letter.dead_letter.origin.place), letter, REASON_MOST, published_by(letter))}."
        for letter in letters[:_LETTERS_MOST]
        if letter.dead_letter is not None
    ]
    more = len(letters) - _LETTERS_MOST
    return [*lines, f"So were {counted(more)} more." if more > 1 else "So was 1 event more."] if more > 0 else lines


def of_others(event: Event, letters: Sequence[Event]) -> str:
    """There are letters of this event, though not those which were asked for."""
    more = f", and {len(letters) - 1} more" if letters[1:] else ""
    return f"{died(event.place, letters[-1], _DOUBT_MOST, all_the_same=' all the same')}{more}."


def of_untold(events: Sequence[Event]) -> str:
    """There are events on a topic of dead letters that are not known as such."""
    first, more = events[0].place, len(events) - 1
    they, given = (f"{first} and {more} more have", "are not returned.\nThey may still be dead letters")
    if not more:
        they, given = f"{first} has", "is not returned.\nIt may still be a dead letter"
    return f"{they} no header about a death, and {given}: 'Get Events' returns all that is there."


def died(place: str, letter: Event, reason_most: int, published: str = "", all_the_same: str = "") -> str:
    """What its letter tells of the event at that place, without a full stop."""
    death = letter.dead_letter
    which = f", {'made from what' if death and death.origin.is_of_made_event else 'which'} {published},"
    by = f" by {show_text(death.group)}" if death and death.group else ""
    since = death.origin.timestamp_ms if death else None
    later = 0 if since is None else letter.timestamp_ms - since
    after = f" {span(later / _SECOND)} later" if later >= _LEAST and not all_the_same else ""
    reason = f": {show_text(death.reason, reason_most)}" if death and death.reason else ""
    return f"{place}{which if published else ''} was dead-lettered{all_the_same}{by}{after}{reason}. See {letter.place}"


def published_by(by: Period | None, test: Period) -> str:
    """Who published an event, as it is said in this test: "this test published"; empty where that is not known."""
    if by is None:
        return ""
    if by is test:
        return f"this {by.kind} published"
    earlier = "the suite" if by.kind == "suite" else "the earlier test" if by.name else "an earlier test"
    name = f" '{by.name}'" if by.name else ""
    return f"{earlier}{name} published{' outside of tests' if by.kind == 'suite' else ''}"


def of_untold_letters(died: Event, letters: Sequence[Event]) -> str:
    """There are letters of which it is not known whether they are of this event, and what teaches that."""
    places = ", ".join(f"{letter.place}{key_of(letter)}" for letter in letters[:_LETTERS_MOST])
    more = f" and {len(letters) - _LETTERS_MOST} more" if letters[_LETTERS_MOST:] else ""
    told = f"{places}{more} came after {died.place}, and no known header says which event died."
    names = list(dict.fromkeys(name for letter in letters for name, _ in letter.raw_headers))
    headers = f" (here: {show_text(', '.join(names), REASON_MOST)})" if names else ""
    taught = f"dead_letter_conventions= on the import teaches headers{headers}"
    return f"{told}\n{taught}; by=key looks by the key, by=value by the value."


def of_doubted_letters(died: Event, letters: Sequence[Event]) -> str:
    """The same where the keyword has passed: one of them may be the letter of the event."""
    return f"{died.place} may have been dead-lettered: {of_untold_letters(died, letters)}"


def of_no_copy(letter: Event, origin: str, copied_by: str) -> str:
    """That a letter without key and value most likely has nothing of the event that died."""
    return (
        f"{letter.place} has neither key nor value, and so has what goes to '{origin}'.\n"
        f"Most likely the event that died had them: a letter has a copy of it with {copied_by}=true."
    )


def of_absent_topic(died: Event, name: str, meant: str) -> str:
    """That a topic which does not exist proves little, where its name is nearly that of one for these letters."""
    return (
        f"No dead letter of {died.place} could be on '{name}': that topic does not exist. {meant}\n"
        "If the name is right, say so: call 'Create Topic' with it before the test."
    )
