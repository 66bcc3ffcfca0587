"""Why an event does not meet a condition: "$.status was NEW", "is missing", "is a tombstone", "could not be judged"."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.match_notes import kinds_differ, note_on
from KafkaLibrary.matching.conditions.other_meanings import asked_as, holds_quickly
from KafkaLibrary.matching.one_line_texts import (
    REASON_MOST,
    VALUE_MOST,
    around_difference,
    kind_of,
    show_text,
    show_value,
    show_values,
)
from KafkaLibrary.matching.operators import as_in_cell
from KafkaLibrary.matching.paths import has_no_document
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.decisions import NEEDS_EXACT, Unjudged

if TYPE_CHECKING:
    from KafkaLibrary.matching.conditions.condition import Condition, Conditions

_EXPECTED_MOST = 100
_QUOTE = r"['\"`\u2018\u2019\u201c\u201d]"
_WITH_MORE = re.compile(
    rf"(?P<quote>{_QUOTE})(?P<quoted>.+){_QUOTE}|(?P<before>.*\S)\s+(?P<argument>[a-z_]+=.*)", re.DOTALL
)


class State(enum.Enum):
    """Whether a condition held, and where it did not, what kind of finding that is."""

    HELD = "held"
    FAILED = "failed"
    MISSING = "missing"
    TOMBSTONE = "a tombstone"
    UNJUDGED = "could not be judged"


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one condition on one event.

    ``found`` are the results of its path, ``near`` the names near to a missing one. ``note`` is what is to be told
    beside, ``another`` the path to an earlier header of the same name that would meet it, ``null`` the path to what is
    null on the way to a missing one, and ``meant`` the path to it without, or with, what is put around a value.
    """

    condition: Condition
    state: State
    found: tuple[Any, ...] = ()
    near: tuple[str, ...] = ()
    reason: str = ""
    note: str = ""
    another: str = ""
    null: str = ""
    meant: str = ""

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
        found, expected = around_difference(text, self.condition.expected_text)
        return f"{show_value(found)}, expected {show_value(expected)}" if found is not text else ""

    def _missing(self) -> str:
        if self.null:
            return f"{show_text(self.null, _EXPECTED_MOST)} is null{self._in_brackets(self.note)}"
        if self.meant:
            meant = f"did you mean {show_text(self.meant, _EXPECTED_MOST)}?"
            return f"{self._path()} is missing{self._in_brackets(meant, self.note)}"
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


def judge_all(conditions: Conditions, event: Event) -> Judgement:
    """What became of each condition. Decodes the value."""
    return Judgement(tuple(judge(condition, event) for condition in conditions))


def state_of(condition: Condition, event: Event) -> tuple[State, list[Any], str]:
    """What became of it, the results of its path, and the reason where it could not be judged."""
    try:
        found = condition.path.find(event)
        decision = condition.decide(found, False)
        if decision is NEEDS_EXACT:
            found = condition.path.find(event, True)
            decision = condition.decide(found, True)
    except (Undecodable, KafkaUnusable) as reason:
        return State.UNJUDGED, [], str(reason).split("\n", maxsplit=1)[0]
    if isinstance(decision, Unjudged):
        return State.UNJUDGED, found, decision.reason
    if decision is True:
        return State.HELD, found, ""
    if condition.path.asks_value and has_no_document(event) and found in _NOTHING:
        return State.TOMBSTONE, [], ""
    return (State.FAILED if found else State.MISSING), found, ""


def judge(condition: Condition, event: Event) -> Finding:
    """What became of it, with all that a message says about that."""
    state, found, reason = state_of(condition, event)
    near: list[str] = []
    another = null = meant = ""
    if state is State.MISSING:
        null, meant = condition.path.null_on_the_way(event), condition.path.wrapped_otherwise(event)
        elsewhere = condition.held_elsewhere(event)
        near = list(dict.fromkeys([*([elsewhere] if elsewhere else []), *condition.path.near_names(event)]))
    elif state is State.FAILED:
        found, another = _exactly(condition, event, found), condition.held_by_another(event)
    field = condition.decided_by_field(event) if state in (State.FAILED, State.MISSING) else ""
    of_field = f"the field {show_text(field)} meets it" if field else ""
    beside = (note_on(condition, event, found), of_field, _in_one_cell(condition, event), _too_much(condition, event))
    note = "; ".join(filter(None, beside))
    return Finding(condition, state, tuple(found), tuple(near), reason, note, another, null, meant)


def _in_one_cell(condition: Condition, event: Event) -> str:
    """How a number or a truth value in a variable is compared with a text that spells it; empty where it is none."""
    asked = as_in_cell(condition.expected)
    if condition.strict or asked is condition.expected or isinstance(condition.expected, (list, tuple)):
        return ""
    with suppress(SyntaxFault):
        meant = asked_as(condition, condition.operator.name, asked)
        return f"in one cell `{show_text(meant.text)}` meets it" if holds_quickly(meant, event) else ""
    return ""


def _too_much(condition: Condition, event: Event) -> str:
    """Quotes around what is expected, or a named argument behind it, without which the event meets it."""
    expected = condition.expected
    found = _WITH_MORE.fullmatch(expected) if isinstance(expected, str) else None
    if found is None or (condition.strict and found["quote"] == '"'):  # then both types are told
        return ""
    quoted, before, argument = found["quoted"], found["before"], found["argument"]
    with suppress(SyntaxFault):
        meant = asked_as(condition, condition.operator.name, before if argument else quoted)
        if not holds_quickly(meant, event):
            return ""
        if argument:
            return f"`{show_text(argument)}` is part of the text, as one blank ends no cell; {_meets(meant)}"
        is_text = "in quotes it is a text" if found["quote"] == '"' else "the quotes are part of the text"
        return f"{is_text}; without them {_meets(meant)}"
    return ""


def _meets(condition: Condition) -> str:
    return f"`{show_text(condition.text)}` meets it"


def _exactly(condition: Condition, event: Event, found: list[Any]) -> list[Any]:
    """The results with no number rounded, where they can be read so."""
    try:
        return condition.path.find(event, True)
    except Undecodable:
        return found
