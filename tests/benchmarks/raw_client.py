"""The same work by the Kafka client alone, as a careful programmer would write it: the measure of all else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from confluent_kafka import Consumer, Message, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic, OffsetSpec, ResourceType

WAIT = 0.1
_READY = 0.02


class RawClient:
    """A producer that gets each event acknowledged, and consumers assigned to explicit offsets."""

    def __init__(self, bootstrap_servers: str, properties: Mapping[str, str] | None = None) -> None:
        # Nothing here waits longer than it must: the client's own pause before it connects again is 100 ms.
        self._common: dict[str, Any] = {
            "bootstrap.servers": bootstrap_servers,
            "socket.nagle.disable": True,
            "reconnect.backoff.ms": 10,
            **(properties or {}),
        }
        self._producer = Producer({**self._common, "linger.ms": 0, "acks": "all", "enable.idempotence": True})

    def consumer(self, topic: str, offset: int = 0) -> Consumer:
        """One that reads the only partition of this topic, from its beginning unless told otherwise."""
        consumer = Consumer({**self._common, "group.id": "benchmarks", "enable.auto.commit": False})
        consumer.assign([TopicPartition(topic, 0, offset)])
        return consumer

    def meet(self, topic: str) -> None:
        """Once before the first event on a topic. A producer that is asked only once waits half a second now and then:
        it looks for a broker to get its id from while there is none yet, and looks again after a timer.
        """
        for _ in range(2):
            self._producer.list_topics(topic, timeout=5)

    def publish(self, topic: str, value: str | bytes, key: str) -> int:
        """Returns the offset when the broker has acknowledged the event."""
        delivered: list[int] = []

        def report(error: object, message: Message) -> None:
            if error is not None:
                raise RuntimeError(f"The event was not delivered: {error}")
            delivered.append(message.offset() or 0)

        self._producer.produce(topic, value, key, on_delivery=report)
        while not delivered:
            self._producer.poll(WAIT)
        return delivered[0]

    def publish_all(self, topic: str, values: Iterable[str]) -> None:
        """Many at once."""
        for value in values:
            self._producer.produce(topic, value)
            self._producer.poll(0)
        if self._producer.flush(60):
            raise RuntimeError("Kafka did not take all events.")


def publish_many(bootstrap_servers: str, topic: str, values: Iterable[bytes]) -> None:
    """As fast as it goes, to the topic's only partition."""
    producer = Producer({"bootstrap.servers": bootstrap_servers, "linger.ms": 50, "batch.num.messages": 10_000})
    for value in values:
        while True:
            try:
                producer.produce(topic, value, partition=0)
                break
            except BufferError:
                producer.poll(WAIT)
    if producer.flush(60):
        raise RuntimeError("Kafka did not take all events.")


def receive(consumer: Consumer, offset: int) -> Any:
    """The value of the event at that offset, once it has arrived."""
    return json.loads(receive_raw(consumer, offset))


def receive_raw(consumer: Consumer, offset: int) -> bytes:
    """The same as its bytes."""
    while True:
        message = consumer.poll(WAIT)
        if message is not None and message.error() is None and message.offset() == offset:
            return message.value() or b""


class Topics:
    """Topics with one partition unless told otherwise, under names that no other run uses; deleted at the end."""

    def __init__(self, bootstrap_servers: str) -> None:
        self._admin = AdminClient({"bootstrap.servers": bootstrap_servers, "log_level": 4})
        self._run = uuid4().hex[:8]
        self._made: list[str] = []

    def new(self, name: str, partitions: int = 1) -> str:
        topic = f"benchmark-{self._run}-{len(self._made)}-{name}"
        for made in self._admin.create_topics([NewTopic(topic, partitions, -1)]).values():
            made.result()
        self._made.append(topic)
        while not (self._admin.list_topics(timeout=5).topics.get(topic) and self._tells_ends(topic, partitions)):
            self._admin.poll(_READY)
        return topic

    def _tells_ends(self, topic: str, partitions: int) -> bool:
        """Whether each partition has a leader that knows itself to be one."""
        asked = {TopicPartition(topic, number): OffsetSpec.latest() for number in range(partitions)}
        return all(end.exception() is None for end in self._admin.list_offsets(asked).values())

    def delete(self) -> None:
        if self._made:
            for gone in self._admin.delete_topics(self._made).values():
                gone.result()

    def broker_setting(self, name: str) -> str:
        """What the first broker says of one of its settings."""
        broker = next(iter(self._admin.list_topics(timeout=5).brokers))
        asked = self._admin.describe_configs([ConfigResource(ResourceType.BROKER, str(broker))])
        return str(next(iter(asked.values())).result()[name].value)
