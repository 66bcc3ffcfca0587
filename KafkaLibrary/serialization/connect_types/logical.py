"""Logical types of Kafka Connect and Debezium by their names: what a tester meets for them, and how it is written.

What is read and written is the value in Connect's JSON: bytes are base64 text. Each type takes both forms when it is
written, the tester's and the connector's own, so that what was read can be published, and what was recorded too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.fields import NOT_SENT
from KafkaLibrary.serialization.connect_types import columns
from KafkaLibrary.serialization.connect_types.one_type import Logical, Misfit, Read, Rounded
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.values import phrases, times
from KafkaLibrary.serialization.values.binary import base64_text, bytes_of
from KafkaLibrary.serialization.values.numbers import decimal_of, unscaled


def logical_of(name: str, kind: str, parameters: Any) -> Logical | None:
    """The type of that name on a type of Connect; nothing where it is none, or lacks a parameter that it needs."""
    make = _TYPES.get((name, kind))
    return None if make is None else make(parameters if isinstance(parameters, Mapping) else {})


# Decimals

_MOST_SCALE = 2**31
_MOST_DIGITS = 10_000


def whole_parameter(value: Any) -> int | None:
    """Connect has parameters as texts."""
    try:
        number = int(value) if isinstance(value, (str, int)) and len(str(value)) <= len(str(-_MOST_SCALE)) else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < _MOST_SCALE else None


def decimal_of_scale(scale: int) -> Logical:
    """A decimal whose digits after the point are told by its schema."""
    asked = f"be a decimal with at most {scale} digit{'s' * (scale != 1)} after the point"

    def read(value: Any) -> Any:
        if isinstance(value, str):
            return _from_unscaled(value, scale)
        if isinstance(value, float):
            raise Rounded
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return Decimal(value)
        raise Misfit("be a decimal: base64 text or a number", value)

    def write(value: Any) -> Any:
        digits = unscaled(value, _MOST_DIGITS + scale, scale)
        if digits is not None:
            return _unscaled_text(digits)
        if isinstance(value, str) and bytes_of(value):
            return value
        raise Misfit(asked, value)

    return Logical(read, write)


def _decimal(parameters: Mapping[str, Any]) -> Logical | None:
    scale = whole_parameter(parameters.get("scale"))
    return None if scale is None else decimal_of_scale(scale)


def _from_unscaled(text: Any, scale: int) -> Any:
    if text in NOT_SENT:
        return NOT_SENT[0]
    raw = bytes_of(text)
    if not raw:
        raise Misfit("be the unscaled bytes of a decimal as base64 text", text)
    return decimal_of(raw, scale)


def _unscaled_text(digits: int) -> str:
    size = (digits if digits >= 0 else -digits - 1).bit_length() // 8 + 1
    return base64_text(digits.to_bytes(size, "big", signed=True))


def _read_scaled(value: Any) -> Any:
    scale = whole_parameter(dict.get(value, "scale")) if isinstance(value, dict) else None
    if scale is None:
        raise Misfit("be an object with a scale and a value", value)
    return _from_unscaled(dict.get(value, "value"), scale)


def _write_scaled(value: Any) -> Any:
    if isinstance(value, Mapping):
        _read_scaled(dict(value))
        return value
    number = Decimal(repr(value)) if isinstance(value, float) else value
    try:
        number = Decimal(number) if isinstance(number, (str, int)) and not isinstance(number, bool) else number
    except ArithmeticError:
        raise Misfit("be a decimal", value) from None
    if not isinstance(number, Decimal) or not number.is_finite():
        raise Misfit("be a decimal", value)
    exponent = number.as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else 0
    digits = unscaled(number, _MOST_DIGITS + scale, scale)
    if digits is None:
        raise Misfit("be a decimal", value)
    return {"scale": scale, "value": _unscaled_text(digits)}


SCALED = Logical(_read_scaled, _write_scaled)
"""Debezium's form of a decimal that has a scale of its own."""


# Times: numbers of units. One that no calendar has, as PostgreSQL's infinity, stays that number.


def counted(text_of: Callable[[int], Any], number_of: Callable[[Any], int | None], asked: str) -> Logical:
    def read(value: Any) -> Any:
        if type(value) is not int:
            raise Misfit("be a whole number", value)
        return text_of(value)

    def write(value: Any) -> Any:
        number = number_of(value)
        if number is None:
            raise Misfit(asked, value)
        return number

    return Logical(read, write)


def moments(digits: int, *, zoned: bool) -> Logical:
    """Moments counted in units of which a second has a power of ten."""
    return counted(
        times.units_text(digits, "Z" if zoned else ""),
        times.units_of(digits, zoned=zoned),
        phrases.moment(digits, zoned=zoned),
    )


_MIDNIGHT = "24:00:00"


def clock_times(digits: int) -> Logical:
    """Times of day, likewise. Databases have one at the end of the day, too, which no clock shows."""
    text_of, number_of = times.time_text(digits), times.time_of(digits)
    a_day = 24 * 60 * 60 * 10**digits
    return counted(
        lambda number: _MIDNIGHT if number == a_day else text_of(number),
        lambda value: a_day if value == _MIDNIGHT else number_of(value),
        phrases.time(digits),
    )


DAYS = counted(times.date_text, times.days_of, phrases.DATE)
# Texts and bytes that are something else


def _json_read_by(read: Callable[[bytes], Any]) -> Read:
    def read_text(value: Any) -> Any:
        if not isinstance(value, str):
            raise Misfit("be a text of JSON", value)
        try:
            content = read(value.encode())
        except (Undecodable, UnicodeEncodeError):  # what the database did not tell, among others
            return value
        return value if content is None else content

    return read_text


def _write_json(value: Any) -> Any:
    if isinstance(value, str):
        try:
            json_format.check_text(value)
        except (ValueError, RecursionError):
            pass
        else:
            return value
        if value in NOT_SENT:
            return value
    try:
        return json_format.write(value).decode()
    except KeywordMisused:
        raise Misfit("be what JSON has a form for", value) from None


_DEPTHS = {
    "read": _json_read_by(json_format.read),
    "read_exact": _json_read_by(json_format.read_exact),
    "read_own": _json_read_by(json_format.read_own),
    "read_once": _json_read_by(json_format.read_plainly),
}
JSON = Logical(_DEPTHS["read"], _write_json, _DEPTHS.__getitem__)
"""A document, which comes as the text of it. Read once for all depths its numbers are doubles where nothing is lost."""

_BITS = re.compile(r"[01]+")


def _bits(parameters: Mapping[str, Any]) -> Logical | None:
    """Bits in bytes, the lowest first: as the digits that databases show, where their number is known."""
    length = whole_parameter(parameters.get("length"))
    if length is None or length < 1:
        return None
    size = (length + 7) // 8

    def read(value: Any) -> Any:
        raw = bytes_of(value) if isinstance(value, str) else None
        if raw is None:
            raise Misfit("be bytes as base64 text", value)
        if len(raw) != size or int.from_bytes(raw, "little").bit_length() > length:
            return value  # of a column whose bits are as many as one likes
        return f"{int.from_bytes(raw, 'little'):0{length}b}"

    def write(value: Any) -> Any:
        if isinstance(value, str) and len(value) == length and _BITS.fullmatch(value):
            return base64_text(int(value, 2).to_bytes(size, "little"))
        raw = bytes_of(value)
        if raw is None:
            raise Misfit(f"be {length} bits such as {'10' * (length // 2) + '1' * (length % 2)}"[:80], value)
        return base64_text(raw)

    return Logical(read, write)


_CONNECT = "org.apache.kafka.connect.data."
_OF_TIMES, _OF_COLUMNS = "io.debezium.time.", "io.debezium.data."


def _always(logical: Logical) -> Callable[[Mapping[str, Any]], Logical | None]:
    return lambda parameters: logical


DECIMAL = f"{_CONNECT}Decimal"
SCALED_NAME = f"{_OF_COLUMNS}VariableScaleDecimal"
_TYPES: dict[tuple[str, str], Callable[[Mapping[str, Any]], Logical | None]] = {
    (DECIMAL, "bytes"): _decimal,
    (f"{_CONNECT}Date", "int32"): _always(DAYS),
    (f"{_CONNECT}Time", "int32"): _always(clock_times(3)),
    (f"{_CONNECT}Timestamp", "int64"): _always(moments(3, zoned=True)),
    (f"{_OF_TIMES}Date", "int32"): _always(DAYS),
    (f"{_OF_TIMES}Time", "int32"): _always(clock_times(3)),
    (f"{_OF_TIMES}MicroTime", "int64"): _always(clock_times(6)),
    (f"{_OF_TIMES}NanoTime", "int64"): _always(clock_times(9)),
    # These are what a column without a zone shows; one with a zone comes as text.
    (f"{_OF_TIMES}Timestamp", "int64"): _always(moments(3, zoned=False)),
    (f"{_OF_TIMES}MicroTimestamp", "int64"): _always(moments(6, zoned=False)),
    (f"{_OF_TIMES}NanoTimestamp", "int64"): _always(moments(9, zoned=False)),
    (f"{_OF_TIMES}IsoDate", "string"): _always(columns.ISO_DAY),
    (f"{_OF_TIMES}IsoTime", "string"): _always(columns.ISO_TIME),
    (f"{_OF_TIMES}IsoTimestamp", "string"): _always(columns.ISO_MOMENT),
    (f"{_OF_TIMES}Interval", "string"): _always(columns.INTERVAL),
    (f"{_OF_TIMES}MicroDuration", "int64"): _always(columns.INTERVAL_MICROS),
    (f"{_OF_TIMES}NanoDuration", "int64"): _always(columns.INTERVAL_NANOS),
    (SCALED_NAME, "struct"): _always(SCALED),
    (f"{_OF_COLUMNS}geometry.Geometry", "struct"): _always(columns.GEOMETRY),
    (f"{_OF_COLUMNS}geometry.Geography", "struct"): _always(columns.GEOMETRY),
    (f"{_OF_COLUMNS}geometry.Point", "struct"): _always(columns.POINT),
    (f"{_OF_COLUMNS}Json", "string"): _always(JSON),
    (f"{_OF_COLUMNS}Bits", "bytes"): _bits,
}
NAMES = tuple(dict.fromkeys(name for name, _ in _TYPES))
