"""Nothing that is to be published is lost, whatever Kafka or the client say to it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException

from examples.shop import kafka as shop_kafka
from examples.shop.database import Database
from examples.shop.events import publish
from examples.shop.kafka import Outbox, stop
from KafkaLibrary import KafkaLibrary

SECONDS = 5.0
TOO_LARGE = KafkaError(KafkaError.MSG_SIZE_TOO_LARGE)
UNKNOWN_TOPIC = KafkaError(KafkaError.UNKNOWN_TOPIC_OR_PART)
FATAL = KafkaError(KafkaError._FATAL, "fenced", fatal=True)

Delivered = Callable[[KafkaError | None, Any], None]


class Handed:
    """An event on its way."""

    def __init__(self, topic: str, delivered: Delivered) -> None:
        self._topic = topic
        self.delivered = delivered

    def topic(self) -> str:
        return self._topic


class Producer:
    """In place of the client's: each event of a topic meets what stands there for it, then it is published."""

    def __init__(self, _: Mapping[str, Any]) -> None:
        self.raised: dict[str, list[Exception]] = {}
        self.refused: dict[str, list[KafkaError]] = {}
        self.published: list[str] = []
        self.room = 100
        self._on_the_way: deque[Handed] = deque()

    def produce(self, topic: str, *_: object, on_delivery: Delivered, **__: object) -> None:
        if len(self) == self.room:
            raise BufferError("the queue is full")
        if self.raised.get(topic):
            raise self.raised[topic].pop()
        self._on_the_way.append(Handed(topic, on_delivery))

    def flush(self, _: float) -> int:
        while self._on_the_way:
            handed = self._on_the_way.popleft()
            errors = self.refused.get(handed.topic())
            error = errors.pop() if errors else None
            if error is None:
                self.published.append(handed.topic())
            handed.delivered(error, handed)
        return 0

    def list_topics(self, timeout: float) -> None:
        """Kafka answers."""

    def __len__(self) -> int:
        return len(self._on_the_way)


@pytest.fixture
def producer(monkeypatch: pytest.MonkeyPatch) -> Producer:
    made = Producer({})
    monkeypatch.setattr(shop_kafka, "Producer", lambda _: made)
    monkeypatch.setattr(shop_kafka, "AGAIN_SECONDS", 0.05)
    return made


@pytest.fixture
def outbox(producer: Producer, database: Database) -> Outbox:
    return Outbox("nowhere", database)


@contextmanager
def running(outbox: Outbox) -> Iterator[None]:
    outbox.start()
    yield
    assert outbox.is_alive(), "The outbox has died."
    stop([outbox])


def put(database: Database, *topics: str) -> None:
    with database.transaction() as transaction:
        for topic in topics:
            publish(transaction, topic, "key")


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < until, "It did not come to it."
        time.sleep(0.01)


def left(database: Database) -> list[str]:
    with database.reading() as connection:
        return [row["topic"] for row in connection.execute("select topic from outbox order by number")]


def test_what_waits_from_before_the_start_is_published(producer: Producer, database: Database) -> None:
    put(database, "first", "second")
    with running(Outbox("nowhere", database)):
        wait_until(lambda: producer.published == ["first", "second"])
        put(database, "third")
        wait_until(lambda: not left(database))
    assert producer.published == ["first", "second", "third"]


def test_what_is_refused_keeps_its_place_and_is_tried_again(
    outbox: Outbox, producer: Producer, database: Database
) -> None:
    producer.refused = {"first": [UNKNOWN_TOPIC] * 2, "second": [UNKNOWN_TOPIC] * 2}
    put(database, "first", "second")
    with running(outbox):
        wait_until(lambda: not left(database))
        wait_until(lambda: outbox.trouble() is None)
    assert producer.published == ["first", "second"]


def test_as_long_as_it_is_refused_the_shop_is_in_trouble(
    outbox: Outbox, producer: Producer, database: Database
) -> None:
    producer.refused = {"first": [UNKNOWN_TOPIC] * 10_000}
    put(database, "first")
    with running(outbox):
        wait_until(lambda: "Kafka refuses an event for first" in str(outbox.trouble()))
    assert left(database) == ["first"]


@pytest.mark.parametrize("place", ["handing over", "delivery"])
def test_what_can_never_be_sent_holds_up_nothing(
    outbox: Outbox, producer: Producer, database: Database, place: str
) -> None:
    if place == "handing over":
        producer.raised = {"large": [KafkaException(TOO_LARGE)]}
    else:
        producer.refused = {"large": [TOO_LARGE]}
    put(database, "large", "small")
    with running(outbox):
        wait_until(lambda: left(database) == ["large"])
        put(database, "next")
        wait_until(lambda: left(database) == ["large"])
        assert "an event for large is given up" in str(outbox.trouble())
    assert producer.published == ["small", "next"]


def test_more_than_the_client_can_hold_is_published_in_its_order(
    outbox: Outbox, producer: Producer, database: Database
) -> None:
    producer.room = 2
    put(database, *"abcdefg")
    with running(outbox):
        wait_until(lambda: not left(database))
    assert "".join(producer.published) == "abcdefg"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_client_that_can_do_nothing_more_ends_the_outbox(
    outbox: Outbox, producer: Producer, database: Database
) -> None:
    producer.refused = {"first": [FATAL]}
    put(database, "first")
    outbox.start()
    outbox.join(SECONDS)
    assert not outbox.is_alive()
    assert left(database) == ["first"]


def test_what_came_last_is_published_when_the_shop_stops(kafka: KafkaLibrary, address: str, database: Database) -> None:
    outbox = Outbox(address, database)
    with running(outbox):
        put(database, "shop.last")
        wait_until(lambda: not left(database))
        # Behind the outbox's back, as if it were asked to stop before it could look.
        with closing(database._connect()) as connection:
            publish(connection, "shop.last", "key")
    assert not left(database)
    kafka.event_count_should_be("shop.last", 2, within="0.1 s", since="earliest")
