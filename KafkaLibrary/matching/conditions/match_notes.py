"""Notes in brackets behind a finding: "is JSON in a text", or "`$ == null` matches that" of the other null."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching.one_line_texts import KINDS, show_text
from KafkaLibrary.matching.operators import NULLS, members_of, read_text
from KafkaLibrary.matching.paths import has_no_document
from KafkaLibrary.matching.values.json_texts import Null, document_in

if TYPE_CHECKING:
    from KafkaLibrary.matching.conditions.condition import Condition

_EQUALITY = ("==", "!=")
_TEXTS_MOST = 2


def note_on(condition: Condition, event: Event, found: list[Any]) -> str:
    """All that is to be told, in one line; empty where nothing is."""
    with suppress(Undecodable, KafkaUnusable):
        return _on_null(condition, event, found) or _on_texts(condition, event, found)
    return ""


def asks_for_null(condition: Condition) -> bool:
    """Whether null is what it compares with, or one of those."""
    operator, expected = condition.operator, condition.expected
    if operator.name in _EQUALITY:
        return _is_null(expected)
    return operator.name == "in" and any(map(_is_null, members_of(expected, condition.strict)))


def _is_null(expected: Any) -> bool:
    return expected is None or (isinstance(expected, str) and expected in NULLS)


def other_null(condition: Condition, event: Event, found: list[Any]) -> Null | None:
    """The null that the event has where the condition is about the other one: a tombstone, or null in its format."""
    path = condition.path
    if path.part == "value" or path.is_document:
        if not asks_for_null(condition):
            return None
        if path.part:
            return next((one for one in found if isinstance(one, Null)), None)
        return Null("") if has_no_document(event) else None
    if path.origin == "is_tombstone" and not event.is_tombstone:
        decoded = event.decoded()
        return Null(decoded.format) if decoded.content is None else None
    return None


def _on_null(condition: Condition, event: Event, found: list[Any]) -> str:
    null = other_null(condition, event, found)
    if null is None:
        return ""
    if condition.path.is_document:
        return "`value == null` matches that"
    there = "" if condition.path.part else f"its value is {null}; "
    return f"{there}`$ == null` matches that"


def _on_texts(condition: Condition, event: Event, found: list[Any]) -> str:
    path = condition.path
    texts = [show_text(one) for one in path.texts_entered(event)]
    if not texts and is_json_in_text(condition, found):
        texts = [show_text(path.text)]
    if not texts:
        return ""
    more = f" and {len(texts) - _TEXTS_MOST} more are" if len(texts) > _TEXTS_MOST else " are" if texts[1:] else " is"
    unopened = "" if path.into_texts else ", and strict=True looks into none"
    return f"{', '.join(texts[:_TEXTS_MOST])}{more} JSON in a text{unopened}"


def is_json_in_text(condition: Condition, found: list[Any]) -> bool:
    """Whether a text is compared as the object or list that it is the JSON of."""
    if condition.strict or condition.operator.name not in (*_EQUALITY, "in"):
        return False
    texts = [one for one in found if isinstance(one, str)]
    if not texts:
        return False
    expected = members_of(condition.expected) if condition.operator.name == "in" else [condition.expected]
    return any(map(_is_document, expected)) and any(document_in(one, False) is not None for one in texts)


def kinds_differ(condition: Condition, found: list[Any]) -> bool:
    """Whether the one result can't equal what is expected, since its type counts and is another one."""
    is_by_field = isinstance(condition.expected, str) and not condition.strict
    if condition.operator.name != "==" or len(found) != 1 or is_by_field or is_json_in_text(condition, found):
        return False
    one, other = (KINDS.get(type(value)) for value in (found[0], condition.typed))
    return one != other and not {None, "null"} & {one, other}


def _is_document(expected: Any) -> bool:
    if isinstance(expected, str):
        if expected.lstrip()[:1] not in ("{", "["):
            return False
        expected = read_text(expected).typed
    return isinstance(expected, (dict, list, tuple))
