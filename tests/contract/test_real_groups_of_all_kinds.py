"""Groups that are no consumer groups, members that were killed, and events whose topic nobody has watched."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import confluent_kafka as client
import pytest
from confluent_kafka import TopicPartition

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.broker.groups.lag_and_reset import Target
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import ExpectationFailed, KafkaUnusable, KeywordMisused
from KafkaLibrary.event import Event
from tests.contract.brokers import PATIENCE, Broker, Connect, missing, refusal, within


def _event(real: Broker, topic: str, value: bytes = b"a", topic_id: str | None = None) -> Event:
    return real.connection.event(real.publish(topic, value)[0], topic_id)


# Share groups


@pytest.fixture
def shared(real: Broker) -> Iterator[tuple[str, str]]:
    """A topic and a share group that consumes it."""
    topic, group = real.topic(1), missing()
    member = client.ShareConsumer({"bootstrap.servers": real.address, "group.id": group})
    member.subscribe([topic])
    deadline, taken = within(), 0
    while not taken and not deadline.passed:
        real.publish(topic, b"a")
        taken = len(member.poll(0.2))
    assert taken, "The share group takes nothing."
    yield topic, group
    member.close()


ABOUT_SHARE_GROUPS: dict[str, Callable[[Broker, str, str], object]] = {
    "consumed": lambda real, topic, group: real.connection.consumption.wait_until_consumed(
        _event(real, topic), group, within(0.1)
    ),
    "ready": lambda real, topic, group: real.connection.groups.wait_until_ready(group, topic, within(0.1)),
    "lag": lambda real, topic, group: real.connection.group_offsets.lag(group, topic, within()),
    "lag of all": lambda real, _, group: real.connection.group_offsets.lag(group, None, within()),
    "reset": lambda real, topic, group: real.connection.group_offsets.reset(group, topic, Target("latest"), within()),
}


def test_a_share_group_is_told_from_one_that_does_not_exist(real: Broker, shared: tuple[str, str]) -> None:
    said = {
        about: str(refusal(lambda ask=ask: ask(real, *shared)))  # type: ignore[misc]
        for about, ask in ABOUT_SHARE_GROUPS.items()
    }
    clear = {about: "not a consumer group" in text and "does not exist" not in text for about, text in said.items()}
    assert clear == dict.fromkeys(ABOUT_SHARE_GROUPS, True), said


AT_ONCE: dict[str, Callable[[Broker, str, str], object]] = {
    "consumed": lambda real, topic, group: real.connection.consumption.wait_until_consumed(
        _event(real, topic), group, within()
    ),
    "ready": lambda real, topic, group: real.connection.groups.wait_until_ready(group, topic, within()),
    "lag": lambda real, topic, group: real.connection.group_offsets.wait_for_lag(
        group, topic, lambda lag: not lag, within(), PATIENCE
    ),
}


def test_what_a_share_group_never_does_is_not_waited_for(real: Broker, shared: tuple[str, str]) -> None:
    deadline = within()
    said = {about: str(refusal(lambda ask=ask: ask(real, *shared))) for about, ask in AT_ONCE.items()}  # type: ignore[misc]
    assert not deadline.passed
    assert {about: "it is a share group" in text for about, text in said.items()} == dict.fromkeys(AT_ONCE, True), said


def test_the_id_of_a_share_group_is_among_those_that_may_be_meant(real: Broker, shared: tuple[str, str]) -> None:
    assert f"'{shared[1]}'" in real.connection.groups.near(f"{shared[1]}x", within())


@pytest.mark.parametrize("there", [False, True])
def test_a_reset_that_makes_a_group_warns(
    real: Broker, library: KafkaLibrary, there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    topic, group = real.topic(1), missing()
    monkeypatch.setattr("KafkaLibrary.keywords.groups.warn", told.append)
    if there:
        _commit(real, group, topic, 0)
    library.reset_consumer_group_offsets(group, topic, "earliest")
    assert [f"There was no group '{group}'" in text for text in told] == [True] * (not there)


# Members that were killed

_MEMBER = """
import sys, confluent_kafka
settings = {"bootstrap.servers": sys.argv[1], "group.id": sys.argv[2], "auto.offset.reset": "earliest"}
settings |= {"enable.auto.commit": False, "session.timeout.ms": 6000, "heartbeat.interval.ms": 1000}
consumer = confluent_kafka.Consumer(settings)
consumer.subscribe([sys.argv[3]])
while True:
    consumer.poll(0.1)
"""


def test_a_killed_member_has_its_partitions_until_its_session_is_over_and_then_the_next_one_has(real: Broker) -> None:
    topic, group = real.topic(1), missing()
    event = _event(real, topic)
    with subprocess.Popen([sys.executable, "-c", _MEMBER, real.address, group, topic]) as killed:
        try:
            real.connection.groups.wait_until_ready(group, topic, within(20))
        finally:
            killed.kill()
    reason = refusal(lambda: real.connection.consumption.wait_until_consumed(event, group, within(0.1)))
    assert f"{topic}[0] belongs to" in str(reason)
    assert isinstance(
        refusal(lambda: real.connection.group_offsets.reset(group, topic, Target("latest"), within())), KeywordMisused
    )
    member = real.member(group, topic)
    deadline, first = within(30), None
    while first is None and not deadline.passed:
        first = member.poll(0.1)
    assert first is not None
    member.commit(message=first, asynchronous=False)
    assert real.connection.consumption.wait_until_consumed(event, group, within()) == 1
    assert len(real.connection.groups.wait_until_ready(group, topic, within(20)).members) == 1


# Events of topics that nobody has watched


def _commit(real: Broker, group: str, topic: str, offset: int) -> None:
    real.member(group).commit(offsets=[TopicPartition(topic, 0, offset)], asynchronous=False)


@pytest.mark.parametrize("value", [b"other", b"a"], ids=["another event", "the same values at another time"])
def test_an_event_of_a_former_topic_is_found_out_though_nobody_knows_its_id(real: Broker, value: bytes) -> None:
    topic, group = real.topic(1), missing()
    event = _event(real, topic)
    real.delete(topic)
    real.make(topic, 1)
    assert _event(real, topic, value).timestamp_ms > event.timestamp_ms
    _commit(real, group, topic, 1)
    deadline = within()
    reason = refusal(lambda: real.connection.consumption.wait_until_consumed(event, group, deadline))
    assert isinstance(reason, ExpectationFailed)
    assert ("its topic was deleted and recreated" in str(reason), deadline.passed) == (True, False)


@pytest.mark.parametrize("config", [{}, {"message_timestamp_type": "LogAppendTime"}], ids=["own time", "Kafka's time"])
def test_an_event_whose_topic_nobody_has_watched_is_consumed(real: Broker, config: dict[str, str]) -> None:
    topic, group = real.topic(1, **config), missing()
    event = _event(real, topic)
    _commit(real, group, topic, 1)
    assert real.connection.consumption.wait_until_consumed(event, group, within()) == 1


def test_an_event_that_was_deleted_since_is_consumed_all_the_same(real: Broker) -> None:
    topic, group = real.topic(1), missing()
    event = _event(real, topic)
    real.connection.topics.empty(topic, within())
    _commit(real, group, topic, 1)
    assert real.connection.consumption.wait_until_consumed(event, group, within()) == 1


# Kafka goes silent at the wrong moment


def test_a_reset_without_an_answer_may_still_arrive_and_that_is_told(
    real: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic, group = real.topic(1), missing()
    real.publish(topic, b"a")
    from confluent_kafka.admin import AdminClient  # noqa: PLC0415 - as slow here as there

    ask = AdminClient.alter_consumer_group_offsets

    def without_an_answer(self: Any, *args: Any, **options: Any) -> Any:
        futures = ask(self, *args, **options)
        return {name: Future() for name in futures}

    monkeypatch.setattr(AdminClient, "alter_consumer_group_offsets", without_an_answer)
    reason = refusal(lambda: real.connection.group_offsets.reset(group, topic, Target("latest"), Deadline(0.5)))
    assert isinstance(reason, KafkaUnusable)
    assert "they may still arrive.\nReset them again" in str(reason)


def test_a_reset_that_was_not_sent_does_not_say_that_it_may_arrive(connect: Connect) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        dead = connect(f"127.0.0.1:{taken.getsockname()[1]}")
        reason = refusal(lambda: dead.connection.commits.write("group", {("orders", 0): 0}, Deadline(0.3)))
    assert "may still arrive" not in str(reason)


def test_the_events_of_a_compacted_topic_are_not_deleted_and_the_way_out_is_told(real: Broker) -> None:
    topic = real.topic(1, cleanup_policy="compact")
    reason = refusal(lambda: real.connection.topics.empty(topic, within()))
    assert isinstance(reason, KeywordMisused)
    assert "is only compact.\nPublish a tombstone" in str(reason)
