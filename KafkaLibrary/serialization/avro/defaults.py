"""Defaults of fields: the JSON of the schema to the bytes of a field that is not given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from KafkaLibrary.serialization.avro import values
from KafkaLibrary.serialization.avro.misfits import Findings
from KafkaLibrary.serialization.avro.types import (
    NO_DEFAULT,
    Array,
    Concrete,
    Enum,
    Field,
    Fixed,
    Map,
    Primitive,
    Record,
    Type,
    Types,
    Union,
)
from KafkaLibrary.serialization.avro.values import long_bytes, sized
from KafkaLibrary.serialization.values import binary, phrases


class _Unfit(Exception):
    """A default that is no value of its type."""


class Defaults:
    """The bytes of defaults. In a schema they have no logical types: a date stands there as its number of days."""

    def __init__(self, types: Types) -> None:
        self._types = types
        self._known: dict[tuple[str, str], bytes | None] = {}
        self._under_way: set[tuple[str, str]] = set()

    def of(self, record: Record, field: Field) -> bytes | None:
        """``None`` for a field without a default. Raises ``KeywordMisused`` for one that does not fit."""
        key = record.name, field.name
        if key not in self._known:
            where = f"the field '{field.name}' of the record {record.name}"
            if key in self._under_way:
                self._types.refuse(where, "its default contains itself without end")
            self._under_way.add(key)
            try:
                self._known[key] = None if field.default is NO_DEFAULT else self._written(field.type, field.default)
            except _Unfit as problem:
                self._types.refuse(where, f"its default does not fit: {problem}")
        return self._known[key]

    def _written(self, kind: Type, default: Any) -> bytes:
        known = self._types.find(kind)
        return _MAKERS[known.__class__](self, known, default)

    def _primitive(self, kind: Primitive, default: Any) -> bytes:
        if kind.name == "bytes":
            return sized(_latin(default))
        if kind.name in ("int", "long") and (isinstance(default, bool) or not isinstance(default, int)):
            raise _Unfit(f"{default!r} should be a whole number")
        out, found = bytearray(), Findings()
        values.PRIMITIVES[kind.name](default, out, found)
        if found.violations:
            raise _Unfit(f"{default!r} should {found.violations[0].asked}")
        return bytes(out)

    def _fixed(self, kind: Fixed, default: Any) -> bytes:
        raw = _latin(default)
        if len(raw) != kind.size:
            raise _Unfit(f"{default!r} should be {kind.size} bytes")
        return raw

    def _enum(self, kind: Enum, default: Any) -> bytes:
        if default not in kind.symbols:
            raise _Unfit(f"{default!r} should be one of {', '.join(kind.symbols)}")
        return long_bytes(kind.symbols.index(default))

    def _array(self, kind: Array, default: Any) -> bytes:
        if not isinstance(default, list):
            raise _Unfit(f"{default!r} should be a list")
        items = [self._written(kind.items, item) for item in default]
        return b"".join([long_bytes(len(items)), *items, b"\0"]) if items else b"\0"

    def _map(self, kind: Map, default: Any) -> bytes:
        if not isinstance(default, dict):
            raise _Unfit(f"{default!r} should be an object")
        entries = [sized(_utf8(name)) + self._written(kind.values, one) for name, one in default.items()]
        return b"".join([long_bytes(len(entries)), *entries, b"\0"]) if entries else b"\0"

    def _union(self, kind: Union, default: Any) -> bytes:
        """The first branch that it fits: older schemas have it in the first of all."""
        problems = []
        for index, branch in enumerate(kind.branches):
            try:
                return long_bytes(index) + self._written(branch, default)
            except _Unfit as problem:
                problems.append(str(problem))
        raise _Unfit(problems[0])

    def _record(self, kind: Record, default: Any) -> bytes:
        if not isinstance(default, dict):
            raise _Unfit(f"{default!r} should be an object")
        for name in default:
            if all(field.name != name for field in kind.fields):
                raise _Unfit(f"the record {kind.name} has no field '{name}'")
        return b"".join(self._part(kind, field, default) for field in kind.fields)

    def _part(self, kind: Record, field: Field, default: dict[str, Any]) -> bytes:
        if field.name in default:
            return self._written(field.type, default[field.name])
        raw = self.of(kind, field)
        if raw is None:
            raise _Unfit(f"it has no field '{field.name}' of the record {kind.name}")
        return raw


def _utf8(name: str) -> bytes:
    raw = binary.utf8(name)
    if raw is None:
        raise _Unfit(f"{name!r} should {phrases.text(name)}")
    return raw


def _latin(default: Any) -> bytes:
    """Bytes stand in a schema as a text with a character for each of them."""
    try:
        return str.encode(default, "iso-8859-1")
    except (TypeError, UnicodeEncodeError):
        raise _Unfit(f"{default!r} should be a text of characters up to U+00FF, one for each byte") from None


_MAKERS: dict[type[Concrete], Callable[[Defaults, Any, Any], bytes]] = {
    Primitive: Defaults._primitive,
    Fixed: Defaults._fixed,
    Enum: Defaults._enum,
    Array: Defaults._array,
    Map: Defaults._map,
    Union: Defaults._union,
    Record: Defaults._record,
}
