"""What watching needs of Kafka, as a protocol: the broker's reader offers it, and this room knows no client."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, Protocol

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.event import Event, Record

_LOOK = 1.0
"""Seconds for a look at one event."""
_TRIPS = 8
"""Round trips of a reader that is made for it, until it has read."""
Place = tuple[str, int]
"""A topic and a partition of it."""


class TopicFacts(NamedTuple):
    """What the cluster says of a topic. ``id`` is empty where the broker tells no ids."""

    id: str
    partitions: tuple[int, ...]


class Cluster:
    """The Kafka cluster that a connection leads to. Offsets of another one mean nothing here.

    Kafka tells its ``id`` beside what it is asked anyway; some brokers tell none.
    """

    __slots__ = ("address", "alias", "id", "is_embedded")

    def __init__(self, alias: str = "", address: str = "", *, is_embedded: bool = False) -> None:
        self.alias = alias
        self.address = address
        self.is_embedded = is_embedded
        self.id = ""

    def __deepcopy__(self, _: object) -> Cluster:
        """A copy of a mark is of the same cluster."""
        return self

    def note(self, metadata: Any) -> None:
        """Kafka has told of itself."""
        self.id = metadata.cluster_id or self.id

    def is_another(self, other: Cluster) -> bool:
        """Whether that is certainly not this one."""
        if self.is_embedded and other.is_embedded:  # each has its own, and what they tell may be told again
            return self is not other
        return bool(self.id and other.id) and self.id != other.id

    def __str__(self) -> str:
        return f"connection '{self.alias}' to {self.address}"


class Batch(NamedTuple):
    """What one look at the reader brought. ``denied`` has topics that it may not read, and what to say of each."""

    records: list[Record]
    ends: list[tuple[Place, int]]
    out_of_range: list[Place]
    failures: list[tuple[Place, str]]
    denied: list[tuple[str, str]]


class PendingFacts(Protocol):
    """A question under way: asked without waiting, looked at between two polls."""

    def answer(self) -> Mapping[str, TopicFacts | None] | None:
        """The facts by topic, ``None`` for a missing topic; nothing at all while there is no answer."""


class PendingNames(Protocol):
    """Such a question about the names of topics."""

    def answer(self) -> Collection[str] | None:
        """The names; nothing while there is no answer, and none where there will be none."""


class Source(Protocol):
    """Offsets, topics and events of one cluster, under one isolation level."""

    def describe(self, topics: Collection[str], deadline: Deadline) -> dict[str, TopicFacts | None]:
        """The facts of topics; ``None`` for one that does not exist. Never creates one."""

    def ask(self, topics: Collection[str]) -> PendingFacts:
        """The same question, without waiting."""

    def names(self, deadline: Deadline) -> Collection[str]:
        """The names of all topics that this login may see, internal ones among them."""

    def ask_names(self) -> PendingNames:
        """The same question, without waiting."""

    def ends(self, places: Collection[Place], deadline: Deadline, *, committed: bool = True) -> dict[Place, int]:
        """For each partition the first offset that is not readable yet; with ``committed=False`` the high watermark."""

    def marks(
        self, topics: Mapping[str, Collection[int]], deadline: Deadline
    ) -> tuple[dict[str, TopicFacts | None], dict[Place, int]]:
        """Facts and ends of known topics with one wait for both."""

    def both_ends(
        self, topics: Mapping[str, Collection[int]], deadline: Deadline
    ) -> tuple[dict[str, TopicFacts | None], dict[Place, int], dict[Place, int]]:
        """The same, and the high watermarks."""

    def beginnings(self, places: Collection[Place], deadline: Deadline) -> dict[Place, int]:
        """For each partition the earliest offset that there is."""

    def offsets_at(self, places: Collection[Place], milliseconds: int, deadline: Deadline) -> dict[Place, int]:
        """For each partition the first offset whose timestamp is not earlier, the end where there is none."""

    def ask_ahead(self, topics: Collection[str], milliseconds: int, deadline: Deadline) -> None:
        """``offsets_at`` of all partitions will be asked for next, and may be asked for while the facts are."""

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

    def why_unreachable(self) -> str:
        """Why and since when Kafka can't be used, as far as it is known; empty where nothing is."""


def stands(source: Source, event: Event, deadline: Deadline) -> bool | None:
    """Whether the event is where it was, in the topic that there is now; false where another one is, or the end before.

    Nothing where that can't be told: it was compacted away, a transaction hides it, or the topic may not be read.
    """
    place = (event.topic, event.partition)
    end = source.ends([place], deadline, committed=False).get(place, -1)
    if 0 <= end <= event.offset:
        return False
    if source.ends([place], deadline).get(place, -1) <= event.offset:
        return None
    wanted = {place: (event.offset, event.offset + 1)}
    looking = Deadline(_LOOK + deadline.more(_TRIPS))
    with suppress(KafkaUnusable):
        for record in (one for records in source.read(wanted, looking) for one in records):
            found = record.timestamp()[1], record.key() or b"", record.value() or b""
            return found == (event.timestamp_ms, event.raw_key or b"", event.raw_value or b"")
    return None


def is_former(source: Source, event: Event, topic_id: str, deadline: Deadline) -> bool:
    """Whether the event was in another topic than the one that has this id and its topic's name now.

    The id of an event that was published here is what was known then: the topic may have been made again since it was
    asked about, or not asked about at all. Where the broker tells no ids nobody knows.
    """
    if not topic_id or event.topic_id == topic_id:
        return False
    found = stands(source, event, deadline)
    return event.topic_id is not None if found is None else not found
