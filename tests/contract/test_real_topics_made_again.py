"""Topics of a real Kafka that are deleted, made again or grown while tests use them by the library's keywords."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from unittest.mock import Mock

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed, KafkaLibraryError
from KafkaLibrary.event import Event
from tests.contract.brokers import Broker, missing, refusal

WAYS = ("by the library", "by another client")
Change = Callable[..., None]


@pytest.fixture(params=WAYS)
def delete(request: pytest.FixtureRequest, library: KafkaLibrary, real: Broker) -> Change:
    """Deletes a topic."""
    return library.delete_topic if request.param == WAYS[0] else real.delete


@pytest.fixture(params=WAYS)
def make_again(request: pytest.FixtureRequest, library: KafkaLibrary, real: Broker) -> Change:
    """Deletes a topic and makes it again with so many partitions."""

    def by_the_library(topic: str, partitions: int) -> None:
        library.delete_topic(topic)
        library.create_topic(topic, partitions)

    return by_the_library if request.param == WAYS[0] else real.make_again


# Events that were published after it


@pytest.fixture
def events(library: KafkaLibrary, real: Broker, make_again: Change) -> list[Event]:
    """Two events on a topic that was watched and then made again."""
    topic = real.topic(1)
    library.watch_topics(topic)
    library.publish_event(topic, {"id": 0})
    make_again(topic, 1)
    return [library.publish_event(topic, {"id": number}) for number in (1, 2)]


def test_a_wait_goes_on_behind_an_event_on_a_topic_made_again(library: KafkaLibrary, events: list[Event]) -> None:
    first, second = events
    assert library.wait_for_event(first.topic, "id >= 1", since=first) == second


def test_nothing_is_behind_the_last_event_on_a_topic_made_again(library: KafkaLibrary, events: list[Event]) -> None:
    last = events[-1]
    assert library.get_events(last.topic, "id exists", since=last) == []


def test_an_event_on_a_topic_made_again_is_consumed(library: KafkaLibrary, real: Broker, events: list[Event]) -> None:
    group, last = missing(), events[-1]
    real.commit(group, last.topic, last.offset + 1)
    library.wait_until_event_is_consumed(last, group)


def test_an_event_at_the_place_of_an_aborted_one_of_the_former_topic_is_consumed(
    library: KafkaLibrary, real: Broker, make_again: Change
) -> None:
    topic, group = real.topic(1), missing()
    library.begin_kafka_transaction()
    aborted = library.publish_event(topic, "aborted")
    library.abort_kafka_transaction()
    make_again(topic, 1)
    event = library.publish_event(topic, "new")
    assert event.place == aborted.place
    real.commit(group, topic, event.offset + 1)
    library.wait_until_event_is_consumed(event, group)


def test_a_group_is_reset_to_an_event_on_a_topic_made_again(library: KafkaLibrary, events: list[Event]) -> None:
    last = events[-1]
    assert library.reset_consumer_group_offsets(missing(), last.topic, to=last) == {0: 1}


@pytest.mark.parametrize("values", [[b"new"], [b"new", b"new", b"new"]], ids=["fewer events", "as many events"])
def test_an_event_of_a_former_topic_hides_nothing_in_a_negative(
    library: KafkaLibrary, real: Broker, values: list[bytes]
) -> None:
    topic = real.topic(1)  # it is not watched, so nobody knows its id
    last = library.publish_events(topic, ["old", "old", "old"])[-1]
    real.make_again(topic, 1)
    real.publish_elsewhere(topic, *values)
    with pytest.raises(ExpectationFailed, match="unexpected event"):
        library.no_event_should_arrive(topic, "value == new", since=last, within=0.1)


# Topics that each test makes anew


def test_a_topic_that_each_test_makes_anew_is_new_in_each(library: KafkaLibrary, real: Broker, delete: Change) -> None:
    topic = real.topic(1)
    library.watch_topics(topic)
    delete(topic)
    for _ in range(3):
        library.start_test()
        real.make(topic, 1)
        library.publish_event(topic, {"id": 1})
        library.no_event_should_arrive(topic, "id == 2", within=0.1)
        library.event_count_should_be(topic, 1, "id exists", within=0.1)
        delete(topic)


def test_a_topic_that_the_library_deleted_is_asked_for_once_at_the_next_test(
    library: KafkaLibrary, real: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, reader = real.topic(1), library._session.current.reader
    library.watch_topics(topic)
    library.delete_topic(topic)
    marks, described = Mock(wraps=reader.marks), Mock(wraps=reader.describe)
    monkeypatch.setattr(reader, "marks", marks)
    monkeypatch.setattr(reader, "describe", described)
    library.start_test()
    # The one question for its facts is part of that for its marks.
    assert (marks.call_count, described.call_count) == (1, 1)


# Publishing


def test_a_key_finds_its_partition_in_a_topic_made_again_with_fewer(
    library: KafkaLibrary, real: Broker, make_again: Change
) -> None:
    topic = real.topic(4)
    keys = (str(number) for number in range(100))
    key = next(key for key in keys if library.publish_event(topic, "old", key=key).partition == 3)
    make_again(topic, 1)
    event = library.publish_event(topic, "new", key=key)
    assert (event.partition, event.offset) == (0, 0)


def test_a_partition_that_a_topic_made_again_has_more_is_published_to(
    library: KafkaLibrary, real: Broker, make_again: Change
) -> None:
    topic = real.topic(1)
    library.publish_event(topic, "old")
    make_again(topic, 3)
    event = library.publish_event(topic, "new", partition=2)
    assert (event.partition, event.offset) == (2, 0)


def test_a_partition_that_was_added_is_published_to(library: KafkaLibrary, real: Broker) -> None:
    topic = real.topic(1)
    library.publish_event(topic, "before")
    real.grow(topic, 3)
    event = library.publish_event(topic, "after", partition=2)
    assert (event.partition, event.offset) == (2, 0)


@pytest.mark.parametrize("timeout", ["10 s", "1 s"])
def test_publishing_to_a_deleted_topic_tells_that_it_is_missing(
    library: KafkaLibrary, real: Broker, delete: Change, timeout: str
) -> None:
    topic = real.topic(1)
    library.publish_event(topic, "old")
    delete(topic)
    reason = refusal(lambda: library.publish_event(topic, "new", timeout=timeout))
    assert f"the topic '{topic}' does not exist" in str(reason)


@pytest.mark.parametrize("timeout", ["10 s", "1 s"])
def test_publishing_to_a_deleted_topic_in_a_transaction_tells_that_it_is_missing(
    library: KafkaLibrary, real: Broker, delete: Change, timeout: str
) -> None:
    topic = real.topic(1)
    library.publish_event(topic, "old")
    delete(topic)
    library.begin_kafka_transaction()
    reason = refusal(lambda: library.publish_event(topic, "new", timeout=timeout))
    library.abort_kafka_transaction()
    assert f"the topic '{topic}' does not exist" in str(reason)


@pytest.mark.parametrize("timeout", ["10 s", "1 s"])
def test_publishing_to_a_topic_deleted_during_a_transaction_tells_that_it_is_missing(
    library: KafkaLibrary, real: Broker, delete: Change, timeout: str
) -> None:
    topic = real.topic(1)
    library.begin_kafka_transaction()
    library.publish_event(topic, "old")
    delete(topic)
    reason = refusal(lambda: library.publish_event(topic, "new", timeout=timeout))
    with suppress(KafkaLibraryError):  # Kafka may look for the topic of the transaction for longer
        library.abort_kafka_transaction("1 s")
    assert f"the topic '{topic}' does not exist" in str(reason)
