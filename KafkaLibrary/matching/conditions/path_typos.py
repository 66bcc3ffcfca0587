"""What is said of a path as other tools write it: ``lower(status)``, ``order/status``, ``"PAID" == status``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from KafkaLibrary.matching.conditions.refused_conditions import TURNED, proposed
from KafkaLibrary.matching.one_line_texts import quoted, show_text, show_value
from KafkaLibrary.matching.operators import OPERATORS, read_document
from KafkaLibrary.matching.operators.cell_splitting import find_operator
from KafkaLibrary.matching.operators.foreign_operators import NEGATION, OPERATOR_FOR
from KafkaLibrary.matching.paths import path_of
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.numbers import read_number

_ONE_CELL, _THREE_CELLS = " ", "    "
_NAME = r"[^\W\d][\w-]*"
_PATH = rf"(?:\$|{_NAME})[\w.$\[\]*'\"-]*"

_NOT = re.compile(rf"(?:not\s+|!\s*)({_PATH})", re.IGNORECASE)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_BACKTICKS = re.compile(r"`([^`]+)`")
_VARIABLE = re.compile(r"[$@&%]\{([^{}]+)\}(.*)", re.DOTALL)
_SIZE = re.compile(rf"({_PATH})\s+(?:has\s+)?(?:len|size|count)", re.IGNORECASE)
_QUANTIFIED = re.compile(rf"(any|some|one|all|each|every)\s+(?:of\s+)?({_PATH})", re.IGNORECASE)
_BRACKETS = re.compile(r"\[\]|\[(first|last)\]|\((-?\d+)\)", re.IGNORECASE)
_ASKED = re.compile(rf"({_PATH}?)\[\s*(?:@\.)?({_NAME})\s*={{1,2}}\s*([^\[\]=]+?)\s*\](.*)", re.DOTALL)
_HEADER = re.compile(r"headers?(?:\s+|\[(?![\d'\"]))([^\s\[\]]+)\]?", re.IGNORECASE)
_WORD = re.compile(rf"(?:if|where|when|that|with|assert|having|expect|field)\s+({_PATH})", re.IGNORECASE)
_COLON = re.compile(rf"\s*({_PATH}):\s*(\S.*?)\s*", re.DOTALL)
_SEPARATED = re.compile(r"[$/]?/?[\w-]+(?:(?:/|->|::|\\)[\w-]+)*")
_SEPARATOR = re.compile(r"/|->|::|\\")
_CASES = "lower|lowercase|lcase|upper|uppercase|ucase|tolowercase|touppercase|casefold|tolower|toupper"
_OF_CASE = re.compile(rf"(?:{_CASES})\(\s*({_PATH})\s*\)|({_PATH}?)\.(?:{_CASES})\(\s*\)", re.IGNORECASE)
_TYPES = "int|integer|float|number|decimal|double|str|string|text|bool|boolean|trim|strip"
_OF_TYPE = re.compile(rf"(?:{_TYPES})\(\s*({_PATH})\s*\)|({_PATH}?)\.(?:{_TYPES}|tostring)\(\s*\)", re.IGNORECASE)
_CALL = re.compile(rf"\s*([a-z]+)\(\s*({_PATH})\s*(?:,\s*(.+?))?\)\s*", re.IGNORECASE | re.DOTALL)
_METHOD = re.compile(rf"\s*({_PATH}?)\.([a-z]+)\(\s*(.*?)\s*\)\s*", re.IGNORECASE | re.DOTALL)
_BEFORE = re.compile(rf"\s*(exists?|has|missing|present|absent|there is)\s+({_PATH})\s*", re.IGNORECASE)
_IN_FILTERS = ("==", "!=", ">", ">=", "<", "<=")
_CALLED = {"has": "exists", "isset": "exists", "isempty": "length ==", "isnull": "=="}
_MISSING = ("missing", "absent")

Written = tuple[str, str, str, str]
"""Path, operator and expected value as they are in the cell, and what is between them."""


def explain_path(cells: Sequence[Any]) -> SyntaxFault | None:
    """What stands for a path in the first cell, where the rest can be read; nothing for what is not known."""
    cell = cells[0]
    found = find_operator(cell)
    if found:
        path, name, expected = cell[: found.start()].strip(), " ".join(found[1].split()), cell[found.end() :].strip()
        between = _ONE_CELL
    elif len(cells) > 1 and isinstance(cells[1], str) and " ".join(cells[1].split()) in OPERATORS:
        third = cells[2] if len(cells) > 2 else ""
        path, name, between = cell.strip(), " ".join(cells[1].split()), _THREE_CELLS
        expected = third if isinstance(third, str) else show_value(third, 40)
    else:
        return _called(cell)
    for rule in _RULES:
        said = rule((path, name, expected, between))
        if said:
            return SyntaxFault(said[0], cell.index(path), said[1])
    return None


def _called(cell: str) -> SyntaxFault | None:
    """``contains(status, PAID)``, ``status.startsWith('PA')``, ``exists status``, ``status: PAID``."""
    fields = read_document(cell)
    if isinstance(fields, dict) and fields:
        written = "    ".join(f"{path} == {show_value(one)}" for path, one in fields.items())
        return SyntaxFault("A condition is not JSON.", 0, f"Write `{show_text(written)}`, or give a dictionary.")
    if colon := _COLON.fullmatch(cell):
        advice = proposed(colon[1], "==", colon[2].strip("'\""))
        return SyntaxFault("There is no operator after the path.", cell.index(":"), advice)
    method, call, before = _METHOD.fullmatch(cell), _CALL.fullmatch(cell), _BEFORE.fullmatch(cell)
    if before:
        name = "does not exist" if before[1].casefold() in _MISSING else "exists"
        return SyntaxFault("A condition begins with a path.", 0, proposed(before[2], name, ""))
    if not method and not call:
        return None
    path, word, expected = (method[1], method[2], method[3]) if method else (call[2], call[1], call[3] or "")  # type: ignore[index] # one is there
    name = _operator_of(word)
    if not name:
        return None
    value = {"isempty": "0", "isnull": "null"}.get(word.casefold(), expected.strip("'\""))
    return SyntaxFault(f"`{show_text(word)}` is not a function here.", cell.index(word), proposed(path, name, value))


def _operator_of(word: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word).casefold()
    for one in (word, word.casefold(), spaced):
        name = _CALLED.get(one) or (one if one in OPERATORS else OPERATOR_FOR.get(one))
        if name:
            return name
    return ""


Said = tuple[str, str] | None
"""The verdict and the advice."""


def _negated(written: Written) -> Said:
    path, name, expected, between = written
    found = _NOT.fullmatch(path)
    if not found or name not in NEGATION:
        return None
    return "`not` goes before the operator.", proposed(found[1], NEGATION[name], expected, between)


def _in_parentheses(written: Written) -> Said:
    path, name, expected, between = written
    if path[:1] != "(" or expected[-1:] != ")" or not _is_path(path[1:].strip()):
        return None
    return "A condition has no brackets around it.", proposed(path[1:].strip(), name, expected[:-1].strip(), between)


def _with_word(written: Written) -> Said:
    path, name, expected, between = written
    found = _WORD.fullmatch(path)
    return ("A condition begins with a path.", proposed(found[1], name, expected, between)) if found else None


def _of_header(written: Written) -> Said:
    path, name, expected, between = written
    found = _HEADER.fullmatch(path)
    return ("A header is `headers.NAME`.", proposed(f"headers.{found[1]}", name, expected, between)) if found else None


def _turned(written: Written) -> Said:
    path, name, expected, between = written
    found = _QUOTED.fullmatch(path)
    if not found:
        return None
    text = found[1] if found[1] is not None else found[2]
    field = proposed(text, name, expected, between).removesuffix(".") if _is_path(text) else ""
    if name in TURNED and _is_path(expected):
        turned = proposed(expected, TURNED[name], text, between).removesuffix(".")
        field = f"{turned}, or {field[0].lower()}{field[1:]} if `{text}` is the field" if field else turned
    return ("A condition begins with a path, and a path has no quotes around it.", f"{field}.") if field else None


def _in_backticks(written: Written) -> Said:
    path, name, expected, between = written
    bare = _BACKTICKS.sub(r"\1", path)
    if bare == path or not _is_path(bare):
        return None
    return "A path has no backticks around it.", proposed(bare, name, expected, between)


def _not_replaced(written: Written) -> Said:
    path, name, expected, between = written
    found = _VARIABLE.fullmatch(path)
    bare = f"{found[1]}{found[2]}" if found else ""
    if not found or not _is_path(bare):
        return None
    return "Robot has not replaced this variable.", proposed(bare, name, expected, between)


def _sized(written: Written) -> Said:
    path, name, expected, between = written
    found = _SIZE.fullmatch(path)
    if not found or f"length {name}" not in OPERATORS:
        return None
    return "`length` is part of the operator.", proposed(found[1], f"length {name}", expected, between)


def _quantified(written: Written) -> Said:
    path, name, expected, between = written
    found = _QUANTIFIED.fullmatch(path)
    if not found:
        return None
    inner = found[2] if "[*]" in found[2] else _each(found[2])
    if found[1].casefold() in ("any", "some", "one"):
        return "A condition on several values holds if it holds for any of them.", proposed(
            inner, name, expected, between
        )
    if name not in NEGATION or OPERATORS[name].negated:
        return "A condition with `not` or `!=` holds if it holds for all values.", proposed(
            inner, name, expected, between
        )
    return "A condition on several values holds if it holds for any of them.", _that_none_differs(inner, name, expected)


def _that_none_differs(path: str, name: str, expected: str) -> str:
    """A filter, where the values are compared as one may."""
    several, _, field = path.removeprefix("$.").partition("[*]")
    if not field.startswith(".") or NEGATION[name] not in _IN_FILTERS:
        return "That all do is asked with a filter, such as `$.items[?(@.id != 1)] does not exist`."
    value = expected if read_number(expected) else quoted(expected)
    return f"Write `$.{show_text(several)}[?(@{field} {NEGATION[name]} {show_text(value)})] does not exist`."


def _each(path: str) -> str:
    """Of ``items.id`` each id, of ``tags`` each element."""
    root, dot, rest = path.removeprefix("$.").partition(".")
    return f"{root}[*]{dot}{rest}"


def _in_brackets(written: Written) -> Said:
    path, name, expected, between = written
    places = {"first": "[0]", "last": "[-1]"}
    if asked := _ASKED.fullmatch(path):
        value = asked[3] if read_number(asked[3]) else quoted(asked[3].strip("'\""))
        filtered = f"$.{asked[1].removeprefix('$.')}[?(@.{asked[2]} == {value})]{asked[4]}"
        return "Elements are picked by a filter.", proposed(filtered, name, expected, between)
    bare = _BRACKETS.sub(lambda one: f"[{one[2]}]" if one[2] else places.get((one[1] or "").casefold(), "[*]"), path)
    if bare == path or not _is_path(bare):
        return None
    return "Places are written `[0]`, `[-1]` and `[*]`.", proposed(bare, name, expected, between)


def _separated(written: Written) -> Said:
    path, name, expected, between = written
    if not _SEPARATED.fullmatch(path) or not _SEPARATOR.search(path):
        return None
    steps = [one for one in _SEPARATOR.split(path.lstrip("$")) if one]
    bare = "".join(f"[{one}]" if one.isdecimal() else f".{one}" for one in steps).removeprefix(".")
    if not _is_path(bare):
        return None
    return "The names of a path have dots between them.", proposed(bare, name, expected, between)


def _without_case(written: Written) -> Said:
    path, name, expected, between = written
    found = _OF_CASE.fullmatch(path)
    if not found:
        return None
    text = re.escape(expected.strip("'\"")) if expected.isascii() and not expected.isalnum() else expected.strip("'\"")
    patterns = {"==": ("matches", f"(?i)^{text}$"), "!=": ("not matches", f"(?i)^{text}$")}
    patterns |= {"contains": ("matches", f"(?i){text}"), "^=": ("matches", f"(?i)^{text}")}
    asked = patterns.get(OPERATORS[name].name)
    if not asked:
        return None
    return "A path has no functions.", proposed(found[1] or found[2], *asked, between)


def _without_type(written: Written) -> Said:
    path, name, expected, between = written
    found = _OF_TYPE.fullmatch(path)
    if not found:
        return None
    return "A path has no functions.", proposed(found[1] or found[2], name, expected, between)


def _is_path(text: str) -> bool:
    try:
        path_of(text)
    except SyntaxFault:
        return False
    return re.fullmatch(_PATH, text) is not None


_RULES: tuple[Callable[[Written], Said], ...] = (
    _negated,
    _in_parentheses,
    _with_word,
    _of_header,
    _turned,
    _in_backticks,
    _not_replaced,
    _sized,
    _quantified,
    _without_case,
    _without_type,
    _in_brackets,
    _separated,
)
