"""Dates, times of day and moments: as ISO 8601 texts, and back.

A moment is the seconds since 1970 and the nanoseconds behind them; in UTC where it has a zone, else as its clock shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from KafkaLibrary.serialization.values.numbers import whole

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - in UTC or local, as the value says
_FIRST_DAY = date(1970, 1, 1).toordinal()
_A_DAY = 86_400
_EARLIEST, _LATEST = -62_135_596_800, 253_402_300_799
_NANOS = 1_000_000_000
_CLOCK = r"(?P<clock>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(?P<fraction>\d+))?"
"""Not all versions of Python refuse 24:00:00, which is a time of the next day."""
_TIME = re.compile(_CLOCK, re.ASCII)
_MOMENT = re.compile(
    rf"(?P<day>\d{{4}}-\d\d-\d\d)[Tt ]{_CLOCK}(?P<zone>[Zz]|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?", re.ASCII
)


def moments(zone: str) -> Callable[[int, int], str | None]:
    """Gives a moment as text with that zone, or none where the calendar ends. Those of one minute share its text."""

    @lru_cache(1000)
    def minute_text(minute: int) -> str:
        return (_EPOCH + timedelta(minutes=minute)).isoformat()[:-2]

    def moment_text(seconds: int, nanos: int) -> str | None:
        if not (_EARLIEST <= seconds <= _LATEST and 0 <= nanos < _NANOS):
            return None
        return f"{minute_text(seconds // 60)}{seconds % 60:02}{fraction(nanos)}{zone}"

    return moment_text


def moment_of(value: Any, *, zoned: bool = True) -> tuple[int, int] | None:
    """The moment that a text or a datetime is. ``zoned`` tells whether it has to have a zone, or must have none."""
    if isinstance(value, datetime):
        return _moment_of_datetime(value, zoned)
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    day, clock, digits, zone = found.groups()
    nanos = nanos_of(digits)
    if (zone is not None) is not zoned or nanos is None:
        return None
    try:
        since = datetime.fromisoformat(f"{day}T{clock}") - _EPOCH
    except ValueError:
        return None
    return _in_calendar(_seconds(since) - _ahead(zone), nanos)


def _moment_of_datetime(value: datetime, zoned: bool) -> tuple[int, int] | None:
    offset = value.utcoffset()
    if (offset is not None) is not zoned:
        return None
    since = value.replace(tzinfo=None) - _EPOCH - (offset or timedelta())
    return _in_calendar(_seconds(since), since.microseconds * 1000)


def _seconds(since: timedelta) -> int:
    return since.days * _A_DAY + since.seconds


def _ahead(zone: str | None) -> int:
    if not zone or zone in "Zz":
        return 0
    seconds = int(zone[1:3]) * 3600 + int(zone[-2:]) * 60
    return -seconds if zone[0] == "-" else seconds


def _in_calendar(seconds: int, nanos: int) -> tuple[int, int] | None:
    return (seconds, nanos) if _EARLIEST <= seconds <= _LATEST else None


def fraction(nanos: int) -> str:
    """3, 6 or 9 digits with the point in front, or none."""
    if nanos % 1_000_000 == 0:
        return f".{nanos // 1_000_000:03}" if nanos else ""
    return f".{nanos // 1000:06}" if nanos % 1000 == 0 else f".{nanos:09}"


def clock_text(hours: int, minutes: int, seconds: int, nanos: int) -> str | None:
    """A time of day as text; none where no clock shows it."""
    if not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= seconds < 60 and 0 <= nanos < _NANOS):
        return None
    return f"{hours:02}:{minutes:02}:{seconds:02}{fraction(nanos)}"


def nanos_of(digits: str | None) -> int | None:
    """Those of a fraction of a second; none where it is finer."""
    shown = (digits or "").rstrip("0")
    return int(shown.ljust(9, "0")) if len(shown) <= 9 else None


# In whole numbers of one unit, of which a second has a power of ten: ``digits`` are those of its fraction.
# A number beyond what a text can say stands for itself.


def units_text(digits: int, zone: str) -> Callable[[int], Any]:
    """Gives the text of a moment."""
    units, nanos_each = 10**digits, 10 ** (9 - digits)
    moment_text = moments(zone)

    def text(number: int) -> Any:
        seconds, part = divmod(number, units)
        shown = moment_text(seconds, part * nanos_each)
        return number if shown is None else shown

    return text


def units_of(digits: int, *, zoned: bool) -> Callable[[Any], int | None]:
    """Gives the number of a moment."""

    def number_of(value: Any) -> int | None:
        if not isinstance(value, (str, datetime)):
            return whole(value)
        moment = moment_of(value, zoned=zoned)
        return None if moment is None else _in_units(*moment, digits)

    return number_of


def time_text(digits: int) -> Callable[[int], Any]:
    """Gives the text of a time of day."""
    units, nanos_each = 10**digits, 10 ** (9 - digits)

    def text(number: int) -> Any:
        if not 0 <= number < _A_DAY * units:
            return number
        seconds, part = divmod(number, units)
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{fraction(part * nanos_each)}"

    return text


def time_of(digits: int) -> Callable[[Any], int | None]:
    """Gives the number of a time of day."""

    def number_of(value: Any) -> int | None:
        if isinstance(value, time) and value.tzinfo is None:
            value = value.isoformat()
        if not isinstance(value, str):
            return whole(value)
        found = _TIME.fullmatch(value)
        nanos = nanos_of(found["fraction"]) if found else None
        if found is None or nanos is None:
            return None
        hours, minutes, seconds = map(int, found["clock"].split(":"))
        return _in_units(hours * 3600 + minutes * 60 + seconds, nanos, digits)

    return number_of


def _in_units(seconds: int, nanos: int, digits: int) -> int | None:
    part, finer = divmod(nanos, 10 ** (9 - digits))
    units: int = 10**digits
    return None if finer else seconds * units + part


def date_text(days: int) -> Any:
    try:
        return date.fromordinal(_FIRST_DAY + days).isoformat()
    except (OverflowError, ValueError):
        return days


def days_of(value: Any) -> int | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.toordinal() - _FIRST_DAY
    if not isinstance(value, str):
        return whole(value)
    try:
        return date.fromisoformat(value).toordinal() - _FIRST_DAY if len(value) == 10 else None
    except ValueError:
        return None
