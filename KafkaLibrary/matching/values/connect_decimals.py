"""Decimals of Kafka Connect without their schema, in Base64: no comparison with a number decides on them.

So its JsonConverter writes the logical type ``org.apache.kafka.connect.data.Decimal`` unless ``decimal.format`` is
``NUMERIC``; the scale stands in the schema alone, and with ``schemas.enable=false`` there is none.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable
from decimal import Decimal

from KafkaLibrary.matching.values.decisions import Unjudged
from KafkaLibrary.matching.values.numbers import Number

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})")
_WORD = re.compile(r"[A-Z]+|[A-Z]?[a-z]+")
"""It may be a decimal as well, but hardly looks like one."""
_LONGEST = 44
"""Characters: 32 bytes, twice what the longest decimals of databases take."""
_MOST_SCALE = 38
_COMMON_SCALE = 2


def of_no_order(text: str) -> Unjudged | None:
    """What is said of an order between a number and a text that may be a decimal; nothing for another text."""
    unscaled = _unscaled(text)
    if unscaled is not None and _WORD.fullmatch(text):
        return Unjudged(f'"{text}" is a text and not a number, so which is greater is not known')
    return None if unscaled is None else _unjudged(text, unscaled, _COMMON_SCALE)


def of_equal(wanted: Number) -> Callable[[str], Unjudged | None]:
    """Gives what is said of a text that is this very number at one of the scales; nothing for another text."""
    exact = wanted.exact if not isinstance(wanted.exact, float) else Decimal(repr(wanted.exact))
    if isinstance(exact, Decimal) and not exact.is_finite():
        return lambda text: None
    sign, digits, exponent = Decimal(exact).as_tuple()
    written = "".join(map(str, digits)).rstrip("0")
    last = int(exponent) + len(digits) - len(written)
    """The power of ten that its last digit counts."""

    def decision(text: str) -> Unjudged | None:
        unscaled = _unscaled(text)
        if unscaled is None or (unscaled < 0) != bool(sign and written):
            return None
        others = str(abs(unscaled))
        if others.rstrip("0") != written:
            return None
        scale = len(others) - len(written) - last if written else 0
        return _unjudged(text, unscaled, scale) if 0 <= scale <= _MOST_SCALE else None

    return decision


def _unjudged(text: str, unscaled: int, scale: int) -> Unjudged:
    sign, digits, _ = Decimal(unscaled).as_tuple()
    return Unjudged(f'"{text}" looks like Connect\'s Decimal: {Decimal((sign, digits, -scale)):f} at scale {scale}')


def _unscaled(text: str) -> int | None:
    """The integer whose bytes, as few as it takes, the text is the Base64 of."""
    if len(text) % 4 or not 0 < len(text) <= _LONGEST or not _BASE64.fullmatch(text):
        return None
    raw = binascii.a2b_base64(text)
    unscaled = int.from_bytes(raw, "big", signed=True)
    bits = (unscaled if unscaled >= 0 else ~unscaled).bit_length()
    is_shortest = len(raw) == bits // 8 + 1
    return unscaled if is_shortest and binascii.b2a_base64(raw, newline=False).decode("ascii") == text else None
