"""By what events of two topics belong together: equal values have the same identity, and no others have it."""

from __future__ import annotations

import re
from datetime import date
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from hashlib import sha256
from typing import Any

from KafkaLibrary.event import as_text
from KafkaLibrary.matching.values.numbers import is_number
from KafkaLibrary.matching.values.times import read_moment

Identity = int | str | tuple[str, str]
_MOST_DIGITS = 640
"""Python reads and writes whole numbers so long whatever its settings; a larger exponent is never written out."""
_MOST_BITS = 2000
"""Whole numbers of so many bits are not longer than that."""
_WHOLE = re.compile(rf"0|-?[1-9][0-9]{{0,{_MOST_DIGITS - 1}}}", re.ASCII)
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


def identity_of(value: Any) -> Identity | None:
    """By what events belong together. Digits are their number, as it may stand in a key; null is nothing."""
    if isinstance(value, bytes):
        value = as_text(value)
    if isinstance(value, str):
        return identity_of_text(value)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= _MOST_BITS:
        return int(value)
    number = _exact(value)
    if number is not None:
        return _identity_of_number(number)
    if isinstance(value, dict | list | tuple):
        return "value", sha256(_written(value).encode(errors="surrogatepass")).hexdigest()
    return _leaf(value)


def identity_of_text(text: str) -> Identity:
    """The same for a text alone."""
    return int(text) if text[-1:].isdigit() and _WHOLE.fullmatch(text) else text


def _identity_of_number(number: Decimal) -> Identity:
    if not number:
        return 0
    if abs(number.adjusted()) >= _MOST_DIGITS:
        return str(number.normalize(_EXACT))
    is_whole = number == number.to_integral_value(context=_EXACT)
    return int(number) if is_whole else format(number.normalize(_EXACT), "f")


def _exact(value: Any) -> Decimal | None:
    """The number that a value is."""
    if not is_number(value):
        return None
    number = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
    return number if number.is_finite() else None


def _written(value: Any) -> str:
    """A text of an object or a list that no other one has, however deep. Numbers and texts differ inside."""
    parts: list[str] = []
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            parts.append(f"object {len(part)}")
            for name in sorted(part, key=str):
                waiting += (part[name], name)
        elif isinstance(part, list | tuple):
            parts.append(f"list {len(part)}")
            waiting += part
        else:
            kind, text = _leaf(part)
            parts.append(f"{kind} {len(text)} {text}")
    return " ".join(parts)


def _leaf(value: Any) -> tuple[str, str]:
    if isinstance(value, bytes):
        value = as_text(value)
    if isinstance(value, bool):
        return "boolean", str(value)
    if isinstance(value, str | date):
        moment = read_moment(value)
        return ("text", str(value)) if moment is None else ("time", repr(moment.key))
    number = _exact(value)
    if number is not None:
        return "number", str(number.normalize(_EXACT)) if number else "0"
    return type(value).__name__, str(value)
