"""Answers while a test goes on: each question once, in order by key, never an own answer, and nothing untold."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.event import Event
from tests.contract.brokers import missing
from tests.contract.conftest import BROKERS

MANY = 2000
PAID = '{"id": {$.id}, "status": "PAID"}'


@pytest.fixture(params=BROKERS, ids=["embedded", "real"][: len(BROKERS)])
def kafka(request: pytest.FixtureRequest) -> Iterator[KafkaLibrary]:
    library = KafkaLibrary(request.param, timeout="10 s")
    library.start_test()
    yield library
    library.disconnect_from_all_kafka()


@pytest.fixture
def topic(kafka: KafkaLibrary) -> Iterator[Callable[[], str]]:
    """Makes topics; on the embedded broker they come with their first events."""
    is_embedded = kafka.kafka_should_be_reachable()["cluster_id"] == "embedded"
    made: list[str] = []

    def make() -> str:
        made.append(missing())
        if not is_embedded:
            kafka.create_topic(made[-1], 4)
        return made[-1]

    yield make
    for name in () if is_embedded else made:
        kafka.delete_topic(name)


def answers(kafka: KafkaLibrary, topic: str, count: int, **more: Any) -> list[Any]:
    return [event.value for event in kafka.event_count_should_be(topic, count, within="0.1 s", **more)]


def test_each_question_is_answered_once_and_in_order_by_key(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    kafka.watch_topics(told)
    kafka.answer_events(asked, "$.n >= 0", with_='{"n": {$.n}}', to=told)
    kafka.publish_events(asked, [{"n": n, "k": n % 7} for n in range(MANY)], key="$.k")
    kafka.answers_should_have_been(MANY, timeout="30 s")
    events = kafka.event_count_should_be(told, MANY, within="0.1 s")
    for key in "0123456":
        numbers = [event.value.n for event in events if event.key == key]
        assert numbers == [n for n in range(MANY) if n % 7 == int(key)]


def test_only_what_comes_after_it_began_is_answered(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    kafka.publish_event(asked, {"id": 1})
    kafka.answer_events(asked, with_=PAID, to=told)
    kafka.publish_event(asked, {"id": 2})
    kafka.answers_should_have_been(1)
    assert answers(kafka, told, 1) == [{"id": 2, "status": "PAID"}]


def test_an_answer_takes_over_key_correlation_and_trace(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    headers = {"kafka_correlationId": b"\x00\x01", "traceparent": "00-a-b-01", "source": "web"}
    kafka.answer_events(asked, with_="{$.id}", to=told, headers={"of": "{headers.source}", "n": "{$.id}"})
    kafka.publish_event(asked, {"id": 1}, key=b"\xff\x00", headers=headers)
    answer = kafka.wait_for_event(told)
    assert answer.raw_key == b"\xff\x00"
    assert dict(answer.raw_headers) == {
        "kafka_correlationId": b"\x00\x01",
        "traceparent": b"00-a-b-01",
        "of": b"web",
        "n": b"1",
    }


def test_the_question_may_say_where_its_answer_goes(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    kafka.answer_events(asked, with_=PAID)
    kafka.publish_event(asked, {"id": 1}, headers={"kafka_replyTopic": told})
    assert kafka.wait_for_event(told).value == {"id": 1, "status": "PAID"}


def test_a_function_answers_in_a_thread_beside_the_test(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told, threads = topic(), topic(), []

    def answer(question: Event) -> Any:
        threads.append(threading.current_thread())
        return {"twice": question.value["id"] * 2}

    kafka.answer_events(asked, with_=answer, to=told, key="{$.id}")
    kafka.publish_event(asked, {"id": 21})
    event = kafka.wait_for_event(told)
    assert (event.value, event.key) == ({"twice": 42}, "21")
    assert threads != [threading.current_thread()]


def test_on_one_topic_its_own_answers_are_no_questions(kafka: KafkaLibrary, topic: Any) -> None:
    both = topic()
    kafka.watch_topics(both)
    kafka.answer_events(both, with_='{"id": {$.id}}', to=both)
    kafka.publish_events(both, [{"id": n} for n in range(50)])
    kafka.answers_should_have_been(50)
    assert len(answers(kafka, both, 100)) == 100


def test_a_circle_of_answerings_ends(kafka: KafkaLibrary, topic: Any) -> None:
    one, two, three = topic(), topic(), topic()
    kafka.watch_topics(one, two, three)
    for asked, told in ((one, two), (two, three), (three, one)):
        kafka.answer_events(asked, with_='{"id": {$.id}}', to=told)
    kafka.publish_event(one, {"id": 1})
    kafka.answers_should_have_been(3)
    kafka.event_count_should_be([two, three], 2, within="0.3 s")
    kafka.event_count_should_be(one, 2, within="0 s")


def test_what_another_answering_gave_is_a_question(kafka: KafkaLibrary, topic: Any) -> None:
    orders, payments, parcels = topic(), topic(), topic()
    kafka.answer_events(orders, with_=PAID, to=payments)
    kafka.answer_events(payments, "status == PAID", with_='{"parcel": {$.id}}', to=parcels)
    kafka.publish_event(orders, {"id": 1})
    assert kafka.wait_for_event(parcels).value == {"parcel": 1}


def test_no_more_than_so_many_times(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    kafka.answer_events(asked, with_=PAID, to=told, times=2)
    kafka.publish_events(asked, [{"id": n} for n in range(5)])
    kafka.answers_should_have_been(2)
    assert len(answers(kafka, told, 2)) == 2


def test_a_delayed_answer_comes_later_and_in_order(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    kafka.answer_events(asked, with_=PAID, to=told, delay="0.3 s")
    first, *_ = kafka.publish_events(asked, [{"id": n} for n in range(5)], key=["k"] * 5)
    kafka.answers_should_have_been(5)
    events = kafka.wait_for_events(told, 5)
    assert [event.value.id for event in events] == [0, 1, 2, 3, 4]
    assert events[0].timestamp_ms - first.timestamp_ms >= 290


def test_an_answer_that_waits_when_the_test_ends_is_told(
    kafka: KafkaLibrary, topic: Any, caplog: pytest.LogCaptureFixture
) -> None:
    asked, told = topic(), topic()
    kafka.answer_events(asked, with_=PAID, to=told, delay="1 hour")
    kafka.publish_event(asked, {"id": 1})
    kafka.end_test()
    assert "had no answer yet" in caplog.text
    assert "its delay is not over" in caplog.text


def test_a_question_of_the_last_moment_is_answered(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    kafka.watch_topics(told)
    answering = kafka.answer_events(asked, with_=PAID, to=told)
    kafka.publish_event(asked, {"id": 1})
    kafka.stop_answering(answering)
    assert answers(kafka, told, 1) == [{"id": 1, "status": "PAID"}]


def test_after_its_end_nothing_is_answered(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    kafka.answer_events(asked, with_=PAID, to=told)
    kafka.publish_event(asked, {"id": 1})
    kafka.end_test()
    kafka.start_test()
    kafka.watch_topics(told)
    kafka.publish_event(asked, {"id": 2})
    kafka.no_event_should_arrive(told, within="0.3 s", missing_ok=True)
    with pytest.raises(KeywordMisused, match="No events are answered"):
        kafka.answers_should_have_been(0)


FAILURES = {
    "a missing field": ({"ID": 1}, PAID, r"takes \$\.id .* missing; there is .*ID"),
    "a function that raises": ({"id": 1}, lambda question: question.value["none"], "failed with KeyError: 'none'"),
    "a function that gives nothing": ({"id": 1}, lambda question: None, "returned no value"),
    "a value that can't be written": ({"id": 1}, lambda question: {"a": object()}, "object"),
    "a function that ends its thread": ({"id": 1}, lambda question: sys.exit(question.value.id), "SystemExit: 1"),
}


@pytest.mark.parametrize(("question", "given", "reason"), FAILURES.values(), ids=FAILURES)
def test_a_question_that_could_not_be_answered_fails_the_test(
    kafka: KafkaLibrary, topic: Any, question: Any, given: Any, reason: str
) -> None:
    asked = topic()
    kafka.answer_events(asked, with_=given, to=topic())
    event = kafka.publish_event(asked, question)
    with pytest.raises(ExpectationFailed, match=reason) as failed:
        kafka.end_test()
    assert str(failed.value).startswith(f"1 event on '{asked}' could not be answered:\n    {event.place}: ")
    kafka.start_test()
    kafka.end_test()


def test_a_question_that_can_not_be_judged_is_not_passed_over(kafka: KafkaLibrary, topic: Any) -> None:
    asked = topic()
    kafka.answer_events(asked, "status == NEW", with_="x", to=topic())
    kafka.publish_event(asked, b"\x00\xff")
    with pytest.raises(ExpectationFailed, match="it could not be judged whether it is a question"):
        kafka.end_test()


def test_a_failure_is_told_once(kafka: KafkaLibrary, topic: Any) -> None:
    asked = topic()
    kafka.answer_events(asked, with_=PAID, to=topic())
    kafka.publish_event(asked, {})
    with pytest.raises(ExpectationFailed, match="0 answers"):
        kafka.answers_should_have_been(0)
    kafka.end_test()


def test_other_numbers_are_told_with_what_is_known(kafka: KafkaLibrary, topic: Any) -> None:
    asked = topic()
    kafka.answer_events(asked, "status == NEW", with_="x", to=topic())
    kafka.publish_events(asked, [{"status": "NEW"}, {"status": "OLD"}], key=["a", "a"])
    with pytest.raises(ExpectationFailed, match=r"2 answers were expected within 0.5 seconds, there were 1\.") as few:
        kafka.answers_should_have_been(2, timeout="0.5 s")
    assert "did not match: $.status was OLD" in str(few.value)
    with pytest.raises(ExpectationFailed, match=r"0 answers were expected, there were 1\."):
        kafka.answers_should_have_been(0)


def test_to_begin_it_twice_is_refused(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    kafka.answer_events(asked, "id == 1", with_="x", to=told)
    with pytest.raises(KeywordMisused, match="Each event would be answered twice"):
        kafka.answer_events(asked, "id == 1", with_="y", to=told)
    kafka.stop_answering()
    kafka.answer_events(asked, "id == 1", with_="y", to=told)


SLIPS: dict[str, tuple[dict[str, Any], str]] = {
    "no answer": ({}, "with= says what the answers are"),
    "no JSON": ({"with_": '{"a": }'}, "with= is not JSON"),
    "not a placeholder": ({"with_": '{"a": "{id}"}'}, "is not a placeholder"),
    "no file": ({"with_": "nowhere/paid.json"}, "There is no file for the answer"),
    "no function": ({"with_": "no.such.function"}, "There is no function 'no.such.function'"),
    "no number": ({"with_": "x", "times": "many"}, "times is a whole number"),
    "no time": ({"with_": "x", "delay": "soon"}, "delay= is not a time"),
    "no headers": ({"with_": "x", "headers": 5}, "headers= is a dictionary"),
}


@pytest.mark.parametrize(("given", "reason"), SLIPS.values(), ids=SLIPS)
def test_slips_are_told_at_once(kafka: KafkaLibrary, given: Any, reason: str) -> None:
    with pytest.raises(KeywordMisused, match=reason):
        kafka.answer_events("orders", to="payments", **given)


def test_a_pattern_is_refused(kafka: KafkaLibrary) -> None:
    with pytest.raises(KeywordMisused, match="is a pattern"):
        kafka.answer_events("orders.*", with_="x", to="payments")


def test_no_thread_is_left(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    kafka.publish_event(told, "x")
    before = threading.active_count()
    for _ in range(10):
        kafka.answer_events(asked, with_="x", to=told)
        kafka.stop_answering()
    waited = threading.Event()
    for _ in range(100):
        if threading.active_count() <= before:
            break
        waited.wait(0.05)
    assert threading.active_count() <= before


def test_closing_the_connection_answers_what_is_there_and_ends(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    answering = kafka.answer_events(asked, with_=PAID, to=told)
    kafka.publish_event(asked, {"id": 1})
    kafka.disconnect_from_kafka()
    assert (answering.answered, answering.ended) == (1, True)


def test_an_answering_of_a_suite_counts_by_test(kafka: KafkaLibrary, topic: Any) -> None:
    asked, told = topic(), topic()
    kafka.end_test()
    kafka.answer_events(asked, with_=PAID, to=told)
    for count in (2, 1):
        kafka.start_test()
        kafka.publish_events(asked, [{"id": n} for n in range(count)])
        kafka.answers_should_have_been(count)
        kafka.end_test()
    kafka.answers_should_have_been(3)


def test_answers_of_an_earlier_test_are_not_counted_again(kafka: KafkaLibrary, topic: Any) -> None:
    asked = topic()
    answering = kafka.answer_events(asked, with_=PAID, to=topic())
    kafka.publish_event(asked, {"id": 1})
    kafka.answers_should_have_been(1, answering=answering)
    kafka.end_test()
    kafka.start_test()
    with pytest.raises(ExpectationFailed, match=r"(?s)1 answer was expected.*there were 0\..* It has ended"):
        kafka.answers_should_have_been(1, answering=answering, timeout="0.1 s")
