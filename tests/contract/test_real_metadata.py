"""What is asked of a cluster about its topics: not about all where few are meant, for there may be thousands."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed
from tests.contract.brokers import Broker
from tests.contract.conftest import REAL
from tests.kafka.distance import Distance

FAR = 0.15
"""Seconds there and back: more than a slice, so that questions are repeated that lose their answer."""
_METADATA, _FLEXIBLE = 3, 9


class Overheard(Distance):
    """A way to Kafka that counts the questions about all topics."""

    def __init__(self, bootstrap_servers: str, delay: float) -> None:
        super().__init__(bootstrap_servers, delay)
        self.about_topics: list[int | None] = []
        """Of how many topics each asked; nothing where it asked of all."""

    def __enter__(self) -> Overheard:
        super().__enter__()
        return self

    def _question(self, frame: bytes, asked: dict[int, tuple[float, int]]) -> bytes:
        key, version, _, name = struct.unpack_from(">hhih", frame, 4)
        if key == _METADATA:
            at = 14 + max(name, 0)
            if version >= _FLEXIBLE:  # behind tagged fields, of which there are none
                count = frame[at + 1] - 1
            else:
                (count,) = struct.unpack_from(">i", frame, at)
            self.about_topics.append(None if count < 0 else count)
        return super()._question(frame, asked)


@pytest.fixture(scope="module")
def topics() -> Iterator[list[str]]:
    real = Broker(REAL)
    yield [real.topic(partitions=1) for _ in range(6)]
    real.close()


@pytest.fixture(params=[0.0, FAR], ids=["near", "far"])
def overheard(request: pytest.FixtureRequest) -> Iterator[Overheard]:
    with Overheard(REAL, request.param) as way:
        yield way


def _one(library: KafkaLibrary, topic: str, others: list[str]) -> None:
    library.publish_event(topic, {"orderId": 42})
    library.wait_for_event(topic, "orderId == 42")
    library.get_events(topic, "orderId == 42")
    library.no_event_should_arrive(topic, "orderId == 43", within="0.3 s")


def _several(library: KafkaLibrary, topic: str, others: list[str]) -> None:
    library.publish_event(others[0], {"orderId": 42})
    library.get_events(others, since="earliest")


def _tests(library: KafkaLibrary, topic: str, others: list[str]) -> None:
    for _ in range(5):
        library.start_test()
        library.publish_event(topic, {"orderId": 42})


def _failing(library: KafkaLibrary, topic: str, others: list[str]) -> None:
    with pytest.raises(ExpectationFailed):
        library.wait_for_event(topic, "orderId == 43", timeout="0.5 s")


@pytest.mark.parametrize("work", [_one, _several, _tests, _failing])
@pytest.mark.parametrize("watched", [1, 3])
def test_a_few_topics_are_asked_about_alone(
    overheard: Overheard,
    topics: list[str],
    work: Callable[[KafkaLibrary, str, list[str]], None],
    watched: int,
) -> None:
    library = KafkaLibrary(overheard.bootstrap_servers, watch=topics[:watched])
    try:
        library.start_test()
        work(library, topics[0], topics[3:])
    finally:
        library.disconnect_from_all_kafka()
    assert overheard.about_topics
    assert None not in overheard.about_topics


def test_the_names_of_all_topics_are_asked_for_where_one_is_missing(topics: list[str]) -> None:
    with Overheard(REAL, 0.0) as overheard:
        library = KafkaLibrary(overheard.bootstrap_servers)
        try:
            with pytest.raises(ExpectationFailed, match="Did you mean"):
                library.wait_for_event(topics[0] + "x", timeout="0.3 s")
        finally:
            library.disconnect_from_all_kafka()
    assert overheard.about_topics.count(None) <= 2
