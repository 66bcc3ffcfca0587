"""Intervals of databases: ISO 8601 as ``P1M2DT3H``, PostgreSQL's words as ``1 mon 2 days 03:00:00``, and counts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

NANOS = 9
"""Digits of a second's fraction."""
_SECOND: int = 10**NANOS
_DAY = 86_400 * _SECOND
_SHORTEST, _LONGEST = 28 * _DAY, 31 * _DAY
_COUNTED = 2_629_800 * _SECOND
"""A month where a connector counts it: 30.4375 days."""

_WHOLE = r"([+-]?\d{1,12})"
_SECONDS = r"([+-]?\d{1,12}(?:[.,]\d{1,9})?)"
_ISO = re.compile(
    rf"([+-]?)P(?=.)(?:{_WHOLE}Y)?(?:{_WHOLE}M)?(?:{_WHOLE}W)?(?:{_WHOLE}D)?"
    rf"(?:T(?=.)(?:{_WHOLE}H)?(?:{_WHOLE}M)?(?:{_SECONDS}S)?)?",
    re.ASCII,
)
_UNITS = {"year": 12, "mon": 1, "month": 1}
_LENGTHS = {
    "week": 7 * _DAY,
    "day": _DAY,
    "hour": 3600 * _SECOND,
    "minute": 60 * _SECOND,
    "min": 60 * _SECOND,
    "second": _SECOND,
    "sec": _SECOND,
}
_WORDS = re.compile(
    rf"(?=\S)((?:[+-]?\d{{1,12}} (?:{'|'.join((*_UNITS, *_LENGTHS))})s?(?: |\Z))*)"
    r"(?:([+-]?)(\d{1,12}):([0-5]\d)(?::([0-5]\d(?:\.\d{1,9})?))?)?",
    re.ASCII,
)
"""As PostgreSQL shows and takes them: units in words, and a time behind them or alone."""


class Span(NamedTuple):
    """Months have no length of their own; days have 24 hours, as where databases compare them."""

    months: int
    nanos: int

    def counted(self, digits: int) -> Decimal:
        """In units of which a second has a power of ten, as a connector counts them."""
        return Decimal(self.months * _COUNTED + self.nanos).scaleb(digits - NANOS)


def read_span(text: str) -> Span | None:
    """The interval that a text is; nothing for another text."""
    found = _ISO.fullmatch(text)
    if found:
        sign, years, months, weeks, days, hours, minutes, seconds = found.groups()
        span = _span(years, months, days, _seconds(hours, minutes, seconds))
        span = span._replace(nanos=span.nanos + int(weeks or 0) * 7 * _DAY)
        return Span(-span.months, -span.nanos) if sign == "-" else span
    found = _WORDS.fullmatch(text)
    if found is None:
        return None
    words, sign, hours, minutes, seconds = found.groups()
    clock = _seconds(hours, minutes, seconds)
    months, nanos = 0, -clock if sign == "-" else clock
    numbers, units = words.split()[::2], words.split()[1::2]
    for number, unit in zip(map(int, numbers), units, strict=True):
        name = unit.removesuffix("s")
        months += number * _UNITS.get(name, 0)
        nanos += number * _LENGTHS.get(name, 0)
    return Span(months, nanos)


def order(one: Span, other: Span) -> int | None:
    """Below, at or above zero as the one is shorter or longer; nothing where it depends on how long months are."""
    months, nanos = one.months - other.months, one.nanos - other.nanos
    least: int
    most: int
    least, most = sorted((months * _SHORTEST + nanos, months * _LONGEST + nanos))
    if least == most:
        return (least > 0) - (least < 0)
    return 1 if least > 0 else -1 if most < 0 else None


def iso_text(span: Span) -> str:
    """As Debezium writes it, with all parts."""
    years, months = _divided(span.months, 12)
    days, rest = _divided(span.nanos, _DAY)
    seconds, nanos = _divided(rest, _SECOND)
    hours, seconds = _divided(seconds, 3600)
    minutes, seconds = _divided(seconds, 60)
    sign = "-" if seconds < 0 or nanos < 0 else ""
    part = f".{abs(nanos):09}".rstrip("0") if nanos else ""
    return f"P{years}Y{months}M{days}DT{hours}H{minutes}M{sign}{abs(seconds)}{part}S"


def _divided(number: int, by: int) -> tuple[int, int]:
    """The quotient and the rest, both with the sign of the number."""
    quotient, rest = divmod(abs(number), by)
    return (-quotient, -rest) if number < 0 else (quotient, rest)


def _seconds(hours: str | None, minutes: str | None, seconds: str | None) -> int:
    fraction = Decimal((seconds or "0").replace(",", "."))
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60
    return whole * _SECOND + int(fraction * _SECOND)


def _span(years: str | None, months: str | None, days: str | None, nanos: int) -> Span:
    return Span(int(years or 0) * 12 + int(months or 0), int(days or 0) * _DAY + nanos)
