"""Values without parts to Avro's bytes. What does not fit is given back as ``None``."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, TypeAlias

from KafkaLibrary.serialization.avro import values
from KafkaLibrary.serialization.avro.findings import Findings, Write

Encode: TypeAlias = Callable[[Any], "bytes | None"]


def leaf(encode: Encode, asked: str) -> Write:
    def write(value: Any, out: bytearray, found: Findings) -> None:
        raw = encode(value)
        if raw is None:
            found.misfit(asked, value)
        else:
            out += raw

    return write


def long_bytes(number: int) -> bytes:
    number = (number << 1) ^ (number >> 63)
    if number < 128:
        return bytes((number,))
    raw = bytearray()
    while number > 127:
        raw.append(number & 127 | 128)
        number >>= 7
    raw.append(number)
    return bytes(raw)


def sized(raw: bytes | None) -> bytes | None:
    """The bytes with their length in front."""
    return None if raw is None else long_bytes(len(raw)) + raw


def _null(value: Any) -> bytes | None:
    return b"" if value is None else None


def _boolean(value: Any) -> bytes | None:
    return (b"\1" if value else b"\0") if isinstance(value, bool) else None


def _integer(units_of: values.Ints, bits: int) -> Encode:
    most = 2 ** (bits - 1)

    def encode(value: Any) -> bytes | None:
        number = units_of(value)
        return None if number is None or not -most <= number < most else long_bytes(number)

    return encode


def _floating(layout: struct.Struct) -> Encode:
    """A fraction becomes the nearest one; a whole number has to be one exactly."""

    def encode(value: Any) -> bytes | None:
        number = values.double(value)
        if number is None:
            return None
        try:
            raw = layout.pack(number)
        except OverflowError:
            return None
        return None if isinstance(value, int) and layout.unpack(raw)[0] != value else raw

    return encode


def _utf8(value: Any) -> bytes | None:
    if not isinstance(value, str):
        return None
    try:
        return value.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return None


def string(value: Any) -> bytes | None:
    return sized(_utf8(value))


def _bytes(value: Any) -> bytes | None:
    return sized(values.bytes_of(value))


def _uuid(value: Any) -> bytes | None:
    return sized(_utf8(values.uuid_of(value)))


def fixed(size: int) -> Write:
    def encode(value: Any) -> bytes | None:
        raw = values.bytes_of(value)
        return raw if raw is not None and len(raw) == size else None

    return leaf(encode, f"be {size} bytes, as such or as base64 text")


def _fixed_uuid(value: Any) -> bytes | None:
    if not isinstance(value, str) and (raw := values.bytes_of(value)) is not None:
        return raw if len(raw) == 16 else None
    text = values.uuid_of(value)
    return None if text is None else bytes.fromhex(text.replace("-", ""))


def decimal(precision: int, scale: int, size: int | None = None) -> Write:
    """``size`` is that of a fixed."""

    def encode(value: Any) -> bytes | None:
        number = values.unscaled(value, precision, scale)
        if number is None:
            return None
        if size is not None:
            return number.to_bytes(size, "big", signed=True)
        needed = (number if number >= 0 else -number - 1).bit_length() // 8 + 1
        return sized(number.to_bytes(needed, "big", signed=True))

    before = precision - scale
    return leaf(encode, f"be a decimal with at most {_digits(before)} before and {_digits(scale)} behind the point")


def enum(symbols: tuple[str, ...]) -> Write:
    raws = {symbol: long_bytes(index) for index, symbol in enumerate(symbols)}

    def encode(value: Any) -> bytes | None:
        return raws.get(value) if isinstance(value, str) else None

    return leaf(encode, f"be one of {', '.join(symbols)}")


def _digits(count: int) -> str:
    return "1 digit" if count == 1 else f"{count} digits"


_MOMENT = "be a date-time with its zone, such as 2026-05-31T17:03:11"
_LOCAL = "be a date-time without a zone, such as 2026-05-31T17:03:11"
_TIME = "be a time such as 17:03:11"

PRIMITIVES: dict[str, Write] = {
    "null": leaf(_null, "be null"),
    "boolean": leaf(_boolean, "be true or false"),
    "int": leaf(_integer(values.whole, 32), "be an int, a whole number of 32 bits"),
    "long": leaf(_integer(values.whole, 64), "be a long, a whole number of 64 bits"),
    "float": leaf(_floating(struct.Struct("<f")), "be a float, a number of 32 bits"),
    "double": leaf(_floating(struct.Struct("<d")), "be a double, a number of 64 bits"),
    "bytes": leaf(_bytes, "be bytes, as such or as base64 text"),
    "string": leaf(string, "be a text"),
}
LOGICAL: dict[str, Write] = {
    "date": leaf(_integer(values.days_of, 32), "be a date such as 2026-05-31"),
    "time-millis": leaf(_integer(values.time_of(3), 32), f"{_TIME}.120"),
    "time-micros": leaf(_integer(values.time_of(6), 64), f"{_TIME}.120456"),
    "timestamp-millis": leaf(_integer(values.moment_of(3, "Z"), 64), f"{_MOMENT}.120Z"),
    "timestamp-micros": leaf(_integer(values.moment_of(6, "Z"), 64), f"{_MOMENT}.120456Z"),
    "timestamp-nanos": leaf(_integer(values.moment_of(9, "Z"), 64), f"{_MOMENT}.120456789Z"),
    "local-timestamp-millis": leaf(_integer(values.moment_of(3, ""), 64), f"{_LOCAL}.120"),
    "local-timestamp-micros": leaf(_integer(values.moment_of(6, ""), 64), f"{_LOCAL}.120456"),
    "local-timestamp-nanos": leaf(_integer(values.moment_of(9, ""), 64), f"{_LOCAL}.120456789"),
    "uuid": leaf(_uuid, "be a UUID such as 123e4567-e89b-12d3-a456-426614174000"),
}
FIXED_UUID = leaf(_fixed_uuid, "be a UUID such as 123e4567-e89b-12d3-a456-426614174000")
