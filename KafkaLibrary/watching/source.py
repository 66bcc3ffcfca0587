"""What watching needs of Kafka, as a protocol: this room knows no client."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple, Protocol

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.event import Record

Place = tuple[str, int]
"""A topic and a partition of it."""


class TopicFacts(NamedTuple):
    """What the cluster says of a topic. ``id`` is empty where the broker tells no ids."""

    id: str
    partitions: tuple[int, ...]


class Batch(NamedTuple):
    """What one look at the reader brought. ``denied`` has topics that it may not read, and what to say of each."""

    records: list[Record]
    ends: list[tuple[Place, int]]
    out_of_range: list[Place]
    failures: list[tuple[Place, str]]
    denied: list[tuple[str, str]]


class Pending(Protocol):
    """A question under way: asked without waiting, looked at between two polls."""

    def answer(self) -> Mapping[str, TopicFacts | None] | None:
        """The facts by topic, ``None`` for a missing topic; nothing at all while there is no answer."""


class Source(Protocol):
    """Offsets, topics and events of one cluster, under one isolation level."""

    def describe(self, topics: Collection[str], deadline: Deadline) -> dict[str, TopicFacts | None]:
        """The facts of topics; ``None`` for one that does not exist. Never creates one."""

    def ask(self, topics: Collection[str]) -> Pending:
        """The same question, without waiting."""

    def ends(self, places: Collection[Place], deadline: Deadline, *, committed: bool = True) -> dict[Place, int]:
        """For each partition the first offset that is not readable yet; with ``committed=False`` the high watermark."""

    def marks(
        self, topics: Mapping[str, Collection[int]], deadline: Deadline
    ) -> tuple[dict[str, TopicFacts | None], dict[Place, int]]:
        """Facts and ends of known topics with one wait for both."""

    def beginnings(self, places: Collection[Place], deadline: Deadline) -> dict[Place, int]:
        """For each partition the earliest offset that there is."""

    def offsets_at(self, places: Collection[Place], milliseconds: int, deadline: Deadline) -> dict[Place, int]:
        """For each partition the first offset whose timestamp is not earlier, the end where there is none."""

    def attach(self, positions: Mapping[Place, int], deadline: Deadline) -> None:
        """Begin, or begin anew, to read these partitions there."""

    def detach(self, places: Collection[Place]) -> None:
        """Read these no more."""

    def forget(self, topic: str) -> None:
        """What the reader knows of this topic is out of date."""

    def poll(self, seconds: float) -> Batch:
        """What arrived, after at most that time; at once when something is there."""

    def read(self, ranges: Mapping[Place, tuple[int, int]], deadline: Deadline) -> Iterator[list[Record]]:
        """Events from the first to before the second offset, beside the reader. Ends early at the deadline."""

    def trouble(self) -> str:
        """Why and since when Kafka can't be used, as far as it is known; empty where nothing is."""
