"""Conditions that can be read, but hardly mean what they say: nothing would meet them, and a negative always pass.

In double quotes an expected text is taken as it stands, so each of them can still be written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from KafkaLibrary.matching.comparison import Operator
from KafkaLibrary.matching.equality import is_document, read_document, read_text, without_quotes
from KafkaLibrary.matching.faults import Fault
from KafkaLibrary.matching.numbers import is_number, number, order, read_number
from KafkaLibrary.matching.shown import show_text

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_WITH_COMMA = re.compile(r"[-+]?\d+(\.\d+)*,\d[\d.,]*")
_SECOND = re.compile(r"\s(and|or|&&|\|\|)\s+(\S+\s+(?:[=!<>]=|[*^$]=|[<>])(?:\s.*)?)\Z", re.IGNORECASE | re.DOTALL)
_IN_QUOTES = re.compile(r'"[^"]*"')
_PYTHON = re.compile(r"[\[{]\s*'.*[]}]", re.DOTALL)
_SINGLE = re.compile(r"(?:\A|,)\s*('[^',]*')\s*(?=,|\Z)")
_COMPARES = ("==", "!=", ">", ">=", "<", "<=", "in")
_ORDERS = (">", ">=", "<", "<=")
_TURNED = {"==": "==", "!=": "!=", ">": "<", ">=": "<=", "<": ">", "<=": ">="}


def check_path(path: str, operator: Operator, expected: object) -> None:
    """Raises ``Fault`` for a path that is a number: most likely both sides are the wrong way round."""
    if not _NUMBER.fullmatch(path):
        return
    turned = _TURNED.get(operator.name)
    write = f"Write `{show_text(str(expected))} {turned} {path}`. " if turned and expected else ""
    raise Fault(
        "A condition begins with a path, and this is a number.", 0, f"{write}A field of that name is `$.{path}`."
    )


def check_ordered(operator: Operator, expected: object) -> None:
    """Raises ``Fault`` for a number that is not written as JSON writes it, and would be compared as text."""
    if operator.name in _ORDERS and isinstance(expected, str) and _WITH_COMMA.fullmatch(expected):
        advice = f'Write a point and no separators, such as `9.99`. To compare as text write `"{expected}"`.'
        raise Fault("A number has no comma.", expected.index(","), advice)


def check_written(path: str, operator: Operator, expected: str) -> None:
    """Raises ``Fault`` with the place in an expected text that was written behind its operator in one cell."""
    if without_quotes(expected) is not None or is_document(read_document(expected)):
        return
    before = f"{path} {operator}"
    if operator.name in _COMPARES:
        _check_quotes(before, operator, expected)
    if operator.name != "matches" and (second := _SECOND.search(_IN_QUOTES.sub(_blank, expected))):
        raise _second_condition(before, expected, second)


def asks_number(operator: Operator, expected: object) -> bool:
    """Whether hardly a text is meant: an order by a number, or a comparison with a number in a variable."""
    if isinstance(expected, str):
        return operator.name in _ORDERS and read_text(expected).number is not None
    return operator.name in _COMPARES and is_number(expected)


def text_instead(operator: Operator, expected: object, found: Sequence[object]) -> str | None:
    """The text that was found where a number is asked for, if nothing else was, and it was hardly compared as meant.

    An order by a number written in a cell is one of texts where the field is none; a number in a variable is unlike
    any text, also one that reads as that number.
    """
    return str(found[0]) if found and all(_is_unlike(operator, expected, one) for one in found) else None


def _is_unlike(operator: Operator, expected: Any, found: object) -> bool:
    if not isinstance(found, str):
        return False
    read = read_number(found)
    if isinstance(expected, str) or read is None:
        return isinstance(expected, str) and read is None
    return not operator.negated or order(read.exact, number(expected), True) == 0


def _check_quotes(before: str, operator: Operator, expected: str) -> None:
    if operator.name == "in":
        single = _SINGLE.search(expected)
        if single:
            meant = _SINGLE.sub(lambda one: one[0].replace("'", ""), expected)
            raise _single_quotes(f"{before} {meant}", single[1], single.start(1))
    elif len(expected) > 1 and expected[0] == expected[-1] == "'":
        raise _single_quotes(f"{before} {expected[1:-1] or chr(34) * 2}", expected, 0)
    elif _PYTHON.fullmatch(expected):
        advice = (
            f'A list or an object is written as JSON: `["A", "B"]`, `{{"sku": "A"}}`. As a text write `"{expected}"`.'
        )
        raise Fault("JSON has double quotes.", expected.index("'"), advice)


def _single_quotes(meant: str, quoted: str, place: int) -> Fault:
    advice = f'Write `{meant}`. A text with these quotes is `"{quoted}"`.'
    return Fault("Single quotes would be a part of the text.", place, advice)


def _second_condition(before: str, expected: str, second: re.Match[str]) -> Fault:
    word = second[1]
    if word.casefold() in ("and", "&&"):
        first, other = expected[: second.start()].strip(), expected[second.start(2) :].strip()
        advice = f"All conditions must hold: write `{before} {first}    {other}` in two cells."
    else:
        advice = "Several values of one field are written `PATH in A, B`; other alternatives are keywords of their own."
    verdict = f"A cell has one condition, and `{word}` is taken for a part of the text."
    return Fault(verdict, second.start(1), f'{advice} For a text write `{before} "..."`.')


def _blank(quoted: re.Match[str]) -> str:
    return "_" * len(quoted[0])
