"""A filter that can pick nothing: ``$.items[?(@.qty > 1)] does not exist`` holds whatever the items are."""

from __future__ import annotations

from collections.abc import Iterator

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.other_meanings import Meaning


def of_picking(condition: Condition, event: Event) -> Iterator[Meaning]:
    """That the path finds nothing for a name in its filter that no element has, or for a number in quotes."""
    fault = condition.path.fault_of_filter(event)
    if fault:
        holds = condition.operator.name != "does not exist" and not condition.operator.negated
        yield Meaning(fault, lambda event: holds)
