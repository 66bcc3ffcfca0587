"""One connection's parts on one broker, and what a test does with them."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import confluent_kafka as client

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.connection import Connection
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.event import Event, PlainRecord, Record
from KafkaLibrary.matching import parse_conditions
from KafkaLibrary.reporting.waits import failed_waits
from KafkaLibrary.watching.event_source import Batch, Place
from KafkaLibrary.watching.marks import Mark, Scope, Start
from KafkaLibrary.watching.waits import Request

PATIENCE = 10.0
"""Seconds that an answer may take; none of these tests needs so long when all is well."""
ROOM = 1 << 20


class Broker:
    """A connection to a broker, made for one test."""

    def __init__(self, address: str, *, log_bound: int = ROOM, **options: Any) -> None:
        self.embedded = address == "embedded"
        scopes = [Scope("suite", datetime.now(timezone.utc))]
        settings = Settings.read(address, None, options)
        self.connection = Connection("contract", settings, PATIENCE, log_bound, scopes)
        self.address = self.connection.settings.bootstrap_servers
        self.source = self.connection.reader
        self._made: list[str] = []
        self._closing: list[Callable[[], object]] = []

    def close(self) -> None:
        for closing in self._closing:
            closing()
        if self._made:
            self.connection.topics.delete(self._made, within(), missing_ok=True)
        self.connection.close()

    # Topics and what others do to them

    def topic(self, partitions: int = 4, **config: str) -> str:
        """A new topic. The embedded broker makes it when a client that may create topics asks for it."""
        name = missing()
        if self.embedded:
            assert partitions == 4, "The embedded broker makes 4 partitions."
            self.raw_producer().list_topics(name, timeout=PATIENCE)
        else:
            self.make(name, partitions, **config)
        return name

    def make(self, name: str, partitions: int = 4, **config: str) -> None:
        options = {option.replace("_", "."): value for option, value in config.items()}
        self._made.append(name)
        self.connection.topics.create(name, partitions, None, options, within())

    def delete(self, name: str) -> None:
        self.connection.topics.delete([name], within())

    def make_again(self, name: str, partitions: int) -> None:
        self.delete(name)
        self.make(name, partitions)

    def grow(self, name: str, partitions: int) -> None:
        from confluent_kafka.admin import NewPartitions  # noqa: PLC0415 - as slow here as there

        self.connection.admin.client.create_partitions([NewPartitions(name, partitions)])[name].result(PATIENCE)

    def raw_producer(self, **options: Any) -> Any:
        """Another application's producer."""
        properties = {option.replace("_", "."): value for option, value in options.items()}
        return client.Producer({"bootstrap.servers": self.address, "linger.ms": 0, **properties})

    def publish_elsewhere(self, topic: str, *values: bytes, partition: int = 0, timestamp: int = 0) -> None:
        """Another application publishes; a timestamp of zero is now."""
        producer = self.raw_producer()
        for value in values:
            producer.produce(topic, value, partition=partition, timestamp=timestamp)
        assert producer.flush(PATIENCE) == 0

    def transaction(self) -> Any:
        """Another application, with a transaction begun."""
        producer = self.raw_producer(transactional_id=f"contract-{uuid.uuid4()}")
        producer.init_transactions(PATIENCE)
        producer.begin_transaction()
        return producer

    def member(self, group: str, *topics: str) -> Any:
        """Another application's consumer."""
        consumer = client.Consumer(
            {
                "bootstrap.servers": self.address,
                "group.id": group,
                "enable.auto.commit": False,
                "auto.offset.reset": "earliest",
            }
        )
        self._closing.append(consumer.close)
        if topics:
            consumer.subscribe(list(topics))
        return consumer

    def commit(self, group: str, topic: str, offset: int) -> None:
        """A member of the group commits on the first partition."""
        self.member(group).commit(offsets=[client.TopicPartition(topic, 0, offset)], asynchronous=False)

    # Publishing and reading by the parts themselves

    def publish(self, topic: str, *values: bytes, partition: int = 0) -> list[PlainRecord]:
        outgoing = [Outgoing(topic, value, partition=partition) for value in values]
        return self.connection.producer.publish(outgoing, within())

    def poll_until(self, done: Callable[[Batch], bool]) -> Batch:
        """All that the reader hands over until that holds of it."""
        deadline, seen = within(), Batch([], [], [], [], [])
        while not done(seen) and not deadline.passed:
            batch = self.source.poll(deadline.slice())
            seen.records.extend(batch.records)
            seen.ends.extend(batch.ends)
            seen.out_of_range.extend(batch.out_of_range)
        return seen

    def read_on(self, count: int) -> list[tuple[int, int, bytes]]:
        """The next events of the reader, by partition, offset and value."""
        return parts(self.poll_until(lambda seen: len(seen.records) >= count).records)

    def read_to_end(self, *places: Place) -> list[tuple[int, int, bytes]]:
        """The events of the reader until the end of these partitions was told."""
        wanted = set(places)
        return parts(self.poll_until(lambda seen: wanted <= {place for place, _ in seen.ends}).records)

    # Waiting as the keywords do

    def watch(self, *topics: str) -> Mark:
        return self.connection.watcher.watch(topics, Start("latest"), within())

    def _request(self, topic: str, cells: Iterable[str], since: Start, seconds: float) -> Request:
        return Request((topic,), parse_conditions(tuple(cells)), since, Deadline(seconds), PATIENCE)

    def wait(self, topic: str, *cells: str, since: Start | None = None, timeout: float = PATIENCE) -> Event | None:
        """The first event that matches."""
        request = self._request(topic, cells, since or Start(), timeout)
        return next(iter(self.connection.waits.first(request, 1).events), None)

    def present(self, topic: str, *cells: str, since: Start | None = None) -> list[Event]:
        return self.connection.waits.present(self._request(topic, cells, since or Start(), PATIENCE), None).events

    def negative(
        self, topic: str, *cells: str, since: Start | None = None, seconds: float = 0.1, patience: float = PATIENCE
    ) -> str:
        """What a proof that nothing matched says; empty where it passes."""
        request = replace(self._request(topic, cells, since or Start(), seconds), patience=patience)
        outcome = self.connection.waits.none_beyond(request, 0)
        if outcome.events:
            return str(failed_waits.too_many(outcome, 0))
        problem = failed_waits.unproven(outcome, missing_ok=False, near_topics="", proving="none matched")
        return str(problem or "")


def within(seconds: float = PATIENCE) -> Deadline:
    return Deadline(seconds)


Connect = Callable[..., Broker]
"""Makes a connection to the real Kafka, with options."""
Import = Callable[..., KafkaLibrary]
"""Imports the library as a test suite does."""
_numbers = itertools.count(1)


def missing() -> str:
    """The name of a topic that does not exist."""
    return f"contract-{next(_numbers)}-{uuid.uuid4().hex[:8]}"


def parts(records: Iterable[Record]) -> list[tuple[int, int, bytes]]:
    return [(record.partition() or 0, record.offset() or 0, record.value()) for record in records]


def refusal(act: Callable[[], object]) -> KafkaLibraryError:
    """What is said of an act that fails."""
    try:
        act()
    except KafkaLibraryError as reason:
        return reason
    raise AssertionError("It was not refused.")


class _Stopped(BaseException):
    """What Robot raises in the middle of a call."""


class _Stopping:
    """A client that is stopped where it first waits."""

    def __init__(self, producer: Any, after: float) -> None:
        self._producer = producer
        self._after: float | None = after

    def poll(self, seconds: float) -> int:
        return self._wait(self._producer.poll, seconds)

    def flush(self, seconds: float) -> int:
        return self._wait(self._producer.flush, seconds)

    def _wait(self, wait: Callable[[float], int], seconds: float) -> int:
        after, self._after = self._after, None
        if after is None:
            return wait(seconds)
        wait(after)
        raise _Stopped

    def __len__(self) -> int:
        return len(self._producer)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._producer, name)


def stop_publishing(broker: Broker, topic: str, *, after: float = 0) -> None:
    """The publishing of an event in the open transaction is interrupted, after so many seconds."""
    transactions = broker.connection.producer.transactions
    whole, transactions.producer = transactions.producer, _Stopping(transactions.producer, after)
    try:
        broker.publish(topic, b"stopped")
    except _Stopped:
        transactions.producer = whole
    else:
        raise AssertionError("It was not stopped.")
