"""How near the values that a condition found are to the one it expects, as a figure for ranking."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from KafkaLibrary.matching.conditions import Condition
from KafkaLibrary.matching.operators import read_text
from KafkaLibrary.matching.values.numbers import double, is_number

Nearness = Callable[[Sequence[Any]], float]
"""Gives 0 for a missing field, up to 1."""

_COMPARED = 64
"""Characters of a text, and results of a path, that are looked at."""
_OTHER_TYPE = 0.1
"""A value of another type is a little nearer than none."""


def nearness_to(condition: Condition) -> Nearness:
    """The function that rates what the condition's path found."""
    rate, operator = _rating(condition.expected), condition.operator
    return lambda found: max(map(rate, operator.looked_at(list(found[:_COMPARED]))), default=0.0)


def _rating(expected: Any) -> Callable[[Any], float]:
    typed = read_text(expected).typed if isinstance(expected, str) else expected
    number = double(typed) if is_number(typed) else None
    text = read_text(expected).text[:_COMPARED].casefold() if isinstance(expected, str) else None

    def rate(found: Any) -> float:
        if number is not None and is_number(found):
            return _OTHER_TYPE + (1 - _OTHER_TYPE) * _likeness_of_numbers(double(found), number)
        if text is not None and isinstance(found, str):
            return _OTHER_TYPE + (1 - _OTHER_TYPE) * _likeness_of_texts(found[:_COMPARED].casefold(), text)
        return _OTHER_TYPE

    return rate


def _likeness_of_numbers(one: float, other: float) -> float:
    size = max(abs(one), abs(other))
    if not math.isfinite(size) or not size:
        return float(one == other)
    return max(0.0, 1 - abs(one / size - other / size))


@lru_cache(maxsize=1024)
def _likeness_of_texts(one: str, other: str) -> float:
    """The share of the longer text that both begin and end with."""
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    if one == other or not longer:
        return 1.0
    ends = _shared_beginning(one, other) + _shared_beginning(one[::-1], other[::-1])
    return min(shorter, ends) / longer


def _shared_beginning(one: str, other: str) -> int:
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared
