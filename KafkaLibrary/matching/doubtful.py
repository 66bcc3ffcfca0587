"""Conditions that can be read, but hardly mean what they say: nothing would meet them, and a negative always pass.

And those that compare with a number, where an event has a text.

In double quotes an expected text is taken as it stands, so each of them can still be written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from KafkaLibrary.matching.comparison import Operator
from KafkaLibrary.matching.equality import is_document, read_document, read_text, utf8_text, without_quotes
from KafkaLibrary.matching.faults import Fault
from KafkaLibrary.matching.numbers import is_number, read_number
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
    if operator.name in _ORDERS and isinstance(expected, str) and not expected.strip():
        raise Fault(f"There is nothing behind `{operator}` to compare with.", 0, 'The empty text is written `""`.')
    if operator.name in _ORDERS and isinstance(expected, str) and _WITH_COMMA.fullmatch(expected):
        advice = f'Write a point and no separators, such as `9.99`. To compare as text write `"{expected}"`.'
        raise Fault("A number has no comma.", expected.index(","), advice)


def check_written(path: str, operator: Operator, expected: str, one_only: str = "") -> None:
    """Raises ``Fault`` with the place in an expected text that was written behind its operator in one cell.

    ``one_only`` is the advice where a second condition can't be given in another cell.
    """
    if without_quotes(expected) is not None or is_document(read_document(expected)):
        return
    before = f"{path} {operator}"
    if operator.name in _COMPARES:
        _check_quotes(before, operator, expected)
    if operator.name != "matches" and (second := _SECOND.search(_IN_QUOTES.sub(_blank, expected))):
        raise _second_condition(before, expected, second, one_only)


def may_mix_kinds(operator: Operator, expected: object) -> bool:
    """Whether a number and a text may meet in it, which are then hardly compared as is meant.

    In an order one that is a number and one that is none are both texts, and a number in a variable equals no text.
    """
    if isinstance(expected, str):
        return operator.name in _ORDERS and without_quotes(expected) is None
    return operator.takes_expected and _has_number(expected)


def as_numbers(found: Sequence[Any], operator: Operator, expected: object) -> list[Any]:
    """What was found, with each text that spells a number as that number.

    For an order by a number no other text is left, and for one by another text no number.
    """
    if operator.name in _ORDERS and isinstance(expected, str) and read_text(expected).number is None:
        return [None if is_number(one) else one for one in found]
    read = list(map(_as_number, found))
    if operator.name in _ORDERS:
        return [None if isinstance(one, (str, bytes)) else one for one in read]
    return read


def _has_number(expected: object) -> bool:
    if isinstance(expected, Mapping):
        return any(map(_has_number, expected.values()))
    if isinstance(expected, (list, tuple, AbstractSet)):
        return any(map(_has_number, expected))
    return is_number(expected)


def _as_number(found: Any) -> Any:
    if isinstance(found, Mapping):
        return {name: _as_number(value) for name, value in found.items()}
    if isinstance(found, (list, tuple)):
        return list(map(_as_number, found))
    text = utf8_text(found) if isinstance(found, bytes) else found
    read = read_number(text) if isinstance(text, str) else None
    return found if read is None else read.exact


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


def _second_condition(before: str, expected: str, second: re.Match[str], one_only: str) -> Fault:
    word = second[1]
    if one_only:
        advice = one_only
    elif word.casefold() in ("and", "&&"):
        first, other = expected[: second.start()].strip(), expected[second.start(2) :].strip()
        advice = f"All conditions must hold: write `{before} {first}    {other}` in two cells."
    else:
        advice = "Several values of one field are written `PATH in A, B`; other alternatives are keywords of their own."
    verdict = f"A cell has one condition, and `{word}` is taken for a part of the text."
    return Fault(verdict, second.start(1), f'{advice} For a text write `{before} "..."`.')


def _blank(quoted: re.Match[str]) -> str:
    return "_" * len(quoted[0])
