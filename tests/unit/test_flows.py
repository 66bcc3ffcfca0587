"""``Events Should Correspond`` in plain Python: what is missing, doubled or stray is found, and nothing else."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.matching.sequences.correspondence import Correspondence
from KafkaLibrary.matching.sequences.identities import identity_of
from KafkaLibrary.reporting import robot_log
from tests.unit.watching.scene import Scene, a_scene

DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "1", "a 1", "list 1"]),
    lambda inner: st.lists(inner, max_size=3) | st.fixed_dictionaries({}, optional={"a": inner, "b": inner}),
    max_leaves=5,
)


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
    assert time.monotonic() - began < 15  # it waits up to 20 seconds otherwise
    assert f"1 duplicated on '{topics[1]}':\n    2: {topics[1]}[" in message
    assert message.count(f"{topics[1]}[") == 4  # the three of them, and the worst


def test_what_is_stray_is_named_at_once(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    publish(kafka, topics[0], 1)
    publish(kafka, topics[1], 1, "X")
    message = said(kafka, topics, timeout=20)
    assert f"1 stray on '{topics[1]}', with none on '{topics[0]}':\n    X: " in message


def test_it_says_how_long_it_waited(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    publish(kafka, topics[0], 1)
    assert re.search(r"\nIt waited 0\.[3-9]\d s\.$", said(kafka, topics, timeout=0.3))


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
    message = said(kafka, topics)
    assert "1 event without exactly one value to compare:" in message
    assert f"There were {2 - side} on '{topics[0]}' and {1 + side} on '{topics[1]}'." in message


def test_that_nothing_was_read_is_said_where_nothing_was(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    kafka.publish_event(topics[0], "{}")
    kafka.publish_event(topics[0], "{}")
    message = said(kafka, topics)
    assert "2 events without exactly one value to compare:" in message
    assert "No event was read" not in message
    assert f"There were 2 on '{topics[0]}' and 0 on '{topics[1]}'." in message


@pytest.mark.parametrize("value", ["a", '"a"'])
def test_a_text_has_no_places(kafka: KafkaLibrary, topics: tuple[str, str], value: str) -> None:
    for topic in topics:
        kafka.publish_event(topic, value)
    assert "without exactly one value to compare:" in said(kafka, topics, by="$[0]")
    assert "without exactly one value to compare:" in said(kafka, topics, by="$[0][0]")


@pytest.mark.parametrize(("by", "to_by"), [(None, None), (5, None), ("key", 5), (["key"], None)])
def test_a_path_is_a_text(kafka: KafkaLibrary, topics: tuple[str, str], by: Any, to_by: Any) -> None:
    with pytest.raises(KeywordMisused, match="by= is a path, a text such as"):
        kafka.events_should_correspond(*topics, by=by, to_by=to_by)


@pytest.fixture
def scene() -> Iterator[Scene]:
    with a_scene() as scene:
        scene.kafka.make("orders")
        scene.kafka.make("payments")
        scene.watch("orders", "payments")
        yield scene


@pytest.mark.parametrize("which", ["orders", "payments"])
def test_a_topic_that_is_made_again_meanwhile_proves_nothing(scene: Scene, which: str) -> None:
    scene.kafka.publish("orders", "lost")
    scene.kafka.publish("payments", "lost")
    scene.kafka.publish("orders", "late")
    scene.clock.after(1, lambda: scene.kafka.make_again(which))
    scene.clock.after(2, lambda: scene.kafka.publish("payments", "late"))
    assert f"The topic '{which}' was deleted and recreated meanwhile." in scene.strays("orders", "payments", "$")


@pytest.mark.parametrize("which", ["orders", "payments"])
def test_nor_does_one_that_was_made_again_before_and_since_the_mark(scene: Scene, which: str) -> None:
    scene.kafka.publish("orders", "lost")
    scene.kafka.make_again(which)
    for topic in ("orders", "payments"):
        scene.kafka.publish(topic, "new")
    assert "recreated meanwhile" in scene.strays("orders", "payments", "$")


def test_topics_of_which_none_was_made_again_correspond(scene: Scene) -> None:
    scene.kafka.publish("orders", "late")
    scene.clock.after(2, lambda: scene.kafka.publish("payments", "late"))
    assert not scene.strays("orders", "payments", "$")


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
    assert "1 duplicated on" in said(kafka, topics, within=10)
    later.join()


def test_a_topic_that_is_missing_is_told(kafka: KafkaLibrary, topic: str) -> None:
    publish(kafka, topic, 1)
    assert f"The topic '{topic}-to' does not exist." in said(kafka, (topic, f"{topic}-to"))


def test_one_topic_is_not_two(kafka: KafkaLibrary, topic: str) -> None:
    with pytest.raises(KeywordMisused, match="Expected two topics"):
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
        ({"x": -1}, {"x": -2}, False),
        ([-1, 2], [-2, 2], False),
        ({"a": 1, "b": 2}, {"b": Decimal("2.0"), "a": 1.0}, True),
        ({"a": 1}, {"a": "1"}, False),
        ({"a": 1}, {"a": True}, False),
        ({"a": None}, {}, False),
        ({"a": [1], "b": 2}, {"a": [1, 2], "b": 2}, False),
        ({"a": "x y", "b": ""}, {"a": "x", "b": "y"}, False),
        ([[], [1]], [[1], []], False),
        ({"at": "2026-01-01T10:00:00Z"}, {"at": "2026-01-01T11:00:00+01:00"}, True),
        (
            {"n": Decimal("0.12345678901234567890123456789012")},
            {"n": Decimal("0.1234567890123456789012345678902")},
            False,
        ),
        (Decimal("0.12345678901234567890123456789012"), Decimal("0.1234567890123456789012345678902"), False),
        (Decimal("0E+1000"), 0, True),
        (10**1000, Decimal("1E+1000"), True),
        (-(10**39), Decimal("-1E+39"), True),
        (float("inf"), float("-inf"), False),
    ],
)
def test_what_belongs_together(one: Any, other: Any, same: bool) -> None:
    assert (identity_of(one) == identity_of(other)) is same


@pytest.mark.parametrize("text", ["1E+1000", "1.5E+1000", "1E-1000", "-2E+4999"])
def test_a_large_exponent_is_not_written_out(text: str) -> None:
    assert identity_of(Decimal(text)) == text
    assert len(str(identity_of({"n": Decimal(text)}))) < 100


def test_a_large_exponent_is_shown_as_it_is(kafka: KafkaLibrary, topics: tuple[str, str]) -> None:
    kafka.publish_event(topics[0], '{"orderId": 1E+4999}')
    assert f"\n    1E+4999: {topics[0]}[" in said(kafka, topics)
    kafka.publish_event(topics[1], '{"orderId": 10E+4998}')
    kafka.events_should_correspond(*topics, by="$.orderId", timeout=0.1)


@given(DOCUMENTS, DOCUMENTS)
def test_documents_belong_together_where_they_are_equal(one: Any, other: Any) -> None:
    assert (identity_of([one]) == identity_of([other])) is (
        json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )


@pytest.fixture
def evidence(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    tables: list[str] = []
    monkeypatch.setattr(robot_log, "EVIDENCE", [tables.append])
    return tables


def test_a_failure_leaves_a_table_of_both_topics(
    kafka: KafkaLibrary, topics: tuple[str, str], evidence: list[str]
) -> None:
    publish(kafka, topics[0], 1, 2, "<b>3</b>")
    publish(kafka, topics[1], 1, 1, 4)
    said(kafka, topics)
    [table] = evidence
    assert "4 without exactly one counterpart, of 3 events on" in table
    rows = sorted(re.sub("(<[^>]*>)+", "|", row) for row in table.split("<tr>")[2:])
    place = r"\[\d\]@\d, [0-9:.]+"
    expected = [
        rf"\|duplicated\|1\|one\|{place}\|{place}\|",
        rf"\|missing\|&lt;b&gt;3&lt;/b&gt;\|{place}\|none\|",
        rf"\|missing\|2\|{place}\|none\|",
        rf"\|stray\|4\|none\|{place}\|",
    ]
    assert all(map(re.fullmatch, expected, rows)), rows
    assert not re.search("<script|<style|class=", table)


def test_the_table_of_many_is_cut_and_what_corresponds_leaves_none(
    kafka: KafkaLibrary, topics: tuple[str, str], evidence: list[str]
) -> None:
    publish(kafka, topics[0], *range(500))
    said(kafka, topics)
    assert "<i>… 480 more</i>" in evidence[0]
    assert evidence[0].count("<tr>") == 21
    publish(kafka, topics[1], *range(500))
    kafka.events_should_correspond(*topics, "$.orderId", timeout=5)
    assert len(evidence) == 1
