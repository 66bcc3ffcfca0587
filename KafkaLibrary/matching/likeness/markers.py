"""The markers of an expected document: ``#uuid``, ``#number``, ``#regex``, ``#? >= 5``, and what each stands for."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from KafkaLibrary.errors import did_you_mean
from KafkaLibrary.matching.conditions.cell_typos import operator_meant
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.lenient_conditions import in_order
from KafkaLibrary.matching.conditions.refused_conditions import IN_MARKER, check_expected, check_written
from KafkaLibrary.matching.one_line_texts import show_text
from KafkaLibrary.matching.operators import OPERATORS, ORDERS, ExpectedValue, decider_of, read_pattern
from KafkaLibrary.matching.paths import path_of
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.json_texts import read_json
from KafkaLibrary.matching.values.not_sent import is_not_sent
from KafkaLibrary.matching.values.numbers import is_number
from KafkaLibrary.matching.values.times import read_moment


class _Missing(enum.Enum):
    MISSING = "missing"


MISSING: Final = _Missing.MISSING
"""Stands for a field that is not there: null is a value."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Asks something of one field, which may be ``MISSING``; ``condition`` is that of ``#?``, on the field alone."""

    meets: Callable[[Any], bool]
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Elements:
    """Asks for a list, of ``count`` elements where that is a number, each of them like ``each``."""

    count: int | None
    each: Any


@dataclass(frozen=True, slots=True)
class AnyOrder:
    """Asks for a list with an element of its own for each expected one; with ``only`` there are no others."""

    expected: tuple[Any, ...]
    only: bool


Rule = Kind | Elements | AnyOrder


@dataclass(frozen=True, slots=True)
class Marker:
    """What one marker asks; with ``optional`` the field may be missing or null instead."""

    optional: bool
    rule: Rule

    @property
    def inner(self) -> tuple[Any, ...]:
        """Expected documents that stand in the marker itself, and may have markers too."""
        if isinstance(self.rule, Elements):
            return (self.rule.each,)
        return self.rule.expected if isinstance(self.rule, AnyOrder) else ()


_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
ANYTHING = "#ignore"


def _is_uuid(found: Any) -> bool:
    return isinstance(found, UUID) or (isinstance(found, str) and _UUID.fullmatch(found) is not None)


def _is_moment(text: str) -> bool:
    moment = read_moment(text)
    return moment is not None and moment.real


def _is_date(found: Any) -> bool:
    if isinstance(found, str):
        return _DATE.fullmatch(found) is not None and _is_moment(found)
    return isinstance(found, date) and not isinstance(found, datetime)


def _is_datetime(found: Any) -> bool:
    if isinstance(found, str):
        return ":" in found and _is_moment(found)
    return isinstance(found, datetime)


_KINDS: dict[str, Callable[[Any], bool]] = {
    "#present": lambda found: found is not MISSING,
    "#notpresent": lambda found: found is MISSING,
    ANYTHING: lambda found: True,
    "#null": lambda found: found is None,
    "#notnull": lambda found: found is not None and found is not MISSING,
    "#boolean": lambda found: isinstance(found, bool),
    "#number": is_number,
    "#string": lambda found: isinstance(found, str),
    "#array": lambda found: isinstance(found, (list, tuple)),
    "#object": lambda found: isinstance(found, dict),
    "#uuid": _is_uuid,
    "#date": _is_date,
    "#datetime": _is_datetime,
}


def _pattern(name: str, argument: str) -> Rule:
    if not argument:
        raise SyntaxFault("A regular expression is missing after `#regex`.", 0, "Write, say, `#regex [A-Z]{3}-[0-9]+`.")
    pattern = read_pattern(argument)
    return Kind(
        lambda found: isinstance(found, str) and not is_not_sent(found) and pattern.fullmatch(found) is not None
    )


def _text(name: str, argument: str) -> Rule:
    return Kind(lambda found: isinstance(found, str) and found == argument)


def _any_order(name: str, argument: str) -> Rule:
    if not argument.strip():
        raise SyntaxFault(
            f"What the list should have is missing after `{name}`.", 0, f'Write, say, `{name} ["A", "B"]`.'
        )
    expected = _expected(name, argument)
    elements = tuple(expected) if isinstance(expected, list) else (expected,)
    return AnyOrder(elements, only=name == "#only")


def _expected(name: str, argument: str) -> Any:
    """What stands behind a marker: another one, JSON, or else a text."""
    stripped = argument.strip()
    if stripped.startswith("#"):
        return stripped
    try:
        return read_json(stripped, f"The text after `{name}`")
    except SyntaxFault as fault:
        if stripped[:1] in ("[", "{", '"'):
            raise fault.moved(argument.index(stripped)) from None
        return stripped


_LONGEST_FIRST = sorted(OPERATORS, key=len, reverse=True)


def _condition(name: str, argument: str) -> Rule:
    """An operator of conditions and what it expects, asked of the field itself."""
    cell = argument.strip()
    spelled = next((one for one in _LONGEST_FIRST if cell == one or cell.startswith(f"{one} ")), None)
    if spelled is None:
        raise _no_operator(cell)
    expected = cell[len(spelled) :].strip()
    if expected and not OPERATORS[spelled].takes_expected:
        raise SyntaxFault(f"`{spelled}` takes nothing after it.", 0)
    operator = OPERATORS[spelled]
    try:
        check_written(IN_MARKER, operator, expected, _SECOND_ADVICE)
        check_expected(IN_MARKER, operator, expected)
        decide = decider_of(operator, ExpectedValue(expected))
    except SyntaxFault as fault:
        raise fault.moved(argument.index(cell) + len(cell) - len(expected)) from None

    # What a condition only warns of is no likeness: a text that is greater than a number by its letters.
    orderly = in_order(operator, expected) if operator.name in ORDERS else None

    def meets(found: Any) -> bool:
        held = decide([] if found is MISSING else [found], True) is True
        return held and (orderly is None or orderly(found))

    return Kind(meets, Condition(path_of("$"), operator, expected, False, decide))


def _no_operator(cell: str) -> SyntaxFault:
    lead = f"{IN_MARKER} "
    meant = operator_meant(lead + cell) if cell else None
    if meant:
        return meant.moved(-len(lead))
    return SyntaxFault("An operator is missing after `#?`.", 0, "Write, say, `#? > 5`.")


_SECOND_ADVICE = "Several values are written `#? in A, B`; more conditions on a field are for `Event Should Match`."


_WITH_ARGUMENT: dict[str, Callable[[str, str], Rule]] = {
    "#?": _condition,
    "#regex": _pattern,
    "#equals": _text,
    "#contains": _any_order,
    "#only": _any_order,
}

_FORMS = [
    *_KINDS,
    "#? > 5",
    "#regex PATTERN",
    "#equals TEXT",
    "#contains JSON",
    "#only JSON",
    "#[]",
    "#[3]",
    "#[] #number",
]
_KNOWN = f"The markers are {' '.join(f'`{form}`' for form in _FORMS)}, and `##` in front makes one optional."

_MEANT: dict[str, tuple[str, ...]] = {
    "#present": ("#exist", "#exists", "#any"),
    "#notpresent": ("#absent", "#missing", "#undefined", "#notexists"),
    "#null": ("#none", "#nil"),
    "#boolean": ("#true", "#false"),
    "#number": ("#int", "#integer", "#float", "#double", "#decimal", "#digits"),
    "#string": ("#text",),
    "#array": ("#list", "#items"),
    "#object": ("#dict", "#dictionary", "#map"),
    "#uuid": ("#guid", "#id"),
    "#datetime": ("#timestamp", "#moment", "#time"),
    "#regex": ("#match", "#matches", "#regexp", "#pattern"),
    "#contains": ("#has", "#includes"),
    "#only": ("#containsonly", "#anyorder"),
}
_MARKER_FOR = {slip: name for name, slips in _MEANT.items() for slip in slips}

_NAMES = (*_KINDS, *_WITH_ARGUMENT)
_CODE = ("#?", "#(")

_SPELLED = re.compile(r"#?(#\[[^\]]*\]|#\S*)\s?(.*)", re.DOTALL)


def read_marker(text: str) -> Marker:
    """What the text asks, which begins with ``#``. Raises ``SyntaxFault`` with the place in it."""
    optional = text.startswith("##")
    name, argument = _SPELLED.findall(text)[0]
    try:
        return Marker(optional, _rule(name, argument))
    except SyntaxFault as fault:
        raise fault.moved(text.index(argument, optional + len(name))) from None


def _rule(name: str, argument: str) -> Rule:
    if name.startswith("#["):
        return _elements(name, argument)
    if name in _WITH_ARGUMENT:
        return _WITH_ARGUMENT[name](name, argument)
    if name not in _KINDS:
        raise SyntaxFault(f"There is no marker `{show_text(name)}`.", None, _advice(name))
    if argument.strip():
        raise SyntaxFault(f"`{name}` takes nothing after it.", 0)
    return Kind(_KINDS[name])


def _elements(name: str, argument: str) -> Rule:
    inside = name[2:-1].strip()
    if not name.endswith("]") or not (inside == "" or (inside.isdecimal() and len(inside) < 10)):
        raise SyntaxFault(
            f"`{show_text(name)}` is not a list marker.",
            None,
            "Write `#[3]` for three elements, `#[]` for any number.",
        )
    return Elements(int(inside) if inside else None, _expected(name, argument) if argument.strip() else ANYTHING)


def _advice(name: str) -> str:
    if name.startswith(_CODE):
        return "Expected values are never run as code. A condition on the field is written `#? > 5`."
    meant = _MARKER_FOR.get(name.casefold())
    near = f"Did you mean '{meant}'?" if meant else did_you_mean(name, _NAMES, most=1) if name[1:] else ""
    return f"{near} For the text itself write `#equals {show_text(name)}`. {_KNOWN}".strip()
