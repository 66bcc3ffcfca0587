"""Changes of the bytes of a Protobuf value: each field is found in them by its number, and put there otherwise."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from KafkaLibrary.contracts.made_events.changes import Change, Steps, Unmade
from KafkaLibrary.serialization.protobuf.descriptors import is_map, is_repeated, is_required
from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema

_VARINT, _EIGHT_BYTES, _LENGTH, _GROUP, _, _FOUR_BYTES, _, _NO_WIRE = range(8)
_FIXED = {_EIGHT_BYTES: 8, _FOUR_BYTES: 4}
_PLACES_MOST = 1_000
_DEEPEST = 6
_TEXT, _GROUP_TYPE, _MESSAGE, _BYTES, _ENUM, _BOOL = 9, 10, 11, 12, 14, 8
_LAYOUTS = {1: "<d", 2: "<f", 6: "<Q", 7: "<I", 15: "<i", 16: "<q"}
"""Numbers of four and eight bytes, by the types of their fields."""
_SIGNED = {3: 64, 5: 32}
"""Integers in the form of two's complement, and their bits."""
_NO_UTF8 = b"\xe9x"

Wrap = Callable[[bytes], bytes]


class _Field(NamedTuple):
    field: Any
    number: int
    wire: int
    start: int
    begin: int
    """Where its content begins, behind its number and length."""
    end: int


class ProtobufChanges:
    """Those of one message."""

    def __init__(self, schema: ProtobufSchema) -> None:
        self._descriptor = schema.descriptor
        self._places = 0

    def made(self) -> bytes:
        """The bytes of a small value: single fields, and those that it must have."""
        return self._made(self._descriptor, 0)

    def of(self, raw: bytes) -> Iterator[Change | Unmade]:
        """Changes of the bytes of a value that can be read, in the order of its fields."""
        self._places = 0
        yield from self._message(self._descriptor, raw, (), lambda inner: inner, raw)

    def _message(
        self, descriptor: Any, raw: bytes, steps: Steps, wrap: Wrap, whole: bytes
    ) -> Iterator[Change | Unmade]:
        found = list(_fields_of(raw, descriptor))
        told: set[int] = set()
        for one in found:
            if one.field is not None and one.number not in told and not is_map(one.field):
                told.add(one.number)
                yield from self._field(one, raw, steps, wrap, whole, is_there=True)
        for field in descriptor.fields:
            if field.number not in told and not is_map(field) and field.type != _GROUP_TYPE:
                yield from self._absent(field, raw, steps, wrap)

    def _absent(self, field: Any, raw: bytes, steps: Steps, wrap: Wrap) -> Iterator[Change | Unmade]:
        if len(steps) > _DEEPEST:
            return
        start, content = len(raw), self._written(field)
        whole = wrap(raw + content)
        detail = f"of {field.containing_oneof.name}" if field.containing_oneof is not None else ""
        yield Change("with the field", (*steps, field.json_name), lambda: [whole], True, detail, of=wrap(raw))
        for one in _fields_of(raw + content, field.containing_type):
            if one.start == start:
                yield from self._field(one, raw + content, steps, wrap, whole, is_there=False)

    def _field(
        self, one: _Field, raw: bytes, steps: Steps, wrap: Wrap, whole: bytes, *, is_there: bool
    ) -> Iterator[Change | Unmade]:
        self._places += 1
        if self._places > _PLACES_MOST:
            if self._places == _PLACES_MOST + 1:
                yield Unmade("all others", steps, f"the value has more than {_PLACES_MOST:,} places")
            return
        field, inside = one.field, (*steps, one.field.json_name)
        if is_repeated(field):
            inside = (*inside, 0)

        def change(kind: str, *news: bytes, valid: bool = False, detail: str = "", quiet: bool = False) -> Change:
            def contents() -> Iterator[bytes]:
                return (wrap(raw[: one.start] + new + raw[one.end :]) for new in news)

            return Change(kind, inside, contents, valid, detail, quiet, whole)

        is_needed = is_required(field)
        if is_there:
            yield change("missing field" if is_needed else "left out", b"", valid=not is_needed)
        other = _tag(one.number, _VARINT) + b"\1" if one.wire == _LENGTH else _tag(one.number, _LENGTH) + b"\1x"
        yield change("wrong type", other)
        yield change("wrong wire type", _tag(one.number, _NO_WIRE))
        if one.wire == _VARINT:
            yield from self._varint(one, change)
        elif one.wire == _LENGTH and field.type == _TEXT:
            yield change("shortest", _tag(one.number, _LENGTH) + b"\0", valid=True)
            yield change("wrong encoding", _tag(one.number, _LENGTH) + _sized(_NO_UTF8))
        elif one.wire == _LENGTH and field.type == _MESSAGE:
            content = raw[one.begin : one.end]
            yield from self._message(field.message_type, content, inside, _around(one, raw, wrap), whole)

    @staticmethod
    def _varint(one: _Field, change: Callable[..., Change]) -> Iterator[Change]:
        field, tag = one.field, _tag(one.number, _VARINT)
        if field.type == _ENUM:
            for value in field.enum_type.values:
                number = value.number % 2**64
                yield change("allowed value", tag + _number(number), valid=True, detail=value.name)
            beyond = tag + _number(max(value.number for value in field.enum_type.values) % 2**64 + 1)
            yield change("unknown enum", beyond)
        elif field.type == _BOOL:
            yield change("allowed value", tag + b"\0", valid=True, detail="false")
            yield change("allowed value", tag + b"\1", valid=True, detail="true")
        elif field.type in _SIGNED:
            most = 2 ** (_SIGNED[field.type] - 1)
            yield change("at minimum", tag + _number(-most % 2**64), valid=True)
            yield change("at maximum", tag + _number(most - 1), valid=True)
        yield change("above maximum", tag + b"\xff" * 10 + b"\1")

    def _written(self, field: Any, depth: int = 0) -> bytes:
        """The field with a small value."""
        if field.type == _MESSAGE:
            inner = self._made(field.message_type, depth + 1)
            return _tag(field.number, _LENGTH) + _sized(inner)
        if field.type in (_TEXT, _BYTES):
            return _tag(field.number, _LENGTH) + _sized(b"text")
        if field.type in _LAYOUTS:
            raw = struct.pack(_LAYOUTS[field.type], 1)
            return _tag(field.number, _EIGHT_BYTES if len(raw) > _FIXED[_FOUR_BYTES] else _FOUR_BYTES) + raw
        number = field.enum_type.values[-1].number if field.type == _ENUM else 1
        return _tag(field.number, _VARINT) + _number(number % 2**64)

    def _made(self, descriptor: Any, depth: int) -> bytes:
        if depth > _DEEPEST:
            return b""
        return b"".join(
            self._written(field, depth)
            for field in descriptor.fields
            if is_required(field) or (depth == 0 and _is_single(field))
        )


def _is_single(field: Any) -> bool:
    return not (is_repeated(field) or field.containing_oneof is not None or field.type in (_MESSAGE, _GROUP_TYPE))


def _around(one: _Field, raw: bytes, wrap: Wrap) -> Wrap:
    """Puts other content into a field."""
    return lambda inner: wrap(raw[: one.start] + _tag(one.number, _LENGTH) + _sized(inner) + raw[one.end :])


def _fields_of(raw: bytes, descriptor: Any) -> Iterator[_Field]:
    """The fields in the bytes of a message that can be read; what is behind a group is left aside."""
    at = 0
    while at < len(raw):
        start = at
        tag, at = _read(raw, at)
        number, wire = tag >> 3, tag & 7
        begin = at
        if wire == _VARINT:
            at = _read(raw, at)[1]
        elif wire in _FIXED:
            at += _FIXED[wire]
        elif wire == _LENGTH:
            length, begin = _read(raw, at)
            at = begin + length
        else:
            return
        yield _Field(descriptor.fields_by_number.get(number), number, wire, start, begin, at)


def _read(raw: bytes, at: int) -> tuple[int, int]:
    found = shift = 0
    while at < len(raw):
        found |= (raw[at] & 0x7F) << shift
        shift += 7
        at += 1
        if raw[at - 1] < 0x80:
            break
    return found, at


def _number(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _tag(number: int, wire: int) -> bytes:
    return _number(number << 3 | wire)


def _sized(content: bytes) -> bytes:
    return _number(len(content)) + content
