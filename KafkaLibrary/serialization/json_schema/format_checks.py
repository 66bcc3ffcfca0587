"""The `format` of a JSON Schema that is checked: date-time as RFC 3339 asks, and those that Python itself can check."""

from __future__ import annotations

import re
from datetime import date

from jsonschema import FormatChecker

_DATE = r"\d{4}-\d\d-\d\d"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_TIME = rf"{_CLOCK}:(?P<second>\d\d)(?:\.\d+)?(?:[Zz]|[+-]{_CLOCK})"
_READ_DATE = re.compile(_DATE, re.ASCII)
_READ_TIME = re.compile(_TIME, re.ASCII)
_READ_MOMENT = re.compile(rf"(?P<date>{_DATE})[Tt](?P<clock>{_TIME})", re.ASCII)


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(_READ_DATE.fullmatch(value) and date.fromisoformat(value))


def _is_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    found = _READ_TIME.fullmatch(value)
    return found is not None and int(found["second"]) <= 60  # a leap second


def _is_moment(value: object) -> bool:
    if not isinstance(value, str):
        return True
    found = _READ_MOMENT.fullmatch(value)
    return found is not None and _is_date(found["date"]) and _is_time(found["clock"])


def known_formats() -> FormatChecker:
    checker = FormatChecker(("email", "idn-email", "ipv4", "ipv6", "regex", "uuid"))
    for name, is_valid in (("date", _is_date), ("time", _is_time), ("date-time", _is_moment)):
        checker.checks(name, raises=ValueError)(is_valid)
    return checker
