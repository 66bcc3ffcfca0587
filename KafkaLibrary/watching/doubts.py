"""Doubts about a negative that passed: what speaks for a slip in its conditions, as no event met them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching import Condition, Conditions

if TYPE_CHECKING:
    from KafkaLibrary.matching import DoubtedCondition

_LOOKED_THROUGH = 1000
"""Events among which one is looked for that a negative hardly meant to leave out."""
_SAMPLE = 20
"""Events in which a path is looked for that no condition of a negative has found."""
_BEARING_OUT = 0.1


class Absent(NamedTuple):
    """What a condition asks for and none of the latest events has, so many, and what may have been meant.

    It is ``doubtful`` where nothing says that it may be missing.
    """

    condition: Condition
    meant: str
    doubtful: bool
    events: int


class Doubts(NamedTuple):
    """All that speaks for a slip."""

    absent: tuple[Absent, ...] = ()
    nearly: tuple[Event, DoubtedCondition] | None = None
    """An event that would match if something were overlooked."""


NO_DOUBTS = Doubts()


def doubts_of(conditions: Conditions, events: Iterator[Event]) -> Doubts:
    """What speaks for a slip where none of the events, the latest first, meets the conditions."""
    latest = list(islice(events, _LOOKED_THROUGH))
    return Doubts(tuple(_absent(conditions, latest, events)), _nearly(conditions, latest))


def _absent(conditions: Conditions, latest: Sequence[Event], older: Iterable[Event]) -> list[Absent]:
    until, sample = Deadline(_BEARING_OUT), latest[:_SAMPLE]
    telling = {id(one): _with_value(one, sample) for one in conditions}
    lacking = [one for one in conditions if telling[id(one)] and all(map(one.is_missing, telling[id(one)]))]
    found = [
        Absent(
            one,
            _name_meant(one, telling[id(one)]) or _held_elsewhere(one, conditions, telling[id(one)], until),
            _is_doubtful(one, lacking, conditions, _with_value(one, latest)),
            len(telling[id(one)]),
        )
        for one in lacking
    ]
    if any(one.meant or one.doubtful for one in found):  # to be told aloud, so all in memory has to bear it out
        seen = sum(not event.is_tombstone for event in sample)
        for event in chain(latest[_SAMPLE:], older):
            found = [one for one in found if one.condition.is_missing(event)]
            seen += not event.is_tombstone
            if not found or until.passed:
                break
        found = [one._replace(events=seen) for one in found]
    return found


def _name_meant(condition: Condition, events: Sequence[Event]) -> str:
    return next(filter(None, map(condition.path.name_meant, events)), "")


def _with_value(condition: Condition, events: Sequence[Event]) -> list[Event]:
    """Those that may have what it asks for: a tombstone has no field, whatever its name."""
    return [event for event in events if not (condition.path.asks_value and event.is_tombstone)]


def _is_doubtful(
    condition: Condition, lacking: Sequence[Condition], conditions: Conditions, events: Iterable[Event]
) -> bool:
    """Whether that a field is missing decides, and nothing says that it may be.

    Another condition says so where it asks for the field to exist, or leaves out all events for another reason: those
    of another type have other fields. So do null, and an empty list, in the place of what the field would be in.
    """
    if condition.asks_existence or any(one.asks_existence and condition.path.is_in(one.path) for one in conditions):
        return False
    others = [one for one in conditions if one not in lacking]
    if any(one.may_take_long for one in others):
        return False
    concerned = [event for event in events if all(_holds(one, event) for one in others)]
    return bool(concerned) and all(condition.path.lacks_name(event) for event in concerned)


def _holds(condition: Condition, event: Event) -> bool:
    try:
        return condition.holds(event)
    except (Undecodable, KafkaUnusable):
        return False


def _nearly(conditions: Conditions, events: Iterable[Event]) -> tuple[Event, DoubtedCondition] | None:
    from KafkaLibrary.matching import LenientConditions  # noqa: PLC0415 - behind a negative that holds, and nowhere else

    lenient, until = LenientConditions(conditions), Deadline(_BEARING_OUT)
    for event in events:
        with suppress(Undecodable, KafkaUnusable):
            doubted = lenient.nearly_met(event)
            if doubted:
                return event, doubted
        if until.passed:
            break
    return None


def _held_elsewhere(condition: Condition, conditions: Conditions, events: Iterable[Event], until: Deadline) -> str:
    """How one of the events would meet this condition, where it meets all others; empty for none."""
    others = [one for one in conditions if one is not condition]
    if any(one.may_take_long for one in others):
        return ""
    for event in events:
        with suppress(Undecodable, KafkaUnusable):
            meant = condition.held_elsewhere(event)
            if meant and all(one.holds(event) for one in others):
                return meant
        if until.passed:
            break
    return ""
