"""Columns: what many events have at one path, kept for the next waits of a test that ask for the same field.

Each wait of a test begins at the same mark, so the last of many would decode, or search, all that those before it
have. A column is made when the same events are asked for the same path again and again, and a condition is then judged
by the different values in it. It leaves out what the look by value leaves out, and nothing else.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import FirstLook, Record
from KafkaLibrary.matching.conditions import Condition
from KafkaLibrary.matching.operators import only_equal
from KafkaLibrary.matching.paths import Path

Key = tuple[str, bool]
_AT_LEAST = 32
"""Events; to look through fewer costs little."""
_ASKED = 4
"""Times the same is asked for until it pays to decode it all: bytes are searched four times as fast."""
_AGAIN = 4
"""By so much that grows where a column made room: what there is no room for would be decoded in turn."""
_PATHS = 4
_BOUND = 50_000
"""Events in all columns of a connection: some 150 bytes each."""
_UNREADABLE = (ValueError, TypeError, RecursionError, Undecodable)


class Column:
    """The values at one path of many events: by each value the places of those that have it."""

    __slots__ = ("_by_type", "_others", "_without", "count")

    def __init__(self, records: Sequence[Record], values: Sequence[bytes | None], look: FirstLook, path: Path) -> None:
        self.count = len(values)
        self._by_type: dict[type, dict[Any, list[int]]] = {str: {}, int: {}, bool: {}, type(None): {}}
        self._without: list[int] = []
        """Places of events that have nothing there."""
        self._others: list[int] = []
        """Places of those of which only the event can tell, or only its exact numbers."""
        told_otherwise = {*(look.apart(records, values) if look.apart else ())}
        told_otherwise.update(look.enveloped.places(values) if look.enveloped else ())
        read: Any = look.read
        get: Any = path.get_plainly
        for place, raw in enumerate(values):
            self._places_of(None if place in told_otherwise else raw, read, get).append(place)

    def _places_of(self, raw: bytes | None, read: Callable[[bytes], Any], get: Callable[[Any], list[Any]]) -> list[int]:
        if raw is None:
            return self._others
        try:
            found = get(read(raw))
        except _UNREADABLE:
            return self._others
        if len(found) != 1:
            return self._others if found else self._without
        alike = self._by_type.get(type(found[0]))
        return self._others if alike is None else alike.setdefault(found[0], [])

    def equal(self, values: Sequence[Any]) -> set[int]:
        """The places of those that have one of these texts and integers, or may have it."""
        kinds = ((one, self._by_type[str if isinstance(one, str) else int]) for one in values)
        return {*self._others, *(place for one, alike in kinds for place in alike.get(one, ()))}

    def meeting(self, decide: Callable[[list[Any], bool], Any]) -> set[int]:
        """The places of those that may meet a condition."""
        found = {*self._others}
        if decide([], False) is not False:
            found.update(self._without)
        for alike in self._by_type.values():
            for value, places in alike.items():
                if decide([value], False) is not False:
                    found.update(places)
        return found


class _Asked:
    """How often a path was asked for, with one way to look at the values, and its column once that was often."""

    __slots__ = ("column", "look", "needed", "times")

    def __init__(self, look: FirstLook) -> None:
        self.look = look
        self.needed = _ASKED
        self.times = 0
        self.column: Column | None = None


class Columns(dict[Key, _Asked]):
    """The columns of some events, which stay the same."""


class KeptColumns:
    """What all columns of a connection may take: the oldest go first."""

    def __init__(self) -> None:
        self._order: deque[tuple[Columns, Key, Column]] = deque()
        self._count = 0

    def column(
        self, columns: Columns, records: Sequence[Record], values: Sequence[bytes | None], look: FirstLook, path: Path
    ) -> Column | None:
        """The column at a path of these events; nothing where it does not pay to have one yet."""
        if len(values) < _AT_LEAST:
            return None
        key = path.text, path.into_texts
        asked = columns.get(key)
        if asked is None or asked.look is not look:
            if len(columns) >= _PATHS:
                del columns[next(iter(columns))]
            asked = columns[key] = _Asked(look)
        asked.times += 1
        if asked.column is None and asked.times >= asked.needed:
            asked.column = Column(records, values, look, path)
            self._keep(columns, key, asked.column)
        return asked.column

    def _keep(self, columns: Columns, key: Key, column: Column) -> None:
        self._order.append((columns, key, column))
        self._count += column.count
        while self._count > _BOUND and len(self._order) > 1:
            others, at, oldest = self._order.popleft()
            self._count -= oldest.count
            asked = others.get(at)
            if asked is not None and asked.column is oldest:
                asked.column, asked.times, asked.needed = None, 0, asked.needed * _AGAIN


class InColumns:
    """Conditions, each with the path that it asks, as a column judges them."""

    def __init__(self, conditions: Sequence[Condition], *, judge_all: bool) -> None:
        self._asked = [(one.path, one) for one in conditions if one.path.plain_steps and one.path.get_plainly]
        self._judge_all = judge_all
        self._only: dict[int, Sequence[Any] | None] = {}
        self.has_left_out_unjudged = False

    def candidates(
        self,
        kept: KeptColumns,
        columns: Columns,
        records: Sequence[Record],
        values: Sequence[bytes | None],
        look: FirstLook,
    ) -> list[int] | None:
        """The places of events that may meet all conditions; nothing where there is no column to tell it yet."""
        found: set[int] | None = None
        for index, (path, condition) in enumerate(self._asked):
            column = kept.column(columns, records, values, look, path)
            if column is not None:
                places = self._places(index, condition, column)
                found = places if found is None else found & places
        return None if found is None else sorted(found)

    def _places(self, index: int, condition: Condition, column: Column) -> set[int]:
        if self._judge_all:
            return column.meeting(condition.decide)
        if index not in self._only:
            self._only[index] = only_equal(condition.expected) if condition.operator.name == "==" else None
        only = self._only[index]
        if only is None:
            return column.meeting(condition.decide)
        self.has_left_out_unjudged = True
        return column.equal(only)
