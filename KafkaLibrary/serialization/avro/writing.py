"""Values to Avro's bytes: one function for each type of a schema, made once, that tells all that does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from KafkaLibrary.serialization.avro import values
from KafkaLibrary.serialization.avro.defaults import Defaults
from KafkaLibrary.serialization.avro.least_sizes import Sizes
from KafkaLibrary.serialization.avro.logical_types import type_of_record
from KafkaLibrary.serialization.avro.misfits import Findings, Write
from KafkaLibrary.serialization.avro.reading import MOST_EMPTY
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
from KafkaLibrary.serialization.avro.unions import UnionWriter
from KafkaLibrary.serialization.avro.values import add_long
from KafkaLibrary.serialization.schemas.violations import Violation
from KafkaLibrary.serialization.values import phrases
from KafkaLibrary.serialization.values.binary import utf8


class FieldWriter(NamedTuple):
    """``default`` is the bytes of a field that is not given."""

    name: str
    write: Write
    default: bytes | None


class Writers:
    """The functions that write the types of a schema."""

    def __init__(self, types: Types, sizes: Sizes) -> None:
        self._types = types
        self._sizes = sizes
        self._defaults = Defaults(types)
        self._records: dict[str, Write | None] = {}

    def of(self, kind: Type) -> Write:
        known = self._types.find(kind)
        return _MAKERS[known.__class__](self, known)

    def _of_primitive(self, kind: Primitive) -> Write:
        if kind.logical is None:
            return values.PRIMITIVES[kind.name]
        if kind.logical.name == "decimal":
            return values.decimal(kind.logical.precision, kind.logical.scale)
        of_connect = kind.logical.of_connect
        if of_connect is not None:
            return values.of_connect(of_connect, values.PRIMITIVES[kind.name])
        return values.LOGICAL[kind.logical.name]

    def _of_fixed(self, kind: Fixed) -> Write:
        if kind.logical is None:
            return values.fixed(kind.size)
        if kind.logical.name == "decimal":
            return values.decimal(kind.logical.precision, kind.logical.scale, kind.size)
        return values.FIXED_UUID

    def _of_enum(self, kind: Enum) -> Write:
        return values.enum(kind.name, kind.symbols)

    def _of_array(self, kind: Array) -> Write:
        return _array(self.of(kind.items), None if self._sizes.of(kind.items) else MOST_EMPTY)

    def _of_map(self, kind: Map) -> Write:
        return _map(self.of(kind.values))

    def _of_union(self, kind: Union) -> Write:
        return UnionWriter([(self._types.find(branch), self.of(branch)) for branch in kind.branches])

    def _of_record(self, kind: Record) -> Write:
        name = kind.name
        if name not in self._records:
            self._records[name] = None
            fields = tuple(
                FieldWriter(field.name, self.of(field.type), self._defaults.of(kind, field)) for field in kind.fields
            )
            write = _record(name, fields)
            logical = type_of_record(kind)
            self._records[name] = write if logical is None else values.of_connect(logical, write)
        return self._records[name] or _later(self._records, name)


def _later(records: Mapping[str, Write | None], name: str) -> Write:
    """A record inside of itself: its function is not made yet."""

    def write(value: Any, out: bytearray, found: Findings) -> None:
        records[name](value, out, found)  # type: ignore[misc] # made by now

    return write


def _record(record: str, fields: tuple[FieldWriter, ...]) -> Write:
    names = [field.name for field in fields]
    known = frozenset(names)
    shown = ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")
    needed = f"be a record {record} with the fields {shown}" if names else f"be a record {record} without fields"

    def write(value: Any, out: bytearray, found: Findings) -> None:
        if not isinstance(value, (dict, Mapping)):
            found.misfit(needed, value)
            return
        violations = found.violations
        before = len(violations)
        for name, write_field, default in fields:
            if name in value:
                write_field(value[name], out, found)
                if len(violations) > before:
                    found.move(before, name)
                    before = len(violations)
            elif default is not None:
                out += default
            else:
                violations.append(Violation((name,), "required", None, list(value)))
                before += 1
        if not known.issuperset(value):
            for name in value:
                if name not in known:
                    violations.append(Violation((str(name),), "unknown", names, value[name]))

    return write


def _array(write_item: Write, most: int | None) -> Write:
    """``most`` limits the items that take no bytes, as for those who read them."""

    def write(value: Any, out: bytearray, found: Findings) -> None:
        if not isinstance(value, (list, tuple)):
            found.misfit(phrases.LIST, value)
            return
        if most is not None and len(value) > most:
            found.misfit(f"have at most {most} items", value)
            return
        if value:
            add_long(len(value), out)
        before = len(found.violations)
        for index, item in enumerate(value):
            write_item(item, out, found)
            if len(found.violations) > before:
                found.move(before, index)
                before = len(found.violations)
        out += b"\0"

    return write


def _map(write_value: Write) -> Write:
    def write(value: Any, out: bytearray, found: Findings) -> None:
        if not isinstance(value, (dict, Mapping)):
            found.misfit(phrases.MAP, value)
            return
        if value:
            add_long(len(value), out)
        for name in value:
            before = len(found.violations)
            raw = utf8(name)
            if raw is None:
                found.misfit(phrases.NAME, name)
            else:
                add_long(len(raw), out)
                out += raw
                write_value(value[name], out, found)
            if len(found.violations) > before:
                found.move(before, str(name))
        out += b"\0"

    return write


_MAKERS: dict[type[Concrete], Callable[[Writers, Any], Write]] = {
    Primitive: Writers._of_primitive,
    Fixed: Writers._of_fixed,
    Enum: Writers._of_enum,
    Array: Writers._of_array,
    Map: Writers._of_map,
    Union: Writers._of_union,
    Record: Writers._of_record,
}
