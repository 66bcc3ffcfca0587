"""`log_events=` of the import, and what came on the watched topics since the test began."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from robot.api import ExecutionResult

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.keywords.calls.events_of_test import events_of_test
from KafkaLibrary.reporting.robot_log import EVIDENCE
from tests.places import ROOT


@pytest.fixture
def kafka() -> Iterator[KafkaLibrary]:
    made = KafkaLibrary("embedded", watch="orders", timeout=5)
    made.start_test()
    yield made
    made.disconnect_from_all_kafka()


@pytest.mark.parametrize("word", ["off", "OFF", "", None, False])
def test_it_is_off(word: object) -> None:
    assert not KafkaLibrary(log_events=word)._session.described.logs_failures


@pytest.mark.parametrize("word", ["on failure", "On Failure"])
def test_it_is_on(word: object) -> None:
    assert KafkaLibrary(log_events=word)._session.described.logs_failures


@pytest.mark.parametrize("word", ["on failures", "on", "always", True, 1])
def test_another_word_is_refused(word: object) -> None:
    with pytest.raises(KeywordMisused, match="log_events= is off or on failure"):
        KafkaLibrary(log_events=word)


def test_the_events_are_those_since_the_test_began(kafka: KafkaLibrary) -> None:
    kafka.publish_event("orders", {"orderId": 1})
    kafka.start_test()
    events = kafka.publish_events("orders", [{"orderId": number} for number in (2, 3, 4)])
    (came,) = events_of_test(kafka._session, 2)
    assert came.outcome is not None
    assert (came.topics, came.outcome.findings.read, came.problem) == (("orders",), 3, "")
    assert len(came.outcome.events) == 2
    assert {event.place for event in came.outcome.events} < {event.place for event in events}


def test_without_a_connection_there_is_nothing_to_read() -> None:
    assert list(events_of_test(KafkaLibrary("127.0.0.1:1", watch="orders")._session, 20)) == []


def test_outside_robot_the_table_goes_to_who_listens(kafka: KafkaLibrary) -> None:
    heard: list[str] = []
    EVIDENCE.append(heard.append)
    try:
        kafka.publish_event("orders", {"orderId": 42})
        kafka.log_events_of_test()
    finally:
        EVIDENCE.clear()
    assert ["1 event came on 'orders'" in html for html in heard] == [True]


SUITE = """\
*** Settings ***
Library    KafkaLibrary    bootstrap_servers=embedded    watch=orders    log_events=on failure
Library    KafkaLibrary    bootstrap_servers=embedded    watch=orders    log_events=on failure    AS    Again
Library    KafkaLibrary    bootstrap_servers=embedded    watch=payments    log_events=on failure    AS    Another

*** Test Cases ***
One
    Again.Publish Event    orders    {"orderId": 1}
    Another.Publish Event    payments    {"orderId": 1}
    Fail
"""


def test_a_library_object_that_was_imported_by_two_names_logs_them_once(tmp_path: Path) -> None:
    (tmp_path / "suite.robot").write_text(SUITE, encoding="utf-8")
    output = tmp_path / "output.xml"
    command = [sys.executable, "-m", "robot", "--output", str(output), "--log", "NONE", "--report", "NONE"]
    subprocess.run([*command, str(tmp_path)], check=False, capture_output=True, cwd=ROOT)
    (test,) = ExecutionResult(output).suite.all_tests
    assert [step.owner for step in test.body if step.name == "Log Events Of Test"] == ["KafkaLibrary", "Another"]
