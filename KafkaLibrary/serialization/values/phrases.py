"""What a value that does not fit should be instead: phrases that stand behind "should", and the value itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_MOST_NAMES = 20
_SHOWN_MOST = 80

BOOLEAN = "be true or false"
BYTES = "be bytes, raw or as base64 text"
LIST = "be a list"
MAP = "be a map from texts to values"
NAME = "have a text as its name"
UUID = "be a UUID such as 123e4567-e89b-12d3-a456-426614174000"
DATE = "be a date such as 2026-05-31"

_FRACTIONS = {0: "", 3: ".120", 6: ".120456", 9: ".120456789"}


def text(found: Any) -> str:
    return "be a text that UTF-8 can hold" if isinstance(found, str) else "be a text"


def integer(kind: str, bits: int, *, signed: bool = True) -> str:
    article = "an" if kind[0] in "aeio" else "a"  # a uint32
    return f"be {article} {kind}, a {bits}-bit whole number{'' if signed else ' that is not negative'}"


def floating(kind: str, bits: int) -> str:
    return f"be a {kind}, a {bits}-bit number"


def one_of(names: Sequence[str], kind: str) -> str:
    """The names of an enum; of many the first."""
    shown = f"be one of {', '.join(names[:_MOST_NAMES])}"
    more = len(names) - _MOST_NAMES
    return f"{shown} or the {more} others of {kind}" if more > 0 else shown


def moment(digits: int, *, zoned: bool = True) -> str:
    """``digits`` are those that a fraction of a second may have."""
    zone = "with its zone" if zoned else "without a zone"
    return f"be a date-time {zone}, such as 2026-05-31T17:03:11{_FRACTIONS[digits]}{'Z' if zoned else ''}"


def time(digits: int) -> str:
    return f"be a time such as 17:03:11{_FRACTIONS[digits]}"


def short(value: Any) -> str:
    """The beginning of a value that was refused; its type where it can't even be shown."""
    try:
        shown = repr(value)
    except (ValueError, RecursionError):  # a number of too many digits, a value that is nested too deeply
        return type(value).__name__
    return shown if len(shown) <= _SHOWN_MOST else f"{shown[:_SHOWN_MOST]}…"
