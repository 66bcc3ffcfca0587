"""A Kafka whose answers take longer than a slice: each question gets its answer all the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from confluent_kafka import Producer

from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.watching.marks import Scope
from tests.contract.brokers import Broker, refusal, stop_publishing, within

FAR = 150
"""Milliseconds that an answer takes; a call blocks for 100 at most."""


@pytest.fixture
def far() -> Iterator[Broker]:
    host = Producer({"test.mock.num.brokers": 1, "test.mock.broker.rtt": FAR, "log_level": 0})
    near = next(iter(host.list_topics(timeout=5).brokers.values()))
    made = Broker(f"{near.host}:{near.port}", enable_idempotence=False)
    host.list_topics("orders", timeout=5)
    yield made
    made.close()


def test_its_topics_are_told(far: Broker) -> None:
    assert far.connection.admin.topic_names(within()) == ["orders"]


def test_what_a_group_has_committed_is_told(far: Broker) -> None:
    assert far.connection.commits.read("shop", [("orders", 0)], within()) == {("orders", 0): None}


def test_a_group_without_a_transaction_has_none_open(far: Broker) -> None:
    assert not far.connection.commits.are_pending("shop", [("orders", 0)])


def test_a_topic_is_read_before_the_time_is_over(far: Broker) -> None:
    deadline = within()
    far.source.attach({("orders", 0): 0}, deadline)
    far.publish("orders", b"v")
    assert far.read_on(1) == [(0, 0, b"v")]
    assert not deadline.passed


def test_a_transaction_whose_end_is_not_known_ends_with_its_test(far: Broker) -> None:
    connection, producer = far.connection, far.connection.producer
    connection.watcher.enter(Scope("test", connection.watcher.scope.started), within())
    producer.transactions.begin(within())
    far.publish("orders", b"v")
    with pytest.raises(KafkaUnusable):
        producer.transactions.commit(within(0.1))
    with pytest.raises(KafkaUnusable, match="an earlier commit has no answer yet"):
        producer.transactions.abort(within())
    assert "its outcome is unknown" in connection.leave()
    assert not producer.transactions.is_open
    far.publish("orders", b"w")


def test_after_a_publishing_that_was_stopped_under_way_a_transaction_can_only_be_aborted(far: Broker) -> None:
    producer = far.connection.producer
    producer.transactions.begin(within())
    far.publish("orders", b"acknowledged")
    stop_publishing(far, "orders", after=FAR / 3000)
    reason = refusal(lambda: producer.transactions.commit(within()))
    assert "Abort it with 'Abort Kafka Transaction'." in str(reason)
    producer.transactions.abort(within())
    assert not producer.transactions.is_open
