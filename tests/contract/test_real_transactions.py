"""Transactions on a real Kafka: what a reader of committed events sees, and where it stands meanwhile."""

from __future__ import annotations

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.broker.publishing.unknown_offsets import UNKNOWN, placed
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.watching.marks import Start
from tests.contract.brokers import Broker, Connect, missing, refusal, stop_publishing, within


def test_the_end_stays_before_an_open_transaction(real: Broker) -> None:
    topic = real.topic(1)
    real.publish(topic, b"plain")
    other = real.transaction()
    other.produce(topic, b"open", partition=0)
    other.flush(10)
    ends = [real.source.ends([(topic, 0)], within(), committed=kind)[topic, 0] for kind in (True, False)]
    other.abort_transaction(10)
    assert ends == [1, 2]


def test_the_events_of_an_open_transaction_are_not_read(real: Broker) -> None:
    topic = real.topic(1)
    other = real.transaction()
    other.produce(topic, b"open", partition=0)
    other.flush(10)
    seen = [event.value for event in real.present(topic, since=Start("earliest"))]
    other.abort_transaction(10)
    assert seen == []


def test_the_events_of_a_committed_transaction_are_read(real: Broker) -> None:
    topic = real.topic(1)
    real.watch(topic)
    other = real.transaction()
    other.produce(topic, b"paid", partition=0)
    other.commit_transaction(10)
    assert real.wait(topic, "value == paid") is not None


def test_the_events_of_an_aborted_transaction_are_not_read(real: Broker) -> None:
    topic = real.topic(1)
    other = real.transaction()
    other.produce(topic, b"aborted", partition=0)
    other.flush(10)
    other.abort_transaction(10)
    real.publish(topic, b"plain")
    assert [event.value for event in real.present(topic, since=Start("earliest"))] == ["plain"]


def test_a_mark_before_an_open_transaction_finds_its_event_when_it_is_committed(real: Broker) -> None:
    topic = real.topic(1)
    other = real.transaction()
    other.produce(topic, b"paid", partition=0)
    other.flush(10)
    real.publish(topic, b"plain, behind the open one")
    real.watch(topic)
    other.commit_transaction(10)
    assert real.wait(topic, "value == paid") is not None


def test_an_open_transaction_fails_a_negative_with_its_partition_and_offset(real: Broker) -> None:
    topic = real.topic(1)
    real.publish(topic, b"plain")
    real.watch(topic)
    other = real.transaction()
    other.produce(topic, b"open", partition=0)
    other.flush(10)
    said = real.negative(topic, patience=0.5)
    other.abort_transaction(10)
    assert f"A transaction is still open: {topic}[0] can't be read beyond offset 1" in said


def test_an_aborted_transaction_is_no_hindrance_to_a_negative(real: Broker) -> None:
    topic = real.topic(1)
    real.watch(topic)
    other = real.transaction()
    other.produce(topic, b"paid", partition=0)
    other.flush(10)
    other.abort_transaction(10)
    assert real.negative(topic, "value == paid") == ""


def test_the_marker_of_a_committed_transaction_is_no_hindrance_to_a_negative(real: Broker) -> None:
    topic = real.topic(1)
    real.watch(topic)
    other = real.transaction()
    other.produce(topic, b"new", partition=0)
    other.commit_transaction(10)
    assert real.negative(topic, "value == paid") == ""


def test_a_connection_of_uncommitted_reading_sees_an_open_transaction(connect: Connect) -> None:
    eager = connect(isolation_level="read_uncommitted")
    topic = eager.topic(1)
    eager.watch(topic)
    other = eager.transaction()
    other.produce(topic, b"open", partition=0)
    other.flush(10)
    event = eager.wait(topic)
    other.abort_transaction(10)
    assert event is not None


def test_the_librarys_own_transaction_is_seen_after_its_commit(real: Broker) -> None:
    topic, producer = real.topic(1), real.connection.producer
    real.watch(topic)
    producer.transactions.begin(within())
    real.publish(topic, b"paid")
    before = real.wait(topic, timeout=0)
    producer.transactions.commit(within())
    assert (before, real.wait(topic) is not None) == (None, True)


def test_the_librarys_own_transaction_is_never_seen_after_its_abort(real: Broker) -> None:
    topic, producer = real.topic(1), real.connection.producer
    real.watch(topic)
    producer.transactions.begin(within())
    real.publish(topic, b"paid")
    producer.transactions.abort(within())
    assert real.negative(topic) == ""


def test_an_event_of_a_transaction_is_acknowledged_with_its_place(real: Broker) -> None:
    topic, producer = real.topic(1), real.connection.producer
    producer.transactions.begin(within())
    places = [record.at for record in real.publish(topic, b"a", b"b")]
    producer.transactions.commit(within())
    assert places == [(topic, 0, 0), (topic, 0, 1)]


def test_a_transaction_after_another_works(real: Broker) -> None:
    topic, producer = real.topic(1), real.connection.producer
    for value in (b"a", b"b"):
        producer.transactions.begin(within())
        real.publish(topic, value)
        producer.transactions.commit(within())
    assert [event.value for event in real.present(topic, since=Start("earliest"))] == ["a", "b"]


def test_a_second_transaction_inside_one_is_refused(real: Broker) -> None:
    producer = real.connection.producer
    producer.transactions.begin(within())
    reason = refusal(lambda: producer.transactions.begin(within()))
    producer.transactions.abort(within())
    assert isinstance(reason, KeywordMisused)


@pytest.mark.parametrize("end", ["commit", "abort"])
def test_ending_a_transaction_that_was_not_begun_is_refused(real: Broker, end: str) -> None:
    assert isinstance(refusal(lambda: getattr(real.connection.producer.transactions, end)(within())), KeywordMisused)


def test_after_an_event_was_refused_in_a_transaction_it_can_be_aborted(real: Broker) -> None:
    topic, producer = real.topic(1), real.connection.producer
    producer.transactions.begin(within())
    real.publish(topic, b"a")
    refusal(lambda: real.publish(topic, b"x" * 5_000_000))
    producer.transactions.abort(within())
    real.publish(topic, b"next")
    assert [event.value for event in real.present(topic, since=Start("earliest"))] == ["next"]


def test_after_an_event_was_refused_in_a_transaction_it_can_not_be_committed(real: Broker) -> None:
    topic, producer = real.topic(1), real.connection.producer
    producer.transactions.begin(within())
    real.publish(topic, b"a")
    refusal(lambda: real.publish(topic, b"x" * 5_000_000))
    refusal(lambda: producer.transactions.commit(within()))
    real.connection.leave()
    real.publish(topic, b"next")
    assert [event.value for event in real.present(topic, since=Start("earliest"))] == ["next"]


@pytest.mark.parametrize("linger", [300, 0], ids=["unsent", "under way"])
def test_after_a_publishing_that_was_stopped_a_transaction_can_be_aborted(connect: Connect, linger: int) -> None:
    real = connect(linger_ms=linger)
    topic, producer = real.topic(1), real.connection.producer
    producer.transactions.begin(within())
    real.publish(topic, b"acknowledged")
    stop_publishing(real, topic)
    producer.transactions.abort(within())
    real.publish(topic, b"next")
    assert [event.value for event in real.present(topic, since=Start("earliest"))] == ["next"]


def test_after_a_publishing_that_was_stopped_a_transaction_can_not_be_committed(connect: Connect) -> None:
    real = connect(linger_ms=300)
    topic, producer = real.topic(1), real.connection.producer
    producer.transactions.begin(within())
    real.publish(topic, b"acknowledged")
    stop_publishing(real, topic)
    reason = refusal(lambda: producer.transactions.commit(within()))
    producer.transactions.abort(within())
    real.publish(topic, b"next")
    assert "Abort it with 'Abort Kafka Transaction'." in str(reason)
    assert [event.value for event in real.present(topic, since=Start("earliest"))] == ["next"]


def test_a_transaction_that_is_left_open_is_aborted_at_the_end_of_the_test(real: Broker) -> None:
    topic = real.topic(1)
    real.watch(topic)
    real.connection.producer.transactions.begin(within())
    real.publish(topic, b"paid")
    warning = real.connection.leave()
    assert ("it was aborted" in warning, real.negative(topic)) == (True, "")


@pytest.mark.parametrize("ending", ["commit", "abort"])
def test_an_event_that_was_acknowledged_without_an_offset_is_found_in_an_open_transaction(
    real: Broker, ending: str
) -> None:
    topic, producer = real.topic(1), real.connection.producer
    producer.transactions.begin(within())
    [record] = producer.publish([Outgoing(topic, b"v")], within())
    found = placed([record._replace(at=(*record.at[:2], UNKNOWN))], real.connection.reader, within())
    getattr(producer.transactions, ending)(within())
    assert found == [record]


def test_an_event_whose_transaction_was_aborted_is_never_consumed(library: KafkaLibrary, real: Broker) -> None:
    topic, group = real.topic(1), missing()
    library.watch_topics(topic)
    library.begin_kafka_transaction()
    event = library.publish_event(topic, "aborted")
    library.abort_kafka_transaction()
    real.commit(group, topic, event.offset + 2)  # behind the marker
    deadline = within()
    reason = refusal(lambda: library.wait_until_event_is_consumed(event, group))
    assert isinstance(reason, ExpectationFailed)
    assert ("in a transaction that was aborted" in str(reason), deadline.passed) == (True, False)
