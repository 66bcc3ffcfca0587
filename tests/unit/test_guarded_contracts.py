"""The guard of contracts in plain Python: what raises, what warns, and which events it judges."""

from __future__ import annotations

import logging
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.contracts.checking.verdicts import judge
from KafkaLibrary.contracts.reading.loading import load_contract
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.guarding.contract_guard import Found
from KafkaLibrary.reporting.waits import wrong_events
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from tests.places import ROOT

CONTRACT = ROOT / "examples" / "orders.asyncapi.yaml"
RIGHT = {"orderId": 42, "status": "NEW"}
WRONG = {"orderId": "x", "status": "NEW"}
TOLD = r"1 event did not match the contract:\n    orders\[\d\]@\d+ did not match 'OrderPlaced': \$\.orderId was x"


def guarded(level: str) -> KafkaLibrary:
    kafka = KafkaLibrary("embedded", contract=str(CONTRACT), contract_guard=level)
    kafka.start_test("first")
    return kafka


def test_the_end_of_a_test_raises_for_a_wrong_event_once() -> None:
    kafka = guarded("FAIL")
    kafka.publish_event("orders", RIGHT)
    kafka.publish_event("orders", WRONG)
    with pytest.raises(AssertionError, match=TOLD):
        kafka.end_test()
    kafka.start_test("second")
    kafka.publish_event("orders", RIGHT)
    kafka.end_test()


def test_with_warn_it_warns(caplog: pytest.LogCaptureFixture) -> None:
    kafka = guarded("WARN")
    kafka.publish_event("orders", WRONG)
    with caplog.at_level(logging.WARNING, "RobotFramework"):
        kafka.end_test()
    assert "did not match the contract" in caplog.text


def test_what_was_published_wrongly_on_purpose_counts_as_nothing() -> None:
    kafka = guarded("fail")
    kafka.expect_contract_violation(kafka.publish_event("orders", WRONG))
    kafka.end_test()


def test_what_came_before_the_connection_was_closed_is_judged() -> None:
    kafka = guarded("FAIL")
    kafka.publish_event("orders", WRONG)
    kafka.disconnect_from_all_kafka()
    with pytest.raises(AssertionError, match=TOLD):
        kafka.end_test()


def test_a_contract_that_is_read_later_is_guarded_from_then_on(tmp_path: Path) -> None:
    kafka = guarded("FAIL")
    later = tmp_path / "later.yaml"
    text = "asyncapi: 3.0.0\nchannels: {p: {address: later, messages: {M: {payload: {type: integer}}}}}"
    later.write_text(text, encoding="utf-8")
    kafka.load_contract(str(later))
    kafka.publish_event("later", "no number", format="text")
    with pytest.raises(AssertionError, match=r"later\[\d\]@0 did not match 'M'"):
        kafka.end_test()


def test_a_contract_that_is_read_later_judges_no_event_of_earlier_tests(tmp_path: Path) -> None:
    kafka = guarded("FAIL")
    session = kafka._session
    session.current.embedded = False  # of a real Kafka it is known that it is the same one as before
    session.guards.begin(session.current)
    kafka.publish_event("later", "from before", format="text")
    kafka.end_test()
    kafka.start_test("second")
    later = tmp_path / "later.yaml"
    text = "asyncapi: 3.0.0\nchannels: {p: {address: later, messages: {M: {payload: {type: integer}}}}}"
    later.write_text(text, encoding="utf-8")
    kafka.load_contract(str(later))
    kafka.publish_event("later", 42, format="json")
    kafka.end_test()
    kafka.start_test("third")
    kafka.publish_event("later", "no number", format="text")
    with pytest.raises(AssertionError, match=r"1 event did not match the contract:\n    later\[\d\]@\d+ did not match"):
        kafka.end_test()


@pytest.mark.parametrize("side_by_side", [True, False])
def test_where_other_processes_have_tests_too_it_is_said_that_an_event_may_be_theirs(
    side_by_side: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("KafkaLibrary.library._runs_side_by_side", lambda: side_by_side)
    kafka = KafkaLibrary("embedded", contract=str(CONTRACT), contract_guard="FAIL")
    listeners: Any = kafka.ROBOT_LIBRARY_LISTENER
    result = SimpleNamespace(name="a test", status="PASS", message="")
    listeners[0].start_test(result, result)
    kafka.publish_event("orders", WRONG)
    listeners[0].end_test(result, result)
    assert result.status == "FAIL"
    said = "Tests of other processes ran beside this one: an event may be theirs."
    assert (said in result.message) is side_by_side


@pytest.mark.parametrize(("microseconds", "is_older"), [(123_999, False), (123_000, False), (124_000, True)])
def test_an_event_of_the_millisecond_in_which_the_test_began_is_not_from_before(
    microseconds: int, is_older: bool
) -> None:
    began = datetime(2026, 11, 30, 12, 0, 0, microseconds, tzinfo=timezone.utc)
    milliseconds = int(began.replace(microsecond=123_000).timestamp() * 1000)
    record = PlainRecord(("orders", 0, 0), (1, milliseconds), None, b"{}")
    verdict = judge(Event(record, FoundDecoder()), [load_contract(CONTRACT)])
    told = wrong_events.failure(Found([verdict], 0, {}, 1, began, [], []))
    assert ("from before this test" in told) is is_older


@pytest.mark.parametrize("headers", [{}, {"type": "OrderPlaced"}])
def test_where_the_registry_is_away_no_test_passes(headers: dict[str, str]) -> None:
    kafka = KafkaLibrary(
        "embedded", contract=str(CONTRACT), contract_guard="FAIL", schema_registry="http://127.0.0.1:1"
    )
    for name in ("first", "second"):
        kafka.start_test(name)
        kafka.publish_event("orders", b"\0\0\0\0\1\2", format="bytes", headers=headers)
        with pytest.raises(AssertionError, match=r"is unknown:\n    The schema registry at .* can't be used"):
            kafka.end_test()


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"contract_guard": "FAIL"}, "needs a contract"),
        ({"contract": str(CONTRACT), "contract_guard": "maybe"}, "maybe"),
    ],
)
def test_a_guard_of_nothing_is_refused(given: dict[str, str], problem: str) -> None:
    with pytest.raises(KeywordMisused, match=problem):
        KafkaLibrary("embedded", **given)
