"""Robot keywords for clients beside the library: what the system under test and others do meanwhile.

They use the raw client. What they do ``after`` a time, they do beside the test, which goes on; what then goes
wrong fails the test, and what was not yet due when the test ends is not done.
"""

from __future__ import annotations

import sys
import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from confluent_kafka import (
    Consumer,
    ConsumerGroupState,
    ConsumerGroupTopicPartitions,
    KafkaError,
    KafkaException,
    Message,
    Producer,
    TopicPartition,
)
from confluent_kafka.admin import AdminClient, NewPartitions, NewTopic
from robot import result, running
from robot.api.deco import keyword, library

from tests.robot.libraries.meanwhile import Meanwhile

ANSWER_SECONDS = 15.0
WAIT = 0.1
TOPIC_IS_GONE = (KafkaError._UNKNOWN_TOPIC, KafkaError._UNKNOWN_PARTITION, KafkaError.UNKNOWN_TOPIC_OR_PART)
AT_ONCE = timedelta(0)


@dataclass(frozen=True)
class RawEvent:
    """An event as it stands in Kafka, for checks that don't ask the library."""

    partition: int | None
    offset: int | None
    timestamp: int
    key: bytes | None
    value: bytes | None
    headers: Any


@library(scope="GLOBAL", listener="SELF")
class OtherClients:
    def __init__(self) -> None:
        self._address = ""
        self._topics_appear = False
        self._meanwhile = Meanwhile()
        self._producers: dict[str, Producer] = {}
        self._admins: dict[str, AdminClient] = {}
        self._transaction: Producer | None = None

    def end_test(self, _: running.TestCase, outcome: result.TestCase) -> None:
        errors = self._meanwhile.end()
        self._meanwhile = Meanwhile()
        self._forget_transaction()
        if errors:
            outcome.status = "FAIL"
            outcome.message = f"Another client failed: {errors[0]}\n\n{outcome.message}".rstrip()

    @keyword
    def other_clients_use_kafka_at(self, address: str, topics_appear: bool = False) -> None:
        """``topics_appear``: with their first event, and nobody can make or delete them."""
        self._address = address
        self._topics_appear = topics_appear

    @keyword
    def another_client_makes_itself_new(self) -> None:
        """It knows nothing of former topics and partitions any more."""
        self._producers.clear()

    # Publishing

    @keyword
    def another_client_publishes(
        self,
        topic: str,
        *values: Any,
        key: Any = None,
        headers: Any = None,
        partition: int = -1,
        timestamp: int = 0,
        after: timedelta = AT_ONCE,
    ) -> None:
        """Publishes text or bytes, and without ``after`` returns when Kafka has acknowledged it."""

        def publish() -> None:
            parts = {"key": key, "headers": headers, "partition": partition, "timestamp": timestamp}
            _publish(self._producer(), topic, values, **parts)

        self._do(publish, after)

    @keyword
    def another_client_publishes_numbers(self, topic: str, count: int, size: int = 0) -> None:
        """Publishes ``{"number": 1}`` and so on, each filled up with ``size`` letters."""
        filling = "x" * size
        values = (f'{{"number": {number}, "filling": "{filling}"}}' for number in range(1, count + 1))
        _publish(self._producer(), topic, values)

    @keyword
    def another_client_goes_on_publishing(self, topic: str, value: str, every: timedelta) -> None:
        """Publishes the value again and again, until the test is over.

        The topic may be deleted a little before that. What is then on its way is never acknowledged, so this
        client has a producer of its own.
        """
        producer = Producer(self._settings())
        _publish(producer, topic, [value])

        def publish() -> None:
            try:
                producer.produce(topic, value, on_delivery=_acknowledged)
                while producer.flush(WAIT) and not self._meanwhile.is_over:
                    pass
            except KafkaException as problem:
                if problem.args[0].code() not in TOPIC_IS_GONE:
                    raise

        self._meanwhile.repeat(publish, every.total_seconds(), at_end=producer.purge)

    @keyword
    def another_client_answers(self, questions: str, answers: str) -> None:
        """Publishes the value of each event of ``questions`` to ``answers`` as soon as it comes."""
        consumer = self._consumer(questions)
        producer = self._producer()

        def answer() -> None:
            message = consumer.poll(0.05)
            if message is not None and message.error() is None:
                _publish(producer, answers, [message.value()])

        self._meanwhile.repeat(answer, every=0, at_end=consumer.close)

    # Transactions

    @keyword
    def another_client_publishes_in_a_transaction(self, topic: str, *values: str) -> None:
        """The transaction stays open, at the longest until the test ends."""
        self._forget_transaction()
        producer = Producer({**self._settings(), "transactional.id": f"other-{uuid.uuid4()}"})
        producer.init_transactions(ANSWER_SECONDS)
        producer.begin_transaction()
        _publish(producer, topic, values, partition=0)
        self._transaction = producer

    @keyword
    def another_client_commits(self, after: timedelta = AT_ONCE) -> None:
        self._do(lambda: self._open_transaction().commit_transaction(ANSWER_SECONDS), after)

    @keyword
    def another_client_aborts(self, after: timedelta = AT_ONCE) -> None:
        self._do(lambda: self._open_transaction().abort_transaction(ANSWER_SECONDS), after)

    # Reading

    @keyword
    def another_client_reads(self, topic: str) -> list[RawEvent]:
        """All that is visible now, partition by partition; nothing where there is no such topic."""
        with _closing(self._consumer(topic)) as consumer:
            partitions = consumer.assignment()
            consumer.incremental_unassign(partitions)
            consumer.incremental_assign([TopicPartition(topic, each.partition, 0) for each in partitions])
            ends = {each.partition: consumer.get_watermark_offsets(each, ANSWER_SECONDS)[1] for each in partitions}
            return [_raw(message) for message in _read_to(consumer, ends)]

    # Groups

    @keyword
    def another_client_consumes(
        self,
        topic: str,
        group: str,
        commit: bool = True,
        at_most: int = sys.maxsize,
        protocol: str = "classic",
        after: timedelta = AT_ONCE,
    ) -> None:
        """Reads as a member of the group until the test is over, and commits event by event."""

        def consume() -> None:
            settings = {**self._settings(), "group.id": group, "auto.offset.reset": "earliest"}
            settings |= {"enable.auto.commit": "false", "fetch.wait.max.ms": "10", "group.protocol": protocol}
            consumer = Consumer(settings)
            consumer.subscribe([topic])
            taken = 0

            def take() -> None:
                nonlocal taken
                message = consumer.poll(0.05)
                if message is not None and message.error() is None:
                    taken += 1
                    if commit and taken <= at_most:
                        consumer.commit(message=message, asynchronous=False)

            self._meanwhile.repeat(take, every=0, at_end=consumer.close)

        self._do(consume, after)

    @keyword
    def group_should_have_a_member(self, group: str) -> None:
        described = self._admin().describe_consumer_groups([group])[group].result(ANSWER_SECONDS)
        assert described.state is ConsumerGroupState.STABLE, f"'{group}' is {described.state}"
        assert described.members, f"'{group}' has no members"

    @keyword
    def group_commits(self, group: str, topic: str, partition: int, offset: int) -> None:
        """Commits in the name of a group without members."""
        wanted = ConsumerGroupTopicPartitions(group, [TopicPartition(topic, partition, offset)])
        self._admin().alter_consumer_group_offsets([wanted])[group].result(ANSWER_SECONDS)

    @keyword
    def group_has_committed(
        self, group: str, topic: str, partition: int, offset: int, after: timedelta = AT_ONCE
    ) -> None:
        """The same on every broker: by a consumer of the group that does not join it."""

        def commit() -> None:
            with _closing(Consumer({**self._settings(), "group.id": group, "enable.auto.commit": "false"})) as consumer:
                consumer.commit(offsets=[TopicPartition(topic, partition, offset)], asynchronous=False)

        self._do(commit, after)

    @keyword
    def group_commits_in_a_transaction(self, group: str, topic: str, partition: int, offset: int) -> None:
        """The transaction stays open, at the longest until the test ends."""
        self._forget_transaction()
        producer = Producer({**self._settings(), "transactional.id": f"other-{uuid.uuid4()}"})
        producer.init_transactions(ANSWER_SECONDS)
        producer.begin_transaction()
        with _closing(Consumer({**self._settings(), "group.id": group})) as consumer:
            metadata = consumer.consumer_group_metadata()
            producer.send_offsets_to_transaction([TopicPartition(topic, partition, offset)], metadata, ANSWER_SECONDS)
        self._transaction = producer

    # Topics

    @keyword
    def another_client_creates_the_topic(self, topic: str, partitions: int = 1, after: timedelta = AT_ONCE) -> None:
        self._do(lambda: self._create(topic, partitions), after)

    @keyword
    def another_client_deletes_the_topic(self, topic: str, after: timedelta = AT_ONCE) -> None:
        self._do(lambda: self._delete(topic), after)

    @keyword
    def another_client_makes_the_topic(self, topic: str, *values: str, after: timedelta = AT_ONCE) -> None:
        """Creates the topic with one partition, and publishes there."""

        def make() -> None:
            if not self._topics_appear:
                self._create(topic, partitions=1)
            self._publish_first(topic, values)

        self._do(make, after)

    @keyword
    def another_client_removes_the_topic(self, topic: str) -> None:
        if not self._topics_appear:
            self._delete(topic)

    @keyword
    def another_client_makes_the_topic_again(self, topic: str, *values: str, after: timedelta = AT_ONCE) -> None:
        """Deletes the topic, creates it with one partition, and publishes there."""

        def make_again() -> None:
            self._delete(topic)
            self._create(topic, partitions=1)
            self._publish_first(topic, values)

        self._do(make_again, after)

    @keyword
    def another_client_adds_partitions(self, topic: str, total: int, after: timedelta = AT_ONCE) -> None:
        def add() -> None:
            self._admin().create_partitions([NewPartitions(topic, total)])[topic].result(ANSWER_SECONDS)
            # That is when the controller knows them; a client is told by the broker, a little later.
            _wait_until(lambda: self._count_partitions(topic) >= total, f"Nobody tells the new partitions of {topic}.")

        self._do(add, after)

    @keyword
    def another_client_deletes_events(
        self, topic: str, before: int, partition: int = 0, after: timedelta = AT_ONCE
    ) -> None:
        """Deletes the events of the partition whose offsets are smaller than ``before``."""

        def delete() -> None:
            place = TopicPartition(topic, partition, before)
            self._admin().delete_records([place])[place].result(ANSWER_SECONDS)

        self._do(delete, after)

    @keyword
    def topics_of_kafka(self) -> list[str]:
        return sorted(self._admin().list_topics(timeout=ANSWER_SECONDS).topics)

    def _do(self, action: Any, after: timedelta) -> None:
        if after:
            self._meanwhile.do(action, after.total_seconds())
        else:
            action()

    def _settings(self) -> dict[str, str]:
        assert self._address, "Nobody told the other clients where Kafka is."
        # They publish what a test asks for, however large; the broker judges. A Kafka that comes back is met soon.
        return {"bootstrap.servers": self._address, "log_level": "0", "linger.ms": "0"} | {
            "allow.auto.create.topics": "true",
            "reconnect.backoff.max.ms": "500",
        }

    def _producer(self) -> Producer:
        if self._address not in self._producers:
            self._producers[self._address] = Producer(self._settings())
        return self._producers[self._address]

    def _admin(self) -> AdminClient:
        # Kept, as what it was asked is never answered once it is gone.
        if self._address not in self._admins:
            self._admins[self._address] = AdminClient({"bootstrap.servers": self._address, "log_level": "0"})
        return self._admins[self._address]

    def _consumer(self, topic: str) -> Consumer:
        """It stands at the end of all partitions that the topic has now."""
        settings = {"bootstrap.servers": self._address, "log_level": "0", "group.id": "other-clients"}
        settings |= {"enable.auto.commit": "false", "fetch.wait.max.ms": "10", "enable.partition.eof": "true"}
        consumer = Consumer(settings)
        partitions = consumer.list_topics(topic, timeout=ANSWER_SECONDS).topics[topic].partitions
        places = [TopicPartition(topic, partition) for partition in partitions]
        for place in places:
            place.offset = consumer.get_watermark_offsets(place, ANSWER_SECONDS)[1]
        consumer.incremental_assign(places)
        return consumer

    def _open_transaction(self) -> Producer:
        assert self._transaction is not None, "No transaction is open."
        producer, self._transaction = self._transaction, None
        return producer

    def _forget_transaction(self) -> None:
        if self._transaction is not None:
            self._open_transaction().abort_transaction(ANSWER_SECONDS)

    def _create(self, topic: str, partitions: int) -> None:
        self._admin().create_topics([NewTopic(topic, partitions)])[topic].result(ANSWER_SECONDS)

    def _publish_first(self, topic: str, values: Sequence[str]) -> None:
        # A producer that knew a former topic of that name would take a while to know this one.
        _publish(Producer(self._settings()), topic, values)

    def _delete(self, topic: str) -> None:
        self._admin().delete_topics([topic])[topic].result(ANSWER_SECONDS)
        # That is when the controller knows it. What is published until the broker does, also to a topic made again,
        # is acknowledged and goes with the former one.
        _wait_until(lambda: topic not in self.topics_of_kafka(), f"{topic} is still there.")

    def _count_partitions(self, topic: str) -> int:
        return len(self._admin().list_topics(topic, timeout=ANSWER_SECONDS).topics[topic].partitions)


class _closing:  # noqa: N801 # It reads as a verb in front of what it closes.
    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer

    def __enter__(self) -> Consumer:
        return self._consumer

    def __exit__(self, *_: object) -> None:
        self._consumer.close()


def _wait_until(holds: Callable[[], bool], problem: str) -> None:
    """For what the broker knows a little later than the controller."""
    end = time.monotonic() + ANSWER_SECONDS
    while not holds():
        assert time.monotonic() < end, problem
        time.sleep(0.01)


def _publish(producer: Producer, topic: str, values: Iterable[Any], **parts: Any) -> None:
    """Returns when all are acknowledged."""
    # Without the question, one in a thousand topics that were only just made stays unknown to the producer.
    producer.list_topics(topic, timeout=ANSWER_SECONDS)
    given = {name: part for name, part in parts.items() if part is not None}
    for value in values:
        producer.produce(topic, value, on_delivery=_acknowledged, **given)
        producer.poll(0)
    over = time.monotonic() + ANSWER_SECONDS
    # Beside another thread that polls, it can return before its time.
    while left := producer.flush(1):
        assert time.monotonic() < over, f"{left} events were not acknowledged"
        producer.list_topics(topic, timeout=ANSWER_SECONDS)


def _acknowledged(error: KafkaError | None, _: Message) -> None:
    if error is not None:
        raise KafkaException(error)


def _read_to(consumer: Consumer, ends: Mapping[int, int]) -> list[Message]:
    waiting = {partition for partition, end in ends.items() if end > 0}
    messages = []
    while waiting:
        message = consumer.poll(ANSWER_SECONDS)
        assert message is not None, f"The end of {waiting} was not reached."
        error = message.error()
        if error is None:
            messages.append(message)
        elif error.code() == KafkaError._PARTITION_EOF:
            waiting.discard(message.partition())
        else:
            raise KafkaException(error)
    return sorted(messages, key=lambda one: (one.partition(), one.offset()))


def _raw(message: Message) -> RawEvent:
    return RawEvent(
        message.partition(),
        message.offset(),
        message.timestamp()[1],
        message.key(),
        message.value(),
        message.headers() or [],
    )
