"""Topics that were given as watch= without an address, on the connection that is opened later."""

from __future__ import annotations

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed
from tests.contract.brokers import Broker, Import

LONG_AGO = 1_000_000_000_000
"""A timestamp by which no event is of this test."""


@pytest.fixture(params=["default", "other"])
def alias(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def topic(real: Broker) -> str:
    """A topic with an event that is older than the test."""
    made = real.topic(1)
    real.publish_elsewhere(made, b"before", timestamp=LONG_AGO)
    return made


@pytest.fixture(params=["connected", "connected again"])
def library(request: pytest.FixtureRequest, imported: Import, real: Broker, topic: str, alias: str) -> KafkaLibrary:
    made = imported(watch=topic)
    for _ in range(1 if request.param == "connected" else 2):
        made.connect_to_kafka(real.address, alias=alias)
        made.start_test()
    return made


def test_a_topic_is_watched_on_the_connection_that_is_opened_later(
    library: KafkaLibrary, real: Broker, topic: str
) -> None:
    real.publish_elsewhere(topic, b"paid", timestamp=LONG_AGO)
    assert library.wait_for_event(topic).value == "paid"


def test_a_negative_looks_from_the_mark_on_the_connection_that_is_opened_later(
    library: KafkaLibrary, real: Broker, topic: str
) -> None:
    real.publish_elsewhere(topic, b"paid", timestamp=LONG_AGO)
    with pytest.raises(ExpectationFailed, match="unexpected event"):
        library.no_event_should_arrive(topic, "value == paid", within=0.1)


def test_a_topic_is_watched_from_the_moment_of_the_connection_within_a_test(
    imported: Import, real: Broker, topic: str, alias: str
) -> None:
    library = imported(watch=topic)
    library.start_test()
    for value in ("first", "second"):
        library.connect_to_kafka(real.address, alias=alias)
        real.publish_elsewhere(topic, value.encode(), timestamp=LONG_AGO)
        assert library.wait_for_event(topic).value == value


@pytest.mark.parametrize("close", ["disconnect_from_kafka", "disconnect_from_all_kafka"])
def test_after_the_connection_was_closed_a_topic_is_watched_on_the_next(
    imported: Import, real: Broker, topic: str, close: str
) -> None:
    library = imported(watch=topic)
    library.connect_to_kafka(real.address, alias="first")
    library.start_test()
    getattr(library, close)()
    library.connect_to_kafka(real.address, alias="second")
    library.start_test()
    real.publish_elsewhere(topic, b"paid", timestamp=LONG_AGO)
    assert library.wait_for_event(topic).value == "paid"
