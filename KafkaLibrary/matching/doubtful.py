"""Conditions that can be read, but hardly mean what they say: nothing would meet them, and a negative always pass.

In double quotes an expected text is taken as it stands, so each of them can still be written.
"""

from __future__ import annotations

import re

from KafkaLibrary.matching.comparison import Operator
from KafkaLibrary.matching.equality import is_document, read_document, without_quotes
from KafkaLibrary.matching.faults import Fault
from KafkaLibrary.matching.shown import show_text

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_WITH_COMMA = re.compile(r"[-+]?\d+(\.\d+)*,\d[\d.,]*")
_COMPARED = r"\s+(?:(?:[=!<>]=|[*^$]=|[<>])(?:\s.*)?|exists|does\s+not\s+exist)"
_SECOND = re.compile(rf"\s(and|or|&&|\|\|)\s+(\S+{_COMPARED})\Z", re.IGNORECASE | re.DOTALL)
_PATH = r"(?!(?:and|or|not)\s)(?:\$\[[^\]]*\]|\$|[^\W\d])[\w.$\[\]*'-]*"
_NEXT = re.compile(
    rf"(?<=[\s,;])({_PATH}\s+(?:(?:[=!<>]=|[*^$]=)(?:\s.*)?|[<>]\s+-?\d\S*))\Z", re.IGNORECASE | re.DOTALL
)
"""Another condition with nothing but blanks, a comma or a semicolon before it."""
_ARGUMENT = re.compile(r"\s(timeout|within|since|strict|missing_ok|format|schema|limit|count|message)=\S")
_IN_QUOTES = re.compile(r'"[^"]*"')
_PYTHON = re.compile(r"[\[{]\s*'.*[]}]", re.DOTALL)
_SINGLE = re.compile(r"(?:\A|,)\s*('[^',]*')\s*(?=,|\Z)")
_COMPARES = ("==", "!=", ">", ">=", "<", "<=", "in")
ORDERS = (">", ">=", "<", "<=")
_LOOK_FOR = ("contains", "not contains", "^=", "$=", "matches")
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


def check_expected(operator: Operator, expected: object) -> None:
    """Raises ``Fault`` for nothing to compare with, and for a number that JSON writes otherwise: it would be a text."""
    if operator.name in (*ORDERS, *_LOOK_FOR) and expected == "":
        raise Fault(f"There is nothing behind `{operator}` to compare with.", 0, 'The empty text is written `""`.')
    if operator.name in ORDERS and isinstance(expected, str) and _WITH_COMMA.fullmatch(expected):
        advice = f'Write a point and no separators, such as `9.99`. To compare as text write `"{expected}"`.'
        raise Fault("A number has no comma.", expected.index(","), advice)


def check_written(path: str, operator: Operator, expected: str, one_only: str = "") -> None:
    """Raises ``Fault`` with the place in an expected text that was written behind its operator in one cell.

    ``one_only`` is the advice where a second condition can't be given in another cell.
    """
    if is_document(read_document(expected)):
        return
    before = f"{path} {operator}"
    if operator.name in _COMPARES and without_quotes(expected) is None:
        _check_quotes(before, operator, expected)
    if operator.name == "matches":
        return
    bare = _IN_QUOTES.sub(_blank, expected)
    if argument := _ARGUMENT.search(bare):
        raise _argument(before, expected, argument, one_only)
    if second := _SECOND.search(bare):
        raise _second_condition(before, expected, second, one_only)
    if following := _NEXT.search(bare):
        raise _next_condition(before, expected, following.start(1), one_only)


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


def _argument(before: str, expected: str, found: re.Match[str], one_only: str) -> Fault:
    first, argument = expected[: found.start()].strip(), expected[found.start(1) :]
    advice = "" if one_only else f"An argument is a cell of its own: write `{before} {first}    {argument}`. "
    advice += f'For a text write `{before} "..."`.'
    return Fault(f"`{found[1]}=` is taken for a part of the text.", found.start(1), advice)


def _next_condition(before: str, expected: str, place: int, one_only: str) -> Fault:
    first, other = expected[:place].strip(" ,;"), expected[place:]
    advice = one_only or f"All conditions must hold: write `{before} {first}    {other}` in two cells."
    verdict = "A cell has one condition, and a second one is taken for a part of the text."
    return Fault(verdict, place, f'{advice} For a text write `{before} "..."`.')


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
