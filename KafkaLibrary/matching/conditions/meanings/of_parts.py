"""A part of an object given for the whole: ``customer == {"name": "Ada"}`` where the customer has a city as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.meanings.found_values import expected_values, values_at
from KafkaLibrary.matching.conditions.other_meanings import Meaning
from KafkaLibrary.matching.one_line_texts import show_path, show_text
from KafkaLibrary.matching.operators import equal_to, is_document, read_document

_ASKS = ("==", "contains", "in")


def of_parts(condition: Condition, event: Event) -> Iterator[Meaning]:
    """That all of the expected fields are there in this event, and others beside them: ``==`` compares the whole."""
    operator = condition.operator
    if operator.asks not in _ASKS or condition.strict or operator.of_length:
        return
    expected = expected_values(condition)
    read = expected if operator.asks == "in" else [_read(one) for one in expected]
    documents = [one for one in read if isinstance(one, (dict, list, tuple))]
    if not documents:
        return
    found = values_at(condition, event)
    if operator.asks == "contains":
        found = [one for each in found if isinstance(each, (list, tuple)) for one in each]
    part = next((one for one in documents for each in found if _is_part(one, each)), None)
    if part is None:
        return
    said = f"All of it is there, and more: `{operator}` compares whole objects. {_advice(condition, part)}"
    yield Meaning(said, lambda event: not operator.negated)


def _read(expected: Any) -> Any:
    """The document that a text spells, if it does; another value as it is."""
    document = read_document(expected) if isinstance(expected, str) else expected
    return document if is_document(document) else expected


def _is_part(expected: Any, found: Any) -> bool:
    """Whether the other one has all of it and something more, in it or in what is in it."""
    return _covers(found, expected) and not _covers(expected, found)


def _covers(found: Any, expected: Any) -> bool:
    if isinstance(expected, dict):
        return (
            isinstance(found, dict)
            and bool(expected)
            and all(
                name in found and (_covers(found[name], one) or found[name] == one) for name, one in expected.items()
            )
        )
    if isinstance(expected, (list, tuple)):
        return isinstance(found, (list, tuple)) and len(found) == len(expected) and all(map(_covers, found, expected))
    return equal_to(expected, False)(found, True) is True


def _advice(condition: Condition, part: Any) -> str:
    """A condition on the first of the expected fields."""
    path = condition.path.plain_steps
    field = part
    way: list[str | int] = []
    while isinstance(field, (dict, list, tuple)) and field:
        name = next(iter(field)) if isinstance(field, dict) else 0
        way.append(name)
        field = field[name]
    if path is None or condition.operator.asks == "contains" or isinstance(field, (dict, list, tuple)):
        return "Name the fields that are meant"
    name = "!=" if condition.operator.negated else "=="
    return f"For its fields write `{show_text(f'{show_path((*path, *way))} {name} {field}')}`"
