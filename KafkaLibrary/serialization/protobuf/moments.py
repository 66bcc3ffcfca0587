"""Google's Timestamp, Duration and FieldMask as texts, and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - counted in UTC, where no zone is needed
_EARLIEST, _LATEST = -62_135_596_800, 253_402_300_799
_LONGEST = 315_576_000_000
"""Seconds of the longest Duration, about 10,000 years."""
_MOMENT = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)[Tt ](?P<time>\d\d:\d\d:\d\d)(?:[.,](?P<fraction>\d+))?"
    r"(?:[Zz]|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d))",
    re.ASCII,
)
_SPAN = re.compile(r"(?P<sign>-?)(?P<seconds>\d{1,12})(?:\.(?P<fraction>\d+))?s", re.ASCII)
_NANOS = 1_000_000_000


def moment_writer() -> Callable[[int, int], str | None]:
    """Gives the moment as ISO 8601 in UTC; None where the calendar has none. Events of one minute share its text."""

    @lru_cache(1000)
    def minute_text(minute: int) -> str:
        return (_EPOCH + timedelta(minutes=minute)).isoformat()[:-2]

    def moment_text(seconds: int, nanos: int) -> str | None:
        if not (_EARLIEST <= seconds <= _LATEST and 0 <= nanos < _NANOS):
            return None
        return f"{minute_text(seconds // 60)}{seconds % 60:02}{_fraction(nanos)}Z"

    return moment_text


def moment_of(value: Any) -> tuple[int, int] | None:
    """Seconds since 1970 and nanoseconds of a text or a datetime with a zone; None where it is no such moment."""
    if isinstance(value, datetime):
        return _moment_of_datetime(value)
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    nanos = _nanos(found["fraction"]) if found else None
    if found is None or nanos is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{found['date']}T{found['time']}")
    except ValueError:
        return None
    hours, minutes = int(found["hours"] or 0), int(found["minutes"] or 0)
    if hours > 23 or minutes > 59:
        return None
    ahead = (hours * 60 + minutes) * (-60 if found["sign"] == "-" else 60)
    return _in_calendar((moment - _EPOCH) // timedelta(seconds=1) - ahead, nanos)


def _moment_of_datetime(value: datetime) -> tuple[int, int] | None:
    offset = value.utcoffset()
    if offset is None:
        return None
    micros = (value.replace(tzinfo=None) - _EPOCH - offset) // timedelta(microseconds=1)
    return _in_calendar(micros // 1_000_000, micros % 1_000_000 * 1000)


def _in_calendar(seconds: int, nanos: int) -> tuple[int, int] | None:
    return (seconds, nanos) if _EARLIEST <= seconds <= _LATEST else None


def span_text(seconds: int, nanos: int) -> str | None:
    """A duration as ProtoJSON writes it, ``3.5s``; None where it is no valid one."""
    if abs(seconds) > _LONGEST or abs(nanos) >= _NANOS or seconds * nanos < 0:
        return None
    sign = "-" if seconds < 0 or nanos < 0 else ""
    return f"{sign}{abs(seconds)}{_fraction(abs(nanos))}s"


def span_of(value: Any) -> tuple[int, int] | None:
    """Seconds and nanoseconds, of one sign, of a text or a timedelta; None where it is no such duration."""
    if isinstance(value, timedelta):
        micros = value // timedelta(microseconds=1)
        seconds, rest = divmod(abs(micros), 1_000_000)
        nanos: int | None = rest * 1000
        negative = micros < 0
    else:
        found = _SPAN.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            return None
        seconds, nanos, negative = int(found["seconds"]), _nanos(found["fraction"]), found["sign"] == "-"
    if nanos is None or seconds > _LONGEST:
        return None
    return (-seconds, -nanos) if negative else (seconds, nanos)


def _fraction(nanos: int) -> str:
    """3, 6 or 9 digits, or none."""
    if nanos % 1_000_000 == 0:
        return f".{nanos // 1_000_000:03}" if nanos else ""
    return f".{nanos // 1000:06}" if nanos % 1000 == 0 else f".{nanos:09}"


def _nanos(digits: str | None) -> int | None:
    """None for what is finer than a nanosecond."""
    shown = (digits or "").rstrip("0")
    return int(shown.ljust(9, "0")) if len(shown) <= 9 else None


# The paths of a mask are written like names of fields: a_b as aB.

_UNDERLINED = re.compile(r"_([a-z])")
_CAPITAL = re.compile(r"([A-Z])")


def mask_text(paths: list[str]) -> str | None:
    """The paths with commas between; None where they could not be told from that text."""
    written = [_UNDERLINED.sub(lambda found: found[1].upper(), path) for path in paths]
    return ",".join(written) if paths_of(",".join(written)) == paths else None


def paths_of(text: str) -> list[str]:
    return [_CAPITAL.sub(lambda found: f"_{found[1].lower()}", path) for path in text.split(",") if path]
