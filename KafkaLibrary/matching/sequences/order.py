"""`Events Should Be In Order`: by a field that may not fall, or by offsets, for each key."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching.by_type import ByType
from KafkaLibrary.matching.conditions import Condition, parse_conditions
from KafkaLibrary.matching.conditions.unmet_conditions import Finding, State, judge
from KafkaLibrary.matching.one_line_texts import show_value
from KafkaLibrary.matching.paths import Path, has_no_document
from KafkaLibrary.matching.values.columns import order_by_duration
from KafkaLibrary.matching.values.decisions import Order, Unjudged
from KafkaLibrary.matching.values.numbers import is_number, number, order, read_number
from KafkaLibrary.matching.values.other_dates import check_of_order
from KafkaLibrary.matching.values.times import aware, order_of, read_moment


@dataclass(frozen=True, slots=True)
class WithoutValue:
    """An event without the one value that the check needs, and why."""

    event: Event
    reason: str


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """Two events, one right behind the other, that are not in order. ``found`` are their values or offsets."""

    before: Event
    behind: Event
    found: tuple[Any, Any]
    reason: str = ""
    """Why there is no order between them; nothing where they are the wrong way round."""


@dataclass(frozen=True, slots=True)
class OrderCheck:
    """What came of a check. Without ``compared`` pairs nothing was shown."""

    faults: tuple[WithoutValue | OutOfOrder, ...]
    compared: int


def one_value(event: Event, path: Path) -> Any:
    """The exact value at the path, or a ``WithoutValue`` where there is none or more than one."""
    if path.asks_value and has_no_document(event):
        return WithoutValue(event, Finding(_exists(path), State.TOMBSTONE).text)
    try:
        found = path.find(event, True)
    except Undecodable as problem:
        return WithoutValue(event, Finding(_exists(path), State.UNJUDGED, reason=str(problem)).text)
    if len(found) == 1:
        return found[0]
    if found:
        return WithoutValue(event, f"{path.text} finds {len(found)} values, but one is needed")
    return WithoutValue(event, judge(_exists(path), event).text)


def _exists(path: Path) -> Condition:
    condition: Condition = parse_conditions([path.text, "exists"])[0]
    return condition


def by_field(events: Iterable[Event], path: Path, *, by_key: bool, descending: bool) -> OrderCheck:
    """Whether the values at the path never fall, or never rise where they are ``descending``."""
    faults: list[WithoutValue | OutOfOrder] = []
    compared = 0
    last: dict[Hashable, tuple[Event, Any]] = {}
    for event in events:
        value = one_value(event, path)
        if not isinstance(value, WithoutValue) and type(value) in _WITHOUT_ORDER:
            value = WithoutValue(event, f"{path.text} is {show_value(value)}, which has no order")
        if isinstance(value, WithoutValue):
            faults.append(value)
            continue
        sequence = event.raw_key if by_key else None
        if sequence in last:
            compared += 1
            faults += _compared(*last[sequence], event, value, descending)
        last[sequence] = event, value
    return OrderCheck(tuple(faults), compared)


def _compared(before: Event, one: Any, behind: Event, other: Any, descending: bool) -> Iterator[OutOfOrder]:
    rank = _RANKS[type(one)](one, other)
    if rank is None or not isinstance(rank, int):
        reason = rank.reason if isinstance(rank, Unjudged) else "they can't be compared"
        yield OutOfOrder(before, behind, (one, other), reason)
    elif rank < 0 if descending else rank > 0:
        yield OutOfOrder(before, behind, (one, other))


def by_offset(events: Iterable[Event], *, by_key: bool, descending: bool) -> OrderCheck:
    """Whether the offsets rise within each partition; of each key where it is ``by_key``, in one partition then."""
    faults: list[WithoutValue | OutOfOrder] = []
    compared = 0
    last: dict[Hashable, Event] = {}
    for event in events:
        # Kafka spreads events without a key over all partitions.
        keyed = by_key and event.raw_key is not None
        sequence = event.topic, event.raw_key if keyed else event.partition
        if sequence in last:
            compared += 1
            faults += _by_place(last[sequence], event, descending)
        last[sequence] = event
    return OrderCheck(tuple(faults), compared)


def _by_place(before: Event, behind: Event, descending: bool) -> Iterator[OutOfOrder]:
    found = before.offset, behind.offset
    if before.partition != behind.partition:
        yield OutOfOrder(before, behind, found, "one key is in two partitions")
    elif before.offset == behind.offset:
        yield OutOfOrder(before, behind, found, "it is the same event")
    elif (before.offset < behind.offset) is descending:
        yield OutOfOrder(before, behind, found)


_WITHOUT_ORDER = frozenset((bool, type(None), list, tuple, dict))


def _rank_of_number(one: Any, other: Any) -> Order:
    return order(one, number(other), True) if is_number(other) else None


def _rank_of_text(one: str, other: Any) -> Order:
    if not isinstance(other, str):
        return None
    first, second = read_number(one), read_number(other)
    if first is not None and second is not None:
        return order(first.exact, second, True)
    earlier, later = read_moment(one), read_moment(other)
    if earlier is not None and later is not None:
        return order_of(earlier, later)
    by_letters = (one > other) - (one < other)
    if by_letters:
        for order_by in (order_by_duration(other), check_of_order(other)):
            rank = order_by(one) if order_by is not None else None
            if rank is not None:
                return rank
    return by_letters


def _rank_of_moment(one: datetime, other: Any) -> Order:
    return (aware(one) > aware(other)) - (aware(one) < aware(other)) if isinstance(other, datetime) else None


def _rank_of_others(one: Any, other: Any) -> Order:
    return (one > other) - (one < other) if isinstance(one, bytes) and isinstance(other, bytes) else None


_RANKS: ByType[Callable[[Any, Any], Order]] = ByType(
    {
        int: _rank_of_number,
        float: _rank_of_number,
        Decimal: _rank_of_number,
        str: _rank_of_text,
        datetime: _rank_of_moment,
        object: _rank_of_others,
    }
)
