"""All that a condition may have been meant for by what one event has, whatever stands in the condition."""

from __future__ import annotations

from collections.abc import Iterator

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.meanings.in_lists import of_elements
from KafkaLibrary.matching.conditions.meanings.of_decimals import of_decimals
from KafkaLibrary.matching.conditions.meanings.of_ids import of_ids
from KafkaLibrary.matching.conditions.meanings.of_parts import of_parts
from KafkaLibrary.matching.conditions.meanings.of_picking import of_picking
from KafkaLibrary.matching.conditions.meanings.of_times import of_times
from KafkaLibrary.matching.conditions.other_meanings import Meaning
from KafkaLibrary.matching.conditions.unfit_values import of_names_alone


def meanings_beside(condition: Condition, event: Event) -> Iterator[Meaning]:
    """The likeliest first."""
    yield from of_names_alone(condition, event)
    yield from of_elements(condition, event)
    yield from of_times(condition, event)
    yield from of_picking(condition, event)
    yield from of_parts(condition, event)
    yield from of_ids(condition, event)
    yield from of_decimals(condition, event)
