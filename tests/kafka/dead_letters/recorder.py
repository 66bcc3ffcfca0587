"""Runs a framework against a Kafka of its own, lets events die there, and gives what it wrote of them."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

from tests.kafka.broker import Kafka
from tests.kafka.dead_letters.frameworks import EVENTS, OnGo, OnJava
from tests.kafka.dead_letters.recordings import Recorded, written
from tests.kafka.jars import jars
from tests.kafka.java import Program
from tests.places import RESULTS, ROOT

TOPIC, PARTITIONS, PARTITION = "orders", 2, 1
TAKEN, PAID = 300, b"paid"
"""So many orders before them are taken: a small offset looks the same in too many ways to write a number.

Their four bytes are a number, too, for a consumer that reads numbers."""
LETTERS_SECONDS = 120.0
_ANSWER = 30.0

_HEADERS: list[tuple[str, str | bytes | None]] = [
    ("source", b"web"),
    ("tag", b"one"),
    ("tag", b"two"),
    ("tenant", None),
    ("trace", b"\x00\xff\x7f"),
]
DYING: tuple[tuple[bytes | None, bytes | None], ...] = (
    (b"42", b'{"orderId": 42, "currency": "XXX"}'),
    (b"43", b'{"orderId": 43, "currency": "XXX", "kind": "wrapped"}'),
    (None, b'{"orderId": 44, "currency": "XXX"}'),
    (b"45", None),
    (b"46", b'\xff\xfe{"orderId": 46}'),
)
"""Key and value of each: the error has a cause; no key; a tombstone; no text."""


def record(framework: OnJava | OnGo) -> dict[str, Any]:
    """Versions, the events that died, and the letters, each topic's in the order in which they were written."""
    assert len(DYING) == EVENTS
    kafka = Kafka(pom=framework.kafka)
    words = framework.command(kafka.bootstrap_servers)  # before Kafka runs: it may have to bring much
    with kafka:
        _make_topics(kafka, framework)
        _publish(kafka)
        program = Program(framework.name, lambda: words, RESULTS / "kafka" / f"{framework.name}.log")
        program.start()
        try:
            with closing(_Reader(kafka.bootstrap_servers, {TOPIC: TAKEN + EVENTS, **framework.letters})) as reader:
                program.wait_until(reader.has_read_all, LETTERS_SECONDS)
        finally:
            program.stop()
        read = reader.sorted()
        events = [one for one in read if one.topic == TOPIC][TAKEN:]
        letters = [one for one in read if one.topic != TOPIC]
        return {
            "versions": {**framework.versions(), "Apache Kafka": _version(framework.kafka)},
            "on": datetime.now(timezone.utc).date().isoformat(),
            "with": f"python -m tests.kafka.dead_letters {framework.name}",
            "events": [written(event) for event in events],
            "letters": [written(letter) for letter in _checked(letters)],
        }


def _version(kafka: Path) -> str:
    (server,) = jars(kafka).glob("kafka-server-[0-9]*.jar")
    return server.stem.rpartition("-")[2]


def _make_topics(kafka: Kafka, framework: OnJava | OnGo) -> None:
    settings = dict(framework.topic_settings)
    letters = [NewTopic(name, num_partitions=PARTITIONS, config=settings) for name in framework.letters]
    admin = AdminClient({"bootstrap.servers": kafka.bootstrap_servers})
    for made in admin.create_topics([NewTopic(TOPIC, num_partitions=PARTITIONS), *letters]).values():
        made.result(_ANSWER)


def _publish(kafka: Kafka) -> None:
    producer = Producer({"bootstrap.servers": kafka.bootstrap_servers})
    for number in range(TAKEN):
        producer.produce(TOPIC, PAID, str(number), partition=PARTITION)
    now = int(time.time() * 1000)
    for number, (key, value) in enumerate(DYING):
        producer.produce(TOPIC, value, key, PARTITION, timestamp=now + number, headers=_HEADERS)
    assert producer.flush(_ANSWER) == 0


class _Reader:
    """Reads topics from their beginning, until each has as many events as it is to have."""

    def __init__(self, servers: str, counts: Mapping[str, int]) -> None:
        self._missing = dict(counts)
        self._read: list[Recorded] = []
        self._consumer = Consumer({"bootstrap.servers": servers, "group.id": "recorder", "enable.auto.commit": False})
        places = [TopicPartition(name, number, 0) for name in counts for number in range(PARTITIONS)]
        self._consumer.assign(places)

    def has_read_all(self) -> bool:
        for message in self._consumer.consume(100, timeout=0.2):
            if message.error():
                raise RuntimeError(str(message.error()))
            self._read.append(_recorded(message))
            self._missing[self._read[-1].topic] -= 1
        return all(count <= 0 for count in self._missing.values())

    def close(self) -> None:
        self._consumer.close()

    def sorted(self) -> list[Recorded]:
        return sorted(self._read, key=lambda one: (one.topic, one.partition, one.offset))


def _recorded(message: Any) -> Recorded:
    place = (message.topic(), message.partition(), message.offset(), message.timestamp()[1])
    return Recorded(*place, message.key(), message.value(), message.headers() or [])


def _checked(letters: Sequence[Recorded]) -> Sequence[Recorded]:
    """The letters, none of which tells where they were recorded. Raises ``RuntimeError`` for one that does."""
    told = (str(ROOT), str(Path.home()), socket.gethostname())
    names = re.compile(b"|".join(rb"(?<!\w)%b(?!\w)" % re.escape(one.encode()) for one in told))
    for letter in letters:
        for name, content in letter.headers:
            if found := names.search(content or b""):
                raise RuntimeError(
                    f"{letter.place} tells of this machine in {name}: {found[0]!r}. Record it elsewhere."
                )
    return letters
