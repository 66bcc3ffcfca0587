"""One topic that is followed: what is known of it, the next offset of each partition, and what of it was lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from KafkaLibrary.watching.event_source import Place, TopicFacts


@dataclass(slots=True)
class Followed:
    """``positions`` has the next offset by partition, ``trimmed`` the events that were gone before they were read."""

    name: str
    facts: TopicFacts | None = None
    id: str | None = None
    positions: dict[int, int] = field(default_factory=dict)
    trimmed: list[tuple[int, int, int]] = field(default_factory=list)
    made_again: int = 0
    failures: dict[int, tuple[int, str]] = field(default_factory=dict)


def places_of(topics: Iterable[Followed]) -> dict[Place, int]:
    """Where to read on, in all of these that are there."""
    return {(one.name, number): offset for one in topics if one.facts for number, offset in one.positions.items()}


def by_partition(offsets: Mapping[Place, int]) -> dict[int, int]:
    """The offsets of one topic by its partitions."""
    return {number: offset for (_, number), offset in offsets.items()}
