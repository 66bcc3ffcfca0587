"""From Protobuf messages to value trees, by a reader that is made once for each type."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from google.protobuf.message import DecodeError

from KafkaLibrary.serialization.protobuf.descriptors import (
    NULL,
    class_of,
    is_map,
    is_map_entry,
    is_repeated,
    method_of,
    names_of,
    types_below,
)
from KafkaLibrary.serialization.protobuf.duration_texts import mask_text, span_text
from KafkaLibrary.serialization.values import times
from KafkaLibrary.serialization.values.binary import base64_text
from KafkaLibrary.serialization.values.numbers import decimal_of, shortest_float
from KafkaLibrary.serialization.values.times import moments

Read = Callable[[Any], Any]
"""Gives the value tree of a message, or of the content of a field."""

_FLOAT, _TEXT, _BYTES = 2, 9, 12
_MOST_DECIMAL = 4096
"""Bytes of a decimal: to make a number of more takes long."""
_EXACT = 2**53
"""Up to it each whole number is a number of 64 bits."""


class NotText(ValueError):
    """A text that is not UTF-8. Google's package gives its bytes where the schema is of the old syntax."""


class Readers:
    """The readers of all types of one schema. ``find`` gives the descriptor of a type by its name, or None."""

    def __init__(self, find: Callable[[str], Any]) -> None:
        self.find = find
        self._known: dict[str, Read] = {}

    def of(self, descriptor: Any) -> Read:
        name = descriptor.full_name
        if name not in self._known:
            for one in types_below(descriptor):
                if one.full_name not in self._known and not is_map_entry(one):
                    self._known[one.full_name] = _WELL_KNOWN.get(one.full_name, _fields_reader)(self, one)
        return self._known[name]

    def of_inner(self, descriptor: Any) -> Read:
        """For a message in another one."""
        return self._known.get(descriptor.full_name) or self._later(descriptor.full_name)

    def _later(self, name: str) -> Read:
        """For a type that has fields of itself."""

        def read(message: Any) -> Any:
            return self._known[name](message)

        return read

    def of_content(self, field: Any) -> Read | None:
        """For one element of the field; None where it is as it should be already."""
        if field.message_type is not None:
            return self.of_inner(field.message_type)
        if field.enum_type is not None:
            return _enum_reader(field.enum_type)
        if field.type == _TEXT:
            return None if _is_checked(field) else _checked_text
        return _SCALARS.get(field.type)


def _fields_reader(readers: Readers, descriptor: Any) -> Read:
    """Of a message by its fields: those without presence always, the others where they are set."""
    fields, names = list(descriptor.fields), names_of(descriptor)
    if not fields:
        return lambda message: {}
    keys = [names[field.name] for field in fields]
    get = _getter([field.name for field in fields])
    always: list[tuple[str, Read]] = []
    present: list[tuple[str, str, Read | None]] = []
    for field, key in zip(fields, keys, strict=True):
        read = field_reader(readers, field)
        if field.has_presence:
            present.append((field.name, key, read))
        elif read is not None:
            always.append((key, read))
    has = method_of(descriptor, "HasField")

    def read_message(message: Any) -> dict[str, Any]:
        tree = dict(zip(keys, get(message)))  # noqa: B905 - each event pays for an argument here
        for key, read in always:
            tree[key] = read(tree[key])
        for name, key, read_present in present:
            if not has(message, name):
                del tree[key]
            elif read_present is not None:
                tree[key] = read_present(tree[key])
        return tree

    return read_message


def _getter(names: list[str]) -> Callable[[Any], Iterable[Any]]:
    if len(names) > 1:
        return attrgetter(*names)
    only = attrgetter(names[0])
    return lambda message: (only(message),)


def field_reader(readers: Readers, field: Any) -> Read | None:
    """For all that is in the field; None where it is as it should be already."""
    if not is_repeated(field):
        return readers.of_content(field)
    if is_map(field):
        return _map_reader(readers, field.message_type)
    read = readers.of_content(field)
    if read is None:
        return lambda elements: elements[:]  # much faster than list(): the elements have no iterator of their own
    return lambda elements: [read(one) for one in elements[:]]


def _map_reader(readers: Readers, entry: Any) -> Read:
    """Sorted by key: a map has no order, and a failure should read the same each time."""
    key = entry.fields_by_name["key"]
    check = readers.of_content(key)
    read = readers.of_content(entry.fields_by_name["value"])
    if key.type == _TEXT and check is None:
        if read is None:
            return lambda entries: {name: entries[name] for name in sorted(entries)}
        return lambda entries: {name: read(entries[name]) for name in sorted(entries)}
    named = _as_it_is if key.type == _TEXT else _KEYS.get(key.type, str)
    check, part = check or _as_it_is, read or _as_it_is

    def read_map(entries: Any) -> dict[str, Any]:
        return {named(one): part(entries[one]) for one in sorted(map(check, entries))}

    return read_map


def _as_it_is(content: Any) -> Any:
    return content


def _enum_reader(enum: Any) -> Read:
    if enum.full_name == NULL:
        return lambda number: None
    names: dict[int, str] = {}
    for value in enum.values:
        names.setdefault(value.number, value.name)
    return lambda number: names.get(number, number)


# Single values.


def _checked_text(text: Any) -> str:
    if isinstance(text, str):
        return text
    raise NotText


def _is_checked(field: Any) -> bool:
    """Whether Google's package itself refuses a text that is not UTF-8: it depends on syntax, edition and features."""
    key, length = _varint(field.number << 3 | 2), b"\x01"
    try:
        class_of(field.containing_type).FromString(key + length + b"\xff")
    except (DecodeError, UnicodeDecodeError):
        return True
    return False


def _varint(number: int) -> bytes:
    parts = []
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])


_SCALARS: dict[int, Read] = {_FLOAT: shortest_float, _BYTES: base64_text}
_KEYS: dict[int, Read] = {8: lambda key: "true" if key else "false"}


# Google's well-known types.


def _moment_reader(readers: Readers, descriptor: Any) -> Read:
    return _two_parts(moments("Z"))


def _span_reader(readers: Readers, descriptor: Any) -> Read:
    return _two_parts(span_text)


def _two_parts(text: Callable[[int, int], str | None]) -> Read:
    def read(message: Any) -> Any:
        seconds, nanos = message.seconds, message.nanos
        shown = text(seconds, nanos)
        return {"seconds": seconds, "nanos": nanos} if shown is None else shown

    return read


def _mask_reader(readers: Readers, descriptor: Any) -> Read:
    def read(message: Any) -> Any:
        paths = list(message.paths)
        text = mask_text(paths)
        return {"paths": paths} if text is None else text

    return read


def _wrapper_reader(readers: Readers, descriptor: Any) -> Read:
    content = readers.of_content(descriptor.fields_by_name["value"])
    return (lambda message: message.value) if content is None else (lambda message: content(message.value))


def _struct_reader(readers: Readers, descriptor: Any) -> Read:
    read = readers.of_inner(descriptor.fields_by_name["fields"].message_type.fields_by_name["value"].message_type)
    return lambda message: {name: read(message.fields[name]) for name in sorted(message.fields)}


def _list_reader(readers: Readers, descriptor: Any) -> Read:
    read = readers.of_inner(descriptor.fields_by_name["values"].message_type)
    return lambda message: [read(one) for one in message.values]


def _json_reader(readers: Readers, descriptor: Any) -> Read:
    kinds: dict[str | None, Read] = {
        "number_value": _json_number,
        "struct_value": readers.of_inner(descriptor.fields_by_name["struct_value"].message_type),
        "list_value": readers.of_inner(descriptor.fields_by_name["list_value"].message_type),
    }

    def read(message: Any) -> Any:
        kind = message.WhichOneof("kind")
        if kind is None or kind == "null_value":
            return None
        content = getattr(message, kind)
        return kinds[kind](content) if kind in kinds else content

    return read


def _json_number(number: float) -> Any:
    """A whole number as such: JSON has no other way to write it. Minus zero, which no integer is, stays."""
    is_whole = number.is_integer() and abs(number) <= _EXACT and (number != 0 or math.copysign(1, number) > 0)
    return int(number) if is_whole else number


def _any_reader(readers: Readers, descriptor: Any) -> Read:
    def read(message: Any) -> dict[str, Any]:
        address, content = message.type_url, message.value
        inner = readers.find(address.rpartition("/")[2])
        if inner is None:
            return {"@type": address, "value": base64_text(content)} if address or content else {}
        tree = readers.of(inner)(class_of(inner).FromString(content))
        if is_well_known(inner):
            return {"@type": address, "value": tree}
        return {"@type": address, **tree}

    return read


# Types that Confluent's Connect converter has for decimals, dates and times of day. Where they are none, their fields.


def _decimal_reader(readers: Readers, descriptor: Any) -> Read:
    fields = _fields_reader(readers, descriptor)

    def read(message: Any) -> Any:
        raw = message.value
        return decimal_of(raw, message.scale) if 0 < len(raw) <= _MOST_DECIMAL else fields(message)

    return read


def _date_reader(readers: Readers, descriptor: Any) -> Read:
    fields = _fields_reader(readers, descriptor)

    def read(message: Any) -> Any:
        try:
            return date(message.year, message.month, message.day).isoformat()
        except (OverflowError, ValueError):  # a month of no year, among others
            return fields(message)

    return read


def _time_reader(readers: Readers, descriptor: Any) -> Read:
    fields = _fields_reader(readers, descriptor)

    def read(message: Any) -> Any:
        parts = message.hours, message.minutes, message.seconds, message.nanos
        text = times.clock_text(*parts)
        return fields(message) if text is None else text

    return read


def _with(fields: tuple[str, ...], make: Callable[[Readers, Any], Read]) -> Callable[[Readers, Any], Read]:
    """For a type of these fields. One that has the name alone is read as any other."""

    def checked(readers: Readers, descriptor: Any) -> Read:
        has_all = all(name in descriptor.fields_by_name for name in fields)
        return (make if has_all else _fields_reader)(readers, descriptor)

    return checked


def is_well_known(descriptor: Any) -> bool:
    """Whether its value tree is more than its fields."""
    return descriptor.full_name in _WELL_KNOWN


_WRAPPED = "Bool Bytes Double Float Int32 Int64 String UInt32 UInt64"
_WELL_KNOWN: dict[str, Callable[[Readers, Any], Read]] = {
    "confluent.type.Decimal": _with(("value", "precision", "scale"), _decimal_reader),
    "google.type.Date": _with(("year", "month", "day"), _date_reader),
    "google.type.TimeOfDay": _with(("hours", "minutes", "seconds", "nanos"), _time_reader),
    "google.protobuf.Any": _any_reader,
    "google.protobuf.Duration": _span_reader,
    "google.protobuf.FieldMask": _mask_reader,
    "google.protobuf.ListValue": _list_reader,
    "google.protobuf.Struct": _struct_reader,
    "google.protobuf.Timestamp": _moment_reader,
    "google.protobuf.Value": _json_reader,
    **{f"google.protobuf.{name}Value": _wrapper_reader for name in _WRAPPED.split()},
}
