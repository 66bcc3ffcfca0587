"""A filter that can pick nothing: ``$.items[?(@.qty > 1)] does not exist`` holds whatever the items are."""

from __future__ import annotations

from collections.abc import Iterator

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.other_meanings import Meaning


def of_picking(condition: Condition, event: Event) -> Iterator[Meaning]:
    """That the path finds nothing for a name in its filter that no element has, or for a number in quotes."""
    holds = condition.operator.name != "does not exist" and not condition.operator.negated
    fault = condition.path.fault_of_filter(event, of_names=not holds)  # a field that no event has is told in any case
    if fault:
        yield Meaning(fault, lambda event: holds)
