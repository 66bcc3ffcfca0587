"""Conditions that can be read, but hardly mean what they say: nothing would meet them, and a negative always pass.

In double quotes an expected text is taken as it stands, so each of them can still be written.
"""

from __future__ import annotations

import re

from KafkaLibrary.matching.comparison import Operator
from KafkaLibrary.matching.equality import without_quotes
from KafkaLibrary.matching.faults import Fault
from KafkaLibrary.matching.shown import show_text

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_WITH_COMMA = re.compile(r"[-+]?\d+(\.\d+)*,\d[\d.,]*")
_SECOND = re.compile(r"\s(and|or|&&|\|\|)\s+(\S+\s+(?:[=!<>]=|[*^$]=|[<>])(?:\s.*)?)\Z", re.IGNORECASE | re.DOTALL)
_PYTHON = re.compile(r"[\[{]\s*'.*[]}]", re.DOTALL)
_COMPARES = ("==", "!=", ">", ">=", "<", "<=", "in")
_ORDERS = (">", ">=", "<", "<=")


def check_path(path: str, operator: Operator, expected: object) -> None:
    """Raises ``Fault`` for a path that is a number: most likely both sides are the wrong way round."""
    if _NUMBER.fullmatch(path):
        turned = f"{show_text(str(expected))} {operator} {path}" if expected else f"PATH {operator} {path}"
        raise Fault(
            "A condition begins with a path, and this is a number.",
            0,
            f"Write `{turned}`; a field of that name is `$.{path}`.",
        )


def check_ordered(operator: Operator, expected: object) -> None:
    """Raises ``Fault`` for a number that is not written as JSON writes it, and would be compared as text."""
    if operator.name in _ORDERS and isinstance(expected, str) and _WITH_COMMA.fullmatch(expected):
        advice = f'Write a point and no separators, such as `9.99`. To compare as text write `"{expected}"`.'
        raise Fault("A number has no comma.", expected.index(","), advice)


def check_written(path: str, operator: Operator, expected: str) -> None:
    """Raises ``Fault`` with the place in an expected text that was written behind its operator in one cell."""
    if without_quotes(expected) is not None:
        return
    if second := _SECOND.search(expected):
        first = f"{path} {operator} {expected[: second.start()].strip()}"
        raise Fault(*_one_a_cell(first, second))
    if operator.name not in _COMPARES:
        return
    if len(expected) > 1 and expected[0] == expected[-1] == "'":
        meant = expected.replace("'", "") if operator.name == "in" else expected[1:-1]
        advice = (
            f'Write `{path} {operator} {meant}`. For a text with these quotes write `{path} {operator} "{expected}"`.'
        )
        raise Fault("Single quotes would be a part of the text.", 0, advice)
    if operator.name != "in" and _PYTHON.fullmatch(expected):
        advice = (
            f'A list or an object is written as JSON: `["A", "B"]`, `{{"sku": "A"}}`. As a text write `"{expected}"`.'
        )
        raise Fault("JSON has double quotes.", expected.index("'"), advice)


def _one_a_cell(first: str, second: re.Match[str]) -> tuple[str, int, str]:
    word, condition = second[1], second[2].strip()
    if word.casefold() in ("and", "&&"):
        advice = f"All conditions must hold: write `{first}    {condition}` in two cells."
    else:
        advice = "Several values of one field are written `PATH in A, B`; other alternatives are keywords of their own."
    quoted = first.split(" ", 2)
    return (
        f"A cell has one condition, and `{word}` is taken for a part of the text.",
        second.start(1),
        f'{advice} For a text write `{" ".join(quoted[:2])} "..."`.',
    )
