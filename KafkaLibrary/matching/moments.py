"""Points in time, as ISO 8601 writes them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)


def read_moment(text: str) -> datetime | None:
    """The point in time that the text spells, else nothing. Without a zone it is local time."""
    found = _ISO.fullmatch(text.strip())
    if not found:
        return None
    *numbers, fraction, zone = found.groups()
    try:
        year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
        microsecond = int((fraction or "0").ljust(6, "0")[:6])
        zone_or_local = None if zone is None else _zone(zone)
        return aware(datetime(year, month, day, hour, minute, second, microsecond, zone_or_local))
    except (ValueError, OverflowError, OSError):
        return None


def aware(moment: datetime) -> datetime:
    """The moment with its zone; one that has none is in local time."""
    if moment.tzinfo is not None:
        return moment
    try:
        return moment.astimezone()
    except (ValueError, OverflowError, OSError):  # Local time is not known for the first and last years.
        return moment.replace(tzinfo=timezone.utc)


def _zone(text: str) -> timezone:
    if text in "Zz":
        return timezone.utc
    digits = text[1:].replace(":", "").ljust(4, "0")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-span if text[0] == "-" else span)
