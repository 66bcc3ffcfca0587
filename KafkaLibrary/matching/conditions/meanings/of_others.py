"""Two conditions that no event meets at once: ``status == NEW    status == PAID``, where either was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.other_meanings import Meaning, holds_quickly
from KafkaLibrary.matching.one_line_texts import show_text


def of_others(condition: Condition, conditions: Sequence[Condition]) -> Iterator[Meaning]:
    """That one of several values of one field may be there: one field has one value at a time."""
    if condition.operator.name != "==" or condition.path.may_find_several:
        return
    others = [
        one
        for one in conditions
        if one.path == condition.path and one.operator.name == "==" and one.expected_text != condition.expected_text
    ]
    if not others:
        return
    asked = [one for one in conditions if one is condition or one in others]
    values = ", ".join(show_text(str(one.expected_text)) for one in asked)
    said = f"All conditions must hold, and one field has one value: write `{condition.path} in {values}`"

    def has_one(event: Event) -> bool:
        return any(holds_quickly(one, event) for one in (condition, *others))

    yield Meaning(said, has_one, likely=True)
