"""What is fixed where Kafka is near is longer where it is far away, and no longer where it has become silent."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import KafkaLibraryError
from tests.contract.brokers import Broker
from tests.contract.conftest import REAL
from tests.kafka.distance import Distance, far_away

FAR, VERY_FAR = 0.3, 0.9
"""Seconds there and back."""
TIME, LATER = 1.5, 0.5
_RUNS = 2
ANSWERED_LATE = r"Kafka answered after (\d\.\d) s: it is far away or busy\. Allow more time\."

Call = Callable[[KafkaLibrary, str], object]


@pytest.fixture
def far() -> Iterator[Distance]:
    with Distance(REAL, FAR) as away:
        yield away


@pytest.fixture
def library(far: Distance) -> Iterator[KafkaLibrary]:
    made = KafkaLibrary()
    made.connect_to_kafka(far.bootstrap_servers, timeout=20)
    made.start_test()
    yield made
    made.disconnect_from_all_kafka()


@pytest.fixture
def topic(real: Broker) -> str:
    name = real.topic(partitions=1)
    real.publish(name, b'{"id": 1}')
    return name


def test_a_negative_is_proven_however_short_its_time_is(library: KafkaLibrary, topic: str) -> None:
    library.no_event_should_arrive(topic, "id == 2", within=0.2, since="earliest")


def test_an_event_that_is_there_is_found_however_short_the_time_is(library: KafkaLibrary, topic: str) -> None:
    assert library.wait_for_event(topic, "id == 1", timeout=0.2, since="earliest").offset == 0


def test_events_are_counted_however_short_the_time_is(library: KafkaLibrary, topic: str) -> None:
    library.event_count_should_be(topic, 1, "id == 1", within=0, since="earliest")


def test_a_match_before_the_mark_is_told(library: KafkaLibrary, topic: str) -> None:
    library.watch_topics(topic)
    assert "An event before the mark matches" in _said(lambda: library.wait_for_event(topic, "id == 1", timeout=0.2))


@pytest.mark.parametrize(
    "call",
    [
        lambda library, topic: library.wait_for_event(topic, "id == 3", timeout=1),
        lambda library, topic: library.create_topic(f"{topic}-2", timeout=1),
        lambda library, topic: library.publish_event(topic, "{}", timeout=1),
    ],
    ids=["wait", "create", "publish"],
)
def test_the_delay_is_told_where_it_was_the_reason(
    library: KafkaLibrary, far: Distance, topic: str, call: Call
) -> None:
    far.delay = VERY_FAR
    library.watch_topics(topic)
    told = _said(lambda: call(library, topic))
    found = re.search(ANSWERED_LATE, told)
    assert found, told
    assert VERY_FAR <= float(found[1]) < 10 * VERY_FAR


def test_the_delay_is_not_told_where_there_was_time_enough(library: KafkaLibrary, topic: str) -> None:
    library.watch_topics(topic)
    assert "Kafka answered" not in _said(lambda: library.wait_for_event(topic, "id == 3", timeout=2))


def test_on_a_bad_line_all_is_found_and_proven(topic: str) -> None:
    with far_away(REAL, 150) as away:
        library = KafkaLibrary(away.bootstrap_servers, timeout=20)
        try:
            for number in range(3):
                library.start_test()
                library.publish_event(topic, {"number": number})
                library.wait_for_event(topic, f"number == {number}")
                library.no_event_should_arrive(topic, f"number == {number + 1}", within=0.1)
                assert len(library.get_events(topic)) == 1
        finally:
            library.disconnect_from_all_kafka()


SILENT: dict[str, Call] = {
    "wait": lambda library, topic: library.wait_for_event(topic, "id == 3", timeout=TIME),
    "negative": lambda library, topic: library.no_event_should_arrive(topic, "id == 3", within=TIME),
    "publish": lambda library, topic: library.publish_event(topic, "{}", timeout=TIME),
    "topic": lambda library, topic: library.topic_should_exist(topic, timeout=TIME),
    "quiet": lambda library, topic: library.wait_until_topic_is_quiet(topic, timeout=TIME),
}


def test_a_far_kafka_that_is_silent_makes_no_keyword_late(topic: str) -> None:
    with ThreadPoolExecutor(len(SILENT)) as threads:  # each only waits
        taken = dict(
            zip(SILENT, threads.map(lambda call: _taken_in_silence(call, topic), SILENT.values()), strict=True)
        )
    assert max(taken.values()) <= TIME + LATER, taken


def _taken_in_silence(call: Call, topic: str) -> float:
    """The fewest seconds of some runs: a busy machine adds time, and takes none away."""
    return min(_taken_once(call, topic) for _ in range(_RUNS))


def _taken_once(call: Call, topic: str) -> float:
    with Distance(REAL, FAR) as far:
        library = KafkaLibrary(far.bootstrap_servers, timeout=20)
        try:
            library.start_test()
            library.watch_topics(topic)
            library.publish_event(topic, "{}")
            far.is_mute = True
            began = time.monotonic()
            _said(lambda: call(library, topic))
            return time.monotonic() - began
        finally:
            library.disconnect_from_all_kafka()


def _said(call: Callable[[], object]) -> str:
    with pytest.raises(KafkaLibraryError) as failed:
        call()
    return str(failed.value)
