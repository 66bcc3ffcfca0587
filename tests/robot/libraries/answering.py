"""Functions that answer questions for `Answer Events`."""

from __future__ import annotations

from KafkaLibrary.event import Event


def twice(question: Event) -> dict[str, int]:
    return {"twice": 2 * question.value["id"]}
