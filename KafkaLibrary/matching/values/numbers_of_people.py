"""Numbers as people write them: ``007``, ``9,50``, ``1.234,5``, ``9.50 EUR``."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_OF_PEOPLE = re.compile(r"(?:[$€£¥]|[A-Z]{3}\b)?\s?([-+]?\d[\d.,'_ \u00a0\u202f]*)\s?(?:%|[$€£¥°]|[^\W\d_]{1,8})?")
_LONGEST = 40
_GROUP = 3
"""Digits between two marks of thousands."""


def numbers_of_people(text: str) -> list[Decimal]:
    """What a text may spell that is not a JSON number: with zeros in front, a comma, marks of thousands or a unit."""
    found = _OF_PEOPLE.fullmatch(text) if len(text) <= _LONGEST else None
    if not found:
        return []
    digits = re.sub(r"[^\d.,+-]", "", found[1]).rstrip(".,")
    marks = [sign for sign in digits if sign in ".,"]
    ways = [digits]
    if marks:
        last = marks[-1]
        whole, fraction = digits.rsplit(last, 1)
        ways = [f"{_only_digits(whole)}.{fraction}"] if marks.count(last) == 1 else []
        if len(fraction) == _GROUP and len(set(marks)) == 1:
            ways.append(_only_digits(digits))
    return [one for way in ways if (one := _decimal(way)) is not None]


def _only_digits(text: str) -> str:
    return re.sub(r"[.,]", "", text)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
