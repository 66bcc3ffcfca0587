"""Numbers as JSON writes them, compared without rounding: ``0.1``, ``1e3``, integers beyond 2^53."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from KafkaLibrary.matching.one_line_texts import NUMBER
from KafkaLibrary.matching.values.decisions import NEEDS_EXACT, Order

_LONGEST_INTEGER = 1000
"""Digits up to which a text becomes an ``int``: Python refuses to read much longer ones."""


class Number(NamedTuple):
    """An expected number. ``exact`` is a float only where nothing more exact was ever given."""

    exact: int | float | Decimal
    double: float


def read_number(text: str) -> Number | None:
    """The number that a text spells in JSON, else nothing."""
    if not NUMBER.fullmatch(text):
        return None
    if len(text) <= _LONGEST_INTEGER and text.removeprefix("-").isdigit():
        return number(int(text))
    try:
        return number(Decimal(text))
    except InvalidOperation:  # An exponent beyond all that even Decimal holds.
        return None


def number(value: int | float | Decimal) -> Number:
    """The number for comparing with fields."""
    return Number(value, double(value))


def double(value: int | float | Decimal) -> float:
    """The nearest double, infinite where there is none."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
    except ValueError:  # Only Decimal has a NaN that refuses this.
        return math.nan


def is_number(value: Any) -> bool:
    """Booleans are none here."""
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def order(field: int | float | Decimal, wanted: Number, exact: bool) -> Order:
    """Below, at or above zero as the field is less than, equal to or greater than the wanted number.

    ``None`` where they have no order. Rounding keeps the order of numbers, so two doubles that
    differ decide; where they are the same, only the ``exact`` value of the field can.
    """
    if isinstance(field, float):
        if math.isnan(field) or math.isnan(wanted.double):
            return None
        if field != wanted.double:
            return 1 if field > wanted.double else -1
        return _order_of_doubles(field, wanted) if exact else NEEDS_EXACT
    if math.isnan(wanted.double) or (isinstance(field, Decimal) and field.is_nan()):
        return None
    # A float variable says no more than a double does, so a long decimal is rounded for it.
    one = double(field) if isinstance(field, Decimal) and isinstance(wanted.exact, float) else field
    return (one > wanted.exact) - (one < wanted.exact)


def _order_of_doubles(field: float, wanted: Number) -> int:
    """For a field that is a double in its own format, such as Avro's: a decimal is rounded for it."""
    if isinstance(wanted.exact, int) or math.isinf(field):
        return (field > wanted.exact) - (field < wanted.exact)
    return 0
