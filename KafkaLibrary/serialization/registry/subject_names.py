"""Subjects: how that of a topic's schemas is named (TopicNameStrategy and the others)."""

from __future__ import annotations

from collections.abc import Callable

STRATEGIES: dict[str, Callable[[str, str, str], str]] = {
    "topic": lambda topic, which, record: f"{topic}-{which}",
    "record": lambda topic, which, record: record,
    "topic-record": lambda topic, which, record: f"{topic}-{record}",
}
"""Names of subjects. Source: Confluent's subject name strategies."""
