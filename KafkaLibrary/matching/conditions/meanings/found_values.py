"""What an event has at the path of a condition, for those who ask what the condition was meant for."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition


def values_at(condition: Condition, event: Event) -> list[Any]:
    """Nothing where that can't be read."""
    with suppress(Undecodable, KafkaUnusable, RecursionError):
        return condition.path.find_exactly(event)
    return []
