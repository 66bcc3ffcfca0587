"""What conditions would decide if types made no difference, nor quotes and blanks around a text.

By that a keyword tells that it may have passed for a slip: a negative that an event meets but for such a difference,
and a match that is one by such a difference alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from KafkaLibrary.event import Event
from KafkaLibrary.matching.comparison import Decider, Wanted, decider_of, members_of
from KafkaLibrary.matching.conditions import Condition
from KafkaLibrary.matching.doubtful import ORDERS
from KafkaLibrary.matching.equality import read_text, utf8_text
from KafkaLibrary.matching.faults import Fault
from KafkaLibrary.matching.numbers import is_number, read_number

_AROUND = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff'\"`\u2018\u2019\u201c\u201d\u00ab\u00bb"
"""Blanks, seen and unseen, and quotes."""
_CONSTANTS = {"true": True, "false": False, "null": None, "none": None}


class Loosely:
    """The conditions of a keyword, judged loosely. One with ``strict=True`` is judged as it is."""

    def __init__(self, conditions: Iterable[Condition]) -> None:
        self._all = [(condition, _decider(condition)) for condition in conditions]

    def nearly_met(self, event: Event) -> Condition | None:
        """The first condition that the event fails, where it would meet all loosely."""
        failed = [(one, decide) for one, decide in self._all if not one.holds(event)]
        return failed[0][0] if failed and all(_holds(one, decide, event) for one, decide in failed) else None

    def met_by_chance(self, event: Event) -> Condition | None:
        """Of an event that meets all the first condition that it would not meet loosely."""
        for condition, decide in self._all:
            if condition.may_hold_by_chance and not _holds(condition, decide, event):
                return condition
        return None


def _holds(condition: Condition, decide: Decider | None, event: Event) -> bool:
    if decide is None:
        return condition.holds(event)
    try:
        return decide(condition.path.find(event, True), True) is True
    except RecursionError:  # what is nested so deeply was hardly meant
        return condition.holds(event)


def _decider(condition: Condition) -> Decider | None:
    """What judges the results of its path loosely; nothing where that is no other judgement."""
    operator, expected = condition.operator, condition.expected
    if condition.strict or not operator.takes_expected or operator.name == "matches":
        return None
    if operator.name in ORDERS:
        return _of(read_in_order(expected), condition.decide)
    try:
        if operator.name == "in":
            loose: Any = list(map(_expected, members_of(expected)))
        else:
            one = _expected(expected)
            loose = f'"{one}"' if isinstance(one, str) else one
        return _of(typed, decider_of(operator, Wanted(loose)))
    except Fault:  # it can't be asked of such a value
        return None


def _of(reading: Callable[[Any], Any], decide: Decider) -> Decider:
    return lambda found, exact: decide(list(map(reading, found)), exact)


def read_in_order(expected: Any) -> Callable[[Any], Any]:
    """How a field is read for an order: as a number where it spells one, as nothing where the other side is none."""
    if isinstance(expected, str) and read_text(expected).number is None:
        return lambda found: None if is_number(found) else found

    def number(found: Any) -> Any:
        text = utf8_text(found) if isinstance(found, bytes) else found
        if not isinstance(text, str):
            return text
        read = read_number(text)
        return None if read is None else read.exact

    return number


def typed(value: Any) -> Any:
    """A value with all texts in it as what they spell in JSON, without quotes and blanks around them."""
    if isinstance(value, Mapping):
        return {name: typed(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, AbstractSet)):
        return list(map(typed, value))
    text = utf8_text(value) if isinstance(value, bytes) else value
    if not isinstance(text, str):
        return value
    bare = text.strip(_AROUND)
    read = read_number(bare)
    return _CONSTANTS.get(bare.casefold(), bare) if read is None else read.exact


def _expected(value: Any) -> Any:
    """The same for what is expected, where a text may stand for a list or an object."""
    document = read_text(value).typed if isinstance(value, str) else None
    return typed(document if isinstance(document, (list, dict)) else value)
