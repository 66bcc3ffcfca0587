"""The judge of the faults sees each thing that must not be, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.faults.judge import judge
from tests.faults.truth import Commit, Sent, Truth

TIMES = {"marked": 10.0, "began": 11.0, "deadline": 12.0}


def truth(**more: Any) -> Truth:
    """Event 5 was sent behind the mark and acknowledged in time, event 6 too late, event 7 never."""
    sent = {5: Sent(10.5, 11.5, (0, 5)), 6: Sent(11.0, 12.5, (0, 6)), 7: Sent(11.9)}
    known: dict[str, Any] = {
        "sent": sent,
        "waited": {5: [(0, 5)], 6: [(0, 6)]},
        "published": {"a": [(1, 3)]},
        "commits": [Commit((1, 4), 11.2, 11.4), Commit((1, 9), 11.8, 12.4), Commit((1, 12), 11.9)],
    }
    return Truth(**{**known, **more})


def failed(reason: str, *, expectation: bool = True) -> dict[str, Any]:
    return {**TIMES, "passed": False, "expectation": expectation, "reason": reason}


PASSED = {**TIMES, "passed": True}
FINE: list[dict[str, Any]] = [
    {"kind": "published", "ids": ["a"], "places": [[1, 3]], "began": 1.0},
    {"kind": "unacknowledged", "ids": ["z"], "began": 1.0},
    {"kind": "wait", "number": 5, "place": [0, 5], **PASSED},
    {"kind": "wait", "number": 6, "place": None, **failed("No event matched")},
    {"kind": "none", "number": 6, **PASSED},
    {"kind": "none", "number": 5, **failed("An unexpected event on 'orders' matched:")},
    {"kind": "none", "number": 5, **failed("Kafka was unreachable", expectation=False)},
    {"kind": "count", "number": 5, "places": [[0, 5]], **PASSED},
    {"kind": "count", "number": 6, "places": [], **failed("No event matched, where one should")},
    {"kind": "stock", "number": 5, "numbers": [5], **PASSED},
    {"kind": "consumed", "place": [1, 3], **PASSED, "ended": 11.5},
    {"kind": "consumed", "place": [1, 8], **failed("did not commit")},  # acknowledged too late
    {"kind": "consumed", "place": [1, 11], **failed("did not commit")},  # never acknowledged
    {"kind": "transaction", "ids": ["a"], "outcome": "commit", "began": 1.0},
    {"kind": "transaction", "ids": ["z"], "outcome": "abort", "began": 1.0},
]
FAULTY: list[tuple[str, dict[str, Any]]] = [
    ("lost", {"kind": "published", "ids": ["z"], "places": [[1, 4]], "began": 1.0}),
    ("wrong", {"kind": "published", "ids": ["a"], "places": [[1, 4]], "began": 1.0}),
    ("missed", {"kind": "wait", "number": 5, "place": None, **failed("No event matched")}),
    ("missed", {"kind": "wait", "number": 5, "place": None, **failed("unreachable", expectation=False)}),
    ("wrong", {"kind": "wait", "number": 5, "place": [0, 6], **PASSED}),
    ("false_passes", {"kind": "none", "number": 5, **PASSED}),
    ("wrong", {"kind": "none", "number": 9, **failed("An unexpected event on 'orders' matched:")}),
    ("wrong", {"kind": "none", "number": 5, **failed("for no reason at all")}),
    ("false_passes", {"kind": "count", "number": 9, "places": [[0, 9]], **PASSED}),
    ("missed", {"kind": "count", "number": 5, "places": [], **failed("No event matched, where one should")}),
    ("missed", {"kind": "stock", "number": 5, "numbers": [], **PASSED, "deadline": 11.8}),
    ("wrong", {"kind": "stock", "number": 5, "numbers": [5, 5], **PASSED}),
    ("lost", {"kind": "transaction", "ids": ["z"], "outcome": "commit", "began": 1.0}),
    ("wrong", {"kind": "transaction", "ids": ["a"], "outcome": "abort", "began": 1.0}),
    ("wrong", {"kind": "transaction", "ids": ["a", "z"], "outcome": "unknown", "began": 1.0}),
    ("missed", {"kind": "consumed", "place": [1, 3], **failed("did not commit")}),
    ("false_passes", {"kind": "consumed", "place": [1, 3], **PASSED, "ended": 11.1}),
    ("false_passes", {"kind": "consumed", "place": [1, 12], **PASSED, "ended": 11.95}),
    ("false_passes", {"kind": "consumed", "place": [0, 3], **PASSED, "ended": 11.5}),
    ("wrong", {"kind": "broken", "reason": "a surprise"}),
]


@pytest.mark.parametrize("one", FINE, ids=str)
def test_what_is_right_is_no_fault(one: dict[str, Any]) -> None:
    counts = judge([one], truth())
    assert (counts.faults, counts.witnesses) == (0, [])


@pytest.mark.parametrize(("name", "one"), FAULTY, ids=str)
def test_each_fault_is_counted_under_its_name(name: str, one: dict[str, Any]) -> None:
    counts = judge([one], truth())
    assert (getattr(counts, name), counts.faults, len(counts.witnesses)) == (1, 1, 1)


def test_an_event_that_is_there_twice_is_doubled() -> None:
    twice = truth(published={"a": [(1, 3), (1, 4)]})
    assert judge([{"kind": "unacknowledged", "ids": ["a"], "began": 1.0}], twice).doubled == 1


@pytest.mark.parametrize("waited", [{5: [(0, 5)]}, {5: [(0, 5), (0, 7)], 6: [(0, 6)]}])
def test_what_the_independent_writer_lost_or_doubled_is_told_and_is_no_fault_of_the_library(waited: Any) -> None:
    counts = judge([], truth(waited=waited))
    assert (counts.beside, counts.faults) == (1, 0)


def test_what_was_sent_to_a_topic_before_it_was_made_again_is_not_lost() -> None:
    assert judge([], truth(waited={}, since=12.0)).beside == 0
