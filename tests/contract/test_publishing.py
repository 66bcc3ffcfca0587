"""What the producer promises: acknowledged with its place, or refused with the reason and never sent later."""

from __future__ import annotations

from typing import Any

import pytest

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaLibraryError, KeywordMisused
from KafkaLibrary.event import PlainRecord
from KafkaLibrary.watching.marks import Start
from tests.contract.brokers import PATIENCE, Broker, refusal, within


def test_an_event_is_acknowledged_with_its_place(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"before", partition=3)
    assert broker.publish(topic, b"a", partition=3)[0].at == (topic, 3, 1)


def test_an_event_is_given_back_as_it_was_published(broker: Broker) -> None:
    topic, headers = broker.topic(), (("id", b"1"),)
    [record] = broker.connection.producer.publish([Outgoing(topic, b"v", b"k", headers, 1, 5000)], within())
    assert record == PlainRecord((topic, 1, 0), (1, 5000), b"k", b"v", headers)


def test_an_event_without_a_timestamp_is_given_one(broker: Broker) -> None:
    [record] = broker.publish(broker.topic(), b"a")
    assert record.stamp[1] > 0


def test_many_events_are_acknowledged_in_their_order(broker: Broker) -> None:
    topic = broker.topic()
    records = broker.publish(topic, *(b"%d" % number for number in range(2000)))
    assert [(record.at[2], record.raw_value) for record in records] == [
        (number, b"%d" % number) for number in range(2000)
    ]


def test_events_with_the_same_key_go_to_the_same_partition(broker: Broker) -> None:
    topic = broker.topic()
    records = broker.connection.producer.publish([Outgoing(topic, b"v", b"42") for _ in range(20)], within())
    assert len({record.at[1] for record in records}) == 1


def test_nothing_to_publish_is_published_at_once(broker: Broker) -> None:
    assert broker.connection.producer.publish([], within(0)) == []


def test_a_partition_that_is_not_there_is_refused_with_its_number(broker: Broker) -> None:
    topic = broker.topic()
    reason = refusal(lambda: broker.publish(topic, b"a", partition=99))
    assert isinstance(reason, KeywordMisused)
    assert f"the topic '{topic}' has no partition 99" in str(reason)


def test_publishing_goes_on_after_a_refusal(broker: Broker) -> None:
    topic = broker.topic()
    refusal(lambda: broker.publish(topic, b"refused", partition=99))
    assert broker.publish(topic, b"a")[0].at == (topic, 0, 0)


def test_what_was_refused_does_not_arrive_with_what_is_published_next(broker: Broker) -> None:
    topic = broker.topic()
    refusal(lambda: broker.publish(topic, b"refused", partition=99))
    broker.publish(topic, b"next")
    assert [event.value for event in broker.present(topic, since=Start("earliest"))] == ["next"]


@pytest.mark.parametrize("milliseconds", [0, 0.3, 0.6, 1, 1.5, 2, 3, 5])
def test_an_event_whose_time_was_too_short_arrives_only_if_its_failure_says_that_it_may(
    broker: Broker, milliseconds: float
) -> None:
    topic = broker.topic()
    broker.publish(topic, b"warm", partition=1)
    failure = ""
    try:
        broker.connection.producer.publish([Outgoing(topic, b"hasty", partition=0)], within(milliseconds / 1000))
    except KafkaLibraryError as reason:
        failure = str(reason)
    broker.publish(topic, b"next", partition=0)
    arrived = "hasty" in [event.value for event in broker.present(topic, since=Start("earliest"))]
    assert arrived == (not failure) or "may still arrive" in failure


def test_an_event_that_is_acknowledged_while_it_is_given_up_is_not_said_to_be_unsent(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, producer = broker.topic(), broker.connection.producer
    broker.publish(topic, b"warm")
    discard = producer._discard

    def acknowledged_before_that(raw: Any) -> None:
        raw.flush(PATIENCE)
        discard(raw)

    monkeypatch.setattr(producer, "_discard", acknowledged_before_that)
    failure = ""
    try:
        producer.publish([Outgoing(topic, b"late")], within(0))
    except KafkaLibraryError as reason:
        failure = str(reason)
    assert "will not be sent" not in failure


def test_what_was_interrupted_is_taken_out_of_the_queue(broker: Broker) -> None:
    topic = broker.topic()
    producer = broker.connection.producer

    class Stopped(BaseException):
        """What Robot raises in the middle of a call."""

    class StoppingDeadline(Deadline):
        """Whose first look at the clock is the last."""

        @property
        def passed(self) -> bool:
            raise Stopped

    with pytest.raises(Stopped):
        producer.publish([Outgoing(topic, b"a", partition=0)], StoppingDeadline(5))
    broker.publish(topic, b"next")
    events = [event.value for event in broker.present(topic, since=Start("earliest"))]
    assert events in (["next"], ["a", "next"])


def test_each_transaction_meets_its_topics_anew(broker: Broker) -> None:
    topic, producer = broker.topic(), broker.connection.producer
    for _ in range(3):
        producer.transactions.begin(within())
        assert not producer.transactions.met
        broker.publish(topic, b"v")
        assert producer.transactions.met == {topic}
        producer.transactions.commit(within())
