"""Conditions on dead letters: of which event one is, whose group gave it up, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from KafkaLibrary.dead_letters import DeadLetter
from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching.comparison import OPERATORS, Wanted, check_of, decider_of
from KafkaLibrary.matching.conditions import Condition, Conditions
from KafkaLibrary.matching.paths import Path
from KafkaLibrary.matching.segments import Reading


def letters() -> Conditions:
    """Any event that tells of its death."""

    def find(event: Event) -> list[Any]:
        death = event.dead_letter
        return [death] if death else []

    return Conditions([_condition("its death", "exists", None, find)])


def letter_of(died: Event, *, group: str = "", reason: str = "", by: str = "origin") -> Conditions:
    """The dead letter of this event.

    ``by`` says how it is known: by the place that it tells of as its ``origin``, or by its ``key`` or its ``value``
    where the framework tells none. ``reason`` is a part of the error's class or of its message.
    """
    asked = [_BY[by](died)]
    if group:
        asked.append(_condition("the group that gave it up", "==", group, _told(lambda death: death.group)))
    if reason:
        told = _told(lambda death: ": ".join(part for part in (death.error, death.message) if part))
        asked.append(_condition("the reason", "contains", reason, told))
    return Conditions(asked)


def _of_origin(died: Event) -> Condition:
    def find(event: Event) -> list[Any]:
        if event.dead_letter is None:
            if event.raw_value == died.raw_value and event.raw_key == died.raw_key:
                raise Undecodable(f"It has the key and value of {died.place}, and no header that tells of its death.")
            return []
        return [death.place for death in _deaths(event.dead_letter) if _may_be(death, died)]

    return _condition("the event that died", "==", died.place, find)


def _of_key(died: Event) -> Condition:
    return _condition("key", "==", died.raw_key, lambda event: [event.raw_key])


def _of_value(died: Event) -> Condition:
    return _condition("value", "==", died.raw_value, lambda event: [event.raw_value])


_BY: dict[str, Callable[[Event], Condition]] = {"origin": _of_origin, "key": _of_key, "value": _of_value}
WAYS = tuple(_BY)
"""How a dead letter may be known."""


def _may_be(death: DeadLetter, died: Event) -> bool:
    """Whether a place means this event: a topic that was made again has the same places once more."""
    return None in (death.timestamp_ms, died.timestamp) or death.timestamp_ms == died.timestamp_ms


def _told(part: Callable[[DeadLetter], str]) -> Callable[[Event], list[Any]]:
    def find(event: Event) -> list[Any]:
        if event.dead_letter is None:
            return []
        found = [text for death in _deaths(event.dead_letter) if (text := part(death))]
        if not found:
            raise Undecodable(f"{event.dead_letter.framework} does not tell it.")
        return found

    return find


def _deaths(letter: DeadLetter) -> Iterator[DeadLetter]:
    yield letter
    yield from reversed(letter.earlier)


def _condition(text: str, operator: str, expected: Any, find: Callable[[Event], Sequence[Any]]) -> Condition:
    chosen = OPERATORS[operator]
    # Each is a text only, whatever it looks like.
    wanted = f'"{expected}"' if isinstance(expected, str) else expected
    decider = decider_of(chosen, Wanted(wanted))

    def finder(event: Event, exact: bool = False) -> list[Any]:
        return list(find(event))

    path = Path(text, "dead letter", finder, Reading("dead letter", ()))
    return Condition(path, chosen, expected, False, decider, check_of(decider))
