"""What an event has at the path of a condition, and what that expects, for those who ask what it was meant for."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.other_meanings import asked_as
from KafkaLibrary.matching.operators import members_of
from KafkaLibrary.matching.syntax_error import SyntaxFault

_LOOKING = 0.1
"""Seconds in which an event is looked for that has the very text which is left out."""


def values_at(condition: Condition, event: Event) -> list[Any]:
    """Nothing where that can't be read."""
    with suppress(Undecodable, KafkaUnusable, RecursionError):
        return condition.path.find_exactly(event)
    return []


def expected_values(condition: Condition) -> list[Any]:
    """The members that ``in`` asks for, else the one value; nothing where the members can't be read."""
    if condition.operator.asks != "in":
        return [condition.expected]
    with suppress(SyntaxFault):
        return members_of(condition.expected)
    return []


def asked_for_one(condition: Condition, expected: str) -> Condition:
    """The condition with this text as its one expected value. Raises ``SyntaxFault``."""
    name = {"in": "==", "not in": "!="}.get(condition.operator.name, condition.operator.name)
    return asked_as(condition, name, expected)


def leaves_out_what_is_there(condition: Condition, among: Iterable[Event]) -> bool:
    """Whether `!=` or `not in` leave out a text that an event has, sign by sign: then that is what is meant."""
    operator, expected = condition.operator, condition.expected
    if not operator.negated or operator.asks not in ("==", "in") or not isinstance(expected, str):
        return False
    until = Deadline(_LOOKING)
    for event in among:
        if any(isinstance(one, str) and one == expected for one in values_at(condition, event)):
            return True
        if until.passed:
            break
    return False
