"""The guard in plain Python: ``end_test`` raises for dead letters that the test did not expect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.event import Event

LETTERS = "orders-dlt"


@pytest.fixture
def guarded() -> Iterator[KafkaLibrary]:
    library = KafkaLibrary("embedded", dead_letters="auto")
    library.start_test("first")
    yield library
    library.disconnect_from_all_kafka()


def bury(library: KafkaLibrary, event: Event, topic: str = LETTERS) -> Event:
    headers: list[tuple[str, Any]] = [
        ("__connect.errors.topic", event.topic),
        ("__connect.errors.partition", str(event.partition)),
        ("__connect.errors.offset", str(event.offset)),
        ("__connect.errors.exception.message", "no such currency"),
    ]
    return library.publish_event(topic, event.raw_value, key=event.raw_key, headers=headers, format="bytes")


def test_the_end_of_a_test_raises_for_a_letter(guarded: KafkaLibrary) -> None:
    order = guarded.publish_event("orders", {"orderId": 42})
    letter = bury(guarded, order)
    with pytest.raises(AssertionError, match="which this test published, was dead-lettered") as failure:
        guarded.end_test()
    assert order.place in str(failure.value)
    assert letter.place in str(failure.value)


def test_a_letter_is_told_once(guarded: KafkaLibrary) -> None:
    bury(guarded, guarded.publish_event("orders", "{}"))
    with pytest.raises(ExpectationFailed):
        guarded.end_test()
    guarded.start_test()
    guarded.end_test()


def test_where_the_end_was_not_told_the_next_start_raises(guarded: KafkaLibrary) -> None:
    bury(guarded, guarded.publish_event("orders", "{}"))
    with pytest.raises(ExpectationFailed, match="which this test published"):
        guarded.start_test()
    guarded.end_test()


def test_the_name_of_an_earlier_test_is_told(guarded: KafkaLibrary) -> None:
    order = guarded.publish_event("orders", "{}")
    guarded.end_test()
    guarded.start_test("second")
    bury(guarded, order)
    with pytest.raises(ExpectationFailed, match="which the earlier test 'first' published"):
        guarded.end_test()


def test_letters_of_one_event_are_told_as_one(guarded: KafkaLibrary) -> None:
    order = guarded.publish_event("orders", "{}")
    for _ in range(3):
        bury(guarded, order)
    with pytest.raises(ExpectationFailed, match=r"^1 event was(.|\n)* and 2 more of it\."):
        guarded.end_test()


def test_a_letter_of_a_letter_on_its_own_topic_is_that_of_the_first_event(guarded: KafkaLibrary) -> None:
    order = guarded.publish_event("orders", "{}")
    guarded.end_test()
    guarded.start_test("second")
    guarded.expect_dead_letters()
    letter = bury(guarded, order)
    guarded.end_test()
    guarded.start_test("third")
    headers = [*letter.raw_headers, ("__connect.errors.topic", letter.topic)]
    headers += [("__connect.errors.partition", str(letter.partition)), ("__connect.errors.offset", str(letter.offset))]
    guarded.publish_event(LETTERS, "{}", headers=headers)
    with pytest.raises(ExpectationFailed, match=r"^1 event was") as failure:
        guarded.end_test()
    assert f"{order.place}, which the earlier test 'first' published," in str(failure.value)


def test_headers_in_a_circle_are_told(guarded: KafkaLibrary) -> None:
    place = (("topic", LETTERS), ("partition", "0"), ("offset", "0"))
    headers = [(f"__connect.errors.{name}", content) for name, content in place * 2]
    guarded.publish_event(LETTERS, "{}", headers=headers, partition=0)
    with pytest.raises(ExpectationFailed, match=r"orders-dlt\[0\]@0.* was dead-lettered"):
        guarded.end_test()


def test_a_topic_that_is_called_as_those_of_letters_is_found_when_it_comes(guarded: KafkaLibrary) -> None:
    bury(guarded, guarded.publish_event("orders", "{}"), "error.orders.billing")
    with pytest.raises(ExpectationFailed, match=r"error\.orders\.billing"):
        guarded.end_test()


def test_a_topic_of_tries_has_no_letters() -> None:
    library = KafkaLibrary("embedded", dead_letters="orders-*")
    library.start_test()
    library.publish_event("orders-retry-200", "{}", headers={"kafka_original-topic": "orders"})
    library.end_test()
    library.publish_event("orders-dlt", "{}", headers={"kafka_original-topic": "orders"})
    with pytest.raises(ExpectationFailed):
        library.end_test()
    library.disconnect_from_all_kafka()


@pytest.mark.parametrize(
    "expected",
    [{}, {"topic": LETTERS}, {"topic": "*-dlt"}, {"reason": "no such currency"}, {"topic": LETTERS, "reason": "such"}],
)
def test_what_is_expected_does_not_fail(guarded: KafkaLibrary, expected: dict[str, str]) -> None:
    guarded.expect_dead_letters(**expected)
    bury(guarded, guarded.publish_event("orders", "{}"))
    guarded.end_test()


@pytest.mark.parametrize("expected", [{"topic": "payments-dlt"}, {"reason": "timeout"}, {"group": "billing"}])
def test_what_differs_from_the_expected_does(guarded: KafkaLibrary, expected: dict[str, str]) -> None:
    guarded.expect_dead_letters(**expected)
    bury(guarded, guarded.publish_event("orders", "{}"))
    with pytest.raises(ExpectationFailed):
        guarded.end_test()


def test_what_one_test_expects_the_next_does_not(guarded: KafkaLibrary) -> None:
    guarded.expect_dead_letters()
    guarded.end_test()
    guarded.start_test()
    bury(guarded, guarded.publish_event("orders", "{}"))
    with pytest.raises(ExpectationFailed):
        guarded.end_test()


def test_where_kafka_is_away_nothing_is_known() -> None:
    library = KafkaLibrary("127.0.0.1:1", dead_letters=LETTERS, timeout=0.2)
    library.start_test()
    with pytest.raises(ExpectationFailed, match="It is not known whether an event was dead-lettered"):
        library.end_test()


def test_without_a_guard_nothing_is_asked() -> None:
    library = KafkaLibrary("127.0.0.1:1", timeout=0.2)
    library.start_test()
    library.expect_dead_letters()
    library.end_test()


def noted(asked: list[str], name: str, ask: Callable[..., Any], *given: Any, **named: Any) -> Any:
    asked.append(name)
    return ask(*given, **named)


def requests_of_tests(monkeypatch: pytest.MonkeyPatch, **given: Any) -> int:
    """How often Kafka is asked until the last of ten tests ends, one at once behind the other as Robot runs them."""
    library = KafkaLibrary("embedded", **given)
    listeners: Any = library.ROBOT_LIBRARY_LISTENER
    listener, test = listeners[0], SimpleNamespace(name="test", message="", status="PASS")
    listener.start_suite(test, test)
    reader = library._session.current.reader
    asked: list[str] = []
    for name in ("describe", "ends", "marks", "beginnings", "offsets_at", "names", "ask_names"):
        monkeypatch.setattr(reader, name, partial(noted, asked, name, getattr(reader, name)))
    for number in range(10):
        listener.start_test(test, test)
        library.publish_event("orders", {"orderId": number})
        library.wait_for_event("orders", f"orderId == {number}")
        until = len(asked)
        listener.end_test(test, test)
    assert (test.status, test.message) == ("PASS", "")
    library.disconnect_from_all_kafka()
    return until


@pytest.mark.parametrize("topics", [LETTERS, "*-dlt"])
def test_a_guarded_topic_costs_no_request_more_than_a_watched_one(monkeypatch: pytest.MonkeyPatch, topics: str) -> None:
    watched = requests_of_tests(monkeypatch, watch=["orders", topics])
    assert requests_of_tests(monkeypatch, watch=["orders"], dead_letters=topics) == watched


def test_a_misspelt_topic_is_told_when_the_suite_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    library = KafkaLibrary("embedded", dead_letters="order-dlt, payments-dlt")
    listeners: Any = library.ROBOT_LIBRARY_LISTENER
    listener, one = listeners[0], SimpleNamespace(name="one", message="", status="PASS")
    said: list[str] = []
    monkeypatch.setattr("KafkaLibrary.library.logger.warn", said.append)
    listener.start_suite(one, one)
    listener.start_test(one, one)
    library.publish_event(LETTERS, "{}")
    listener.end_test(one, one)
    listener.end_suite(one, one)
    library.disconnect_from_all_kafka()
    assert (one.status, said) == (
        "PASS",
        ["The topic 'order-dlt' that is given as dead_letters= was never there. Did you mean 'orders-dlt'?"],
    )


@pytest.mark.parametrize("wrong", ["two words", "^(", 42])
def test_topics_that_none_can_be_called_are_refused(wrong: object) -> None:
    with pytest.raises((KeywordMisused, TypeError)):
        KafkaLibrary("embedded", dead_letters=wrong)
