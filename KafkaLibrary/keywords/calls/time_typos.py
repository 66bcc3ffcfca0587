"""What is said of a time as other tools write it: ``PT5S``, ``30 s ago``, ``beginning``, ``5 s;``."""

from __future__ import annotations

import re
from typing import Any

from robot.utils import timestr_to_secs

from KafkaLibrary.errors import did_you_mean, in_own_cells

_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.IGNORECASE)
_AND_MORE = re.compile(r"(.*\S)\s+([a-z_]+=.*)", re.DOTALL)
_UNITS = ("d", "h", "min", "s")
_AROUND = re.compile(r"^[\s'\"-]+|[\s'\".;,]+$|\s+ago$", re.IGNORECASE)
_STARTS = ("earliest", "latest", "test start", "suite start")
_MEANT = {
    **dict.fromkeys(("beginning", "begin", "start", "first", "oldest", "smallest", "all"), "earliest"),
    **dict.fromkeys(("now", "end", "last", "newest", "largest"), "latest"),
    **dict.fromkeys(("test", "teststart", "start of test"), "test start"),
    **dict.fromkeys(("suite", "suitestart", "start of suite"), "suite start"),
}


def write(value: Any) -> str:
    """How it is written; empty where it is not known what is meant."""
    if not isinstance(value, str):
        return ""
    text = value.strip()
    joined = _AND_MORE.fullmatch(text)
    if joined is not None and _is_time(joined[1]):
        return in_own_cells(*joined.groups())
    duration = _DURATION.fullmatch(text)
    numbers = zip(duration.groups(), _UNITS, strict=True) if duration else ()
    meant = " ".join(f"{number} {unit}" for number, unit in numbers if number)
    meant = meant or _AROUND.sub("", _AROUND.sub("", text.replace(",", ".")))
    return f"Write it as {meant}." if meant != text and _is_time(meant) else ""


def _is_time(text: str) -> bool:
    try:
        return bool(timestr_to_secs(text) >= 0)
    except (ValueError, OverflowError):
        return False


def start_meant(text: str) -> str:
    """The start point that another word stands for."""
    joined = _AND_MORE.fullmatch(text)
    if joined is not None:
        return in_own_cells(*joined.groups())
    words = " ".join(text.replace("_", " ").casefold().split())
    meant = words if words in _STARTS else _MEANT.get(words, "")
    return f"Write it as {meant}." if meant else did_you_mean(words, _STARTS)
