"""How many times a keyword goes to a Kafka that is far away and back, one after the other: each limit stands alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from KafkaLibrary import KafkaLibrary
from tests.benchmarks import distance
from tests.benchmarks.orders import order
from tests.benchmarks.raw_client import RawClient
from tests.contract.brokers import Broker
from tests.contract.conftest import REAL
from tests.kafka.distance import Distance

PRODUCE = 0
"""The API key of requests that publish."""
FAR = 0.1
"""Seconds there and back."""
RUNS = 5
LIMITS = {
    distance.PUBLISH: 7, distance.AFTER: 2, distance.AGAIN: 1, distance.START: 1, distance.IN_A_TEST: 1,
    distance.EVENTS: 2, distance.NONE: 2, distance.THOUSAND: 1, distance.WAIT: 6, distance.EARLIEST: 7,
    distance.WATCH: 7,
}  # fmt: skip
"""Whole round trips, and what a timer of the client waits is counted as some."""


@pytest.fixture(scope="module")
def real() -> Iterator[Broker]:
    made = Broker(REAL)
    yield made
    made.close()


@pytest.fixture(scope="module")
def fewest(real: Broker) -> dict[str, int]:
    """Of each keyword in some runs: a busy machine adds time, and takes none away."""
    watched, of_one = (real.topic(partitions=1) for _ in range(2))
    with Distance(real.address, 0.0) as far:
        scene = distance.Scene(far.bootstrap_servers, watched, of_one, RawClient(real.address))
        distance.by_library(scene)
        near = distance.by_library(scene)
        far.delay = FAR
        runs = [distance.by_library(scene) for _ in range(RUNS)]
    return {work: min(round((run[work] - near[work]) / FAR) for run in runs) for work in near}


@pytest.mark.parametrize("work", LIMITS)
def test_a_keyword_goes_there_and_back_no_more_often_than_it_must(fewest: dict[str, int], work: str) -> None:
    assert fewest[work] <= LIMITS[work]


def test_a_thousand_events_go_out_in_one_request(real: Broker) -> None:
    """Of two requests the second waits for the answer to the first, more often than not."""
    topic = real.topic(partitions=1)
    with Distance(real.address, 0.0) as seen:
        library = KafkaLibrary(seen.bootstrap_servers)
        try:
            library.publish_event(topic, order(0))
            counts = []
            for _ in range(RUNS):
                seen.requests.clear()
                library.publish_events(topic, [order(number) for number in range(1000)])
                counts.append(sum(request.key == PRODUCE for request in seen.requests))
        finally:
            library.disconnect_from_all_kafka()
    assert min(counts) == 1
