"""What the cells of `since=`, `timeout=` and `timestamp=` mean: start points, spans of time and points in time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from robot.utils import secs_to_timestr, timestr_to_secs

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, warn
from KafkaLibrary.watching.marks import Mark, Start, milliseconds

if TYPE_CHECKING:
    from KafkaLibrary.keywords.calls import time_typos
    from KafkaLibrary.matching.values import epoch_numbers
    from KafkaLibrary.matching.values.epoch_numbers import Epoch
    from KafkaLibrary.session import Session
else:
    time_typos = LazyModule("KafkaLibrary.keywords.calls.time_typos")
    epoch_numbers = LazyModule("KafkaLibrary.matching.values.epoch_numbers")

_TIMES = "Write it as 5 s, 500 ms or 1 minute 30 seconds; a plain number means seconds."
_THOUSANDS, _ROUND = 1000, 500
"""Seconds from which on a plain number is taken for milliseconds by its reader, where it is as round as those are."""
_LONG, _ROUND_HALF, _MINUTE = 100, 50, 60
"""Seconds from which on the log tells how long that is, and what tells 500 from 300, five minutes."""
_WAITED_OUT = ("within", "quiet")
_NO_MOMENT = (ValueError, OverflowError, OSError)
"""What Python raises for a text that is no point in time, or one that has no form in the local zone."""
_FRACTION = re.compile(r"(?<=:[0-9]{2})\.([0-9]+)")
_CLOCK = re.compile(r"[0-9]+:[0-9]+(?::[0-9]+(?:\.[0-9]+)?)?")
_NAMED = {"earliest": "earliest", "latest": "latest", "test start": "test", "suite start": "suite"}
_STARTS = (
    "= takes earliest, latest, test start, suite start, a time span such as 30 s, "
    "a point in time such as 2026-05-31 17:03:11, a mark or an event."
)


def deadline_of(timeout: Any, session: Session) -> Deadline:
    """Until when a keyword may take: from now on for as long as the cell says, or else the connection's timeout."""
    return session.current.deadline(None if timeout is None else seconds(timeout))


def seconds(value: Any, name: str = "timeout") -> float:
    """Seconds of a Robot time: a text, a number of seconds or a ``timedelta``."""
    try:
        found = float("nan") if isinstance(value, bool) else float(timestr_to_secs(value, round_to=None))
    except (ValueError, TypeError, OverflowError):
        found = float("nan")
    if value == "":
        raise KeywordMisused(f"{name}= is empty.\nOmit it for the usual time. {_TIMES}")
    if found != found:  # noqa: PLR0124 - only NaN differs from itself
        raise KeywordMisused(f"{name}= is not a time: {value!r}.\n{time_typos.write(value) or _TIMES}")
    if not 0 <= found < float("inf"):
        raise KeywordMisused(f"{name}= can't be {value!r}: a time is zero or more.\n{_TIMES}")
    if found >= _LONG and str(value).strip().replace(".", "", 1).isdecimal():
        tell = warn if _is_rather_milliseconds(found, name) else note
        tell(f"{name}={value} is {secs_to_timestr(found)}: a plain number means seconds. Milliseconds are {value} ms.")
    return found


def _is_rather_milliseconds(found: float, name: str) -> bool:
    """Whether that many seconds are rather a slip. What waits its time out is seldom long, but for whole minutes."""
    if found >= _THOUSANDS:
        return found % _ROUND == 0
    return name in _WAITED_OUT and found % _ROUND_HALF == 0 and found % _MINUTE != 0


def patience(value: Any) -> float:
    """Seconds that all keywords of a connection have: without any of them Kafka can't even answer."""
    found = seconds(value)
    if not found:
        raise KeywordMisused(
            "timeout= of a connection can't be 0: no keyword could wait for an answer of Kafka.\n"
            "For a wait that only looks at what is there now give timeout=0 to that keyword."
        )
    return found


def start_point(value: Any, name: str = "since") -> Start:
    """The start point that ``since=``, or another argument, names."""
    if value is None or (isinstance(value, str) and value == ""):
        return Start()
    if isinstance(value, Mark):
        return Start("mark", mark=value)
    if isinstance(value, Event):
        return Start("event", event=value)
    if isinstance(value, datetime):
        return Start("time", moment=_local(value, name))
    if isinstance(value, timedelta):
        return _ago(seconds(value, name))
    if isinstance(value, str):
        return _start_of_text(value.strip(), name)
    epoch = epoch_numbers.read_epoch(value)
    if epoch is not None:
        raise _digits_alone(str(value), name, epoch)
    raise KeywordMisused(f"{name}= can't be {value!r}.\n{name}{_STARTS}")


def _start_of_text(text: str, name: str) -> Start:
    named: Any = _NAMED.get(" ".join(text.lower().split()))
    if named:
        return Start(named)
    if text.replace(".", "", 1).isdigit():
        raise _digits_alone(text, name, epoch_numbers.read_epoch(text))
    if _CLOCK.fullmatch(text) and not text.startswith("00:00:"):
        raise KeywordMisused(
            f"{name}={text} could be a time of day or a time span.\n"
            "Write a time of day with its date, 2026-05-31 17:03:11, and a span with its units, 2 min 30 s."
        )
    if "-" in text.lstrip("-"):
        try:
            moment = _moment(text)
        except _NO_MOMENT:
            raise KeywordMisused(f"{name}= is not a point in time: '{text}'.\n{name}{_STARTS}") from None
        return Start("time", moment=moment)
    try:
        return _ago(seconds(text, name))
    except KeywordMisused:
        meant = time_typos.start_meant(text) or time_typos.write(text)
        said = f"{name}= is not a start point: '{text}'. {meant}".rstrip()
        raise KeywordMisused(f"{said}\n{name}{_STARTS}") from None


def _digits_alone(text: str, name: str, epoch: Epoch | None) -> KeywordMisused:
    ways = [f"{name}={epoch.iso} for the point in time that is {text} {epoch.unit} after 1970 began"] if epoch else []
    if epoch is None or epoch.unit == "seconds":
        ways.append(f"{text} s for a time span")
    return KeywordMisused(f"{name}={text} could be seconds or a point in time.\nWrite {', '.join(ways)}.")


def _ago(span: float) -> Start:
    try:
        return Start("time", moment=datetime.now().astimezone() - timedelta(seconds=span))
    except OverflowError:
        raise KeywordMisused("since= is before the first year of the calendar.\nsince=earliest means all.") from None


def timestamp_of(value: Any) -> int | None:
    """Milliseconds since 1970 of a point in time, a ``datetime`` or a number of milliseconds."""
    if value is None or value == "":
        return None
    try:
        found = _milliseconds(value)
    except _NO_MOMENT:
        raise KeywordMisused(
            f"timestamp= is not a point in time: {value!r}.\n"
            "Write it as 2026-05-31 17:03:11, or as milliseconds since 1970."
        ) from None
    if found < 1:  # to the client zero means now
        raise KeywordMisused(f"timestamp= can't be {value!r}: Kafka's time begins after the first moment of 1970.")
    if found >= 2**63:
        raise KeywordMisused(f"timestamp= can't be {value!r}: it is beyond what Kafka's time has.")
    return found


def _milliseconds(value: Any) -> int:
    if isinstance(value, datetime):
        return milliseconds(value.astimezone())
    text = str(value).strip()
    return int(text) if text.isdecimal() else milliseconds(_moment(text))


def _local(moment: datetime, name: str) -> datetime:
    try:
        return moment.astimezone()
    except _NO_MOMENT:
        raise KeywordMisused(
            f"{name}= can't be {moment}: it is beyond what a calendar has in the local zone."
        ) from None


def _moment(text: str) -> datetime:
    """A point in time in ISO 8601; Python 3.10 reads neither ``Z`` nor fractions of other than 3 or 6 digits."""
    whole = text[:-1] + "+00:00" if text[-1:] in "Zz" else text
    return datetime.fromisoformat(_FRACTION.sub(lambda found: f".{found[1]:0<6.6}", whole)).astimezone()
