"""Single values to Avro's bytes: numbers, texts, bytes, dates and times, enums, fixed and decimals."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, TypeAlias

from KafkaLibrary.serialization.avro.misfits import Findings, Write
from KafkaLibrary.serialization.connect_types.one_type import Logical, Misfit
from KafkaLibrary.serialization.values import binary, numbers, phrases, times

Encode: TypeAlias = Callable[[Any], "bytes | None"]
"""Gives no bytes for what does not fit."""


def leaf(encode: Encode, asked: str) -> Write:
    def write(value: Any, out: bytearray, found: Findings) -> None:
        raw = encode(value)
        if raw is None:
            found.misfit(asked, value)
        else:
            out += raw

    return write


def add_long(number: int, out: bytearray) -> None:
    number = (number << 1) ^ (number >> 63)
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)


def long_bytes(number: int) -> bytes:
    out = bytearray()
    add_long(number, out)
    return bytes(out)


def sized(raw: bytes) -> bytes:
    """The bytes with their length in front."""
    return long_bytes(len(raw)) + raw


def _sized(encode: Encode) -> Encode:
    def encode_sized(value: Any) -> bytes | None:
        raw = encode(value)
        return None if raw is None else sized(raw)

    return encode_sized


def _null(value: Any) -> bytes | None:
    return b"" if value is None else None


def _boolean(value: Any) -> bytes | None:
    return (b"\1" if value else b"\0") if isinstance(value, bool) else None


def _integer(number_of: Callable[[Any], int | None], bits: int, asked: str) -> Write:
    most = 2 ** (bits - 1)

    def write(value: Any, out: bytearray, found: Findings) -> None:
        number = number_of(value)
        if number is None or not -most <= number < most:
            found.misfit(asked, value)
        else:
            add_long(number, out)

    return write


def _floating(number_of: Callable[[Any], float | None], layout: struct.Struct, asked: str) -> Write:
    def encode(value: Any) -> bytes | None:
        number = number_of(value)
        return None if number is None else layout.pack(number)

    return leaf(encode, asked)


def string(value: Any, out: bytearray, found: Findings) -> None:
    raw = binary.utf8(value)
    if raw is None:
        found.misfit(phrases.text(value), value)
    else:
        add_long(len(raw), out)
        out += raw


def fixed(size: int) -> Write:
    def encode(value: Any) -> bytes | None:
        raw = binary.bytes_of(value)
        return raw if raw is not None and len(raw) == size else None

    return leaf(encode, f"be {size} bytes, raw or as base64 text")


def _uuid(value: Any) -> bytes | None:
    return binary.utf8(binary.uuid_of(value))


def _fixed_uuid(value: Any) -> bytes | None:
    if not isinstance(value, str) and (raw := binary.bytes_of(value)) is not None:
        return raw if len(raw) == 16 else None
    text = binary.uuid_of(value)
    return None if text is None else bytes.fromhex(text.replace("-", ""))


def decimal(precision: int, scale: int, size: int | None = None) -> Write:
    """``size`` is that of a fixed."""

    def encode(value: Any) -> bytes | None:
        number = numbers.unscaled(value, precision, scale)
        if number is None:
            return None
        needed = (number if number >= 0 else -number - 1).bit_length() // 8 + 1
        return number.to_bytes(needed if size is None else size, "big", signed=True)

    before = precision - scale
    asked = f"be a decimal with at most {_digits(before)} before and {_digits(scale)} after the point"
    return leaf(_sized(encode) if size is None else encode, asked)


def enum(name: str, symbols: tuple[str, ...]) -> Write:
    raws = {symbol: long_bytes(index) for index, symbol in enumerate(symbols)}

    def encode(value: Any) -> bytes | None:
        return raws.get(value) if isinstance(value, str) else None

    return leaf(encode, phrases.one_of(symbols, name))


def of_connect(logical: Logical, write: Write) -> Write:
    """A type that Connect has on this one: ``write`` takes what its JSON has for it."""

    def write_logical(value: Any, out: bytearray, found: Findings) -> None:
        try:
            written = logical.write(value)
        except Misfit as misfit:
            found.misfit(misfit.should, value)
        else:
            write(written, out, found)

    return write_logical


def _digits(count: int) -> str:
    return "1 digit" if count == 1 else f"{count} digits"


def _moment(digits: int, *, zoned: bool) -> Write:
    return _integer(times.units_of(digits, zoned=zoned), 64, phrases.moment(digits, zoned=zoned))


PRIMITIVES: dict[str, Write] = {
    "null": leaf(_null, "be null"),
    "boolean": leaf(_boolean, phrases.BOOLEAN),
    "int": _integer(numbers.whole, 32, phrases.integer("int", 32)),
    "long": _integer(numbers.whole, 64, phrases.integer("long", 64)),
    "float": _floating(numbers.single, struct.Struct("<f"), phrases.floating("float", 32)),
    "double": _floating(numbers.double, struct.Struct("<d"), phrases.floating("double", 64)),
    "bytes": leaf(_sized(binary.bytes_of), phrases.BYTES),
    "string": string,
}
LOGICAL: dict[str, Write] = {
    "date": _integer(times.days_of, 32, phrases.DATE),
    "time-millis": _integer(times.time_of(3), 32, phrases.time(3)),
    "time-micros": _integer(times.time_of(6), 64, phrases.time(6)),
    "timestamp-millis": _moment(3, zoned=True),
    "timestamp-micros": _moment(6, zoned=True),
    "timestamp-nanos": _moment(9, zoned=True),
    "local-timestamp-millis": _moment(3, zoned=False),
    "local-timestamp-micros": _moment(6, zoned=False),
    "local-timestamp-nanos": _moment(9, zoned=False),
    "uuid": leaf(_sized(_uuid), phrases.UUID),
}
FIXED_UUID = leaf(_fixed_uuid, phrases.UUID)
