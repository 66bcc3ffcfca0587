"""Google's Duration (`1.5s`) and FieldMask as texts, and back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from KafkaLibrary.serialization.values.times import fraction, nanos_of

_LONGEST = 315_576_000_000
"""Seconds of the longest Duration, about 10,000 years."""
_NANOS = 1_000_000_000
_SPAN = re.compile(r"(?P<sign>-?)(?P<seconds>\d{1,12})(?:\.(?P<fraction>\d+))?s", re.ASCII)


def span_text(seconds: int, nanos: int) -> str | None:
    """A duration as ProtoJSON writes it, ``3.5s``; None where it is no valid one."""
    if abs(seconds) > _LONGEST or abs(nanos) >= _NANOS or seconds * nanos < 0:
        return None
    sign = "-" if seconds < 0 or nanos < 0 else ""
    return f"{sign}{abs(seconds)}{fraction(abs(nanos))}s"


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
        seconds, nanos, negative = int(found["seconds"]), nanos_of(found["fraction"]), found["sign"] == "-"
    if nanos is None or seconds > _LONGEST:
        return None
    return (-seconds, -nanos) if negative else (seconds, nanos)


# The paths of a mask are written like names of fields: a_b as aB.

_UNDERLINED = re.compile(r"_([a-z])")
_CAPITAL = re.compile(r"([A-Z])")


def mask_text(paths: list[str]) -> str | None:
    """The paths with commas between; None where they could not be told from that text."""
    written = [_UNDERLINED.sub(lambda found: found[1].upper(), path) for path in paths]
    return ",".join(written) if paths_of(",".join(written)) == paths else None


def paths_of(text: str) -> list[str]:
    return [_CAPITAL.sub(lambda found: f"_{found[1].lower()}", path) for path in text.split(",") if path]
