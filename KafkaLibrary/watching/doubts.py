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
from KafkaLibrary.matching.paths.similar_names import with_size

if TYPE_CHECKING:
    from KafkaLibrary.matching import DoubtedCondition, Meaning

_LOOKED_THROUGH = 1000
"""Events among which one is looked for that a negative hardly meant to leave out."""
_BEHIND_FAILURES = 100
"""As many of the latest, where a wait failed and events were ranked already."""
_SAMPLE = 20
"""Events in which a path is looked for that no condition of a negative has found."""
_BEARING_OUT = 0.1
_AT_ALL = 0.5
"""Seconds after which no other kind of doubt is begun: one path in one event of megabytes may take as long."""


class Absent(NamedTuple):
    """What a condition asks for and none of the latest events has, so many, and what may have been meant.

    It is ``doubtful`` where nothing says that it may be missing. ``instead`` is what there is in its place.
    """

    condition: Condition
    meant: str
    doubtful: bool
    events: int
    instead: str = ""


class Unfit(NamedTuple):
    """A condition that no value of a kind can meet, and all of the latest events, so many, have one of that kind.

    ``meant`` is a condition on what is inside, which one of them meets.
    """

    condition: Condition
    kind: str
    meant: str
    events: int


class Doubts(NamedTuple):
    """All that speaks for a slip."""

    absent: tuple[Absent, ...] = ()
    nearly: tuple[Event, DoubtedCondition] | None = None
    """An event that would match if something were overlooked."""
    unfit: Unfit | None = None
    likely: tuple[Meaning, ...] = ()
    """Where a wait failed: what its conditions were meant for by their form alone."""
    misfit: tuple[Event, str] | None = None
    """An event whose value does not fit the schema that came with it, and what of it."""


NO_DOUBTS = Doubts()


def doubts_of(conditions: Conditions, events: Iterator[Event]) -> Doubts:
    """What speaks for a slip where none of the events, the latest first, meets the conditions."""
    latest, until = list(islice(events, _LOOKED_THROUGH)), Deadline(_AT_ALL)
    absent = tuple(_absent(conditions, latest, events))
    nearly = None if until.passed else _nearly(conditions, latest)
    unfit = None if until.passed else _unfit(conditions, latest)
    return Doubts(absent, nearly, unfit, misfit=None if until.passed else _misfit(conditions, latest))


def slips_in(conditions: Conditions, nearest: Iterable[Event], events: Iterator[Event]) -> Doubts:
    """What speaks for a slip where a wait failed: not what each event shows anyway, as that it has another type.

    It is looked for in the nearest events and in the latest: a failure that is told late costs each failed wait.
    """
    from KafkaLibrary.matching import LenientConditions  # noqa: PLC0415 - behind a wait that failed, and nowhere else

    latest, until = [*nearest, *islice(events, _BEHIND_FAILURES)], Deadline(_AT_ALL)
    nearly = _nearly(conditions, latest)
    meant = nearly if nearly and nearly[1].meaning else None
    likely = () if meant else tuple(LenientConditions(conditions, latest).likely_meanings())
    unfit, misfit = (None, None) if until.passed else (_unfit(conditions, latest), _misfit(conditions, latest))
    return Doubts(nearly=meant, unfit=unfit, likely=likely, misfit=misfit)


def _misfit(conditions: Conditions, latest: Sequence[Event]) -> tuple[Event, str] | None:
    """The first event that was compared as it came, for it does not fit its schema, where all else holds for it."""
    if not any(one.path.asks_value for one in conditions):
        return None
    others = [one for one in conditions if not one.path.asks_value]
    for event in _in_time(latest):
        with suppress(Undecodable, KafkaUnusable, RecursionError):
            misfit = event.decoded().misfit
            if misfit and all(_holds(one, event) for one in others):
                return event, misfit
    return None


def _unfit(conditions: Conditions, latest: Sequence[Event]) -> Unfit | None:
    """The first condition that no value of the kind there is can meet, where an event meets all others."""
    from KafkaLibrary.matching.conditions.unfit_values import meant_inside, unfit_kind  # noqa: PLC0415 - as above

    if any(one.may_take_long for one in conditions):
        return None
    until = Deadline(_BEARING_OUT)
    for condition in conditions:
        kinds: set[str] = set()
        having = []
        for event in latest:
            kind = unfit_kind(condition, event)
            if kind is not None:
                kinds.add(kind)
                having.append(event)
            if until.passed or len(kinds) > 1 or "" in kinds:
                break
        if len(kinds) != 1 or "" in kinds or until.passed:
            continue
        others = [one for one in conditions if one is not condition]
        concerned = [event for event in _in_time(having) if all(_holds(one, event) for one in others)]
        if concerned:
            meant = next(filter(None, (meant_inside(condition, event) for event in concerned[:_SAMPLE])), "")
            return Unfit(condition, kinds.pop(), meant, len(having))
    return None


def _absent(conditions: Conditions, latest: Sequence[Event], older: Iterable[Event]) -> list[Absent]:
    until, sample = Deadline(_BEARING_OUT), latest[:_SAMPLE]
    telling = {id(one): _lacking(one, _with_value(one, sample), until) for one in conditions}
    lacking = [one for one in conditions if telling[id(one)]]
    found = [
        Absent(
            one,
            _name_meant(one, conditions, telling[id(one)]) or _held_elsewhere(one, conditions, telling[id(one)], until),
            _is_doubtful(one, lacking, conditions, _with_value(one, latest)),
            len(telling[id(one)]),
            _instead(one, telling[id(one)]),
        )
        for one in lacking
    ]
    if any(one.meant or one.doubtful for one in found):  # to be told aloud, so all in memory has to bear it out
        last = min(_place(telling[id(one)][-1], sample) for one in lacking)
        looked_at = last + 1 if until.passed else len(sample)
        seen = sum(not event.is_tombstone for event in sample[:looked_at])
        for event in chain(latest[looked_at:], older):
            found = [one for one in found if one.condition.is_missing(event)]
            seen += not event.is_tombstone
            if not found or until.passed:
                break
        found = [one._replace(events=seen) for one in found]
    return found


def _place(event: Event, events: Sequence[Event]) -> int:
    return next(place for place, one in enumerate(events) if one is event)


def _lacking(condition: Condition, events: Sequence[Event], until: Deadline) -> list[Event]:
    """Those of them, as many as can be looked at in time, if none has anything at the path of the condition."""
    found: list[Event] = []
    for event in events:
        if not condition.is_missing(event):
            return []
        found.append(event)
        if until.passed:
            break
    return found


def _name_meant(condition: Condition, conditions: Conditions, events: Sequence[Event]) -> str:
    """The name that is there and was meant. One that is compared and asked for as well was hardly left out."""
    meant = next(filter(None, map(condition.path.name_meant, _in_time(events))), "")
    if meant or condition.strict or condition.asks_existence:
        return meant
    is_asked_for = any(one.asks_existence and one.path == condition.path for one in conditions)
    return next(filter(None, map(condition.path.near_name, _in_time(events))), "") if is_asked_for else ""


def _instead(condition: Condition, events: Sequence[Event]) -> str:
    """A name that is near, or the longest of the lists that are too short."""
    near = next(filter(None, map(condition.path.near_name, _in_time(events))), "")
    short = max(filter(None, map(condition.path.short_list, _in_time(events))), default=None)
    return near or (with_size(short[1], short[0]) if short else "")


def _with_value(condition: Condition, events: Sequence[Event]) -> list[Event]:
    """Those that may have what it asks for: a tombstone has no field, whatever its name."""
    return [event for event in events if not (condition.path.asks_value and event.is_tombstone)]


def _is_doubtful(
    condition: Condition, lacking: Sequence[Condition], conditions: Conditions, events: Iterable[Event]
) -> bool:
    """Whether that a field is missing decides, and nothing says that it may be.

    Another condition says so where it asks for the field to exist, or leaves out all events for another reason: those
    of another type have other fields. So does each event in which the path leads on. Of what would be in null or in an
    empty list an event says nothing: one that has more there decides.
    """
    if condition.asks_existence or any(one.asks_existence and condition.path.is_in(one.path) for one in conditions):
        return False
    others = [one for one in conditions if one not in lacking]
    if any(one.may_take_long for one in others):
        return False
    concerned = [event for event in _in_time(events) if all(_holds(one, event) for one in others)]
    endings = list(filter(None, map(condition.path.ending, _in_time(concerned))))
    farthest = max((one.steps for one in endings), default=0)
    return any(one.lacks for one in endings if one.steps == farthest)


def _in_time(events: Iterable[Event]) -> Iterator[Event]:
    """As many of the latest as can be looked at soon: one alone may be of megabytes."""
    until = Deadline(_BEARING_OUT)
    for event in events:
        yield event
        if until.passed:
            return


def _holds(condition: Condition, event: Event) -> bool:
    try:
        return condition.holds(event)
    except (Undecodable, KafkaUnusable):
        return False


def _nearly(conditions: Conditions, events: Sequence[Event]) -> tuple[Event, DoubtedCondition] | None:
    from KafkaLibrary.matching import LenientConditions  # noqa: PLC0415 - behind a negative that holds, and nowhere else

    lenient, until = LenientConditions(conditions, events), Deadline(_BEARING_OUT)
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
