"""An application of one's own on the embedded broker: it subscribes first, and gets the first event at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import confluent_kafka as client
import pytest
from confluent_kafka import cimpl

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.broker.embedded import embedded_broker, native_cluster
from KafkaLibrary.errors import KafkaUnusable, KeywordMisused, NeedsRealKafka
from KafkaLibrary.watching.marks import Start
from tests.contract.brokers import PATIENCE, Broker, missing, within

PROTOCOLS = ["classic", "consumer"]


@pytest.fixture
def embedded() -> Iterator[Broker]:
    made = Broker("embedded")
    yield made
    made.close()


@pytest.fixture
def without_functions(monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    """As where the Kafka client is built without them."""
    monkeypatch.setattr(embedded_broker, "native_functions", lambda: None)
    made = Broker("embedded")
    yield made
    made.close()


class Application:
    """Consumes in a group, as a service does."""

    def __init__(self, address: str, protocol: str, group: str, *topics: str) -> None:
        self.consumer: Any = client.Consumer({
            "bootstrap.servers": address, "group.id": group, "group.protocol": protocol,
            "auto.offset.reset": "earliest", "enable.auto.commit": False,
        }, logger=_Silent())  # fmt: skip
        self.consumer.subscribe(list(topics))

    def is_assigned(self, partitions: int) -> bool:
        until = time.monotonic() + PATIENCE
        while len(self.consumer.assignment()) < partitions and time.monotonic() < until:
            self.consumer.poll(0.02)
        return len(self.consumer.assignment()) == partitions

    def next(self) -> bytes | None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            message = self.consumer.poll(0.1)
            if message is not None and message.error() is None:
                self.consumer.commit(message, asynchronous=False)
                return bytes(message.value())
        return None


class _Silent:
    def log(self, *_: object) -> None:
        """Floor versions of the client call the newer group protocol a preview in their log."""


def watched(broker: Broker, *topics: str) -> None:
    """As the topics of ``watch=`` are."""
    broker.connection.watch(topics, Start("latest"), within())


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("how", ["watch=", "Create Topic"])
def test_an_application_that_subscribed_first_gets_the_first_event(protocol: str, how: str) -> None:
    topic, group = missing(), missing()
    kafka = KafkaLibrary("embedded", watch=topic if how == "watch=" else None, timeout=PATIENCE)
    kafka.start_test()
    if how == "Create Topic":
        kafka.create_topic(topic)
    application = Application(kafka.kafka_should_be_reachable()["bootstrap_servers"], protocol, group, topic)
    assert application.is_assigned(1)
    event = kafka.publish_event(topic, {"n": 1})
    assert application.next() == b'{"n":1}'
    kafka.wait_until_event_is_consumed(event, group)
    application.consumer.close()
    kafka.disconnect_from_all_kafka()


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_topic_has_as_many_partitions_as_were_asked_for(embedded: Broker, protocol: str) -> None:
    topic = missing()
    embedded.connection.topics.create(topic, 7, None, {}, within())
    application = Application(embedded.address, protocol, missing(), topic)
    assert application.is_assigned(7)
    embedded.publish(topic, b"last", partition=6)
    assert application.next() == b"last"
    application.consumer.close()


def test_members_of_a_classic_group_that_start_together_share_its_partitions(embedded: Broker) -> None:
    topic, group = missing(), missing()
    embedded.connection.topics.create(topic, 4, None, {}, within())
    one, two = (Application(embedded.address, "classic", group, topic) for _ in range(2))

    def shares() -> list[int]:
        return [len(member.consumer.assignment()) for member in (one, two)]

    until = time.monotonic() + 4 * PATIENCE  # where one is late, they are distributed once more
    while shares() != [2, 2] and time.monotonic() < until:
        one.consumer.poll(0.02)
        two.consumer.poll(0.02)
    assert shares() == [2, 2]
    one.consumer.close()
    two.consumer.close()


def test_a_watched_topic_is_created_once_more_only_as_it_is(embedded: Broker) -> None:
    topics = embedded.connection.topics
    topic, other = missing(), missing()
    watched(embedded, topic, other)
    with pytest.raises(KeywordMisused, match="with 1 partition"):
        topics.create(topic, 3, None, {}, within())
    topics.create(topic, 1, None, {}, within())
    with pytest.raises(KeywordMisused, match="exists already"):
        topics.create(topic, 1, None, {}, within())
    watched(embedded, topic)
    with pytest.raises(KeywordMisused, match="exists already"):
        topics.create(topic, 1, None, {}, within())


def test_a_pattern_makes_no_topic(embedded: Broker) -> None:
    watched(embedded, "orders-*", "^payments")
    assert embedded.connection.topics.names(within()) == []


def test_an_event_before_it_was_watched_keeps_the_partitions_that_its_topic_had(embedded: Broker) -> None:
    topic = embedded.topic()
    watched(embedded, topic)
    embedded.publish(topic, b"1", partition=3)
    assert embedded.wait(topic) is not None


@pytest.mark.parametrize(
    "negative",
    [
        lambda kafka, topic: kafka.no_event_should_arrive(topic, within=0.05),
        lambda kafka, topic: kafka.event_count_should_be(topic, 0, within=0.05),
        lambda kafka, topic: kafka.wait_until_topic_is_quiet(topic, quiet=0.05),
        lambda kafka, topic: kafka.get_events(topic),
    ],
    ids=["none", "count", "quiet", "get"],
)
def test_that_only_watching_made_a_topic_is_a_doubt(negative: Callable[[KafkaLibrary, str], Any]) -> None:
    misspelt, right, used = missing(), missing(), missing()
    kafka = KafkaLibrary("embedded", watch=[misspelt, right, used], doubts="fail", timeout=PATIENCE)
    kafka.start_test()
    kafka.create_topic(right)
    kafka.publish_event(used, "of the test before")
    kafka.start_test()
    negative(kafka, right)
    negative(kafka, used)
    with pytest.raises(KeywordMisused, match=f"No event was ever published to '{misspelt}'"):
        negative(kafka, misspelt)
    kafka.no_event_should_arrive(misspelt, within=0.05, missing_ok=True)
    kafka.disconnect_from_all_kafka()


def test_a_guarded_topic_of_dead_letters_is_not_made() -> None:
    letters, orders = missing(), missing()
    kafka = KafkaLibrary("embedded", watch=[orders, letters], dead_letters=letters, timeout=PATIENCE)
    kafka.start_test()
    assert kafka.get_topics() == [orders]
    kafka.disconnect_from_all_kafka()


def test_more_copies_than_the_one_broker_can_have_are_refused(embedded: Broker) -> None:
    with pytest.raises(KeywordMisused, match="one broker"):
        embedded.connection.topics.create(missing(), 1, 2, {}, within())
    embedded.connection.topics.create(missing(), 1, 1, {}, within())


def test_a_closed_one_makes_no_topic() -> None:
    closed = Broker("embedded")
    closed.close()
    closed.close()
    with pytest.raises(KafkaUnusable, match="did not make"):
        closed.connection.topics.create(missing(), 1, None, {}, within())


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_without_the_clients_functions_topics_exist_at_once_too(without_functions: Broker, protocol: str) -> None:
    topic = missing()
    watched(without_functions, topic)
    application = Application(without_functions.address, protocol, missing(), topic)
    assert application.is_assigned(4)
    without_functions.publish(topic, b"1", partition=3)
    assert application.next() == b"1"
    assert without_functions.wait(topic) is not None
    application.consumer.close()


def test_without_the_clients_functions_another_number_of_partitions_is_refused(without_functions: Broker) -> None:
    topic = missing()
    with pytest.raises(NeedsRealKafka, match="4 partitions"):
        without_functions.connection.topics.create(topic, 1, None, {}, within())
    without_functions.connection.topics.create(topic, 4, None, {}, within())
    with pytest.raises(KeywordMisused, match="exists already"):
        without_functions.connection.topics.create(topic, 4, None, {}, within())


def test_the_wheel_that_is_installed_offers_the_functions() -> None:
    assert native_cluster.native_functions() is not None


def test_another_major_version_of_librdkafka_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "libversion", lambda: ("3.0.0", 0x030000FF))
    assert native_cluster.native_functions() is None


def test_a_library_without_the_functions_is_passed_by(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cimpl, "__file__", str(tmp_path / "none.so"))
    assert native_cluster.native_functions() is None


def test_on_windows_librdkafka_is_looked_for_beside_the_client(tmp_path: Path) -> None:
    package, libraries = tmp_path / "confluent_kafka", tmp_path / "confluent_kafka.libs"
    libraries.mkdir()
    for name in ("zstd-1.dll", "librdkafka-0a1b.dll"):
        (libraries / name).touch()
    found = [str(path) for path in native_cluster.shared_libraries(package, "cimpl.pyd", windows=True)]
    assert found == ["cimpl.pyd", str(libraries / "librdkafka-0a1b.dll")]
    assert list(native_cluster.shared_libraries(package, "cimpl.so", windows=False)) == ["cimpl.so"]
