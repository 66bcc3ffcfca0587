"""``Events Should Correspond`` in plain Python: what is missing, doubled or stray is found, and nothing else."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.matching.sequences.correspondence import Correspondence, identity_of


@pytest.fixture
def topics(kafka: KafkaLibrary, topic: str) -> tuple[str, str]:
    names = f"{topic}-from", f"{topic}-to"
    kafka.watch_topics(names)
    return names


def publish(kafka: KafkaLibrary, topic: str, *ids: Any, name: str = "orderId") -> None:
    kafka.publish_events(topic, [{name: one, "more": {"of": "it"}} for one in ids])


def said(kafka: KafkaLibrary, topics: tuple[str, str], **given: Any) -> str:
    with pytest.raises(ExpectationFailed) as failure:
        kafka.events_should_correspond(*topics, **{"by": "$.orderId", "timeout": 0.1, **given})
    return str(failure.value)


def test_each_has_its_one(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    publish(kafka, topics[0], *range(100))
    publish(kafka, topics[1], *reversed(range(100)))
    kafka.events_should_correspond(*topics, by="$.orderId", timeout=0.1)


def test_what_is_missing_is_named(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    publish(kafka, topics[0], *range(100))
    publish(kafka, topics[1], *range(93))
    message = said(kafka, topics)
    assert re.search(rf"7 missing on '{topics[1]}':\n    9[3-9]: {topics[0]}\[", message)
    assert "... and 2 more" in message
    assert f"There were 100 on '{topics[0]}' and 93 on '{topics[1]}'." in message


def test_what_is_doubled_is_named_at_once(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    publish(kafka, topics[0], 1, 2, 3)
    publish(kafka, topics[1], 1, 2, 2, 2)
    began = time.monotonic()
    message = said(kafka, topics, timeout=20)
    assert time.monotonic() - began < 5
    assert f"1 doubled on '{topics[1]}':\n    2: {topics[1]}[" in message
    assert message.count(f"{topics[1]}[") == 4  # the three of them, and the worst


def test_what_is_stray_is_named_at_once(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    publish(kafka, topics[0], 1)
    publish(kafka, topics[1], 1, "X")
    assert f"1 on '{topics[1]}' and none of '{topics[0]}':\n    X: " in said(kafka, topics, timeout=20)


def test_nothing_proves_nothing(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    kafka.publish_event(topics[0], "{}")
    kafka.publish_event(topics[1], "{}")
    kafka.start_test()
    kafka.watch_topics(topics)
    assert "a check of nothing would prove nothing" in said(kafka, topics)


@pytest.mark.parametrize("value", ["{}", '{"orderId": null}', "no json"])
@pytest.mark.parametrize("side", [0, 1])
def test_an_event_without_a_value_to_compare_fails(
    kafka: KafkaLibrary, topics: tuple[str, str], side: int, value: str
) -> None:
    publish(kafka, topics[0], 1)
    publish(kafka, topics[1], 1)
    kafka.publish_event(topics[side], value, format="text")
    assert "1 event without one value to compare:" in said(kafka, topics)


def test_paths_may_differ_and_a_number_is_its_digits(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    kafka.publish_event(topics[0], {"orderId": 42})
    kafka.publish_event(topics[1], "{}", key="42")
    kafka.events_should_correspond(*topics, by="$.orderId", to_by="key", timeout=0.1)


def test_numbers_that_only_a_double_takes_for_the_same_differ(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    kafka.publish_event(topics[0], '{"orderId": 12345678901234567890123}')
    kafka.publish_event(topics[1], '{"orderId": 12345678901234567890124}')
    assert "1 missing" in said(kafka, topics)
    kafka.publish_event(topics[0], '{"orderId": 12345678901234567890124}')
    kafka.publish_event(topics[1], '{"orderId": 12345678901234567890123}')
    kafka.events_should_correspond(*topics, by="$.orderId", timeout=0.1)


def test_it_waits_for_those_that_are_missing(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    publish(kafka, topics[0], 1, 2)
    publish(kafka, topics[1], 1)
    later = threading.Timer(0.3, publish, (kafka, topics[1], 2))
    later.start()
    kafka.events_should_correspond(*topics, by="$.orderId", timeout=10)
    later.join()


def test_it_looks_longer_for_doubled_ones(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    publish(kafka, topics[0], 1)
    publish(kafka, topics[1], 1)
    later = threading.Timer(0.3, publish, (kafka, topics[1], 1))
    later.start()
    assert "1 doubled on" in said(kafka, topics, within=10)
    later.join()


def test_a_topic_that_is_missing_is_told(kafka: KafkaLibrary, topic: str) -> None:
    publish(kafka, topic, 1)
    assert f"The topic '{topic}-to' does not exist." in said(kafka, (topic, f"{topic}-to"))


def test_one_topic_is_not_two(kafka: KafkaLibrary, topic: str) -> None:
    with pytest.raises(KeywordMisused, match="Two topics are needed"):
        kafka.events_should_correspond(topic, topic, by="key")


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 3)), max_size=30))
def test_any_order_of_reading_gives_the_same(events: list[tuple[int, int]]) -> None:
    pairs = Correspondence()
    for offset, (side, value) in enumerate(events):
        pairs.take(side, [(value, (0, offset, (1, offset)))])
    first, second = (Counter(value for side, value in events if side == wanted) for wanted in (0, 1))
    assert {value: len(places) for value, places in pairs.missing()} == dict(first - second)
    too_many = {value: len(places) - 1 for value, places in pairs.doubled()}
    too_many |= {value: len(places) for value, places in pairs.stray()}
    assert too_many == dict(second - first)
    assert pairs.is_complete == (first == second and bool(first))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1, "1", True),
        (1, True, False),
        (1, 1.0, True),
        ("-7", -7, True),
        ("07", 7, False),
        (0.5, Decimal("0.50"), True),
        ("a", "b", False),
        ({"a": 1}, {"a": 1}, True),
        (b"a", "a", True),
    ],
)
def test_what_belongs_together(one: Any, other: Any, same: bool) -> None:
    assert (identity_of(one) == identity_of(other)) is same
