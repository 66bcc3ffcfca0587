"""What a tester meant by a cell that is no condition: a slip and the form to write instead."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from KafkaLibrary.errors import did_you_mean
from KafkaLibrary.matching.comparison import OPERATORS
from KafkaLibrary.matching.faults import Fault
from KafkaLibrary.matching.scanning import end_of_bracket, find_operator, first_part
from KafkaLibrary.matching.shown import show_text

_MEANT: dict[str, tuple[str, ...]] = {
    "==": ("=", "===", "eq", "equal", "equal to", "equals", "is", "is equal to", "should be", "should equal"),
    "!=": ("!==", "<>", "inequal", "is not", "ne", "not", "not equal", "not equals", "should not be", "≠"),
    ">": ("above", "greater", "greater than", "gt", "is greater than", "more than"),
    ">=": ("=>", "≥", "at least", "ge", "gte"),
    "<": ("below", "is less than", "less", "less than", "lt"),
    "<=": ("=<", "≤", "at most", "le", "lte"),
    "contains": ("=*", "contain", "has", "include", "includes", "should contain"),
    "not contains": (
        "!*=",
        "!contains",
        "does not contain",
        "doesn't contain",
        "not contain",
        "should not contain",
    ),
    "^=": ("=^", "begins with", "should start with", "starts", "starts with", "startswith"),
    "$=": ("=$", "ends", "ends with", "endswith", "should end with"),
    "matches": ("=~", "like", "match", "regex", "regexp", "should match", "~", "~="),
    "in": ("is in", "is one of", "one of", "should be in"),
    "exists": ("exist", "is present", "present", "should exist"),
    "does not exist": (
        "absent",
        "does not exists",
        "doesn't exist",
        "is missing",
        "missing",
        "not exist",
        "not exists",
    ),
}
_OPERATOR_FOR = {slip: name for name, slips in _MEANT.items() for slip in slips}
_ADVICE_FOR = {
    "not in": "Write one `!=` for each value.",
    **dict.fromkeys(
        ("validate", "then", "evaluate"),
        "Expected values are never run as code. Read the field with `Get Event Field` and check it yourself.",
    ),
}
_SLIPS = sorted((*_OPERATOR_FOR, *_ADVICE_FOR), key=len, reverse=True)
_KNOWN = "The operators are " + " ".join(f"`{name}`" for name in OPERATORS) + "."

_ARGUMENT = re.compile(r"\s*([^\W\d]\w*)\s*=(?![=~<>])")
_OTHER_TIME = {"timeout": "within", "within": "timeout"}
_GLUED_ARGUMENT = re.compile(r"\s*([^\W\d]\w*)=(?!=)")
_GLUED = re.compile(r"(\$=|[!=<>*^~]+)")


def explain(fault: Fault, cell: str, following: str, arguments: Sequence[str]) -> Fault:
    """The fault in a cell, or a better one where the cell shows a known slip.

    ``following`` is the text of the next cell, ``arguments`` are the names that the keyword takes.
    """
    slip = _no_path(cell) or _argument(cell, arguments) or _next_cell(cell, following) or _operator(cell)
    return slip or fault


def _no_path(cell: str) -> Fault | None:
    """``== 1``. A word may be a field's name, a sign is none."""
    first = first_part(cell).strip()
    if first not in OPERATORS or first[0].isalpha():
        return None
    advice = f"Write `PATH {show_text(cell.strip())}`, with a path such as `$.order.id`."
    return Fault("There is no path in front of the operator.", cell.index(first), advice)


def _argument(cell: str, arguments: Sequence[str]) -> Fault | None:
    """``timeout=3``: Robot's way to name an argument."""
    found = _ARGUMENT.match(cell)
    glued = _GLUED_ARGUMENT.match(cell)
    if glued and glued[1] in arguments:
        found = glued
    if not found:
        return None
    name, value = found[1], show_text(cell[found.end() :].strip() or "VALUE")
    place = found.end() - 1
    field = f"For a field write `{show_text(name)} == {value}`"
    known = f"; the arguments are {', '.join(f'`{one}`' for one in arguments)}." if arguments else "."
    if name in arguments:
        order = f"`{name}=` comes after the conditions, and not out of a list variable."
        return Fault(order, place, f"{field}{known}")
    near = did_you_mean(name, arguments) if _is_near(name, arguments) else ""
    other = _OTHER_TIME.get(name)
    if other in arguments:
        near = f"The time of this keyword is `{other}=`."
    return Fault("This is no condition, and no argument of this keyword.", place, f"{near} {field}{known}".strip())


def _is_near(name: str, arguments: Sequence[str]) -> bool:
    return bool(difflib.get_close_matches(name.casefold(), arguments, n=1, cutoff=0.7))


def _next_cell(cell: str, following: str) -> Fault | None:
    """The next cell is what should be an operator: ``$.a    equals    42``."""
    words = " ".join(following.split()).casefold()
    if words not in _SLIPS or len(first_part(cell)) != len(cell.rstrip()):
        return None
    return _no_operator(words, following.strip(), f"{cell.strip()}    ", "    EXPECTED", len(cell))


def _operator(cell: str) -> Fault | None:
    path = first_part(cell)
    rest = cell[len(path) :].strip()
    if not rest:
        return _glued_operator(cell)
    place = cell.index(rest, len(path))
    found = find_operator(cell)
    if found and found.start(1) == place:
        return None
    for slip in _SLIPS:
        if end := _end_of_words(slip, rest):
            return _no_operator(slip, rest[:end], f"{path.strip()} ", f" {rest[end:].strip()}", place)
    if found:
        return None
    glued = _glued_operator(cell)
    word = rest.split()[0]
    near = did_you_mean(word, OPERATORS)
    return glued or Fault(f"`{show_text(word)}` is no operator.", place, f"{near} {_KNOWN}".strip())


def _end_of_words(words: str, text: str) -> int:
    spaced = r"\s+".join(map(re.escape, words.split()))
    found = re.match(rf"{spaced}(?=\s|\Z)", text, re.IGNORECASE)
    return found.end() if found else 0


def _no_operator(slip: str, written: str, before: str, after: str, place: int) -> Fault:
    advice = _ADVICE_FOR.get(slip)
    if advice is None:
        operator = OPERATORS[_OPERATOR_FOR[slip]]
        form = before + operator.name + (after if operator.takes_expected else "")
        advice = f"Write `{show_text(form.strip())}`."
    return Fault(f"`{show_text(written)}` is no operator.", place, advice)


def _glued_operator(cell: str) -> Fault | None:
    """``$.a==1``, without the spaces."""
    place = len(cell) - len(cell.lstrip())
    while place < len(cell) and not cell[place].isspace():
        if cell[place] == "[":
            place = end_of_bracket(cell, place)
            continue
        found = _GLUED.match(cell, place)
        operator = found and (found[1] if found[1] in OPERATORS else _OPERATOR_FOR.get(found[1]))
        if found and operator:
            form = f"{cell[:place].strip()} {operator} {cell[found.end() :].strip()}".strip()
            return Fault("An operator needs a space on both sides.", place, f"Write `{show_text(form)}`.")
        place += 1
    return None
