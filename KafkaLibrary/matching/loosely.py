"""What conditions would decide if types made no difference, nor quotes and blanks around a text.

By that a keyword tells that it may have passed for a slip: a negative that an event meets but for such a difference,
and a match that is one by such a difference alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from KafkaLibrary.event import Event
from KafkaLibrary.matching.comparison import Check, Operator, Wanted, members_of
from KafkaLibrary.matching.conditions import Condition
from KafkaLibrary.matching.documents import document_in
from KafkaLibrary.matching.doubtful import ORDERS
from KafkaLibrary.matching.equality import equal_to, is_document, read_document, read_text, utf8_text, without_quotes
from KafkaLibrary.matching.moments import read_moment, same_moment
from KafkaLibrary.matching.notes import other_null
from KafkaLibrary.matching.numbers import is_number, number, read_number

_BLANKS = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff"
"""Seen and unseen."""
_QUOTES = ("''", '""', "``", "\u2018\u2019", "\u201c\u201d", "\u00ab\u00bb")
_CONSTANTS = {"true": True, "false": False, "null": None, "none": None}

Meets = Callable[[Any], bool]
"""Whether one result of a path meets a condition loosely."""


class Loosely:
    """The conditions of a keyword, judged loosely. One with ``strict=True`` is judged as it is.

    But for null: a tombstone and null in a value are two things that testers mean by one word, whatever types count.
    """

    def __init__(self, conditions: Iterable[Condition]) -> None:
        self._all = [(condition, _meets(condition)) for condition in conditions]
        self._may_take_long = any(condition.may_take_long for condition, _ in self._all)

    def nearly_met(self, event: Event) -> Condition | None:
        """The first condition that the event fails, where it would meet all loosely."""
        if self._may_take_long:  # what has not been judged with a pattern yet is better left alone
            return None
        failed = [(one, meets) for one, meets in self._all if not one.holds(event)]
        return failed[0][0] if failed and all(_hold(one, meets, event) for one, meets in failed) else None

    def met_by_chance(self, event: Event) -> Condition | None:
        """Of an event that meets all the first condition that it would not meet loosely."""
        for condition, meets in self._all:
            if condition.may_hold_by_chance and not _hold(condition, meets, event):
                return condition
        return None


def _hold(condition: Condition, meets: Meets | None, event: Event) -> bool:
    null = other_null(condition, event, condition.path.find(event))
    if null is not None:  # as if it was the null that is asked for
        return not condition.operator.negated if condition.path.origin == "value" else not condition.holds(event)
    if meets is None:
        return condition.holds(event)
    try:
        found = condition.path.find(event, True)
        return bool(found) and any(map(meets, found)) is not condition.operator.negated
    except RecursionError:  # what is nested so deeply was hardly meant
        return condition.holds(event)


def _meets(condition: Condition) -> Meets | None:
    """How one result is judged loosely; nothing where that is no other judgement."""
    operator, expected = condition.operator, condition.expected
    if condition.strict or operator.make is None or condition.may_take_long or condition.path.origin == "timestamp":
        return None
    if operator.name in ORDERS:
        return in_order(operator, expected)
    if operator.name in ("==", "!="):
        return lambda found: _alike(found, expected)
    if operator.name == "in":
        members = members_of(expected)
        return lambda found: any(_alike(found, one) for one in members)
    return _part(operator.make, expected)


def in_order(operator: Operator, expected: Any) -> Meets | None:
    """A number meets an order by numbers alone, a text by the number it spells, by letters where both are texts.

    Of them a time is met by times alone.
    """
    if operator.make is None:
        return None
    is_cell = isinstance(expected, str)
    own = operator.make(Wanted(expected))
    wanted = (
        read_number(_bare(read_text(expected).text)) if is_cell else number(expected) if is_number(expected) else None
    )
    in_quotes = is_cell and without_quotes(expected) is not None
    if wanted is None:
        of_time = is_cell and not in_quotes and read_moment(expected) is not None
        return lambda found: not (is_cell and _is_other(found, of_time)) and own(found, True) is True
    by_number = operator.make(Wanted(wanted.exact))

    def meets(found: Any) -> bool:
        text = utf8_text(found) if isinstance(found, bytes) else found
        if not isinstance(text, str) or in_quotes:
            return (by_number if is_number(found) else own)(found, True) is True
        read = read_number(_bare(text))
        return read is not None and by_number(read.exact, True) is True

    return meets


def _is_other(found: Any, of_time: bool) -> bool:
    """Whether a value that stands beside a text by its letters is of another kind: a number, or no time beside one."""
    text = utf8_text(found) if isinstance(found, bytes) else found
    return is_number(found) or (of_time and isinstance(text, str) and read_moment(text) is None)


def _part(make: Callable[[Wanted], Check], expected: Any) -> Meets:
    own = make(Wanted(expected))
    text = read_text(expected).text if isinstance(expected, str) else ""
    bare = make(Wanted(f'"{_unquoted(text)}"')) if text else own

    def meets(found: Any) -> bool:
        if own(found, True) is True or bare(found, True) is True:
            return True
        return isinstance(found, (list, tuple)) and any(_alike(one, expected) for one in found)

    return meets


def _alike(found: Any, expected: Any) -> bool:
    """Two texts but for quotes and blanks around them; else what texts spell counts for what it is."""
    text = utf8_text(found) if isinstance(found, bytes) else found
    if isinstance(expected, str):
        document = read_document(expected)
        if isinstance(text, str):
            inner = document_in(text, exact=True) if is_document(document) else None
            if inner is None:
                one, other = _bare(text), _bare(read_text(expected).text)
                return one == other or same_moment(one, other) is True
            text = inner
        expected = document if is_document(document) else read_text(expected).text
    one, other = _typed(text), _typed(expected)
    return bool(one == other) if isinstance(other, str) else equal_to(other, False)(one, True) is True


def _typed(value: Any) -> Any:
    """A value with all texts in it as what they spell in JSON, without quotes and blanks around them."""
    if isinstance(value, Mapping):
        return {name: _typed(one) for name, one in value.items()}
    if isinstance(value, (list, tuple, AbstractSet)):
        return list(map(_typed, value))
    if not isinstance(value, str):
        return value
    bare = _bare(value)
    read = read_number(bare)
    return _CONSTANTS.get(bare.casefold(), bare) if read is None else read.exact


def _bare(text: str) -> str:
    """Without the blanks and the quotes around it, unless that is all."""
    return _unquoted(text.strip(_BLANKS)).strip(_BLANKS) or text


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 2 and text[0] + text[-1] in _QUOTES else text
