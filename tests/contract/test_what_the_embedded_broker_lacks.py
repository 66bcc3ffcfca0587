"""What the embedded broker can't do is refused at once, with the way to have it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from KafkaLibrary.errors import KafkaUnusable, NeedsRealKafka
from KafkaLibrary.watching.marks import Start
from tests.contract.brokers import Broker, within

SOON = 2.0
"""Seconds, of the ten that an answer may take."""
LACKING: dict[str, Callable[[Broker], object]] = {
    "delete a topic": lambda broker: broker.connection.topics.delete(["new"], within()),
    "delete events": lambda broker: broker.connection.topics.empty("new", within()),
    "configuration": lambda broker: broker.connection.topics.configuration("new", within()),
    "consumer groups": lambda broker: broker.connection.groups.wait_until_ready("group", "new", within()),
}


@pytest.fixture
def embedded() -> Iterator[Broker]:
    made = Broker("embedded")
    yield made
    made.close()


@pytest.mark.parametrize("function", LACKING)
def test_what_it_lacks_needs_a_real_kafka(embedded: Broker, function: str) -> None:
    with pytest.raises(NeedsRealKafka, match="bootstrap_servers=HOST:PORT"):
        LACKING[function](embedded)


@pytest.mark.parametrize("function", LACKING)
def test_what_it_lacks_is_refused_before_kafka_is_asked(embedded: Broker, function: str) -> None:
    embedded.connection.admin.wait = _never  # type: ignore[method-assign, assignment] # put in its place on purpose
    with pytest.raises(NeedsRealKafka):
        LACKING[function](embedded)


ASKED_BY_ANOTHER: dict[str, Callable[[Broker], object]] = {
    "describe the cluster": lambda broker: broker.connection.cluster(within()),
    "look up the topic 'missing'": lambda broker: broker.connection.watcher.watch(
        ["missing"], Start("latest"), within()
    ),
}


@pytest.mark.parametrize("question", ASKED_BY_ANOTHER)
def test_another_connection_that_was_given_its_address_is_told_so_at_once(embedded: Broker, question: str) -> None:
    another = Broker(embedded.address)
    began = time.monotonic()
    try:
        with pytest.raises(KafkaUnusable) as failure:
            ASKED_BY_ANOTHER[question](another)
    finally:
        another.close()
    assert "is the embedded broker of another connection" in str(failure.value)
    assert f"it can't {question} for this one" in str(failure.value)
    assert time.monotonic() - began < SOON


def test_an_answer_of_its_own_that_is_late_is_not_taken_for_that_of_another(embedded: Broker) -> None:
    embedded.connection.cluster(within())
    assert "another connection" not in str(embedded.connection.admin.unreachable(within(0), "ask for offsets"))


def _never(*_: object) -> object:
    raise AssertionError("The broker was asked.")
