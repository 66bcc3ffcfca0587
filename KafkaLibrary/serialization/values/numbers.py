"""Numbers: whole ones, those of 64 and 32 bits, and exact decimals."""

from __future__ import annotations

import decimal
import math
import re
import struct
from collections.abc import Iterator
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from typing import Any

_MOST_DIGITS = 30
"""No whole number of 64 bits has more; a huge exponent is never written out."""
_SMALLEST_NORMAL_FLOAT = 2.0**-126
_WHOLE_FLOATS = 2.0**24
"""Up to it each whole number is a float of 32 bits."""
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
"""What a text has to be to stand for a number."""
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,9})?", re.ASCII)
_FLOAT = struct.Struct("<f")


def whole(value: Any) -> int | None:
    """The whole number that a value is."""
    if isinstance(value, int):
        return None if isinstance(value, bool) else int(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() < _MOST_DIGITS:
        return int(value) if value == value.to_integral_value(context=_EXACT) else None
    return None


def double(value: Any) -> float | None:
    """The nearest number of 64 bits; an int has to be one exactly."""
    if isinstance(value, float):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    try:
        nearest = float(value)
    except (OverflowError, ValueError):  # a number beyond doubles, a signalling NaN
        return None
    if isinstance(value, int):
        return nearest if nearest == value else None
    return nearest if value.is_finite() is (abs(nearest) < math.inf) else None


def single(value: Any) -> float | None:
    """The number that is nearest to one of 32 bits; an int has to be one exactly."""
    number = double(value)
    if number is None:
        return None
    try:
        raw = _FLOAT.pack(number)
    except OverflowError:
        return None
    return None if isinstance(value, int) and _FLOAT.unpack(raw)[0] != value else number


def shortest_float(number: float) -> float:
    """The shortest decimal that is the same float of 32 bits: 0.1 for the float nearest to it, as Java prints it."""
    if number.is_integer() and abs(number) < _WHOLE_FLOATS:
        return number
    if not math.isfinite(number):
        return number
    raw = _FLOAT.pack(number)
    # Six digits survive a float; those next to zero have fewer that mean something.
    for digits in range(6 if abs(number) >= _SMALLEST_NORMAL_FLOAT else 1, 9):
        for shorter in _rounded(number, digits):
            try:
                if _FLOAT.pack(shorter) == raw:
                    return shorter
            except OverflowError:  # Rounded up beyond the largest float.
                continue
    return float(f"{number:.9g}")


def _rounded(number: float, digits: int) -> Iterator[float]:
    yield float(f"{number:.{digits}g}")
    if abs(math.frexp(number)[0]) == 0.5:
        # The floats below a power of two are nearer than those above, so what is rounded up may still be this one.
        yield float(decimal.Context(prec=digits, rounding=decimal.ROUND_UP).create_decimal_from_float(number))


_MOST_ZEROS = 1000


def decimal_of(raw: bytes, scale: int) -> Decimal:
    """The decimal whose digits are a whole number in these bytes."""
    digits = int.from_bytes(raw, "big", signed=True)
    if -_MOST_ZEROS <= scale < 0:  # all of them in front of the point, as one writes it
        return Decimal(digits * 10**-scale)
    return Decimal(digits).scaleb(-scale, _EXACT)


def unscaled(value: Any, precision: int, scale: int) -> int | None:
    """The digits of a decimal as a whole number, none of them rounded away."""
    number = _decimal(value)
    if number is None or not number.is_finite():
        return None
    if not number:
        return 0
    if number.adjusted() >= precision - scale:
        return None
    digits = number.scaleb(scale, _EXACT)
    if digits.adjusted() < 0 or digits != digits.to_integral_value(context=_EXACT):
        return None
    return int(digits)


def digits_and_scale(value: Any, most: int) -> tuple[int, int] | None:
    """A decimal by its digits as a whole number, at most so many, and how many of them are behind the point."""
    number = _decimal(value)
    if number is None or not number.is_finite():
        return None
    exponent = number.as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else 0
    digits = unscaled(number, most, scale) if scale <= most else None
    return None if digits is None else (digits, scale)


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(float(value)))
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    return None
