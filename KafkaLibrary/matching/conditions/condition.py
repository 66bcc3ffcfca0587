"""A condition, and several that must all hold: whether an event meets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.matching.conditions.match_notes import note_on
from KafkaLibrary.matching.conditions.refused_conditions import check_beginning
from KafkaLibrary.matching.one_line_texts import show_text, show_value
from KafkaLibrary.matching.operators import (
    OPERATORS,
    ORDERS,
    Check,
    Decider,
    ExpectedValue,
    Operator,
    decider_of,
    is_plain_pattern,
    read_text,
)
from KafkaLibrary.matching.paths import Path
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.decisions import NEEDS_EXACT, Unjudged, settled

if TYPE_CHECKING:
    from KafkaLibrary.matching.conditions import unmet_conditions
    from KafkaLibrary.matching.conditions.unmet_conditions import Judgement
else:
    unmet_conditions = LazyModule("KafkaLibrary.matching.conditions.unmet_conditions")  # no wait that succeeds asks why

_EXPECTED_MOST = 100
_ONE_VALUE = ("==", "in")
_OF_ANY_TYPE = ("matches", "in")
_NOTHING = (None, "None", "")
"""What a variable without a value becomes."""


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
        decision = self.decide(self.path.find(event), False)
        if decision is NEEDS_EXACT:
            decision = self.decide(self.path.find(event, True), True)
        if isinstance(decision, Unjudged):
            raise Undecodable(decision.reason)
        return decision is True

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

    def decided_by_field(self, event: Event) -> str:
        """The path to a field that is named like the part of the event it asks of, and decides it otherwise.

        Empty where there is none, and where types count: who says that knows what is compared.
        """
        field = None if self.strict or self.may_take_long else self.path.as_field
        if field is None or event.is_read_by_tester:
            return ""
        with suppress(Undecodable, KafkaUnusable):
            found = field.find(event, True)
            decision = self.decide(found, True) if found else NEEDS_EXACT
            return field.text if settled(decision) and decision is not self.holds(event) else ""
        return ""

    def overlooked(self, event: Event) -> str:
        """Of an event that meets it the path by which it hardly would, and which may have been meant; empty for none.

        What equals something by chance is rare; what differs, or is not there, does so for any slip.
        """
        field = self.decided_by_field(event) if self.operator.negated or self.operator.name in ORDERS else ""
        if not field and self.operator.name == "does not exist":
            with suppress(Undecodable, KafkaUnusable):
                return self.path.found_otherwise(event)
        return field

    def _held_at(self, places: Iterable[Path], event: Event) -> str:
        for path in places:
            if self._decides(path, event):
                return path.text
        of_length, whole = OPERATORS.get(f"length {self.operator}"), self.path.whole_of_length
        if of_length and whole and not self.operator.of_length:
            with suppress(SyntaxFault):  # what is expected is no length
                asked = replace(
                    self, path=whole, operator=of_length, decide=decider_of(of_length, ExpectedValue(self.expected))
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
        """Whether it may hold only for what people overlook, for another meaning of it, or for the other null."""
        if (self.path.part == "value" and self.operator.name == "!=") or self.operator.name == "does not exist":
            return True
        if not self.operator.negated or not self.operator.takes_expected or self.operator.of_length:
            return self.operator.name in ORDERS and not self.strict
        return not self.strict or self.operator.asks in _OF_ANY_TYPE or self.expected in _NOTHING

    @property
    def may_take_long(self) -> bool:
        """Whether to judge an event may take for ever, as a pattern may that goes back again and again."""
        return self.operator.asks == "matches" and not is_plain_pattern(self.expected_text)

    def __str__(self) -> str:
        return self.text


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
        return unmet_conditions.judge_all(self, event)

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
    except SyntaxFault:
        return f'"{shown}"'
    return shown if expected and expected.strip() == expected else f'"{shown}"'
