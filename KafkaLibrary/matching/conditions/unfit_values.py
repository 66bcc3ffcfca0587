"""Conditions that no value of a kind could ever meet: ``total == 9.50`` where every total is an object, or a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any

from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.other_meanings import Meaning
from KafkaLibrary.matching.one_line_texts import show_path, show_text
from KafkaLibrary.matching.operators import OPERATORS, ORDERS, ExpectedValue, decider_of, members_of, read_text
from KafkaLibrary.matching.operators.operator_table import length_of
from KafkaLibrary.matching.paths import parse_path
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.columns import KINDS, checks_of_columns
from KafkaLibrary.matching.values.numbers import is_number

_TEXTS = ("^=", "$=", "matches")
_CONTAINERS = ("an object", "a list", "a list of objects")
_NO_NUMBERS = ("NaN", "nan", "Infinity", "inf")
_DEEPEST = 3
_FIELDS_MOST = 100
_LOOKED_AT = 10_000
_BLANKS = re.compile(r"\s+")
_PIECE_MOST = 1000


def unfit_kind(condition: Condition, event: Event) -> str | None:
    """What kind the event's value is of, which can't meet the condition; empty for one that can, nothing for none."""
    if condition.strict or condition.path.origin in ("timestamp", "trace"):
        return ""
    with suppress(Undecodable, KafkaUnusable, RecursionError):
        contained = condition.operator.asks == "contains"
        # What an empty list would contain is not known.
        found = [one for one in condition.path.find(event) if one is not None and not (contained and one == [])]
        if not found:
            return None
        kinds = {_kind(one, contained=contained) if _never_fits(condition, one) else "" for one in found}
        return kinds.pop() if len(kinds) == 1 else ""
    return ""


def never_equal(condition: Condition, event: Event) -> Iterator[Meaning]:
    """That an object or a list differs from a single value says nothing: it always does."""
    kind = unfit_kind(condition, event) if condition.operator.name in ("!=", "not in", "not contains") else None
    if kind in _CONTAINERS:
        advice = (
            f"write `{show_text(condition.path.text)} not contains ...`" if kind == "a list" else "name a field in it"
        )
        yield Meaning(f"It is {kind}, which always differs: {advice}", lambda event: False)


def of_names_alone(condition: Condition, event: Event) -> Iterator[Meaning]:
    """That ``contains`` looks at the names of an object's fields, where this event has the text in one of their values.

    A search for a password in an event would find it in no name.
    """
    operator, text = condition.operator, condition.expected
    if operator.asks != "contains" or condition.strict or not isinstance(text, str) or not text.strip():
        return
    with suppress(Undecodable, KafkaUnusable, RecursionError):
        objects = [one for one in condition.path.find(event) if isinstance(one, dict)]
        if any(_has_piece(one, text) for one in objects):
            said = f"`{operator}` looks at the names of an object's fields, not at its JSON: ask for the field itself"
            yield Meaning(said, lambda event: not operator.negated)
        elif any(_has_text(one, text) for one in objects):
            base = {"value": "$"}.get(condition.path.text, condition.path.text)
            asked = f"`{show_text(base)}..* contains {show_text(text)}`"
            if condition.path.origin != "value":
                asked = "for the one that is meant"
            elif operator.negated:  # of several values one is enough, and one without it there always is
                asked = f"in a negative for {asked}"
            said = f"`{operator}` looks at the names of an object's fields. For what is in them ask {asked}"
            yield Meaning(said, lambda event: not operator.negated)


def _has_piece(value: Any, text: str) -> bool:
    """Whether a text with quotes, ``"status":"PAID"``, is a piece of its JSON, whatever the blanks."""
    piece = _BLANKS.sub("", text)
    if '":' not in piece or len(piece) > _PIECE_MOST:
        return False
    return piece.strip("{},") in _BLANKS.sub("", json.dumps(value, ensure_ascii=False, default=str))


def _has_text(value: Any, text: str) -> bool:
    """Whether it is part of a single value inside."""
    left, seen = [value], 0
    while left and seen < _LOOKED_AT:
        one, seen = left.pop(), seen + 1
        if isinstance(one, dict):
            left += one.values()
        elif isinstance(one, (list, tuple)):
            left += one
        elif text in (one if isinstance(one, str) else str(one)):
            return True
    return False


def _kind(value: Any, *, contained: bool) -> str:
    if isinstance(value, dict):
        return _CONTAINERS[0]
    if isinstance(value, (list, tuple)):
        return _CONTAINERS[2 if contained else 1]
    if isinstance(value, bool):
        return "true or false"
    return "a number" if is_number(value) else ""


def _never_fits(condition: Condition, found: Any) -> bool:
    operator = condition.operator
    if operator.of_length:
        return length_of(found) is None
    is_container = isinstance(found, (dict, list, tuple))
    if operator.asks in _TEXTS:
        return is_container
    if operator.name in ORDERS:
        return is_container or isinstance(found, bool)
    if operator.asks == "==":
        return not _is_like(found, condition.expected)
    if operator.asks == "in":
        return not any(_is_like(found, one) for one in members_of(condition.expected))
    return operator.asks == "contains" and _is_of_objects(found) and not _is_like({}, condition.expected)


def _is_of_objects(found: Any) -> bool:
    return isinstance(found, (list, tuple)) and bool(found) and all(isinstance(one, dict) for one in found)


def _is_like(found: Any, expected: Any) -> bool:
    """Whether the two might be equal, if they had other contents."""
    typed = read_text(expected).typed if isinstance(expected, str) else expected
    if typed is None or (isinstance(expected, str) and _has_other_texts(found, read_text(expected).text)):
        return True
    if isinstance(found, dict):
        return isinstance(typed, dict)
    if isinstance(found, (list, tuple)):
        return isinstance(typed, (list, tuple))
    if isinstance(found, bool):
        return isinstance(typed, bool)
    return not is_number(found) or is_number(typed)


def _has_other_texts(found: Any, text: str) -> bool:
    """Whether what is no text here is compared with one: a counted interval, a geometry, a number that is none."""
    if is_number(found) and text.lstrip("-") in _NO_NUMBERS:
        return True
    checks = checks_of_columns(text) if isinstance(found, KINDS) else {}
    return any(kind in checks for kind in type(found).__mro__)


def meant_inside(condition: Condition, event: Event) -> str:
    """A condition on what is inside the value that the event does meet; empty where there is none."""
    way = condition.path.plain_steps
    if way is None or condition.operator.negated:
        return ""
    with suppress(Undecodable, KafkaUnusable, RecursionError):
        for found in condition.path.find(event):
            names = ("contains", "length ==") if isinstance(found, list) and condition.operator.name == "==" else ()
            for name in names:
                if _holds(meant := _as(condition, name, condition.expected), event):
                    return meant.text if meant else ""
            for inside in islice(_places_in(found, ()), _FIELDS_MOST):
                meant = replace(condition, path=parse_path(show_path((*way, *inside))))
                if _holds(meant, event):
                    return meant.text
    return ""


def _as(condition: Condition, name: str, expected: Any) -> Condition | None:
    operator = OPERATORS[name]
    with suppress(SyntaxFault):
        decide = decider_of(operator, ExpectedValue(expected))
        return replace(condition, operator=operator, expected=expected, decide=decide, check=None)
    return None


def _holds(condition: Condition | None, event: Event) -> bool:
    with suppress(Undecodable):
        return condition is not None and not condition.may_take_long and condition.holds(event)
    return False


def _places_in(value: Any, way: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Ways to the single values in it, those of a list by its first elements."""
    if len(way) > _DEEPEST or (not isinstance(value, (dict, list)) and not way):
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _places_in(inner, (*way, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value[:_DEEPEST]):
            yield from _places_in(inner, (*way, place))
    else:
        yield way
