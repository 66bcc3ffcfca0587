"""One field read out of Avro's bytes: what stands before it is stepped over, and what stands behind is not looked at.

Most of the events that a wait reads are out by one field. A function gets all bytes and the place to begin at.
Broken bytes raise what readers raise, or are not noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from KafkaLibrary.serialization.avro.least_sizes import Sizes
from KafkaLibrary.serialization.avro.logical_types import is_scaled_decimal
from KafkaLibrary.serialization.avro.reading import Readers, _count, _long
from KafkaLibrary.serialization.avro.types import (
    Array,
    Concrete,
    Enum,
    Fixed,
    Map,
    Primitive,
    Record,
    Type,
    Types,
    Union,
)

Skip: TypeAlias = Callable[[bytes, int], int]
Pick: TypeAlias = Callable[[bytes, int], list[Any]]
"""Gives the value of the field in a list, or an empty one."""


class Pickers:
    """The functions that read one field of a schema."""

    def __init__(self, types: Types, sizes: Sizes, readers: Readers) -> None:
        self._types = types
        self._sizes = sizes
        self._readers = readers
        self._records: dict[str, Skip | None] = {}

    def of(self, kind: Type, steps: Sequence[str | int]) -> Pick | None:
        """The reader of the field at these names, nothing where it takes more than stepping over others."""
        known = self._types.find(kind)
        if not steps:
            return _whole(self._readers.of(known))
        if isinstance(known, Record) and is_scaled_decimal(known):
            return _nothing
        if isinstance(known, Record) and isinstance(steps[0], str):
            return self._of_record(known, steps[0], steps[1:])
        if isinstance(known, Union):
            return self._of_union(known, steps)
        return None if isinstance(known, Map | Array) or _is_text(known) else _nothing

    def _of_record(self, kind: Record, name: str, rest: Sequence[str | int]) -> Pick | None:
        place = next((at for at, field in enumerate(kind.fields) if field.name == name), None)
        if place is None:
            return _nothing
        inside = self.of(kind.fields[place].type, rest)
        if inside is None:
            return None
        return _behind(tuple(self.skip(field.type) for field in kind.fields[:place]), inside)

    def _of_union(self, kind: Union, steps: Sequence[str | int]) -> Pick | None:
        branches = [self.of(branch, steps) for branch in kind.branches]
        picks = [pick for pick in branches if pick is not None]
        if len(picks) < len(branches):
            return None

        def pick(raw: bytes, at: int) -> list[Any]:
            index, at = _long(raw, at)
            return picks[index](raw, at) if index >= 0 else []

        return pick

    def skip(self, kind: Type) -> Skip:
        """The function that steps over a value."""
        known = self._types.find(kind)
        return _MAKERS[known.__class__](self, known)

    def _skip_primitive(self, kind: Primitive) -> Skip:
        return _PRIMITIVES[kind.name]

    def _skip_fixed(self, kind: Fixed) -> Skip:
        return _bytes_of(kind.size)

    def _skip_enum(self, _: Enum) -> Skip:
        return _number

    def _skip_array(self, kind: Array) -> Skip:
        return _items(self.skip(kind.items), self._sizes.of(kind.items))

    def _skip_map(self, kind: Map) -> Skip:
        return _items(_together((_text, self.skip(kind.values))), self._sizes.of(kind.values) + 1)

    def _skip_union(self, kind: Union) -> Skip:
        branches = tuple(self.skip(branch) for branch in kind.branches)

        def skip(raw: bytes, at: int) -> int:
            index, at = _long(raw, at)
            return branches[index](raw, at)

        return skip

    def _skip_record(self, kind: Record) -> Skip:
        name, records = kind.name, self._records
        if name not in records:
            records[name] = None
            records[name] = _together(tuple(self.skip(field.type) for field in kind.fields))
        return records[name] or _later(records, name)


def _is_text(kind: Type) -> bool:
    """Whether there may be JSON in it, into which a path goes on."""
    return isinstance(kind, Primitive) and kind.name == "string"


def _later(records: Mapping[str, Skip | None], name: str) -> Skip:
    """A record inside of itself: its function is not made yet."""

    def skip(raw: bytes, at: int) -> int:
        return records[name](raw, at)  # type: ignore[misc] # made by now

    return skip


def _whole(read: Callable[[bytes, int], tuple[Any, int]]) -> Pick:
    return lambda raw, at: [read(raw, at)[0]]


def _nothing(raw: bytes, at: int) -> list[Any]:
    return []


def _behind(skips: tuple[Skip, ...], pick: Pick) -> Pick:
    def read(raw: bytes, at: int) -> list[Any]:
        for skip in skips:
            at = skip(raw, at)
        return pick(raw, at)

    return read


def _number(raw: bytes, at: int) -> int:
    while raw[at] > 127:
        at += 1
    return at + 1


def _text(raw: bytes, at: int) -> int:
    size = raw[at]
    if size < 128 and not size & 1:
        return at + 1 + (size >> 1)
    size, begin = _long(raw, at)
    if size < 0:
        raise IndexError
    return begin + size


def _bytes_of(size: int) -> Skip:
    return lambda raw, at: at + size


def _items(skip: Skip, least: int) -> Skip:
    def skip_all(raw: bytes, at: int) -> int:
        while True:
            count, at = _count(raw, at, least)
            if not count:
                return at
            if least:
                for _ in range(count):
                    at = skip(raw, at)

    return skip_all


def _together(skips: tuple[Skip, ...]) -> Skip:
    def skip_all(raw: bytes, at: int) -> int:
        for skip in skips:
            at = skip(raw, at)
        return at

    return skip_all


_MAKERS: dict[type[Concrete], Callable[[Pickers, Any], Skip]] = {
    Primitive: Pickers._skip_primitive,
    Fixed: Pickers._skip_fixed,
    Enum: Pickers._skip_enum,
    Array: Pickers._skip_array,
    Map: Pickers._skip_map,
    Union: Pickers._skip_union,
    Record: Pickers._skip_record,
}
_PRIMITIVES: dict[str, Skip] = {
    "null": lambda raw, at: at,
    "boolean": _bytes_of(1),
    "int": _number,
    "long": _number,
    "float": _bytes_of(4),
    "double": _bytes_of(8),
    "bytes": _text,
    "string": _text,
}
