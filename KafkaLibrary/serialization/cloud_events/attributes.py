"""What CloudEvents 1.0 asks of each attribute that is to be published."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from typing import Any

from KafkaLibrary.errors import did_you_mean
from KafkaLibrary.serialization.values.phrases import short
from KafkaLibrary.serialization.values.times import moment_of

REQUIRED = ("id", "source", "specversion", "type")
NAMES = (*REQUIRED, "datacontenttype", "dataschema", "subject", "time")

_EXTENSION = re.compile(r"[a-z0-9]+", re.ASCII)
_TIME = re.compile(r"([^ .]+)(?:\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})", re.ASCII)
"""RFC 3339, which asks for more signs and allows more digits than moments elsewhere."""
_NOT_IN_TEXTS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def problems_of(given: Mapping[Any, Any]) -> list[str]:
    """A sentence on each thing that is wrong with the attributes that a tester gives."""
    problems = [_missing(name, given) for name in ("type", "source") if name not in given]
    problems += filter(None, (_problem(name, value) for name, value in given.items()))
    return problems


def written_time(moment: datetime) -> str:
    """RFC 3339 in UTC, with 0, 3 or 6 digits of a second. Without a zone it is local, as for ``since=``."""
    moment = moment.astimezone(timezone.utc)
    fraction = "microseconds" if moment.microsecond % 1000 else "milliseconds"
    return moment.replace(tzinfo=None).isoformat(timespec=fraction if moment.microsecond else "seconds") + "Z"


def _missing(name: str, given: Mapping[Any, Any]) -> str:
    others = [other for other in given if isinstance(other, str) and other not in NAMES]
    near = difflib.get_close_matches(name, others, n=1)
    return f"`{name}` is missing" + (f"; there is `{near[0]}`." if near else ".")


def _problem(name: Any, value: Any) -> str | None:
    if name not in NAMES and not (isinstance(name, str) and _EXTENSION.fullmatch(name)):
        near = did_you_mean(str(name), NAMES, most=1)
        return f"`{name}` can't name an attribute: names have lower-case letters and digits only. {near}".rstrip()
    asked = _ASKED.get(name, _asked_of_text if name in NAMES else _asked_of_extension)(value)
    return asked and f"`{name}` {asked}, not {short(value)}."


def _asked_of_text(value: Any) -> str | None:
    if not isinstance(value, str) or not value:
        return "must be a non-empty text"
    return _asked_of_characters(value)


def _asked_of_characters(text: str) -> str | None:
    return "can't have control characters" if _NOT_IN_TEXTS.search(text) else None


def _asked_of_version(value: Any) -> str | None:
    return None if value == "1.0" else "must be the text 1.0"


def _asked_of_time(value: Any) -> str | None:
    try:
        written = written_time(value) if isinstance(value, datetime) else value
    except OverflowError:
        written = None
    if isinstance(written, str) and _is_time(written):
        return None
    return "must be a time with its zone, such as 2026-05-31T17:03:11.120Z"


def _asked_of_extension(value: Any) -> str | None:
    if isinstance(value, str):
        return _asked_of_characters(value)
    if isinstance(value, datetime):
        return _asked_of_time(value)
    if isinstance(value, bool | bytes | bytearray | memoryview):
        return None
    if isinstance(value, int):
        return None if -(2**31) <= value < 2**31 else "must be a whole number of 32 bits"
    return "must be a text, a whole number, a boolean, bytes or a time"


def _is_time(text: str) -> bool:
    parts = _TIME.fullmatch(text)
    return parts is not None and moment_of(parts[1] + parts[2]) is not None


_ASKED: dict[str, Callable[[Any], str | None]] = {"specversion": _asked_of_version, "time": _asked_of_time}
