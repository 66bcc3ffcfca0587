"""Avro's bytes to values: one function for each type of a schema, made once.

A function gets all bytes and the place to begin at, and gives the value and the place behind it. It reads
nothing that is not there: what ends too early raises ``IndexError`` or ``struct.error``, all else ``Broken``.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from KafkaLibrary.serialization.avro.least_sizes import Sizes
from KafkaLibrary.serialization.avro.logical_types import read_if_it_fits, type_of_record
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
from KafkaLibrary.serialization.values import binary, numbers, times

Read: TypeAlias = Callable[[bytes, int], tuple[Any, int]]

MOST_EMPTY = 100
"""Items that one array may have where an item takes no bytes: nothing else limits them."""
MOST_DECIMAL = 4096
"""Bytes that a decimal may have: to make a number of more takes long."""
_LARGEST_INT = 2**31
_SHIFTS = range(7, 64, 7)
_unpack_float = struct.Struct("<f").unpack_from
_unpack_double = struct.Struct("<d").unpack_from


class Broken(Exception):
    """What is wrong at a byte, and the way to its field, from the inside to the outside."""

    def __init__(self, what: str, at: int) -> None:
        super().__init__(what)
        self.what = what
        self.at = at
        self.steps: list[str | int] = []


class Ended(Broken):
    """The bytes end in the middle of a value."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("it ends too early,", len(raw))


class Readers:
    """The functions that read the types of a schema."""

    def __init__(self, types: Types, sizes: Sizes) -> None:
        self._types = types
        self._sizes = sizes
        self._records: dict[str, Read | None] = {}

    def of(self, kind: Type) -> Read:
        known = self._types.find(kind)
        return _MAKERS[known.__class__](self, known)

    def _of_primitive(self, kind: Primitive) -> Read:
        if kind.logical is None:
            return _PRIMITIVES[kind.name]
        if kind.logical.name == "decimal":
            return _decimal(_bytes, kind.logical.scale)
        of_connect = kind.logical.of_connect
        if of_connect is not None:
            return _converted(_PRIMITIVES[kind.name], of_connect.reader("read_once"))
        return _converted(_PRIMITIVES[kind.name], _CONVERSIONS[kind.logical.name]())

    def _of_fixed(self, kind: Fixed) -> Read:
        raw = _fixed(kind.size)
        if kind.logical is None:
            return _converted(raw, binary.base64_text)
        return (
            _decimal(raw, kind.logical.scale) if kind.logical.name == "decimal" else _converted(raw, binary.uuid_text)
        )

    def _of_enum(self, kind: Enum) -> Read:
        return _enum(kind.symbols)

    def _of_array(self, kind: Array) -> Read:
        return _array(self.of(kind.items), self._sizes.of(kind.items))

    def _of_map(self, kind: Map) -> Read:
        return _map(self.of(kind.values), self._sizes.of(kind.values) + 1)

    def _of_union(self, kind: Union) -> Read:
        names = [branch.name for branch in kind.branches]
        readers = tuple(self.of(branch) for branch in kind.branches)
        if len(names) == 2 and "null" in names:
            return _optional(names.index("null"), readers)
        return _union(readers)

    def _of_record(self, kind: Record) -> Read:
        name = kind.name
        if name not in self._records:
            self._records[name] = None
            read = _record(tuple((field.name, self.of(field.type)) for field in kind.fields))
            logical = type_of_record(kind)
            self._records[name] = read if logical is None else _converted(read, read_if_it_fits(logical))
        return self._records[name] or _later(self._records, name)


def _later(records: Mapping[str, Read | None], name: str) -> Read:
    """A record inside of itself: its function is not made yet."""

    def read(raw: bytes, at: int) -> tuple[Any, int]:
        return records[name](raw, at)  # type: ignore[misc] # made by now

    return read


# Numbers.


def _long(raw: bytes, at: int) -> tuple[int, int]:
    byte = raw[at]
    if byte < 128:
        return (byte >> 1) ^ -(byte & 1), at + 1
    number, start = byte & 127, at
    for shift in _SHIFTS:
        at += 1
        byte = raw[at]
        if byte < 128:
            number |= byte << shift
            if number >> 64:
                break
            return (number >> 1) ^ -(number & 1), at + 1
        number |= (byte & 127) << shift
    raise Broken("a number is longer than 64 bits", start)


def _int(raw: bytes, at: int) -> tuple[int, int]:
    byte = raw[at]
    if byte < 128:
        return (byte >> 1) ^ -(byte & 1), at + 1
    number, end = _long(raw, at)
    if not -_LARGEST_INT <= number < _LARGEST_INT:
        raise Broken(f"{number} is not an int, a 32-bit whole number,", at)
    return number, end


def _float(raw: bytes, at: int) -> tuple[float, int]:
    number = _unpack_float(raw, at)[0]
    return numbers.shortest_float(number), at + 4


def _double(raw: bytes, at: int) -> tuple[float, int]:
    return _unpack_double(raw, at)[0], at + 8


def _null(raw: bytes, at: int) -> tuple[None, int]:
    return None, at


def _boolean(raw: bytes, at: int) -> tuple[bool, int]:
    byte = raw[at]
    if byte > 1:
        raise Broken(f"the byte {byte} is not a boolean", at)
    return byte == 1, at + 1


# Texts and bytes.


def _end(raw: bytes, at: int) -> tuple[int, int]:
    """Where what has its length in front begins and ends."""
    size = raw[at]
    if size < 128 and not size & 1:
        begin = at + 1
        end = begin + (size >> 1)
    else:
        size, begin = _long(raw, at)
        end = begin + size
        if size < 0:
            raise Broken(f"a length of {size} can't be", at)
    if end > len(raw):
        raise Broken(f"{end - begin} bytes should follow, and there are {len(raw) - begin},", at)
    return begin, end


def _string(raw: bytes, at: int) -> tuple[str, int]:
    size = raw[at]
    if size < 128 and not size & 1:
        begin = at + 1
        end = begin + (size >> 1)
        if end > len(raw):
            begin, end = _end(raw, at)
    else:
        begin, end = _end(raw, at)
    try:
        return raw[begin:end].decode(), end
    except UnicodeDecodeError as problem:
        raise Broken(f"a text is not UTF-8 ({problem.reason})", begin + problem.start) from None


def _bytes(raw: bytes, at: int) -> tuple[bytes, int]:
    begin, end = _end(raw, at)
    return raw[begin:end], end


def _fixed(size: int) -> Read:
    def read(raw: bytes, at: int) -> tuple[bytes, int]:
        end = at + size
        if end > len(raw):
            raise Broken(f"{size} bytes should follow, and there are {len(raw) - at},", at)
        return raw[at:end], end

    return read


def _base64(raw: bytes, at: int) -> tuple[str, int]:
    begin, end = _end(raw, at)
    return binary.base64_text(raw[begin:end]), end


def _converted(of: Read, convert: Callable[[Any], Any]) -> Read:
    def read(raw: bytes, at: int) -> tuple[Any, int]:
        value, end = of(raw, at)
        return convert(value), end

    return read


def _decimal(of: Read, scale: int) -> Read:
    def read(raw: bytes, at: int) -> tuple[Any, int]:
        digits, end = of(raw, at)
        if len(digits) > MOST_DECIMAL:
            raise Broken(f"a decimal of {len(digits)} bytes can't be", at)
        return numbers.decimal_of(digits, scale), end

    return read


def _enum(symbols: tuple[str, ...]) -> Read:
    by_byte = {index * 2: symbol for index, symbol in enumerate(symbols[:64])}

    def read(raw: bytes, at: int) -> tuple[str, int]:
        symbol = by_byte.get(raw[at])
        if symbol is not None:
            return symbol, at + 1
        index, end = _int(raw, at)
        if not 0 <= index < len(symbols):
            raise Broken(f"there is no symbol {index} of {len(symbols)}", at)
        return symbols[index], end

    return read


# What has parts.


def _record(fields: tuple[tuple[str, Read], ...]) -> Read:
    def read(raw: bytes, at: int) -> tuple[dict[str, Any], int]:
        value: dict[str, Any] = {}
        name = ""
        try:
            for name, of in fields:
                value[name], at = of(raw, at)
        except Broken as problem:
            problem.steps.append(name)
            raise
        except (IndexError, struct.error):
            ended = Ended(raw)
            ended.steps.append(name)
            raise ended from None
        return value, at

    return read


def _count(raw: bytes, at: int, least: int) -> tuple[int, int]:
    """How many items the next block has; its length in bytes, where it is given, says nothing new."""
    count, begin = _long(raw, at)
    if count < 0:
        count = -count
        _, begin = _long(raw, begin)
    if count * least > len(raw) - begin:
        raise Broken(f"{count} items should follow, and there are {len(raw) - begin} bytes,", at)
    return count, begin


def _array(of: Read, least: int) -> Read:
    def read(raw: bytes, at: int) -> tuple[list[Any], int]:
        items: list[Any] = []
        append = items.append
        while True:
            begin = at
            count, at = _count(raw, at, least)
            if not count:
                return items, at
            if not least and len(items) + count > MOST_EMPTY:
                raise Broken(f"{count} items that take no bytes can't be", begin)
            try:
                for _ in range(count):
                    item, at = of(raw, at)
                    append(item)
            except Broken as problem:
                problem.steps.append(len(items))
                raise
            except (IndexError, struct.error):
                ended = Ended(raw)
                ended.steps.append(len(items))
                raise ended from None

    return read


def _map(of: Read, least: int) -> Read:
    def read(raw: bytes, at: int) -> tuple[dict[str, Any], int]:
        entries: dict[str, Any] = {}
        while True:
            count, at = _count(raw, at, least)
            if not count:
                return entries, at
            for _ in range(count):
                name, at = _string(raw, at)
                try:
                    entries[name], at = of(raw, at)
                except Broken as problem:
                    problem.steps.append(name)
                    raise

    return read


def _optional(null: int, readers: tuple[Read, ...]) -> Read:
    """A union of null and one other type, by far the most frequent."""
    null_byte, other_byte, other = null * 2, 2 - null * 2, readers[1 - null]
    slowly = _union(readers)

    def read(raw: bytes, at: int) -> tuple[Any, int]:
        byte = raw[at]
        if byte == other_byte:
            return other(raw, at + 1)
        if byte == null_byte:
            return None, at + 1
        return slowly(raw, at)

    return read


def _union(readers: tuple[Read, ...]) -> Read:
    def read(raw: bytes, at: int) -> tuple[Any, int]:
        index, begin = _long(raw, at)
        if not 0 <= index < len(readers):
            raise Broken(f"there is no branch {index} in a union of {len(readers)}", at)
        return readers[index](raw, begin)

    return read


_MAKERS: dict[type[Concrete], Callable[[Readers, Any], Read]] = {
    Primitive: Readers._of_primitive,
    Fixed: Readers._of_fixed,
    Enum: Readers._of_enum,
    Array: Readers._of_array,
    Map: Readers._of_map,
    Union: Readers._of_union,
    Record: Readers._of_record,
}
_PRIMITIVES: dict[str, Read] = {
    "null": _null,
    "boolean": _boolean,
    "int": _int,
    "long": _long,
    "float": _float,
    "double": _double,
    "bytes": _base64,
    "string": _string,
}
_CONVERSIONS: dict[str, Callable[[], Callable[[Any], Any]]] = {
    "date": lambda: times.date_text,
    "time-millis": lambda: times.time_text(3),
    "time-micros": lambda: times.time_text(6),
    "timestamp-millis": lambda: times.units_text(3, "Z"),
    "timestamp-micros": lambda: times.units_text(6, "Z"),
    "timestamp-nanos": lambda: times.units_text(9, "Z"),
    "local-timestamp-millis": lambda: times.units_text(3, ""),
    "local-timestamp-micros": lambda: times.units_text(6, ""),
    "local-timestamp-nanos": lambda: times.units_text(9, ""),
    "uuid": lambda: binary.lower_uuid,
}
"""Made for each field: those of moments keep the texts of some minutes."""
