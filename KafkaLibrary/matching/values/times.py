"""Dates and times of ISO 8601: which texts are one, when two are equal and which is earlier, zones and local time.

Texts with zones are instants. One without a zone may lie wherever the zones of the world put it, and a day anywhere
between its midnights: where that could change what is asked, nothing decides it, and nobody guesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Any, NamedTuple

from KafkaLibrary.fields import CountedMoment
from KafkaLibrary.matching.one_line_texts import show_text, show_value
from KafkaLibrary.matching.values.decisions import Decision, Order, Unjudged
from KafkaLibrary.matching.values.epoch_numbers import read_count, read_epoch
from KafkaLibrary.matching.values.numbers import is_number

Instant = tuple[int, int, str]
"""Seconds, whether a leap second stands behind them, and the digits of a fraction without zeros at their end.

Instants have the order of their tuples. Seconds are of UTC where there is a zone, else of the clock.
"""

# The parts of all forms are year, month, day, hour, minute, second, fraction and zone, or those without a clock.
_DAY = r"(\d{4}|[+-]\d{4,9})-(\d\d)-(\d\d)"
_ZONE = r"(?: ?([Zz]|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)(?:\[[^\[\]]*\])*)?"
"""The offset counts; names of zones and calendars may stand behind it."""
_CLOCK = r"(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?"
_EXTENDED = re.compile(rf"{_DAY}[Tt ]{_CLOCK}{_ZONE}", re.ASCII)
_JUST_DAY = re.compile(rf"{_DAY}([Zz]|[+-]\d\d:\d\d)?", re.ASCII)
_BASIC = re.compile(
    r"(\d{4})(\d\d)(\d\d)[Tt](\d\d)(\d\d)"
    rf"(?:(\d\d)(?:[.,](\d+))?)?{_ZONE}",
    re.ASCII,
)
_BEGINS = re.compile(rf"\s*{_DAY}[Tt ]\d", re.ASCII)
"""As a date-time does, whatever follows."""

_A_DAY = 86_400
_FIRST_DAY = datetime(1, 1, 1)  # noqa: DTZ001 - of any clock
_ERA_YEARS, _ERA_DAYS = 400, 146_097
"""The calendar begins anew."""
_EASTERNMOST, _WESTERNMOST = 14 * 3600, 12 * 3600
"""No clock on earth is further ahead of UTC, and none further behind it."""
_SHOWN = 60

_NO_INSTANT: Instant = (0, 0, "")

_BEFORE, _SAME, _BEHIND = (-1,), (0,), (1,)
_ANY = (-1, 0, 1)


class Moment(NamedTuple):
    """A date or a date-time. One that is not ``real`` only looks like that: there is no such day, or no such form.

    ``zoned`` is nothing where it was counted since 1970: it stands beside others with a zone and without one.
    """

    text: str
    first: Instant = _NO_INSTANT
    last: Instant = _NO_INSTANT
    zoned: bool | None = False
    is_day: bool = False
    real: bool = True

    @property
    def key(self) -> Any:
        """What equal ones have in common, and others don't."""
        return (self.first, self.last, self.zoned) if self.real else self.text


def read_moment(value: Any) -> Moment | None:
    """What a text, a ``datetime`` or a ``date`` says of time; nothing where it does not look like that at all."""
    if isinstance(value, str):
        found = _EXTENDED.fullmatch(value)  # This is what nearly all times look like.
        moment = _of_clock(value, *found.groups()) if found else _of_text(value)
        return moment._replace(zoned=None) if isinstance(value, CountedMoment) and moment is not None else moment
    if isinstance(value, datetime):
        return _of_datetime(value)
    return _of_text(value.isoformat()) if isinstance(value, date) else None


def _of_text(text: str) -> Moment | None:
    found = _JUST_DAY.fullmatch(text)
    if found:
        year, month, day, zone = found.groups()
        minute = _minute(year, month, day, "0", "0", zone)
        if minute is None:
            return Moment(text, is_day=True, real=False)
        last = (minute.begins + _A_DAY - 1, 2, "")
        return Moment(text, (minute.begins, 0, ""), last, zone is not None, is_day=True)
    found = _BASIC.fullmatch(text)
    if found:
        moment = _of_clock(text, *found.groups())
        return moment if moment.real else None  # It is more likely a number of something.
    return Moment(text, real=False) if _BEGINS.match(text) else None


def _of_clock(
    text: str, year: str, month: str, day: str, hour: str, minute: str, second: str, fraction: str, zone: str
) -> Moment:
    known, seconds = _minute(year, month, day, hour, minute, zone), int(second or 0)
    if known is None or seconds > 59 or known.is_end:
        instant = _seldom(known, seconds, fraction)
        if instant is None:
            return Moment(text, real=False)
    else:
        instant = (known.begins + seconds, 0, fraction.rstrip("0") if fraction else "")
    return Moment(text, instant, instant, zone is not None)


def _seldom(minute: _Minute | None, second: int, fraction: str) -> Instant | None:
    """The instant of 24:00, or of a leap second; nothing where there is none."""
    digits = (fraction or "").rstrip("0")
    if minute is None or (minute.is_end and (second or digits)):
        return None
    if second < 60:
        return minute.begins, 0, digits
    # Leap seconds are put in at the end of a day of UTC.
    leaps = second == 60 and (minute.begins + 60) % _A_DAY == 0
    return (minute.begins + 59, 1, digits) if leaps else None


class _Minute(NamedTuple):
    """The second with which it begins, and whether it is that of 24:00, which has no other moment."""

    begins: int
    is_end: bool


@lru_cache(1000)
def _minute(year: str, month: str, day: str, hour: str, minute: str, zone: str | None) -> _Minute | None:
    """Nothing where there is none. Times of many events share it."""
    eras, year_of_era = divmod(int(year), _ERA_YEARS)
    try:
        days = date(year_of_era + _ERA_YEARS, int(month), int(day)).toordinal() + (eras - 1) * _ERA_DAYS
    except ValueError:
        return None
    hours, minutes, ahead = int(hour), int(minute), _ahead(zone)
    is_end = hours == 24 and not minutes
    if ahead is None or minutes > 59 or (hours > 23 and not is_end):
        return None
    return _Minute(days * _A_DAY + hours * 3600 + minutes * 60 - ahead, is_end)


def _ahead(zone: str | None) -> int | None:
    """Seconds by which clocks there are ahead of UTC; nothing where no clock can be."""
    if zone is None or zone in "Zz":
        return 0
    digits = zone[1:].replace(":", "").ljust(6, "0")
    hours, minutes, seconds = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    if hours > 23 or minutes > 59 or seconds > 59:
        return None
    ahead = hours * 3600 + minutes * 60 + seconds
    return -ahead if zone[0] == "-" else ahead


def _of_datetime(value: datetime) -> Moment:
    since = value.replace(tzinfo=None) - _FIRST_DAY + timedelta(days=1)
    since -= value.utcoffset() or timedelta()
    digits = f"{since.microseconds:06}".rstrip("0")
    instant = (since.days * _A_DAY + since.seconds, 0, digits)
    return Moment(value.isoformat(), instant, instant, value.utcoffset() is not None)


def aware(moment: datetime) -> datetime:
    """The moment with its zone; one that has none is in local time."""
    if moment.tzinfo is not None:
        return moment
    try:
        return moment.astimezone()
    except (ValueError, OverflowError, OSError):  # Local time is not known for the first and last years.
        return moment.replace(tzinfo=timezone.utc)


def in_local_time(moment: Moment) -> Moment:
    """The same with the local zone where it has none; a day as its beginning. Kafka's own timestamps are asked so."""
    if not moment.real:
        return moment
    (seconds, leap, digits), zoned = moment.first, moment.zoned
    if not zoned:
        try:
            clock = _FIRST_DAY + timedelta(days=seconds // _A_DAY - 1, seconds=seconds % _A_DAY)
        except OverflowError:
            pass  # Beyond the calendar no event is, in whatever zone.
        else:
            offset = aware(clock).utcoffset() or timedelta()
            seconds -= offset.days * _A_DAY + offset.seconds
    first = (seconds, leap, digits)
    return Moment(moment.text, first, first, zoned=True)


def order_of(one: Moment, other: Moment) -> Order:
    """Below, at or above zero as the one is before, at or behind the other; not judged where nothing decides it."""
    ranks = _ranks(one, other)
    return ranks[0] if len(ranks) == 1 else Unjudged(_reason(one, other))


def check_of_moment(expected: Any, accepted: tuple[int, ...]) -> Callable[[Any], Decision | None] | None:
    """The check whether a field stands so to an expected time; nothing where ``expected`` is none.

    It gives nothing for a field that does not look like a time. A number may count anything from any beginning.
    """
    wanted = read_moment(expected)
    if wanted is None:
        return None
    own = in_local_time(wanted)

    def check(field: Any) -> Decision | None:
        if isinstance(field, datetime):
            return _compared(_of_datetime(aware(field)), own, accepted)
        moment = read_moment(field)
        if moment is not None:
            return _compared(moment, wanted, accepted)
        return Unjudged(_reason_of_number(field, wanted)) if wanted.real and is_number(field) else None

    return check


def same_moment(field: Any, expected: Any) -> Decision:
    """Whether both are times, and the same."""
    wanted = read_moment(expected)
    moment = None if wanted is None else read_moment(field)
    return False if moment is None or wanted is None else _compared(moment, wanted, _SAME)


def _compared(one: Moment, other: Moment, accepted: tuple[int, ...]) -> Decision:
    ranks = _ranks(one, other)
    if len(ranks) == 1:
        return ranks[0] in accepted
    met = {rank in accepted for rank in ranks}
    return met.pop() if len(met) == 1 else Unjudged(_reason(one, other))


def _ranks(one: Moment, other: Moment) -> tuple[int, ...]:
    """All ranks that the one may have beside the other."""
    if one.text == other.text:
        return _SAME
    if not (one.real and other.real):
        return _ranks_of_none(one, other)
    if one.zoned is not other.zoned and None not in (one.zoned, other.zoned):
        return _ranks_of_spans(*_span(one, other), *_span(other, one)) or _ANY
    if (one.first, one.last) == (other.first, other.last):
        return _SAME
    ranks = _ranks_of_spans(one.first, one.last, other.first, other.last)
    # Behind that it depends on whether a day is meant as all of it or as its beginning.
    return ranks or (_ANY if one.is_day is other.is_day else (-1, 0) if one.is_day else (0, 1))


def _ranks_of_spans(first: Instant, last: Instant, other_first: Instant, other_last: Instant) -> tuple[int, ...]:
    """Nothing where they have an instant in common."""
    return _BEFORE if last < other_first else _BEHIND if first > other_last else ()


def _ranks_of_none(one: Moment, other: Moment) -> tuple[int, ...]:
    """Numbers of parts look like days, too: where neither is real, both are texts like all others."""
    if not (one.real or other.real):
        return _BEFORE if one.text < other.text else _BEHIND
    return (-1, 1) if one.is_day and other.is_day else _ANY


def _span(one: Moment, other: Moment) -> tuple[Instant, Instant]:
    """The earliest and the latest instant that the one can mean beside the other."""
    first, last = one.first, one.last
    if one.zoned or not other.zoned:
        return first, last
    return (first[0] - _EASTERNMOST, *first[1:]), (last[0] + _WESTERNMOST, *last[1:])


def _reason(one: Moment, other: Moment) -> str:
    found, wanted = _shown(one), _shown(other)
    if not one.real:
        return f"{found} is not a readable date-time, so how it compares with {wanted} is not known"
    if not other.real:
        return f"{wanted} is not a readable date-time, so how {found} compares with it is not known"
    if one.zoned is not other.zoned:
        without, zoned = (wanted, found) if one.zoned else (found, wanted)
        return f"{without} has no zone and {zoned} has one, so how they compare is not known"
    day, inside = (found, wanted) if one.is_day else (wanted, found)
    return f"{day} is a whole day and {inside} is a part of it, so how they compare is not known"


def _reason_of_number(number: Any, moment: Moment) -> str:
    # Of another century it may as well be a moment that no calendar has, in a finer unit.
    count = read_count(number)
    epoch = read_epoch(number) if count is not None and count.unit != "year" else None
    meant = f" (as {epoch.unit} since 1970 it is {epoch.iso})" if epoch else ""
    return f"{show_value(number)} is a number{meant} and {_shown(moment)} is not, so how they compare is not known"


def _shown(moment: Moment) -> str:
    return show_text(moment.text, _SHOWN)


def signs_of_moment(text: str) -> str | None:
    """Digits that stand in every text that equals this time, maybe none; nothing where it is no time."""
    moment = read_moment(text)
    if moment is None:
        return None
    if not moment.real or (moment.is_day and not moment.zoned and text[0].isdigit()):
        return text
    return "" if moment.is_day else moment.first[2]
