"""What really happened, by the Kafka client alone: an independent writer, and a reader from beginning to end."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, Producer, TopicPartition

PACE = 0.02
"""Seconds between two events of the writer."""
_ANSWER = 10.0
_PATIENCE = 60.0
_LARGE = 500_000

Place = tuple[int, int]
"""A partition and an offset of it."""


@dataclass(slots=True)
class Sent:
    """One event of the writer; times are readings of the monotonic clock, which all processes share."""

    sent: float
    acknowledged: float | None = None
    place: Place | None = None


@dataclass(slots=True)
class Truth:
    """All that is known for certain of one run."""

    sent: dict[int, Sent] = field(default_factory=dict)
    """Events of the independent writer by their numbers."""
    waited: dict[int, list[Place]] = field(default_factory=dict)
    """Where its events are in the end."""
    published: dict[str, list[Place]] = field(default_factory=dict)
    """Where the events of the library are in the end, by their ids."""
    since: float = 0.0
    """What was sent before that may be gone: its topic was deleted."""


class Writer:
    """Sends numbered events at a steady pace, all of them, whatever happens; knows when each was acknowledged."""

    def __init__(self, bootstrap_servers: str, topic: str) -> None:
        self.stamp: Callable[[int], int] | None = None
        """Gives the timestamp of a numbered event, in milliseconds since 1970."""
        self._servers = bootstrap_servers
        self._topic = topic
        self._partitions = 1
        self._number = 0
        self._stopping = threading.Event()
        self._held = threading.Lock()
        self._producer = self._new()
        self.sent: dict[int, Sent] = {}
        self.began = time.monotonic()
        """The event with number N is due ``N * PACE`` seconds after that."""
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when all that was sent is acknowledged, or will not be: nobody has to find that."""
        self._stopping.set()
        self._thread.join(_PATIENCE)
        self._producer.flush(_PATIENCE)

    def fill(self, size: int) -> None:
        """Make the topic that large with events of which nobody waits."""
        for _ in range(size // _LARGE):
            self._producer.produce(self._topic, json.dumps({"ballast": "x" * _LARGE}), partition=0)
            self._producer.flush(_PATIENCE)

    def without(self, change: Callable[[], None], partitions: int) -> None:
        """Make a change while nothing is sent, and go on with a new client and so many partitions."""
        with self._held:
            self._producer.flush(_PATIENCE)
            change()
            self._producer = self._new()
            self._partitions = partitions

    def _new(self) -> Producer:
        return Producer(
            {"bootstrap.servers": self._servers, "enable.idempotence": True, "linger.ms": 0, "log_level": 0,
             "reconnect.backoff.max.ms": 500, "retry.backoff.ms": 50}
        )  # fmt: skip

    def _run(self) -> None:
        while not self._stopping.is_set():
            with self._held:
                while self._number * PACE <= time.monotonic() - self.began:
                    self._send(self._number)
                    self._number += 1
                self._producer.poll(PACE / 4)
            self._stopping.wait(PACE / 4)

    def _send(self, number: int) -> None:
        self.sent[number] = one = Sent(time.monotonic())

        def acknowledged(error: Any, message: Any) -> None:
            if error is None:
                one.acknowledged, one.place = time.monotonic(), (message.partition(), message.offset())

        more: dict[str, Any] = {} if self.stamp is None else {"timestamp": self.stamp(number)}
        self._producer.produce(
            self._topic, json.dumps({"number": number}), partition=number % self._partitions,
            on_delivery=acknowledged, **more,
        )  # fmt: skip


def all_events(bootstrap_servers: str, topic: str) -> Iterable[tuple[Place, Any]]:
    """Every committed event of a topic, from the beginning to the end it has now."""
    consumer = Consumer(
        {"bootstrap.servers": bootstrap_servers, "group.id": "truth", "enable.auto.commit": False, "log_level": 0,
         "enable.partition.eof": True, "isolation.level": "read_committed"}
    )  # fmt: skip
    try:
        partitions = consumer.list_topics(topic, timeout=_ANSWER).topics[topic].partitions
        consumer.assign([TopicPartition(topic, number, OFFSET_BEGINNING) for number in partitions])
        # A transaction that nobody ends any more holds readers back until its own time is over.
        ends = {number: _end(consumer, topic, number) for number in partitions}
        unread, deadline = set(partitions), time.monotonic() + _PATIENCE
        while unread:
            if time.monotonic() > deadline:
                raise TimeoutError(f"The independent reader did not come to the end of {topic}.")
            for message in consumer.consume(500, 0.1):
                number, offset, error = message.partition() or 0, message.offset() or 0, message.error()
                if error is None:
                    yield (number, offset), json.loads(message.value() or b"{}")
                elif error.code() == KafkaError._PARTITION_EOF and offset >= ends[number]:
                    unread.discard(number)
    finally:
        consumer.close()


def _end(consumer: Consumer, topic: str, partition: int) -> int:
    """The high watermark, whatever is committed."""
    return int(consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=_ANSWER)[1])


def by_field(events: Iterable[tuple[Place, Any]], name: str) -> dict[Any, list[Place]]:
    found: dict[Any, list[Place]] = defaultdict(list)
    for place, value in events:
        if name in value:
            found[value[name]].append(place)
    return dict(found)


class Group:
    """A consumer group of an application: takes each event of a topic and commits behind it."""

    def __init__(self, bootstrap_servers: str, topic: str, group: str) -> None:
        self._consumer = Consumer(
            {"bootstrap.servers": bootstrap_servers, "group.id": group, "enable.auto.commit": False, "log_level": 0,
             "auto.offset.reset": "earliest", "session.timeout.ms": 6000}
        )  # fmt: skip
        self._consumer.subscribe([topic])
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(_PATIENCE)
        self._consumer.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            message = self._consumer.poll(0.1)
            if message is not None and message.error() is None:
                self._consumer.commit(message=message, asynchronous=True)
