"""Kafka is far away: what a look will need is asked before it begins, and fetches wait with the broker for longer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from confluent_kafka import KafkaError, KafkaException

from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.cluster.pending_answers import OffsetAnswer, least_offset
from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.reading.reader import Reader
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.watching.event_source import Cluster as Identity
from KafkaLibrary.watching.event_source import Place, TopicFacts

FACTS = TopicFacts("an id", (0, 1))
MADE_AGAIN = TopicFacts("another id", (0, 1))
NEAR, FAR = 0.0, 0.1
WAIT = "fetch.wait.max.ms"


class Answer(NamedTuple):
    """One that is there."""

    offset: int = 7
    facts: Mapping[str, TopicFacts] = {}

    def done(self) -> bool:
        return True

    def exception(self) -> None:
        return None

    def add_done_callback(self, call: Callable[[Any], object]) -> None:
        call(self)

    def result(self, _: float = 0) -> Answer:
        return self

    def answer(self) -> Mapping[str, TopicFacts]:
        return self.facts


class Cluster(Admin):
    """Notes what it was asked, in its order."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.facts = FACTS
        self.identity = Identity("default", "kafka:9092")

    def ask_topics(self, topics: Collection[str], seconds: float = 0) -> Any:
        self.asked.append("facts")
        return Answer(facts=dict.fromkeys(topics, self.facts))

    def ask_facts(self, topics: Collection[str], _: Deadline) -> dict[str, Any]:
        self.asked.append("facts")
        futures = {topic: Future[None]() for topic in topics}
        for future in futures.values() if Consumer.due == NEAR else ():
            future.set_result(None)
        return futures

    def describe(self, topics: Collection[str], *_: object) -> dict[str, TopicFacts | None]:
        return dict.fromkeys(topics, self.facts)

    def ask_offsets(self, wanted: Mapping[Place, Any], _: float, *, committed: bool) -> dict[Place, Any]:
        self.asked.append("ends" if committed else "by time")
        return {place: OffsetAnswer(Answer(), least_offset(spec)) for place, spec in wanted.items()}

    def offsets(self, wanted: Mapping[Place, Any], *_: object, **__: object) -> dict[Place, int]:
        return dict.fromkeys(wanted, 7)


class Consumer:
    """Answers when that is due."""

    made: list[Consumer]
    due = NEAR

    there: Collection[str] = ()

    def __init__(self, properties: Mapping[str, Any], logger: object) -> None:
        self.wait = properties[WAIT]
        self.asked: list[tuple[str, ...]] = []
        self.assigned: list[str] = []
        Consumer.made.append(self)

    def list_topics(self, *topic: str, timeout: float) -> SimpleNamespace:
        self.asked.append(topic)
        threading.Event().wait(min(Consumer.due, timeout))
        if timeout < Consumer.due:
            raise KafkaException(KafkaError(KafkaError._TIMED_OUT))
        return SimpleNamespace(cluster_id="", topics=dict.fromkeys(Consumer.there, SimpleNamespace(error=None)))

    def assignment(self) -> list[Any]:
        return []

    def incremental_assign(self, parts: Collection[Any]) -> None:
        self.assigned += [part.topic for part in parts]

    def unsubscribe(self) -> None:
        """A producer has no such thing."""

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Cluster:
    monkeypatch.setattr("KafkaLibrary.broker.reading.reader.client.Consumer", Consumer)
    Consumer.made, Consumer.due, Consumer.there = [], NEAR, ()
    return Cluster()


def reader_of(cluster: Cluster, **options: Any) -> Reader:
    settings = Settings.read("127.0.0.1:1", None, options)
    return Reader(settings, cluster, ClientErrors(settings.masked))


def look(reader: Reader, milliseconds: int = 1) -> None:
    """As a first wait begins."""
    reader.ask_ahead(["orders"], milliseconds, Deadline(1))
    facts = reader.describe(["orders"], Deadline(1))["orders"]
    places = [("orders", number) for number in facts.partitions] if facts else []
    assert reader.offsets_at(places, 1, Deadline(1)) == dict.fromkeys(places, 7)


def test_offsets_of_a_topic_that_was_published_to_are_asked_for_with_its_facts(cluster: Cluster) -> None:
    reader = reader_of(cluster)
    reader.foresee(["orders"])
    look(reader)
    assert cluster.asked == ["facts", "ends", "by time", "facts"]


def test_offsets_that_were_asked_ahead_count_for_that_topic_alone_and_not_for_one_made_again(cluster: Cluster) -> None:
    reader = reader_of(cluster)
    reader.foresee(["orders"])
    cluster.facts = MADE_AGAIN
    look(reader)
    assert cluster.asked == ["facts", "ends", "by time", "facts", "ends", "by time"]


@pytest.mark.parametrize("milliseconds", [2, 0])
def test_offsets_of_another_time_are_asked_for(cluster: Cluster, milliseconds: int) -> None:
    reader = reader_of(cluster)
    reader.foresee(["orders"])
    look(reader, milliseconds)
    assert cluster.asked == ["facts", "ends", "by time", "facts", "ends", "by time"]


def test_without_publishing_nothing_is_asked_ahead(cluster: Cluster) -> None:
    look(reader_of(cluster))
    assert cluster.asked == ["facts"]


@pytest.mark.parametrize(("due", "waits"), [(NEAR, [40]), (FAR, [40, 250])])
def test_a_reader_that_turns_out_to_be_far_away_is_made_as_such(cluster: Cluster, due: float, waits: list[int]) -> None:
    Consumer.due = due
    look(reader_of(cluster))
    assert [made.wait for made in Consumer.made] == waits


def test_while_a_publishing_waits_the_reader_is_made_for_a_kafka_that_is_far_away(cluster: Cluster) -> None:
    Consumer.due = FAR
    reader = reader_of(cluster)
    reader.foresee(["orders"])
    look(reader)
    assert [made.wait for made in Consumer.made] == [250]


def test_how_long_a_fetch_waits_is_as_it_was_given_wherever_kafka_is(cluster: Cluster) -> None:
    Consumer.due = FAR
    look(reader_of(cluster, fetch_wait_max_ms=99))
    assert {made.wait for made in Consumer.made} == {99}


def attached(reader: Reader, *topics: str, seconds: float = 5) -> Consumer:
    """The consumer that reads them then."""
    reader.attach(dict.fromkeys([(topic, 0) for topic in topics], 0), Deadline(seconds))
    return Consumer.made[-1]


def test_the_consumer_is_asked_about_each_of_several_topics_alone(cluster: Cluster) -> None:
    """A question for all of them would be answered with all topics that there are."""
    Consumer.due, Consumer.there = FAR, ("orders", "counts", "carts")
    reader = reader_of(cluster)
    reader.is_far(True)
    consumer = attached(reader, "orders", "counts", "carts")
    assert sorted(consumer.asked) == [("carts",), ("counts",), ("orders",)]
    assert set(consumer.assigned) == {"orders", "counts", "carts"}


def test_a_topic_that_is_missing_is_not_asked_about_again_and_again(cluster: Cluster) -> None:
    Consumer.due = FAR
    reader = reader_of(cluster)
    reader.is_far(True)
    reader.describe(["orders"], Deadline(1))
    consumer = attached(reader, "orders")
    for _ in range(3):
        reader.describe(["orders"], Deadline(1))
    assert consumer.asked == [("orders",)]
    reader.forget("orders")  # it has come
    reader.describe(["orders"], Deadline(1))
    assert consumer.asked == [("orders",), ("orders",)]


def test_a_consumer_that_gets_no_answer_holds_up_nobody(cluster: Cluster) -> None:
    Consumer.due = 60
    reader = reader_of(cluster)
    reader.foresee(["orders"])
    asked_for_long = Consumer.made[-1]
    consumer = attached(reader, "orders", seconds=0.05)
    assert consumer is not asked_for_long
    assert consumer.assigned == ["orders"]
