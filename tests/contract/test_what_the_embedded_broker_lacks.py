"""What the embedded broker can't do is refused at once, with the way to have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from KafkaLibrary.errors import NeedsRealKafka
from tests.contract.brokers import Broker, within

LACKING: dict[str, Callable[[Broker], object]] = {
    "create a topic": lambda broker: broker.connection.topics.create("new", 1, None, {}, within()),
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


def _never(*_: object) -> object:
    raise AssertionError("The broker was asked.")
