"""Numbers given for a time, as ``1764500000``: seconds to nanoseconds since 1970, told by how many digits there are."""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, NamedTuple

_UNITS = {
    **dict.fromkeys(range(9, 12), ("seconds", 0)),
    **dict.fromkeys(range(12, 15), ("milliseconds", 3)),
    **dict.fromkeys(range(15, 18), ("microseconds", 6)),
    **dict.fromkeys(range(18, 21), ("nanoseconds", 9)),
}
"""From 1973 to 5138 by the number of digits, and of those for a fraction of a second."""
_MOST = 20


class Epoch(NamedTuple):
    """A unit, and the point in time that so many of it have led to since 1970, as ISO 8601 writes it."""

    unit: str
    iso: str

    @property
    def advice(self) -> str:
        return f"If these are {self.unit} since 1970, that is `{self.iso}`."


class Count(NamedTuple):
    """A number that may be a year, or count a unit since 1970."""

    number: int
    unit: str

    def counted_as(self, other: Count) -> int:
        """The same time in the unit of the other one; of a year its beginning in UTC."""
        seconds = Fraction(self.number, _PER_SECOND.get(self.unit, 1))
        if self.unit == "year":
            seconds = Fraction(calendar.timegm((self.number, 1, 1, 0, 0, 0)))
        return int(seconds * _PER_SECOND[other.unit])


_PER_SECOND = {"seconds": 1, "milliseconds": 10**3, "microseconds": 10**6, "nanoseconds": 10**9}
_YEARS = range(1970, 2100)
_FROM, _TO = (calendar.timegm((year, 1, 1, 0, 0, 0)) for year in (2001, 2100))


def read_count(value: Any) -> Count | None:
    """A year from 1970 on, or what counts a unit since then and is of this century; nothing for another value."""
    if type(value) is not int:
        return None
    if value in _YEARS:
        return Count(value, "year")
    epoch = read_epoch(value)
    in_time = epoch and _FROM <= value // _PER_SECOND[epoch.unit] < _TO
    return Count(value, epoch.unit) if epoch and in_time else None


def day_in(digits: str) -> str:
    """The day that a year, or a date without its signs, begins with or is, as ISO 8601 writes it; empty for none."""
    found = _DAY.fullmatch(digits)
    with suppress(ValueError):
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)).isoformat() if found else ""
    return ""


_DAY = re.compile(r"((?:19|20)\d\d)(?:([01]\d)([0-3]\d))?", re.ASCII)


def read_epoch(value: Any) -> Epoch | None:
    """What an integer, or digits alone, are most likely to count; nothing where they could be of several units."""
    if isinstance(value, bool) or not isinstance(value, (int, str)) or (isinstance(value, int) and value >= 10**_MOST):
        return None
    digits = str(value)
    known = _UNITS.get(len(digits)) if digits.isascii() and digits.isdigit() and digits[0] != "0" else None
    if known is None:
        return None
    unit, of_fraction = known
    seconds, fraction = divmod(int(digits), 10**of_fraction)
    moment = datetime(1970, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001 - in UTC, as is written behind it
    behind = f".{fraction:0{of_fraction}}" if fraction else ""
    return Epoch(unit, f"{moment.isoformat()}{behind}Z")
