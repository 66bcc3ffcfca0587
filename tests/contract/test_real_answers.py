"""What only a real Kafka shows of answers: transactions, connections that break, topics that come, grow and go."""

from __future__ import annotations

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed
from tests.contract.brokers import Broker, Import, missing
from tests.contract.conftest import REAL
from tests.kafka.distance import Distance

PAID = '{"id": {$.id}, "status": "PAID"}'


def test_it_goes_on_when_kafka_is_there_again_and_answers_once(real: Broker, imported: Import) -> None:
    asked, told = real.topic(), real.topic()
    with Distance(REAL, 0.002) as way:
        library = imported(way.bootstrap_servers, timeout="20 s")
        library.start_test()
        library.watch_topics(told)
        library.answer_events(asked, with_=PAID, to=told)
        for number in range(200):
            real.publish_elsewhere(asked, b'{"id": %d}' % number)
            if number % 20 == 10:
                way.break_off()
        library.answers_should_have_been(200)
        numbers = [event.value.id for event in library.event_count_should_be(told, 200, within="0.2 s")]
        assert sorted(numbers) == list(range(200))
        library.end_test()


def test_kafka_that_does_not_come_back_fails_the_test(real: Broker, imported: Import) -> None:
    asked, told = real.topic(), real.topic()
    with Distance(REAL, 0.002) as way:
        library = imported(way.bootstrap_servers, timeout="1 s")
        library.start_test()
        library.answer_events(asked, with_=PAID, to=told)
    real.publish_elsewhere(asked, b'{"id": 1}')
    with pytest.raises(ExpectationFailed, match="could not be answered"):
        library.end_test()


def test_events_of_an_aborted_transaction_are_no_questions(real: Broker, library: KafkaLibrary) -> None:
    asked, told = real.topic(), real.topic()
    library.answer_events(asked, with_=PAID, to=told)
    transaction = real.transaction()
    transaction.produce(asked, b'{"id": 1}')
    transaction.flush(10)
    transaction.abort_transaction(10)
    real.publish_elsewhere(asked, b'{"id": 2}')
    library.answers_should_have_been(1)
    assert library.wait_for_event(told).value.id == 2


def test_answers_are_not_in_the_open_transaction_of_the_test(real: Broker, library: KafkaLibrary) -> None:
    asked, told = real.topic(), real.topic()
    library.watch_topics(told)
    library.answer_events(asked, with_=PAID, to=told)
    library.begin_kafka_transaction()
    real.publish_elsewhere(asked, b'{"id": 1}')
    library.answers_should_have_been(1)
    library.abort_kafka_transaction()
    assert len(library.event_count_should_be(told, 1, within="0.1 s")) == 1


def test_a_topic_that_comes_later_is_answered_from_its_first_event(real: Broker, library: KafkaLibrary) -> None:
    asked, told = missing(), real.topic()
    library.answer_events(asked, with_=PAID, to=told)
    real.make(asked)
    real.publish_elsewhere(asked, b'{"id": 1}')
    library.answers_should_have_been(1)


def test_so_are_partitions_that_are_added(real: Broker, library: KafkaLibrary) -> None:
    asked, told = real.topic(1), real.topic()
    library.answer_events(asked, with_=PAID, to=told)
    real.grow(asked, 3)
    real.publish_elsewhere(asked, b'{"id": 1}', partition=2)
    library.stop_answering()
    assert library.wait_for_event(told).value.id == 1


def test_a_topic_that_is_made_again_is_answered_from_its_first_event(real: Broker, library: KafkaLibrary) -> None:
    asked, told = real.topic(1), real.topic()
    real.publish_elsewhere(asked, b"a", b"b", b"c")
    library.answer_events(asked, with_=PAID, to=told)
    real.make_again(asked, 1)
    real.publish_elsewhere(asked, b'{"id": 1}')
    library.answers_should_have_been(1)


def test_a_topic_for_answers_that_does_not_exist_is_told(real: Broker, library: KafkaLibrary) -> None:
    asked = real.topic()
    library.answer_events(asked, with_="{$.there}", to="{$.there}")
    real.publish_elsewhere(asked, b'{"there": "no such topic"}')
    with pytest.raises(ExpectationFailed, match="no such topic"):
        library.stop_answering()
