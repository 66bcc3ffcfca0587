"""The cells of a keyword call become conditions: ``$.amount >= 100`` in one cell or in three, or a dictionary."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from KafkaLibrary.errors import KeywordMisused, in_own_cells
from KafkaLibrary.event import OneField
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.matching.conditions.condition import Condition, Conditions
from KafkaLibrary.matching.conditions.refused_conditions import (
    check_beginning,
    check_existence,
    check_expected,
    check_is_path,
    check_path,
    check_written,
)
from KafkaLibrary.matching.one_line_texts import quoted, show_text, show_value
from KafkaLibrary.matching.operators import (
    OPERATORS,
    Decider,
    ExpectedValue,
    Operator,
    as_in_cell,
    check_of,
    decider_of,
    members_of,
    text_as_it_is,
)
from KafkaLibrary.matching.operators.cell_splitting import find_operator, first_part
from KafkaLibrary.matching.operators.foreign_operators import FOREIGN_OPERATORS
from KafkaLibrary.matching.paths import Path, is_own, path_of
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.decisions import Decision, Unjudged

if TYPE_CHECKING:
    from KafkaLibrary.matching.conditions import cell_typos
else:
    cell_typos = LazyModule("KafkaLibrary.matching.conditions.cell_typos")  # a cell that can be read needs none of it

_ARGUMENT = re.compile(r"[a-z_]+=")
_COLUMNS = "A condition is one cell, `$.amount >= 100`, or three cells: path, operator, expected value."
_TRACE_OPERATORS = ("==", "in")
_WITHOUT_LENGTH = ("partition", "offset", "timestamp", "trace")


class CellParts(NamedTuple):
    """One condition as it was read; the expected text begins at ``start`` of ``cell``.

    One that was given ``as_it_is`` was not written in a cell: what looks like a spelling of another type may be a text.
    """

    path: Path
    operator: Operator
    expected: Any
    cell: str
    start: int = 0
    as_it_is: bool = False


def parse_conditions(cells: Sequence[Any], *, strict: bool = False, arguments: Sequence[str] = ()) -> Conditions:
    """The conditions that the cells of a keyword spell.

    ``arguments`` are the names that the keyword takes behind its conditions: a cell such as
    ``timeot=3`` is told from them. Raises ``KeywordMisused`` with the place marked.
    """
    return Conditions(_condition(parts, strict) for parts in _read_cells(cells, arguments))


def _read_cells(cells: Sequence[Any], arguments: Sequence[str]) -> list[CellParts]:
    found: list[CellParts] = []
    rest = list(cells)
    while rest:
        parts, used = _read_first(rest, arguments)
        found += parts
        del rest[:used]
    return found


def _read_first(cells: Sequence[Any], arguments: Sequence[str]) -> tuple[list[CellParts], int]:
    first = cells[0]
    if isinstance(first, Mapping):
        return _read_mapping(first), 1
    if isinstance(first, (list, tuple)):
        advice = "Write `@{LIST}` instead of `${LIST}`, and in Python `*conditions`: each is an argument of its own."
        raise KeywordMisused(f"{_described(first)} is not a condition.\n{advice}")
    if not isinstance(first, str):
        raise KeywordMisused(f"{_described(first)} is not a condition.\n{_COLUMNS}")
    operator = _operator_cell(cells[1]) if len(cells) > 1 else None
    if operator is None:
        _check_is_whole(first, cells[1:])
    try:
        return _read_three(cells, operator) if operator else ([_read_one(first, _takes_topic_too(cells, arguments))], 1)
    except SyntaxFault as fault:
        raise cell_typos.explain(fault, cells[:3], arguments, spelled_out=operator is not None).misuse(first) from None


def _check_is_whole(first: str, others: Sequence[Any]) -> None:
    """Refuse ``id ==    7``: nothing behind an operator is the empty text, and what follows would be a path."""
    found = find_operator(first)
    if found is None or first[found.end() :].strip() or not others or isinstance(others[0], (Mapping, list, tuple)):
        return
    if not OPERATORS[" ".join(found[1].split())].takes_expected:
        return
    is_another = isinstance(others[0], str) and (
        find_operator(others[0]) is not None or (len(others) > 1 and _operator_cell(others[1]) is not None)
    )
    if not is_another:
        path, operator = first[: found.start()].strip(), found[1].strip()
        shown = show_text(_cell_text(others[0]))
        raise KeywordMisused(
            f"A condition is one cell or three, and `{show_text(first.strip())}` and `{shown}` are two.\n"
            f"Write `{path} {operator} {shown}`, or three cells:    {path}    {operator}    {shown}"
        )


def _described(cell: Any) -> str:
    kind = type(cell).__name__
    article = "An" if kind[0].casefold() in "aeiou" else "A"
    return f"{article} {kind} ({show_value(cell, 40)})"


def _operator_cell(cell: Any) -> Operator | None:
    return OPERATORS.get(" ".join(cell.split())) if isinstance(cell, str) else None


def _read_mapping(fields: Mapping[Any, Any]) -> list[CellParts]:
    if not fields:
        raise KeywordMisused(f"An empty dictionary is not a condition.\n{_COLUMNS}")
    found = []
    for path, expected in fields.items():
        if not isinstance(path, str):
            advice = "The names in a dictionary of conditions are paths, such as `$.id` or `id`."
            raise KeywordMisused(f"{_described(path)} is not a path.\n{advice}")
        try:
            found.append(CellParts(_path(path), OPERATORS["=="], expected, _cell_text(expected), as_it_is=True))
        except SyntaxFault as fault:
            raise fault.misuse(path) from None
    return found


def _read_three(cells: Sequence[Any], operator: Operator) -> tuple[list[CellParts], int]:
    expected = cells[2] if len(cells) > 2 else ""
    check_is_path(cells[0])
    check_path(cells[0].strip(), operator, expected)
    path = _path(cells[0])
    if isinstance(expected, str):
        try:
            check_beginning(cells[0].strip(), operator, expected, alone=True)
        except SyntaxFault as fault:
            raise fault.misuse(expected) from None
    if not operator.takes_expected:
        return [CellParts(path, operator, None, "")], 2
    return [CellParts(path, operator, expected, _cell_text(expected))], 3


def _cell_text(expected: Any) -> str:
    return expected if isinstance(expected, str) else show_value(expected)


def _path(text: str) -> Path:
    lead = len(text) - len(text.lstrip())
    try:
        path = path_of(text.strip())
    except SyntaxFault as fault:
        raise fault.moved(lead) from None
    first = first_part(text)
    words = " ".join(text[len(first) :].split())
    if path.origin == "headers" and words.casefold() in FOREIGN_OPERATORS:
        advice = f"If the name itself ends so, write `headers[{quoted(text.strip().removeprefix('headers.'))}]`."
        raise SyntaxFault(f"`{words}` is not an operator.", len(first), advice)
    return path


def _read_one(cell: str, is_topic: bool) -> CellParts:
    found = find_operator(cell)
    if found is None:
        raise _without_operator(cell, is_topic)
    operator = OPERATORS[" ".join(found[1].split())]
    expected = cell[found.end() :].strip()
    written = cell[: found.start()]
    check_path(written.strip(), operator, expected)
    path = _path(written)
    if path.origin == "headers" and len(first_part(written)) < len(written.rstrip()):
        meant = cell_typos.operator_meant(cell)  # a name may have spaces, so more than a slip was read as one
        if meant:
            raise meant
    start = cell.find(expected, found.end()) if expected else len(cell)
    if expected and not operator.takes_expected:
        cells = [f"{path} {operator}", *([expected] if _ARGUMENT.match(expected) else [])]
        advice = in_own_cells(*cells) if cells[1:] else f"Write `{cells[0]}`."
        raise SyntaxFault(f"`{operator}` takes no value.", start, advice)
    try:
        check_written(written.strip(), operator, expected)
    except SyntaxFault as fault:
        raise fault.moved(start) from None
    return CellParts(path, operator, expected if operator.takes_expected else None, cell, start)


def _takes_topic_too(cells: Sequence[Any], arguments: Sequence[str]) -> bool:
    """Whether the first cell may be a second topic, as a condition comes behind it."""
    return "since" in arguments and len(cells) > 1 and isinstance(cells[1], str) and find_operator(cells[1]) is not None


def _without_operator(cell: str, is_topic: bool) -> SyntaxFault:
    if not cell.strip():
        return SyntaxFault("An empty cell is not a condition.", None, _COLUMNS)
    path = _path(cell)
    verdict = f"There is no operator after the path `{path}`."
    if path.origin == "is_tombstone":
        return SyntaxFault(verdict, len(cell.rstrip()), "Write `is_tombstone == true`.")
    if path.as_field and not path.may_find_several and is_own(path.text):
        one = "headers.NAME" if path.origin == "headers" else path
        of_field = f"For a field of that name write `{path.as_field} exists`."
        return SyntaxFault(verdict, len(cell.rstrip()), f"Write `{one} == VALUE`. {of_field}")
    advice = f"Write `{path} exists`, or `{path} == VALUE`."
    if is_topic and path.plain_steps:
        advice += f" If `{cell.strip()}` is a topic: several of them go into one cell, with commas between them."
    return SyntaxFault(verdict, len(cell.rstrip()), advice)


def _condition(parts: CellParts, strict: bool) -> Condition:
    path, operator, expected, cell, start, as_it_is = parts
    path = path.as_it_stands if strict else path
    if isinstance(expected, OneField):
        expected = expected.value
    if as_it_is:
        expected = text_as_it_is(expected, strict)
    if path.is_without_types and not strict:
        expected = as_in_cell(expected)
    if isinstance(expected, bytes) and not strict and path.find_bytes:
        path = replace(path, find=path.find_bytes)
    try:
        _check_length(path, operator)
        check_existence(path.text, operator)
        check_expected(path.text, operator, expected)
        if path.origin == "trace" and operator.takes_expected:
            expected, decider = _by_trace(operator, expected)
        else:
            decider = decider_of(operator, ExpectedValue(expected, strict, path.origin == "timestamp", path.part))
    except SyntaxFault as fault:
        raise fault.moved(start).misuse(cell or path.text) from None
    return Condition(path, operator, expected, strict, decider, check_of(decider))


def _by_trace(operator: Operator, expected: Any) -> tuple[Any, Decider]:
    """What is asked of an event's traces. One that has none may belong to any of them: nothing decides that."""
    if operator.asks not in _TRACE_OPERATORS:
        raise SyntaxFault(
            f"A trace can't be compared with `{operator}`.", 0, "Write `trace == ID`, `!=`, `in` or `exists`."
        )
    from KafkaLibrary.matching.paths.trace_ids import is_same_trace, read_trace  # noqa: PLC0415 - few conditions are about traces

    several = list(map(read_trace, members_of(expected))) if operator.asks == "in" else []
    traces = several or [read_trace(expected)]

    def check(found: Any, exact: bool) -> Decision:
        return any(is_same_trace(found, one) for one in traces)

    wanted = several or traces[0]
    decide = decider_of(replace(operator, make=lambda _: check), ExpectedValue(wanted))
    return wanted, lambda found, exact: decide(found, exact) if found else _NO_TRACE


_NO_TRACE = Unjudged("The event has no trace in its headers.")


def _check_length(path: Path, operator: Operator) -> None:
    if operator.of_length and path.origin in _WITHOUT_LENGTH:
        raise SyntaxFault(f"The {path.origin} of an event has no length.", 0)
