"""Changes of the bytes of an Avro value: each field is found in them by its type, and other bytes are put there."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple

from KafkaLibrary.contracts.made_events.changes import Change, Steps, Unmade
from KafkaLibrary.serialization.avro.reading import Broken, _count, _long
from KafkaLibrary.serialization.avro.schema import AvroSchema
from KafkaLibrary.serialization.avro.types import (
    NO_DEFAULT,
    Array,
    Concrete,
    Enum,
    Fixed,
    Map,
    Primitive,
    Record,
    Type,
    Union,
)
from KafkaLibrary.serialization.avro.values import long_bytes, sized

_PLACES_MOST = 2_000
_DEEPEST = 20
_TEXT = sized(b"not of its type")
_NUMBER = long_bytes(12345)
_NO_UTF8 = sized(b"\xe9x")
_OF_LOGICAL = {
    "uuid": sized(b"9f0a6a5d-4b7c-4c8e-8e20-1f0c2d846a3e"),
    "decimal": sized(b"\1"),
}
_LIMITS = {"int": 32, "long": 64}


class _Place(NamedTuple):
    steps: Steps
    kind: Concrete
    start: int
    end: int
    """Where in the bytes it is."""
    is_needed: bool = False
    """Whether it is a field without a default."""


class AvroChanges:
    """Those of one schema."""

    def __init__(self, schema: AvroSchema) -> None:
        self._schema = schema
        self._find = schema.types.find

    def made(self) -> bytes:
        """The bytes of a small value."""
        return self._made(self._schema.root)

    def of(self, raw: bytes) -> Iterator[Change | Unmade]:
        """Changes of the bytes of a value that can be read, in the order of its fields."""
        places: list[_Place] = []
        try:
            self._walk(self._schema.root, raw, 0, (), places, is_needed=False)
        except (IndexError, struct.error, Broken) as reason:
            yield Unmade("all others", (), f"its bytes can't be followed: {reason}")
            return
        for place in places[:_PLACES_MOST]:
            yield from self._at(place, raw)
        if len(places) > _PLACES_MOST:
            yield Unmade("all others", (), f"the value has more than {_PLACES_MOST:,} places")

    def _walk(self, kind: Type, raw: bytes, at: int, steps: Steps, places: list[_Place], *, is_needed: bool) -> int:
        """Notes the places from there on; gives where the value ends."""
        known = self._find(kind)
        end = self._schema.pickers.skip(known)(raw, at)
        if end > len(raw):
            raise IndexError("they end too early")
        places.append(_Place(steps, known, at, end, is_needed))
        if len(places) > _PLACES_MOST or len(steps) > _DEEPEST:
            return end
        if isinstance(known, Record):
            for field in known.fields:
                needed = field.default is NO_DEFAULT
                at = self._walk(field.type, raw, at, (*steps, field.name), places, is_needed=needed)
        elif isinstance(known, Union):
            index, at = _long(raw, at)
            self._walk(known.branches[index], raw, at, steps, places, is_needed=False)
        elif isinstance(known, Array):
            count, at = _count(raw, at, 0)
            if count:
                self._walk(known.items, raw, at, (*steps, 0), places, is_needed=False)
        elif isinstance(known, Map):
            count, at = _count(raw, at, 0)
            if count:
                size, at = _long(raw, at)
                name = raw[at : at + size].decode(errors="replace")
                self._walk(known.values, raw, at + size, (*steps, name), places, is_needed=False)
        return end

    def _at(self, place: _Place, raw: bytes) -> Iterator[Change]:
        def change(kind: str, *news: bytes, valid: bool = False, detail: str = "", quiet: bool = False) -> Change:
            def contents() -> Iterator[bytes]:
                return (raw[: place.start] + new + raw[place.end :] for new in news)

            return Change(kind, place.steps, contents, valid, detail, quiet, raw)

        if place.is_needed:
            yield change("missing field", b"")
        yield from self._of_kind(place, change)

    def _of_kind(self, place: _Place, change: Callable[..., Change]) -> Iterator[Change]:
        known = place.kind
        if isinstance(known, Primitive):
            yield from self._primitive(known, change)
        elif isinstance(known, Enum):
            for index, symbol in enumerate(known.symbols):
                yield change("allowed value", long_bytes(index), valid=True, detail=symbol)
            yield change("unknown enum", long_bytes(len(known.symbols)))
        elif isinstance(known, Union):
            yield from self._union(known, change)
        elif isinstance(known, Array | Map):
            yield change("fewest items", b"\0", valid=True)
            yield change("wrong type", b"\1", _TEXT, _NUMBER)
        elif isinstance(known, Fixed):
            yield change("too short", b"\0" * (known.size - 1))
            yield change("too long", b"\0" * (known.size + 1))
        elif place.steps:
            yield change("wrong type", _TEXT, _NUMBER)

    @staticmethod
    def _primitive(known: Primitive, change: Callable[..., Change]) -> Iterator[Change]:
        if known.name in _LIMITS:
            most = 2 ** (_LIMITS[known.name] - 1)
            if known.logical is None:  # What is the last of all times depends on the reader.
                yield change("at minimum", long_bytes(-most), valid=True)
                yield change("at maximum", long_bytes(most - 1), valid=True)
            beyond = long_bytes(most) if known.name == "int" else b"\xff" * 10 + b"\1"
            yield change("above maximum", beyond)
        elif known.name == "boolean":
            yield change("allowed value", b"\0", valid=True, detail="false")
            yield change("allowed value", b"\1", valid=True, detail="true")
            yield change("wrong type", b"\2", _TEXT)
            return
        elif known.name in ("string", "bytes"):
            if known.logical is None:
                yield change("shortest", b"\0", valid=True)
            if known.name == "string":
                yield change("wrong encoding", _NO_UTF8)
            yield change("wrong type", b"\1", _NUMBER, b"\xff" * 3 + b"\1")
            return
        if known.name != "null":
            yield change("wrong type", _TEXT)

    def _union(self, known: Union, change: Callable[..., Change]) -> Iterator[Change]:
        for index, branch in enumerate(known.branches):
            name = self._find(branch).name
            try:
                inner = self._made(branch)
            except RecursionError:
                continue
            kind = "null" if name == "null" else "branch"
            detail = "" if name == "null" else name
            yield change(kind, long_bytes(index) + inner, valid=True, detail=detail)
        yield change("unknown branch", long_bytes(len(known.branches)), long_bytes(len(known.branches)) + b"\0")

    def _made(self, kind: Type, around: frozenset[str] = frozenset()) -> bytes:
        """The bytes of a small value. Raises ``RecursionError`` for a record in itself."""
        known = self._find(kind)
        if isinstance(known, Record):
            if known.name in around:
                raise RecursionError
            inside = around | {known.name}
            return b"".join(self._made(field.type, inside) for field in known.fields)
        if isinstance(known, Union):
            return self._made_branch(known, around)
        if isinstance(known, Fixed):
            return b"\0" * known.size
        if isinstance(known, Primitive):
            logical = known.logical.name if known.logical is not None else ""
            return _OF_LOGICAL.get(logical) or _SMALLEST[known.name]
        return b"\0"

    def _made_branch(self, known: Union, around: frozenset[str]) -> bytes:
        for index, branch in enumerate(known.branches):
            try:
                return long_bytes(index) + self._made(branch, around)
            except RecursionError:
                continue
        raise RecursionError


_SMALLEST: dict[str, bytes] = {
    "null": b"", "boolean": b"\0", "int": b"\0", "long": b"\0", "float": b"\0" * 4, "double": b"\0" * 8,
    "bytes": b"\0", "string": sized(b"text"),
}  # fmt: skip
