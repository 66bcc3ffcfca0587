"""Bytes that stand in the raw JSON of every value that meets a condition: without them it is left out undecoded.

However the JSON is written: what is said here of a condition, its signs, stands in each value that meets it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, Protocol

from KafkaLibrary.matching.conditions import Condition, Conditions
from KafkaLibrary.matching.operators import NOT_FINITE, is_document, read_text
from KafkaLibrary.matching.values.numbers import is_number
from KafkaLibrary.matching.values.other_dates import read_other_date
from KafkaLibrary.matching.values.times import signs_of_moment


class Signs(Protocol):
    """Signs that must stand in a text."""

    @property
    def length(self) -> int:
        """How many there are: the more, the fewer texts have them by chance."""

    def stand_in(self, raw: bytes) -> bool:
        """Whether they do."""

    def starts(self, texts: bytes) -> Iterator[int] | None:
        """Where they do in several texts with something between them; nothing where each is better asked alone."""


def signs_of(conditions: Conditions) -> Signs | None:
    """The longest that one of the conditions asks for: they are found least often where nothing matches."""
    found = [signs for condition in conditions if (signs := _signs(condition))]
    return max(found, key=lambda signs: signs.length) if found else None


def _signs(condition: Condition) -> Signs | None:
    make = _MAKERS.get(condition.operator.name)
    return make(condition.expected) if make and condition.path.asks_value else None


class _Text:
    """Signs in a row."""

    def __init__(self, signs: bytes) -> None:
        self._signs = signs
        self.length = len(signs)

    def stand_in(self, raw: bytes) -> bool:
        return self._signs in raw

    def starts(self, texts: bytes) -> Iterator[int]:
        place = texts.find(self._signs)
        while place >= 0:
            yield place
            place = texts.find(self._signs, place + self.length)


_FEW = 10_000
"""Bytes that are looked through before it pays to compile a pattern: that takes as long as to decode some 50 events."""
_KEPT_DIGITS = 4


class _Digits:
    """Digits in their order, with a point anywhere between them, and what stands behind them."""

    def __init__(self, digits: str, behind: str) -> None:
        self._digits = digits
        self._behind = behind
        self._each = set(digits.encode())
        self._left = _FEW
        self._pattern: re.Pattern[bytes] | None = None
        self.length = len(digits)

    def stand_in(self, raw: bytes) -> bool:
        if self._pattern is None:
            return all(map(raw.__contains__, self._each))
        return self._pattern.search(raw) is not None

    def starts(self, texts: bytes) -> Iterator[int] | None:
        if self._pattern is None:
            self._left -= len(texts)
            if self._left > 0:
                return None
            self._pattern = self._compiled(texts)
        return (found.start() for found in self._pattern.finditer(texts))

    def _compiled(self, sample: bytes) -> re.Pattern[bytes]:
        """From that digit on which is rarest: the search goes from one of its kind to the next."""
        first = range(max(1, len(self._digits) - _KEPT_DIGITS + 1))
        rarest = min(first, key=lambda place: sample.count(self._digits[place].encode()))
        return re.compile((r"\.?".join(self._digits[rarest:]) + self._behind).encode())


def _of_equal(expected: Any) -> Signs | None:
    if not isinstance(expected, str):
        return _of_number(expected) if is_number(expected) else None
    wanted = read_text(expected)
    if wanted.is_constant or is_document(wanted.document):
        return None
    if wanted.number is None:
        if wanted.text in NOT_FINITE or read_other_date(wanted.text):
            return None  # `inf` is written as Infinity; a date in another form says something of those in ISO 8601
        signs = signs_of_moment(wanted.text)
        return _of_text(wanted.text if signs is None else signs)
    # The field may be a number, or a text that is spelled like it.
    return _of_number(wanted.number.exact) if wanted.text == str(wanted.number.exact) else None


def _of_contained(expected: Any) -> Signs | None:
    """A list contains a time, too, that is written otherwise."""
    if isinstance(expected, str) and signs_of_moment(read_text(expected).text) is not None:
        return _of_equal(expected)
    return _of_part(expected)


def _of_part(expected: Any) -> Signs | None:
    """A part that no number, boolean or null contains can stand in a text only."""
    if not isinstance(expected, str):
        return None
    wanted = read_text(expected)
    if wanted.is_constant or is_document(wanted.document) or not set(wanted.text) - _OF_OTHERS:
        return None
    return _of_text(wanted.text)


_OF_OTHERS = set("0123456789+-.eEtruefalsnNaInfity")
_ESCAPED = re.compile(r'[\x00-\x1f"\\/\x7f\ud800-\udfff]')
"""Signs that a JSON text may or must spell in another way than as themselves, beside by ``\\u``."""
_LEAST, _LEAST_DIGITS = 3, 2
"""Signs; what is shorter stands in nearly every event by chance."""
_MOST_DIGITS = 100


def _of_text(text: str) -> Signs | None:
    longest = max(_ESCAPED.split(text), key=len).encode()
    return _Text(longest) if len(longest) >= _LEAST else None


def _of_number(value: Any) -> Signs | None:
    """Its digits, with a point anywhere between them: an exponent moves the point and nothing else.

    Zeros at the end are written out, or left to an exponent.
    """
    if isinstance(value, float):
        return None  # a double stands for every number that is rounded to it
    _, digits, exponent = Decimal(value).as_tuple()
    written = "".join(map(str, digits))
    counted = written.rstrip("0")
    if not isinstance(exponent, int) or not _LEAST_DIGITS <= len(counted) <= _MOST_DIGITS:
        return None
    zeros = exponent + len(written) - len(counted)
    behind = rf"(?:0{{{zeros}}}|[0.]*[eE])" if 0 < zeros <= _MOST_DIGITS else ""
    return _Digits(counted, behind)


_MAKERS: dict[str, Callable[[Any], Signs | None]] = {
    "==": _of_equal,
    "contains": _of_contained,
    "^=": _of_part,
    "$=": _of_part,
}
"""Operators that hold only where something of what is expected stands in the text."""
