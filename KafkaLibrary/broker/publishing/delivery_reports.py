"""Delivery reports: the events of one publishing keyword, and what the client told of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import confluent_kafka as client

from KafkaLibrary.broker.publishing.unknown_offsets import UNKNOWN
from KafkaLibrary.event import PlainRecord, rows

Error = client.KafkaError
NO_TOPIC = (Error._UNKNOWN_TOPIC, Error.UNKNOWN_TOPIC_OR_PART)
_UNKNOWN_PLACE = {Error._UNKNOWN_PARTITION, *NO_TOPIC}
UNDELIVERED = (Error._MSG_TIMED_OUT, Error._PURGE_QUEUE, Error._PURGE_INFLIGHT, Error._TIMED_OUT)
"""What the client says of an event that no broker has acknowledged, or that was taken out of its queue."""


TOO_LARGE = (Error.MSG_SIZE_TOO_LARGE, Error.RECORD_LIST_TOO_LARGE)
OUT_OF_TIME = Error.INVALID_TIMESTAMP


class Outgoing(NamedTuple):
    """An event on its way out. ``timestamp`` is in milliseconds since 1970, ``None`` for now."""

    topic: str
    value: bytes | None
    key: bytes | None = None
    headers: Sequence[tuple[str, bytes | None]] = ()
    partition: int | None = None
    timestamp: int | None = None

    @property
    def size(self) -> int:
        """Bytes of key and value."""
        return len(self.value or b"") + len(self.key or b"")


_TOPIC, _KEY, _VALUE, _HEADERS = map(attrgetter, ("topic", "key", "value", "headers"))


def topics_of(events: Iterable[Outgoing]) -> Iterable[str]:
    """The topics of the events, each once."""
    return dict.fromkeys(map(_TOPIC, events))


class Delivery:
    """The acknowledgements of some events."""

    def __init__(self, events: Sequence[Outgoing], now: int) -> None:
        self.events = events
        self.now = now
        self.open = len(events)
        self.failures: dict[int, Any] = {}
        self._partitions: list[int] = [-1] * len(events)
        self._offsets: list[int] = [UNKNOWN] * len(events)
        self._stamps: list[tuple[int, int]] = [(0, -1)] * len(events)

    def report(self, index: int, error: Any, record: Any) -> None:
        """The client's delivery callback."""
        self.open -= 1
        if error is not None:
            self.failures[index] = error
        else:
            # Not the record itself, which has copies of key and value.
            self._partitions[index] = record.partition()
            self._stamps[index] = record.timestamp()
            offset = record.offset()
            if offset is not None:
                self._offsets[index] = offset

    def refuse(self, index: int, error: Any) -> None:
        """The event could not be queued."""
        self.open -= 1
        self.failures[index] = error

    def first_failure(self) -> tuple[Outgoing, Any]:
        """The first event that failed, and why; what the broker said goes before what was purged.

        The broker refuses all events of a batch for one of them: that is the largest, or the farthest from now.
        """
        said = {index: error for index, error in self.failures.items() if error.code() not in UNDELIVERED}
        first = min(said or self.failures, default=0)
        error = self.failures.get(first, Error(Error._MSG_TIMED_OUT))
        beside = [self.events[index] for index, other in self.failures.items() if other.code() == error.code()]
        if error.code() in TOO_LARGE:
            return max(beside, key=lambda event: event.size), error
        if error.code() == OUT_OF_TIME:
            return max(beside, key=lambda event: abs((event.timestamp or self.now) - self.now)), error
        return self.events[first], error

    @property
    def sent_nothing(self) -> bool:
        """Whether each of the events failed, or was left, since the client knows no such topic or partition."""
        codes = {error.code() for error in self.failures.values()}
        return len(self.failures) + self.open == len(self.events) and bool(codes) and codes <= _UNKNOWN_PLACE

    def in_flight(self) -> bool:
        return any(error.code() == Error._PURGE_INFLIGHT for error in self.failures.values())

    def records(self, *, own_time: bool) -> list[PlainRecord]:
        """What was acknowledged, with the offset ``UNKNOWN`` where no leader told one.

        The embedded broker acknowledges a time that no event has.
        """
        stamps: Iterable[Any] = self._stamps
        if own_time:
            stamps = ((client.TIMESTAMP_CREATE_TIME, one.timestamp or self.now) for one in self.events)
        places = zip(map(_TOPIC, self.events), self._partitions, self._offsets, strict=True)
        return rows(PlainRecord, places, stamps, *(map(part, self.events) for part in (_KEY, _VALUE, _HEADERS)))
