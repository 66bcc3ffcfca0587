"""A filter by a name that no element has: ``$.items[?(@.qty > 1)] does not exist`` holds whatever the items are."""

from __future__ import annotations

from collections.abc import Iterator

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.other_meanings import Meaning
from KafkaLibrary.matching.one_line_texts import show_text


def of_picking(condition: Condition, event: Event) -> Iterator[Meaning]:
    """That the path finds nothing for a name in its filter that none of this event's elements has."""
    if condition.operator.name != "does not exist" and not condition.operator.negated:
        return
    name, there = condition.path.lacking_in_filter(event)
    if name:
        shown = ", ".join(map(show_text, there))
        said = f"No element has `{show_text(name)}`, by which the filter picks: there {_is(there)} {shown}"
        yield Meaning(said, lambda event: not condition.operator.negated)


def _is(names: list[str]) -> str:
    return "is" if len(names) == 1 else "are"
