"""Dates and times that are not in ISO 8601, ``31.05.2026``, ``5/31/2026``, ``17:00``: no order of letters is theirs.

Nor is that of a word such as ``now`` beside a date. Where both sides are of one form that sorts, as ``2026/05/31``
and ``17:00`` do, letters will do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from KafkaLibrary.matching.one_line_texts import show_text
from KafkaLibrary.matching.values.decisions import Unjudged
from KafkaLibrary.matching.values.times import read_moment

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_BEHIND = rf"(?:[T,]?\s*{_CLOCK})?(?:\s*(?:Z|GMT|UTC|[A-Z]{{3,4}}|[+-]\d\d:?\d\d))?"
_DAY_FIRST = re.compile(rf"(\d{{1,2}})([./-])(\d{{1,2}})\2(\d{{4}}){_BEHIND}", re.ASCII)
_SHORT_YEAR = re.compile(r"\d\d([./])\d\d\1\d\d", re.ASCII)
_YEAR_FIRST = re.compile(rf"(\d{{4}})([./-])(\d{{1,2}})\2(\d{{1,2}}){_BEHIND}", re.ASCII)
_OF_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_OF_MONTH_FIRST = _OF_MONTH.replace("month", "first")
_NAMED = re.compile(
    rf"(?:[a-z]{{3,9}}\.?,?\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]+{_OF_MONTH}"
    rf"|{_OF_MONTH_FIRST}\s+(?P<second>\d{{1,2}})(?:st|nd|rd|th)?),?[\s-]+(?P<year>\d{{4}}){_BEHIND}",
    re.ASCII | re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(rf"{_CLOCK}|\d{{1,2}}\s?[AaPp]\.?[Mm]\.?", re.ASCII)
_SPAN = r"\d+\s?(?:ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?|w|weeks?|months?|y|years?)"
_WORD = re.compile(
    rf"(?:now|today|yesterday|tomorrow)(?:\(\s*\))?(?:\s*[+-].*)?|{_SPAN}\s+ago", re.IGNORECASE | re.DOTALL
)
_SINCE_NOW = re.compile(rf"[-+]\s?{_SPAN}", re.IGNORECASE)
"""It may also be a length, or a temperature."""
_LONGEST = 60
_DIGITS_OF_DAY = 10
_MONTHS_MOST = 12


class OtherDate(NamedTuple):
    """A date or a time in another form, and how that is written in ISO 8601, in two ways where both may be meant.

    ``sorts`` tells the form in which letters have the order of time, such as ``####/##/##``; it is empty for others.
    """

    text: str
    iso: tuple[str, ...] = ()
    sorts: str = ""
    is_word: bool = False


def read_other_date(text: str) -> OtherDate | None:
    """What a text says of time in another form than ISO 8601; nothing where it does not look like that."""
    first = text[:1]
    if len(text) > _LONGEST or not (first.isalnum() or first in ("+", "-")) or read_moment(text) is not None:
        return None
    if _WORD.fullmatch(text) or _SINCE_NOW.fullmatch(text):
        return OtherDate(text, is_word=first not in ("+", "-"))
    return (_of_digits(text) if first.isdigit() else None) or _of_month(text)


def _of_digits(text: str) -> OtherDate | None:
    if found := _DAY_FIRST.fullmatch(text):
        day, sign, month, year = found.groups()
        ways = [_iso(year, month, day), *([_iso(year, day, month)] if sign != "." or int(month) > _MONTHS_MOST else [])]
        return OtherDate(text, tuple(dict.fromkeys(filter(None, ways))))
    if found := _YEAR_FIRST.fullmatch(text):
        iso = _iso(found[1], found[3], found[4])
        return OtherDate(text, (iso,) if iso else (), _form(text) if len(text) == _DIGITS_OF_DAY else "")
    if _TIME_OF_DAY.fullmatch(text):
        return OtherDate(text, sorts=_form(text) if text[2:3] == ":" and text[-1].isdigit() else "")
    return OtherDate(text) if _SHORT_YEAR.fullmatch(text) else None


def _of_month(text: str) -> OtherDate | None:
    found = _NAMED.fullmatch(text)
    if not found:
        return None
    month = _MONTHS.index((found["month"] or found["first"]).casefold()) + 1
    iso = _iso(found["year"], str(month), found["day"] or found["second"])
    return OtherDate(text, (iso,) if iso else ())


def is_same_day(one: str, other: str) -> bool:
    """Whether one of two texts is a date in ISO 8601, and the other may be the same in another form."""
    both = ((one, other), (other, one))
    return any(read_moment(iso) is not None and iso[:_DIGITS_OF_DAY] in _ways(text) for iso, text in both)


_CLOCK_PARTS = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?", re.ASCII)


def is_same_clock(one: str, other: str) -> bool:
    """Whether two texts are the same time of day, however many digits each has: `10:00:00.12` and `10:00:00.120`."""
    read = _clock(one)
    return read is not None and read == _clock(other)


def _clock(text: str) -> tuple[int, int, int, str] | None:
    found = _CLOCK_PARTS.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds, fraction = found.groups()
    return int(hours), int(minutes), int(seconds or 0), (fraction or "").rstrip("0")


def _ways(text: str) -> tuple[str, ...]:
    found = read_other_date(text)
    return found.iso if found else ()


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _form(text: str) -> str:
    return re.sub(r"\d", "#", text)


def order_refused(expected: str) -> OtherDate | None:
    """The expected date, or word, that can't have an order whatever the field is; nothing for all else."""
    found = read_other_date(expected)
    return found if found and not found.sorts and (found.iso or found.is_word) else None


def check_of_order(expected: str) -> Callable[[str], Unjudged | None] | None:
    """Gives what is said of an order between dates of which letters can't tell; nothing where none is expected."""
    wanted, other = read_moment(expected), read_other_date(expected)
    if other is None:
        return _beside_moment(expected) if wanted is not None and wanted.real else None

    def check(found: str) -> Unjudged | None:
        moment = read_moment(found)
        if moment is not None:
            return Unjudged(_reason(found, other)) if moment.real else None
        theirs = read_other_date(found)
        if theirs is None or (theirs.sorts and theirs.sorts == other.sorts):
            return None
        return Unjudged(f"{_shown(found)} and {_shown(expected)} are not in ISO 8601, so how they compare is not known")

    return check


def _beside_moment(expected: str) -> Callable[[str], Unjudged | None]:
    def check(found: str) -> Unjudged | None:
        if read_other_date(found) is None:
            return None
        return Unjudged(f"{_shown(found)} is not in ISO 8601, so how it compares with {_shown(expected)} is not known")

    return check


def check_of_equal(expected: str) -> Callable[[str], Unjudged | None] | None:
    """Gives what is said of a date in ISO 8601 beside this one in another form; nothing where it is none."""
    other = read_other_date(expected)
    if other is None:
        return None

    def check(found: str) -> Unjudged | None:
        moment = read_moment(found)
        return None if moment is None or not moment.real else Unjudged(_reason(found, other))

    return check


def reason_of_moment(found: str, expected: str) -> str:
    """Why the order of a point in time and a date in another form is not known; empty where that is none."""
    other = read_other_date(expected)
    return _reason(found, other) if other else ""


def _reason(found: str, other: OtherDate) -> str:
    write = " or ".join(other.iso) if other.iso else "a date in ISO 8601, such as 2026-05-31"
    if other.sorts and not other.iso:
        write = f"the date with it, such as 2026-05-31T{other.text}"
    return (
        f"{_shown(other.text)} is not a date in ISO 8601, so how {_shown(found)} compares with it is not known: "
        f"write {write}"
    )


def _shown(text: str) -> str:
    return show_text(text, _LONGEST)
