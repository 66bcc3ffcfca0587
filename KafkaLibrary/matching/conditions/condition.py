"""Conditions on events: whether an event meets them, and why not."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event, OneField
from KafkaLibrary.matching.conditions.cells import Parts, read_cells
from KafkaLibrary.matching.conditions.match_notes import kinds_differ, note_on
from KafkaLibrary.matching.conditions.refused_conditions import ORDERS, check_beginning, check_existence, check_expected
from KafkaLibrary.matching.one_line_texts import (
    REASON_MOST,
    VALUE_MOST,
    apart,
    kind_of,
    show_text,
    show_value,
    show_values,
)
from KafkaLibrary.matching.operators.equality import read_text, text_as_it_is
from KafkaLibrary.matching.operators.operator_table import (
    OPERATORS,
    UNDECIDED,
    Check,
    Decider,
    Operator,
    Outcome,
    Unjudged,
    Wanted,
    check_of,
    decider_of,
    members_of,
)
from KafkaLibrary.matching.operators.text_search import is_plain_pattern
from KafkaLibrary.matching.paths.path import Path, has_no_document
from KafkaLibrary.matching.syntax_error import Fault

_EXPECTED_MOST = 100
_ONE_VALUE = ("==", "in")
_WITHOUT_LENGTH = ("partition", "offset", "timestamp", "trace")


class State(enum.Enum):
    """What became of one condition on one event."""

    HELD = "held"
    FAILED = "failed"
    MISSING = "missing"
    TOMBSTONE = "a tombstone"
    UNJUDGED = "could not be judged"


@dataclass(frozen=True, slots=True)
class Condition:
    """A path, an operator and an expected value."""

    path: Path
    operator: Operator
    expected: Any
    strict: bool
    decide: Decider = field(repr=False, compare=False)
    check: Check | None = field(default=None, repr=False, compare=False)
    """What is asked of a single result; nothing where ``decide`` asks more than that."""

    @property
    def text(self) -> str:
        """All of it as messages show it, in one line."""
        return _text(self.path, self.operator, self.expected)

    @property
    def expected_text(self) -> Any:
        """The text that is expected, without the quotes around it; another value as it is."""
        return read_text(self.expected).text if isinstance(self.expected, str) else self.expected

    @property
    def typed(self) -> Any:
        """The value that the expected text spells where types count; another value as it is."""
        return read_text(self.expected).typed if isinstance(self.expected, str) else self.expected

    def holds(self, event: Event) -> bool:
        """Whether the event meets it. Raises ``Undecodable`` where its value can't be read or not be compared."""
        outcome = self.decide(self.path.find(event), False)
        if outcome is UNDECIDED:
            outcome = self.decide(self.path.find(event, True), True)
        if isinstance(outcome, Unjudged):
            raise Undecodable(outcome.reason)
        return outcome is True

    def look(self, event: Event) -> tuple[State, list[Any], str]:
        """What became of it, the results of its path, and the reason where it could not be judged."""
        try:
            found = self.path.find(event)
            outcome = self.decide(found, False)
            if outcome is UNDECIDED:
                found = self.path.find(event, True)
                outcome = self.decide(found, True)
        except (Undecodable, KafkaUnusable) as reason:
            return State.UNJUDGED, [], str(reason).split("\n", maxsplit=1)[0]
        if isinstance(outcome, Unjudged):
            return State.UNJUDGED, found, outcome.reason
        if outcome is True:
            return State.HELD, found, ""
        if self.path.asks_value and has_no_document(event) and found in _NOTHING:
            return State.TOMBSTONE, [], ""
        return (State.FAILED if found else State.MISSING), found, ""

    def is_missing(self, event: Event) -> bool:
        """Whether the event has nothing at its path, where it asks for something. What there is is not judged."""
        try:
            found = self.path.find(event)
        except (Undecodable, KafkaUnusable):
            return False
        return not self.operator.looked_at(found) and self.decide(found, False) is not True

    def held_elsewhere(self, event: Event) -> str:
        """What the event would meet instead, by a path that may have been meant; empty where there is nothing."""
        places = self.path.rooted_otherwise()
        if self.operator.name in _ONE_VALUE:
            places += self.path.elsewhere(event)
        return self._held_at(places, event)

    def held_by_another(self, event: Event) -> str:
        """The path to an earlier header of the name, by which the event would meet it; empty where there is none."""
        if self.path.origin != "headers" or self.operator.negated or self.may_take_long:
            return ""
        return self._held_at(self.path.elsewhere(event), event)

    def _held_at(self, places: Iterable[Path], event: Event) -> str:
        for path in places:
            if self._decides(path, event):
                return path.text
        of_length, whole = OPERATORS.get(f"length {self.operator}"), self.path.whole_of_length
        if of_length and whole and not self.operator.of_length:
            with suppress(Fault):  # what is expected is no length
                asked = replace(
                    self, path=whole, operator=of_length, decide=decider_of(of_length, Wanted(self.expected))
                )
                return asked.text if asked._decides(whole, event) else ""
        return ""

    def _decides(self, path: Path, event: Event) -> bool:
        with suppress(Undecodable):
            found = path.find(event, True)
            return bool(found) and self.decide(found, True) is True
        return False

    @property
    def asks_existence(self) -> bool:
        """Whether it says itself that its field may be missing."""
        return not self.operator.takes_expected

    @property
    def asked(self) -> str:
        """What it asks for of an event."""
        return f"the length of {self.path}" if self.operator.of_length else self.path.text

    @property
    def may_hold_by_chance(self) -> bool:
        """Whether it may hold only for what people overlook, or for the other null."""
        if self.path.part == "value" and self.operator.name == "!=":
            return True
        differs = self.operator.negated and self.operator.takes_expected
        return not self.strict and (differs or self.operator.name in ORDERS) and not self.operator.of_length

    @property
    def may_take_long(self) -> bool:
        """Whether to judge an event may take for ever, as a pattern may that goes back again and again."""
        return self.operator.asks == "matches" and not is_plain_pattern(self.expected_text)

    def judge(self, event: Event) -> Finding:
        """What became of it, with all that a message says about that."""
        state, found, reason = self.look(event)
        near: list[str] = []
        another = ""
        if state is State.MISSING:
            meant = self.held_elsewhere(event)
            near = list(dict.fromkeys([*([meant] if meant else []), *self.path.near_names(event)]))
        elif state is State.FAILED:
            found, another = self._exactly(event, found), self.held_by_another(event)
        return Finding(self, state, tuple(found), tuple(near), reason, note_on(self, event, found), another)

    def _exactly(self, event: Event, found: list[Any]) -> list[Any]:
        """The results with no number rounded, where they can be read so."""
        try:
            return self.path.find(event, True)
        except Undecodable:
            return found

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one condition on one event.

    ``found`` are the results of its path, ``near`` the names near to a missing one. ``note`` is what is to be told
    beside, and ``another`` the path to an earlier header of the same name that would meet it.
    """

    condition: Condition
    state: State
    found: tuple[Any, ...] = ()
    near: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""
    another: str = ""

    @property
    def held(self) -> bool:
        return self.state is State.HELD

    @property
    def text(self) -> str:
        """One line: what was there instead. A condition that held is told as it was asked."""
        return _TEXTS[self.state](self)

    @property
    def text_with_type(self) -> str:
        """The same with the type of a single result."""
        return self._failed(with_type=True) if self.state is State.FAILED else self.text

    def _path(self) -> str:
        return show_text(self.condition.path.text, _EXPECTED_MOST)

    def _failed(self, *, with_type: bool = False) -> str:
        found = list(self.found)
        if self.condition.operator.of_length:
            return self._of_length(found)
        shown = self._apart() or show_values(found)
        if kinds_differ(self.condition, found):
            wanted = self.condition.typed
            shown = f"{shown}{kind_of(found[0])}, expected {show_value(wanted)}{kind_of(wanted)}"
        elif with_type and len(found) == 1 and not self.another:
            shown += kind_of(found[0])
        another = (
            f"the {self.condition.path.newest} of that name; {show_text(self.another)} meets it" if self.another else ""
        )
        return f"{self._path()} {self.condition.operator.unmet} {shown}{self._in_brackets(another, self.note)}"

    def _of_length(self, found: list[Any]) -> str:
        sizes = self.condition.operator.looked_at(found)
        if not sizes:
            return f"{self._path()} was {show_values(found)}, which has no length"
        return f"{self._path()} had the length {show_values(sizes)}: {show_values(found)}"

    @staticmethod
    def _in_brackets(*notes: str) -> str:
        told = "; ".join(filter(None, notes))
        return f" ({told})" if told else ""

    def _tombstone(self) -> str:
        return f"is a tombstone{self._in_brackets(self.note)}"

    def _apart(self) -> str:
        """Where a long text differs from the one that is expected; empty where the beginning tells it."""
        text = self.found[0] if len(self.found) == 1 else None
        if not isinstance(text, str) or len(text) <= VALUE_MOST or self.condition.operator.name not in _BY_BEGINNING:
            return ""
        found, expected = apart(text, self.condition.expected_text)
        return f"{show_value(found)}, expected {show_value(expected)}" if found is not text else ""

    def _missing(self) -> str:
        verb = "is" if len(self.near) == 1 else "are"
        there = f"there {verb} {', '.join(self.near[:_NAMES_MOST])}" if self.near else ""
        return f"{self._path()} is missing{self._in_brackets(there, self.note)}"

    def _unjudged(self) -> str:
        reason = self.reason.split("\n")[0].rstrip(".")
        # Of the value the reason tells what was found; a key and several headers may stand beside each other.
        what = f"{self._path()} " if self.found and not self.condition.path.asks_value else ""
        return f"{what}could not be judged: {show_text(reason[:1].lower() + reason[1:], REASON_MOST)}"


_NAMES_MOST = 3
_NOTHING: tuple[list[Any], ...] = ([], [None])
"""What paths to and into the value find of a tombstone."""
_BY_BEGINNING = ("==", "^=")
"""Operators that are told by the place where what was found differs: both may begin alike for longer than is shown."""
_TEXTS: dict[State, Callable[[Finding], str]] = {
    State.HELD: lambda finding: finding.condition.text,
    State.FAILED: Finding._failed,
    State.MISSING: Finding._missing,
    State.TOMBSTONE: Finding._tombstone,
    State.UNJUDGED: Finding._unjudged,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of all conditions on one event, in their order."""

    findings: tuple[Finding, ...]

    @property
    def matches(self) -> bool:
        return all(finding.held for finding in self.findings)

    @property
    def held(self) -> int:
        """How many conditions the event meets."""
        return sum(finding.held for finding in self.findings)

    @property
    def undecided(self) -> bool:
        """Whether the event might match, if only its value could be read."""
        states = {finding.state for finding in self.findings}
        return State.UNJUDGED in states and states <= {State.UNJUDGED, State.HELD}

    @property
    def texts(self) -> tuple[str, ...]:
        """A line for each condition that the event doesn't meet, none of them twice."""
        return tuple(dict.fromkeys(finding.text for finding in self.findings if not finding.held))


class Conditions(Sequence[Condition]):
    """Conditions that must all hold. Without any, every event matches."""

    __slots__ = ("_all", "_cheap_first")

    def __init__(self, conditions: Iterable[Condition] = ()) -> None:
        self._all = tuple(conditions)
        self._cheap_first = sorted(self._all, key=lambda condition: condition.path.asks_value)

    def matches(self, event: Event) -> bool:
        """Whether all conditions hold; the value is decoded only where that is left to decide.

        Raises ``Undecodable`` where the value can't be read and no other condition fails.
        """
        unjudged: Undecodable | None = None
        for condition in self._cheap_first:
            try:
                if not condition.holds(event):
                    return False
            except Undecodable as reason:
                unjudged = unjudged or reason
        if unjudged is not None:
            raise unjudged
        return True

    def judge(self, event: Event) -> Judgement:
        """What became of each condition, for messages. Decodes the value."""
        return Judgement(tuple(condition.judge(event) for condition in self._all))

    def notes_on(self, event: Event) -> tuple[str, ...]:
        """What is to be told of an event that meets them, such as that a text was read as JSON for that."""
        return tuple(filter(None, dict.fromkeys(note_on(one, event, one.path.find(event)) for one in self._all)))

    @property
    def may_hold_by_chance(self) -> bool:
        """Whether one of them may."""
        return any(condition.may_hold_by_chance for condition in self._all)

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(condition.text for condition in self._all)

    def __getitem__(self, index: Any) -> Any:
        return self._all[index]

    def __iter__(self) -> Iterator[Condition]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return self._all == other._all if isinstance(other, Conditions) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.texts)

    def __repr__(self) -> str:
        return f"Conditions({list(self.texts)!r})"


def parse_conditions(cells: Sequence[Any], *, strict: bool = False, arguments: Sequence[str] = ()) -> Conditions:
    """The conditions that the cells of a keyword spell.

    ``arguments`` are the names that the keyword takes behind its conditions: a cell such as
    ``timeot=3`` is told from them. Raises ``KeywordMisused`` with the place marked.
    """
    return Conditions(_condition(parts, strict) for parts in read_cells(cells, arguments))


def _condition(parts: Parts, strict: bool) -> Condition:
    path, operator, expected, cell, start, as_it_is = parts
    path = path.as_it_stands if strict else path
    if isinstance(expected, OneField):
        expected = expected.value
    if as_it_is:
        expected = text_as_it_is(expected, strict)
    if isinstance(expected, bytes) and not strict and path.find_bytes:
        path = replace(path, find=path.find_bytes)
    try:
        _check_length(path, operator)
        check_existence(path.text, operator)
        check_expected(path.text, operator, expected)
        if path.origin == "trace" and operator.takes_expected:
            expected, decider = _by_trace(operator, expected)
        else:
            decider = decider_of(operator, Wanted(expected, strict, path.origin == "timestamp", path.part))
    except Fault as fault:
        raise fault.moved(start).misuse(cell) from None
    return Condition(path, operator, expected, strict, decider, check_of(decider))


def _by_trace(operator: Operator, expected: Any) -> tuple[Any, Decider]:
    """What is asked of an event's traces. One that has none may belong to any of them: nothing decides that."""
    if operator.asks not in _ONE_VALUE:
        raise Fault(f"A trace is not compared by `{operator}`.", 0, "Write `trace == ID`, `!=`, `in` or `exists`.")
    from KafkaLibrary.matching.paths.trace_ids import is_same_trace, read_trace  # noqa: PLC0415 - few conditions are about traces

    several = list(map(read_trace, members_of(expected))) if operator.asks == "in" else []
    traces = several or [read_trace(expected)]

    def check(found: Any, exact: bool) -> Outcome:
        return any(is_same_trace(found, one) for one in traces)

    wanted = several or traces[0]
    decide = decider_of(replace(operator, make=lambda _: check), Wanted(wanted))
    return wanted, lambda found, exact: decide(found, exact) if found else _NO_TRACE


_NO_TRACE = Unjudged("The event has no trace in its headers.")


def _check_length(path: Path, operator: Operator) -> None:
    if operator.of_length and path.origin in _WITHOUT_LENGTH:
        raise Fault(f"The {path.origin} of an event has no length.", 0)


def _text(path: Path, operator: Operator, expected: Any) -> str:
    shown = show_text(path.text, _EXPECTED_MOST)
    if not operator.takes_expected:
        return f"{shown} {operator}"
    return f"{shown} {operator} {_expected_text(path, operator, expected)}".rstrip()


def _expected_text(path: Path, operator: Operator, expected: Any) -> str:
    """A text as the tester wrote it, in quotes where it could not be read without; all else as JSON."""
    if not isinstance(expected, str):
        return show_value(expected, _EXPECTED_MOST)
    shown = show_text(expected, _EXPECTED_MOST)
    try:
        check_beginning(path.text, operator, expected)
    except Fault:
        return f'"{shown}"'
    return shown if expected and expected.strip() == expected else f'"{shown}"'
