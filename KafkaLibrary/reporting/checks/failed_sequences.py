"""What is said of events that are not in order or not unique."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from KafkaLibrary.event import Event
from KafkaLibrary.matching import Path, show_text, show_value
from KafkaLibrary.matching.sequences.order import OrderCheck, OutOfOrder, WithoutValue
from KafkaLibrary.matching.sequences.uniqueness import Shared
from KafkaLibrary.reporting.checks.failed_checks import named
from KafkaLibrary.reporting.long_lists import bounded

_MOST_PLACES = 5


def nothing_to_check(message: str | None) -> str:
    """The failure for an empty list."""
    return _joined(message, "There are no events to check.", ["A check of nothing would prove nothing."])


def tombstones(places: Sequence[str]) -> str:
    """What is noted of events that have no value and so no field."""
    shown = ", ".join(places[:_MOST_PLACES]) + (
        f" and {len(places) - _MOST_PLACES} more" * (len(places) > _MOST_PLACES)
    )
    return f"{shown} {'is a tombstone and adds' if len(places) == 1 else 'are tombstones and add'} nothing."


def nothing_compared(events: Sequence[Event], by_key: bool, message: str | None) -> str:
    """The failure for events of which none stands behind another."""
    keyed = "Each of them has a key of its own"
    if all(event.raw_key is None for event in events):
        keyed = "They have no keys, and each lies in a partition of its own"
    alone = keyed if by_key else "Each of them is alone in its partition"
    verdict = f"The order of {len(events)} events could not be checked."
    advice = "Use path= and by_key=False to compare a field in list order."
    return _joined(message, verdict, [f"{alone}: there is no order between them.", advice])


def how(path: Path | None, *, by_key: bool, descending: bool) -> str:
    """The order that was asked for."""
    falling = "falling " if descending else ""
    of = "each key on its own" if by_key else "in the order of the list" if path else "each partition on its own"
    return f"in {falling}order by {show_text(path.text) if path else 'offset'}, {of}"


def not_in_order(events: Sequence[Event], found: OrderCheck, asked: str, message: str | None) -> str:
    """All that is out of order, and the events that could not be judged."""
    lines = [_LINES[type(fault)](fault) for fault in found.faults]
    return _joined(message, f"{_count(events)} not {asked}:", bounded(lines))


def not_unique(
    events: Sequence[Event],
    shared: Sequence[Shared],
    unread: Sequence[WithoutValue],
    paths: Sequence[Path],
    message: str | None,
) -> str:
    """The values that several events have, and the events without one."""
    lines = [f"{show_value(one.value)} is in {len(one.events)} events: {_places(one.events)}" for one in shared]
    lines += map(_unread, unread)
    return _joined(message, f"{_count(events)} not unique by {show_text(by(paths))}:", bounded(lines))


def by(paths: Sequence[Path]) -> str:
    """The paths as a sentence has them."""
    return " and ".join(path.text for path in paths)


def _count(events: Sequence[Event]) -> str:
    return f"The {len(events)} events are" if len(events) > 1 else "The event is"


def _pair(pair: OutOfOrder) -> str:
    one, other = (show_value(value) for value in pair.found)
    why = f": {pair.reason}" if pair.reason else ""
    return f"{named(pair.before)} has {one}, then {named(pair.behind)} has {other}{why}"


def _unread(unread: WithoutValue) -> str:
    return f"{named(unread.event)}: {unread.reason}"


_LINES: dict[type, Callable[[Any], str]] = {OutOfOrder: _pair, WithoutValue: _unread}


def _places(events: Sequence[Event]) -> str:
    shown = ", ".join(event.place for event in events[:_MOST_PLACES])
    more = len(events) - _MOST_PLACES
    return f"{shown} and {more} more" if more > 0 else shown


def _joined(message: str | None, verdict: str, lines: Iterable[str]) -> str:
    return "\n".join([*([message] if message else []), verdict, *lines])


def concerned(faults: Iterable[WithoutValue | OutOfOrder]) -> Iterator[Event]:
    """The events that faults are about."""
    for fault in faults:
        yield from (fault.event,) if isinstance(fault, WithoutValue) else (fault.before, fault.behind)
