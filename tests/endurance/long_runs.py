"""Ten thousand waits, and a hundred connections opened and closed, in one process."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

import pytest
from confluent_kafka import TopicCollection, TopicPartition
from confluent_kafka.admin import AdminClient, OffsetSpec

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed
from tests.benchmarks.raw_client import RawClient, Topics, receive
from tests.endurance.process import Sample

WAITS = 10_000
CONNECTIONS = 100
A_ROUND = 10
"""Waits of one test."""
TOPICS = 5
_LOG = 30_000
"""Bytes of recent events that are kept: little, so that the log is full before anything is counted."""
_SAMPLES = 20


def waits(address: str, count: int = WAITS) -> Iterator[Sample]:
    """Samples while one connection makes all these waits; a tenth as many come before the first of them."""
    library = KafkaLibrary(address, timeout="20 s", log_size=_LOG)
    try:
        topics = [_topic(library, number) for number in range(TOPICS)]
        library.watch_topics(*topics)
        every = count // _SAMPLES // A_ROUND
        rounds, warm_up = count // A_ROUND, count // 10 // A_ROUND
        for number in range(warm_up + rounds + 1):
            done = number - warm_up
            if done >= 0 and done % every == 0:
                yield Sample.take(done * A_ROUND)
            _one_test(library, topics[number % TOPICS], topics[(number + 1) % TOPICS])
    finally:
        library.disconnect_from_all_kafka()


def _topic(library: KafkaLibrary, number: int) -> str:
    name = f"endurance-{number}-{secrets.token_hex(4)}"
    library.create_topic(name, partitions=number + 1)
    return name


def _one_test(library: KafkaLibrary, topic: str, other: str) -> None:
    """Ten waits: found ones and failing ones, on one topic and on two, negatives and counts."""
    identity = secrets.token_hex(8)
    mine = f"id == {identity}"
    library.start_test()
    for number in range(3):
        library.publish_event(topic, {"id": identity, "number": number, "filling": "x" * 300}, key=identity)
    first = library.wait_for_event(topic, mine)
    library.wait_for_event(topic, mine, "number == 2", since=first)
    library.wait_for_events(topic, 3, mine)
    library.wait_for_event([topic, other], mine, "number > 0")
    library.event_count_should_be(topic, 3, mine, within=0)
    library.no_event_should_arrive(topic, mine, "number == 3", within=0)
    library.wait_until_topic_is_quiet(other, quiet=0)
    library.get_events([topic, other], mine)
    _should_fail(lambda: library.wait_for_event(topic, mine, "number == 3", timeout=0.001))
    _should_fail(lambda: library.event_count_should_be(other, 1, mine, within=0))


def _should_fail(expect: Callable[[], object]) -> None:
    with pytest.raises(ExpectationFailed):
        expect()


def client(address: str, count: int = WAITS) -> Iterator[Sample]:
    """The same while the client alone makes the calls that these waits need, to see what it keeps itself."""
    made = Topics(address)
    try:
        topics = [made.new("endurance", partitions=number + 1) for number in range(TOPICS)]
        raw, admin = RawClient(address), AdminClient({"bootstrap.servers": address})
        consumer = raw.consumer(topics[0])
        raw.meet(topics[0])
        every = count // _SAMPLES // A_ROUND
        rounds, warm_up = count // A_ROUND, count // 10 // A_ROUND
        for number in range(warm_up + rounds + 1):
            done = number - warm_up
            if done >= 0 and done % every == 0:
                yield Sample.take(done * A_ROUND)
            for topic in topics:
                receive(consumer, raw.publish(topics[0], '{"filling": "%s"}' % ("x" * 300), "key"))
                _ask(admin, topic, topics.index(topic) + 1)
    finally:
        made.delete()


def _ask(admin: AdminClient, topic: str, partitions: int) -> None:
    """Twice what a topic is, and twice where it ends."""
    for _ in range(2):
        for described in admin.describe_topics(TopicCollection([topic])).values():
            described.result()
        ends = {TopicPartition(topic, number): OffsetSpec.latest() for number in range(partitions)}
        for end in admin.list_offsets(ends).values():
            end.result()


def connections(address: str, count: int = CONNECTIONS) -> Iterator[Sample]:
    """Samples while all these connections are opened, used and closed; a tenth as many come before."""
    library = KafkaLibrary(address, timeout="20 s")
    try:
        topic = _topic(library, 0)
        library.start_test()
        every, warm_up = count // _SAMPLES, count // 10
        for number in range(warm_up + count + 1):
            done = number - warm_up
            if done >= 0 and done % every == 0:
                yield Sample.take(done)
            _one_connection(library, address, topic)
    finally:
        library.disconnect_from_all_kafka()


def _one_connection(library: KafkaLibrary, address: str, topic: str) -> None:
    """All clients that a connection has: reader, producer, another for transactions, admin."""
    identity = secrets.token_hex(8)
    library.connect_to_kafka(address, alias="other", timeout="20 s")
    library.watch_topics(topic)
    event = library.publish_event(topic, {"id": identity})
    library.wait_for_event(topic, f"id == {identity}")
    library.begin_kafka_transaction()
    library.publish_event(topic, {"id": identity, "number": 2})
    library.commit_kafka_transaction()
    library.wait_for_event(topic, f"id == {identity}", "number == 2")
    library.create_temporary_topic("endurance")
    _should_fail(lambda: library.wait_until_event_is_consumed(event, f"nobody-{identity}", timeout=0.01))
    library.disconnect_from_kafka("other")
