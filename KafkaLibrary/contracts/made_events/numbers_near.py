"""Numbers at the limits that a schema asks for, and just beyond them, without rounding."""

from __future__ import annotations

import decimal
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Number = int | Decimal
_DIGITS = decimal.Context(prec=1_000, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN)
_LARGEST = 400
"""Digits of a whole number that is written without an exponent."""


def exact(number: Any) -> Number:
    """The number as it was written."""
    found = number if isinstance(number, Decimal) else Decimal(str(number))
    if found.is_finite() and found.adjusted() < _LARGEST and found == found.to_integral_value():
        return int(found)
    return found


def plus(one: Number, other: Number) -> Number:
    return exact(_DIGITS.add(Decimal(one), Decimal(other)))


def minus(one: Number, other: Number) -> Number:
    return exact(_DIGITS.subtract(Decimal(one), Decimal(other)))


def half(one: Number) -> Number:
    return exact(_DIGITS.divide(Decimal(one), Decimal(2)))


def step_of(rules: Mapping[str, Any], near: Number, *, is_whole: bool) -> Number:
    """How far it is from a number to the next one that may be allowed."""
    asked = rules.get("multipleOf")
    if isinstance(asked, int | float | Decimal) and asked > 0:
        return exact(asked)
    if is_whole:
        return 1
    exponent = Decimal(near).as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent, 0) - 2) if isinstance(exponent, int) else Decimal(1)
    try:
        return max(step, Decimal(math.ulp(float(near))).normalize(decimal.Context(prec=1, rounding=decimal.ROUND_UP)))
    except (OverflowError, ValueError):
        return step


def least_of(rules: Mapping[str, Any], *, is_whole: bool) -> tuple[Number, Number] | None:
    """The least number that is allowed, and the step to the one below it; nothing without such a limit."""
    return _nearest(rules, "minimum", 1, is_whole=is_whole)


def most_of(rules: Mapping[str, Any], *, is_whole: bool) -> tuple[Number, Number] | None:
    """The largest one, and the step to the one above."""
    return _nearest(rules, "maximum", -1, is_whole=is_whole)


def _nearest(rules: Mapping[str, Any], rule: str, sign: int, *, is_whole: bool) -> tuple[Number, Number] | None:
    exclusive = rules.get(f"exclusive{rule.title()}")
    limits = [(rules[rule], exclusive is True)] if _is_number(rules.get(rule)) else []
    if _is_number(exclusive):
        limits.append((exclusive, True))
    if not limits:
        return None
    limit, is_beyond = max(((exact(one), beyond) for one, beyond in limits), key=lambda one: (sign * one[0], one[1]))
    step = step_of(rules, limit, is_whole=is_whole)
    found = _aligned(limit, step, sign) if is_whole or "multipleOf" in rules else limit
    if is_beyond and found == limit:
        found = plus(found, step) if sign > 0 else minus(found, step)
    return found, step


def _aligned(limit: Number, step: Number, sign: int) -> Number:
    """The multiple of the step at the limit, or the next one inside of it."""
    rounding = decimal.ROUND_CEILING if sign > 0 else decimal.ROUND_FLOOR
    count = _DIGITS.divide(Decimal(limit), Decimal(step))
    if count.adjusted() > _LARGEST:
        return limit
    return exact(_DIGITS.multiply(count.to_integral_value(rounding=rounding, context=_DIGITS), Decimal(step)))


def _is_number(asked: Any) -> bool:
    return isinstance(asked, int | float | Decimal) and not isinstance(asked, bool) and Decimal(asked).is_finite()
