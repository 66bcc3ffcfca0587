"""What is said of a cell that is no condition: "There is no operator", ``timeot=3``, ``$.a==1``, ``length(items)``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from KafkaLibrary.errors import did_you_mean
from KafkaLibrary.matching.conditions.path_typos import explain_path
from KafkaLibrary.matching.conditions.refused_conditions import EITHER, IN_MARKER, form, proposed
from KafkaLibrary.matching.one_line_texts import show_text, show_value
from KafkaLibrary.matching.operators import OPERATORS
from KafkaLibrary.matching.operators.cell_splitting import end_of_bracket, find_operator, first_part
from KafkaLibrary.matching.operators.foreign_operators import (
    ABOUT,
    BETWEEN,
    CODE,
    EMPTY_FOR,
    FOREIGN_OPERATORS,
    LIKE_FOR,
    NEGATION,
    NOT_BETWEEN,
    OPERATOR_FOR,
    bounds,
    from_like,
)
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.numbers import read_number

_SHOWN = [f"`{one.name}`" for one in OPERATORS.values() if not one.of_length and not one.name.startswith("not ")]
_KNOWN = (
    f"The operators are {' '.join(dict.fromkeys(_SHOWN))}; `not` goes before `contains` `^=` `$=` `matches` `in`, "
    "and `length` before `==` and its like."
)
_ONE_CELL, _THREE_CELLS = " ", "    "

_ARGUMENT = re.compile(r"\s*([^\W\d]\w*)\s*=(?![=~<>]|[*^$]\s)")
_OTHER_TIME = {"timeout": "within", "within": "timeout"}
_TIME = re.compile(r"\s*\d+(?:\.\d+)?\s*(?:ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?)?\s*\Z", re.IGNORECASE)
_WITH_COLON = re.compile(r"\s*([^\W\d]\w*)\s*:(.*)", re.DOTALL)
_GLUED_ARGUMENT = re.compile(r"\s*([^\W\d]\w*)=(?!=)")
_GLUED = re.compile(r"(\$=|[!=<>*^~]+)")
_JOINED = {"and": "All conditions must hold: leave it out.", "or": EITHER}
_JOINED |= {"&&": _JOINED["and"], "||": _JOINED["or"]}
_LENGTH = re.compile(
    r"\s*(?:(?:length|len|size|count)\(\s*(?P<of>[^\s()]+)\s*\)|(?P<whose>\S+)\.(?:length|len|size|count)\(\s*\))"
    r"(?P<rest>(?:\s.*)?)\Z",
    re.IGNORECASE | re.DOTALL,
)
_SPACED_LENGTH = re.compile(r"\s*(\S+)\s+(?:has\s+)?(?:length|len|size)\s*\Z", re.IGNORECASE)


def explain(
    fault: SyntaxFault, cells: Sequence[Any], arguments: Sequence[str], *, spelled_out: bool = False
) -> SyntaxFault:
    """The fault in the first of the cells, or a better one where they show a known slip.

    ``arguments`` are the names that the keyword takes. Where the second cell is an operator all is ``spelled_out``.
    """
    cell = cells[0]
    if spelled_out:
        return _length(cells) or explain_path(cells) or fault
    slip = _no_path(cell) or _time(cell, arguments) or _joined(cell) or _length(cells) or _argument(cell, arguments)
    return slip or explain_path(cells) or _next_cell(cells) or operator_meant(cell) or fault


def _no_path(cell: str) -> SyntaxFault | None:
    """``== 1``. A word may be a field's name, a sign is none."""
    first = first_part(cell).strip()
    if first not in OPERATORS or first[0].isalpha():
        return None
    advice = f"Write `PATH {show_text(cell.strip())}`, with a path such as `$.order.id`."
    return SyntaxFault("There is no path before the operator.", cell.index(first), advice)


def _time(cell: str, arguments: Sequence[str]) -> SyntaxFault | None:
    """``1 s``, which other keywords take without its name."""
    name = next((one for one in _OTHER_TIME if one in arguments), "")
    if not name or not _TIME.match(cell):
        return None
    written = cell.strip()
    field = f", or for a field `$.{written} exists`" if written.isdigit() else ""
    return SyntaxFault("After the conditions a time has its name.", 0, f"Write `{name}={written}`{field}.")


def _joined(cell: str) -> SyntaxFault | None:
    """A cell with nothing but ``or``."""
    advice = _JOINED.get(cell.strip().casefold())
    return SyntaxFault(f"`{cell.strip()}` is not a condition.", 0, advice) if advice else None


def _length(cells: Sequence[Any]) -> SyntaxFault | None:
    """``length(items) == 2``, as a function of JSONPath or Python."""
    found = _LENGTH.match(cells[0])
    path = (found["of"] or found["whose"]) if found else ""
    rest, between = (found["rest"].strip() if found else ""), _ONE_CELL
    if not found:
        spaced = _SPACED_LENGTH.match(cells[0])
        if not spaced or len(cells) < 2:
            return None
        path = spaced[1]
    if not rest and len(cells) > 1 and isinstance(cells[1], str):
        rest, between = cells[1].strip(), _THREE_CELLS
    words, behind = _words_of(rest)
    name = f"length {OPERATOR_FOR.get(words, words)}"
    if name not in OPERATORS:
        name, behind = "length ==", "2"
    elif between == _THREE_CELLS:
        behind = _third(cells)
    return SyntaxFault("`length` is part of the operator.", 0, proposed(path, name, behind, between))


def _words_of(rest: str) -> tuple[str, str]:
    """The operator, or the slip, that a text begins with, and what stands behind it."""
    for words in (*OPERATORS, *FOREIGN_OPERATORS):
        if (end := _end_of_words(words, rest)) and end:
            return words, rest[end:].strip()
    return "", rest


def _third(cells: Sequence[Any]) -> str:
    """What is expected, where it is a cell of its own; a word for it where there is none to show."""
    third = cells[2] if len(cells) > 2 else None
    return third if isinstance(third, str) else "EXPECTED" if third is None else show_value(third, 40)


def _argument(cell: str, arguments: Sequence[str]) -> SyntaxFault | None:
    """``timeout=3``: Robot's way to name an argument."""
    found = _ARGUMENT.match(cell)
    glued = _GLUED_ARGUMENT.match(cell)
    colon = _WITH_COLON.match(cell)
    if colon and colon[1] in arguments:
        return SyntaxFault(
            "An argument has `=` after its name.", colon.end(1), f"Write `{colon[1]}={colon[2].strip()}`."
        )
    if glued and glued[1] in arguments:
        found = glued
    if not found:
        return None
    name, value = found[1], cell[found.end() :].strip() or "VALUE"
    place = found.end() - 1
    field = proposed(name, "==", value).removesuffix(".").replace("Write", "For a field write", 1)
    known = f"; the arguments are {', '.join(f'`{one}`' for one in arguments)}." if arguments else "."
    if name in arguments:
        order = f"`{name}=` comes after the conditions, not from a list variable."
        has_blank = cell.strip()[len(name) : len(name) + 1].isspace()
        whole = f"Without a blank before the sign it is an argument: `{name}={value}`. " if has_blank else ""
        return SyntaxFault(order, place, f"{whole}{field}{known}")
    near = did_you_mean(name, arguments) if _is_near(name, arguments) else ""
    other = _OTHER_TIME.get(name)
    if other in arguments:
        near = f"The time of this keyword is `{other}=`."
    return SyntaxFault("This is neither a condition nor an argument.", place, f"{near} {field}{known}".strip())


def _is_near(name: str, arguments: Sequence[str]) -> bool:
    return bool(difflib.get_close_matches(name.casefold(), arguments, n=1, cutoff=0.7))


def _next_cell(cells: Sequence[Any]) -> SyntaxFault | None:
    """The next cell is what should be an operator: ``$.a    equals    42``."""
    cell, following = cells[0], cells[1] if len(cells) > 1 else None
    if not isinstance(following, str) or len(first_part(cell)) != len(cell.rstrip()):
        return None
    words = " ".join(following.split()).casefold()
    if words not in FOREIGN_OPERATORS:
        return None
    return _no_operator(words, following.strip(), cell.strip(), _third(cells), len(cell), _THREE_CELLS)


def operator_meant(cell: str) -> SyntaxFault | None:
    """What stands behind the path in place of an operator; nothing where that is one."""
    path = first_part(cell)
    rest = cell[len(path) :].strip()
    if not rest:
        return _glued_operator(cell)
    place = cell.index(rest, len(path))
    found = find_operator(cell)
    if found and found.start(1) == place:
        return None
    for slip in FOREIGN_OPERATORS:
        if end := _end_of_words(slip, rest):
            return _no_operator(slip, rest[:end], path.strip(), rest[end:].strip(), place)
    if found:
        return None
    glued = _glued_operator(cell)
    word = rest.split()[0]
    near = did_you_mean(word, OPERATORS)
    return glued or SyntaxFault(f"`{show_text(word)}` is not an operator.", place, f"{near} {_KNOWN}".strip())


def _end_of_words(words: str, text: str) -> int:
    spaced = r"\s+".join(map(re.escape, words.split()))
    found = re.match(rf"{spaced}(?=\s|\Z)", text, re.IGNORECASE)
    return found.end() if found else 0


def _no_operator(
    slip: str, written: str, path: str, expected: str, place: int, between: str = _ONE_CELL
) -> SyntaxFault:
    advice = _instead_of(slip, path, expected, between)
    return SyntaxFault(f"`{show_text(' '.join(written.split()))}` is not an operator.", place, advice)


def _instead_of(slip: str, path: str, expected: str, between: str) -> str:
    for slips, advice in _OTHERWISE:
        if slip in slips:
            return advice(slip, path, expected, between)
    return proposed(path, OPERATOR_FOR.get(slip, slip), expected, between)


def _as_code(slip: str, path: str, expected: str, between: str) -> str:
    return "Expected values are never run as code. Read the field with `Get Event Field` and check it yourself."


def _as_like(slip: str, path: str, expected: str, between: str) -> str:
    name, meant = from_like(expected.strip("'\"")) if expected else ("contains", "EXPECTED")
    return proposed(path, name if LIKE_FOR[slip] else NEGATION[name], meant, between)


def _as_empty(slip: str, path: str, expected: str, between: str) -> str:
    return proposed(path, EMPTY_FOR[slip], "0", between)


def _as_between(slip: str, path: str, expected: str, between: str) -> str:
    least, most = bounds(expected)
    if path == IN_MARKER:
        return f"One end is written `{form(path, OPERATORS['>='], least)}`; both are for `Event Should Match`."
    return f"Write `{_two_cells(path, least, most)}` in two cells."


def _as_not_between(slip: str, path: str, expected: str, between: str) -> str:
    return f"{EITHER} Here that is `<` of the least, or `>` of the most."


def _as_about(slip: str, path: str, expected: str, between: str) -> str:
    if read_number(expected) is None and slip == "~":
        return proposed(path, "matches", expected, between)
    exactly = proposed(path, "==", expected, between)
    if path == IN_MARKER:
        return exactly
    return f"{exactly} For a range, use two cells: `{_two_cells(path, 'LEAST', 'MOST')}`."


def _two_cells(path: str, least: str, most: str) -> str:
    return show_text(f"{form(path, OPERATORS['>='], least)}    {form(path, OPERATORS['<='], most)}")


_OTHERWISE: tuple[tuple[Collection[str], Callable[[str, str, str, str], str]], ...] = (
    (CODE, _as_code),
    (LIKE_FOR, _as_like),
    (EMPTY_FOR, _as_empty),
    (BETWEEN, _as_between),
    (NOT_BETWEEN, _as_not_between),
    (ABOUT, _as_about),
)
"""Slips that no single operator stands for, and what is said of them."""


def _glued_operator(cell: str) -> SyntaxFault | None:
    """``$.a==1``, without the spaces."""
    place = len(cell) - len(cell.lstrip())
    while place < len(cell) and not cell[place].isspace():
        if cell[place] == "[":
            place = end_of_bracket(cell, place)
            continue
        found = _GLUED.match(cell, place)
        operator = found and (found[1] if found[1] in OPERATORS else OPERATOR_FOR.get(found[1]))
        if found and operator:
            advice = proposed(cell[:place].strip(), operator, cell[found.end() :].strip())
            return SyntaxFault("An operator needs a space on both sides.", place, advice)
        place += 1
    return None
