"""A decimal in a text with other zeros at its end: ``amount == 12.5`` beside ``"12.50"``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.meanings.found_values import asked_for_one, expected_values, values_at
from KafkaLibrary.matching.conditions.other_meanings import Meaning
from KafkaLibrary.matching.one_line_texts import show_text
from KafkaLibrary.matching.operators import read_text, without_quotes
from KafkaLibrary.matching.syntax_error import SyntaxFault

_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NO_NUMBER = re.compile(r"version|release|revision|chapter|section|level|(?<![a-z])v(?![a-z])", re.IGNORECASE)
"""In names of fields whose texts are no numbers: 1.10 is another version than 1.1."""


def of_decimals(condition: Condition, event: Event) -> Iterator[Meaning]:
    """The text as this event has it. In double quotes, or with ``strict=True``, only the text is meant."""
    operator = condition.operator
    if condition.strict or operator.asks not in ("==", "in") or _NO_NUMBER.search(condition.path.text):
        return
    texts = [text for text in _expected(condition) if _DECIMAL.fullmatch(text)]
    for found in values_at(condition, event) if texts else ():
        if not isinstance(found, str) or not _DECIMAL.fullmatch(found) or found in texts:
            continue
        if any(_plain(found) == _plain(text) for text in texts):
            with suppress(SyntaxFault):
                meant = asked_for_one(condition, found)
                said = f"It is a text there, and texts are compared sign by sign: write `{show_text(meant.text)}`"
                yield Meaning(said, lambda event: not operator.negated)
                return


def _expected(condition: Condition) -> list[str]:
    if condition.operator.asks == "in":
        return [str(one) for one in expected_values(condition) if isinstance(one, (str, int, float))]
    expected = condition.expected
    if isinstance(expected, str):
        return [] if without_quotes(expected) is not None else [read_text(expected).text]
    return [str(expected)]


def _plain(decimal: str) -> str:
    """Without zeros that make no difference."""
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal
