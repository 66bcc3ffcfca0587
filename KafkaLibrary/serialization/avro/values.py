"""Values of Avro's logical types and bytes: as a tester sees them, and back.

What is to be written is given back as ``None`` where it does not fit.
"""

from __future__ import annotations

import binascii
import math
import re
import struct
import uuid
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Any, TypeAlias

Ints: TypeAlias = Callable[[Any], "int | None"]

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - in UTC or local, as the type says
_FIRST_DAY = date(1970, 1, 1).toordinal()
_A_DAY = 86_400
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,9})?", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_CLOCK = r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?"
_TIME = re.compile(_CLOCK, re.ASCII)
_MOMENT = re.compile(rf"(\d{{4}}-\d\d-\d\d)[Tt ]{_CLOCK}([Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
_SMALLEST_NORMAL = 2.0**-126
_WHOLE = 2.0**24
_FLOAT = struct.Struct("<f")


# Numbers.


def whole(value: Any) -> int | None:
    """The whole number that a value is."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < 30:
        return int(value) if value == value.to_integral_value(context=_EXACT) else None
    return None


def double(value: Any) -> float | None:
    """The nearest double of a number; a whole number has to be one exactly."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    try:
        nearest = float(value)
    except (OverflowError, ValueError):  # a number beyond doubles, a signalling NaN
        return None
    if isinstance(value, int):
        return nearest if nearest == value else None
    return nearest if value.is_finite() is (abs(nearest) < float("inf")) else None


def shortest(number: float) -> float:
    """The number with the fewest digits that is the same 32-bit float."""
    if not math.isfinite(number) or (abs(number) < _WHOLE and number.is_integer()):
        return number
    digits = 6 if abs(number) >= _SMALLEST_NORMAL else 1
    raw = _FLOAT.pack(number)
    for count in range(digits, 9):
        near = float(f"{number:.{count}g}")
        try:
            if _FLOAT.pack(near) == raw:
                return near
        except OverflowError:  # rounded up, the largest are beyond
            continue
    return float(f"{number:.9g}")


def decimal_of(raw: bytes, scale: int) -> Decimal:
    return Decimal(int.from_bytes(raw, "big", signed=True)).scaleb(-scale, _EXACT)


def unscaled(value: Any, precision: int, scale: int) -> int | None:
    """The digits of a number as a whole number, none of them rounded away."""
    number = _decimal(value)
    if number is None or not number.is_finite():
        return None
    if not number:
        return 0
    if number.adjusted() >= precision - scale:
        return None
    digits = number.scaleb(scale, _EXACT)
    if digits.adjusted() < 0 or digits != digits.to_integral_value(context=_EXACT):
        return None
    return int(digits)


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(float(value)))
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return None


# Times: whole numbers of days, or of units with as many digits as a second is divided into.


def date_text(days: int) -> Any:
    try:
        return date.fromordinal(_FIRST_DAY + days).isoformat()
    except (OverflowError, ValueError):
        return days


def days_of(value: Any) -> int | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.toordinal() - _FIRST_DAY
    if isinstance(value, str):
        day = _date(value)
        return None if day is None else day.toordinal() - _FIRST_DAY
    return whole(value)


def time_text(digits: int) -> Callable[[int], Any]:
    units = 10**digits

    def text(number: int) -> Any:
        if not 0 <= number < _A_DAY * units:
            return number
        seconds, part = divmod(number, units)
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{_fraction(part, digits)}"

    return text


def time_of(digits: int) -> Ints:
    def units_of(value: Any) -> int | None:
        if isinstance(value, time) and value.tzinfo is None:
            value = value.isoformat()
        if isinstance(value, str):
            found = _TIME.fullmatch(value)
            return _units(found.groups(), digits) if found else None
        return whole(value)

    return units_of


def moment_text(digits: int, zone: str) -> Callable[[int], Any]:
    units = 10**digits

    def text(number: int) -> Any:
        seconds, part = divmod(number, units)
        try:
            whole_second = (_EPOCH + timedelta(0, seconds)).isoformat()
        except OverflowError:
            return number
        return f"{whole_second}{_fraction(part, digits)}{zone}" if part else whole_second + zone

    return text


def moment_of(digits: int, zone: str) -> Ints:
    """``zone`` tells whether the moment has to have one."""
    units: int = 10**digits

    def units_of(value: Any) -> int | None:
        if isinstance(value, datetime):
            value = value.isoformat()
        if not isinstance(value, str):
            return whole(value)
        found = _MOMENT.fullmatch(value)
        if not found or bool(found[6]) is not bool(zone):
            return None
        day, clock = _date(found[1]), _units(found.groups()[1:5], digits)
        offset = _offset(found[6])
        if day is None or clock is None or offset is None:
            return None
        return ((day.toordinal() - _FIRST_DAY) * _A_DAY - offset) * units + clock

    return units_of


def _fraction(part: int, digits: int) -> str:
    if not part:
        return ""
    text = f".{part:0{digits}}"
    while text.endswith("000"):
        text = text[:-3]
    return text


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _units(clock: tuple[str | None, ...], digits: int) -> int | None:
    hours, minutes, seconds = (int(part or 0) for part in clock[:3])
    fraction = (clock[3] or "").rstrip("0")
    units: int = 10**digits
    if hours > 23 or minutes > 59 or seconds > 59 or len(fraction) > digits:
        return None
    return (hours * 3600 + minutes * 60 + seconds) * units + int(fraction.ljust(digits, "0"))


def _offset(zone: str | None) -> int | None:
    if not zone or zone in "Zz":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 23 or minutes > 59:
        return None
    return (hours * 3600 + minutes * 60) * (-1 if zone[0] == "-" else 1)


# Bytes, and what is made of them.


def base64_text(raw: bytes) -> str:
    return binascii.b2a_base64(raw, newline=False).decode("ascii")


def bytes_of(value: Any) -> bytes | None:
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    if not isinstance(value, str):
        return None
    try:
        raw = binascii.a2b_base64(value.encode("ascii"))
    except ValueError:
        return None
    return raw if base64_text(raw) == value else None  # Python leaves out what is not base64.


def uuid_text(raw: bytes) -> str:
    return str(uuid.UUID(bytes=raw))


def lower_uuid(text: str) -> str:
    return text.lower() if _UUID.fullmatch(text) else text


def uuid_of(value: Any) -> str | None:
    if isinstance(value, uuid.UUID):
        return str(value)
    return value.lower() if isinstance(value, str) and _UUID.fullmatch(value) else None
