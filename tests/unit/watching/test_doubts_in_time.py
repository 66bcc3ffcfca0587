"""Doubts come behind a negative that has waited its time: in large events only as much is done as can be soon."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from KafkaLibrary.event import Event
from KafkaLibrary.matching import Condition, parse_conditions
from KafkaLibrary.matching.conditions import unfit_values
from KafkaLibrary.watching import doubts
from tests.unit.matching.samples import an_event

MANY = 30


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often an event was looked at for a condition, where each look takes longer than there is time."""
    count: Counter[str] = Counter()
    for name in ("_BEARING_OUT", "_AT_ALL"):
        monkeypatch.setattr(doubts, name, 0.0, raising=False)
    for name in ("is_missing", "holds"):
        monkeypatch.setattr(Condition, name, _counted(count, getattr(Condition, name)))
    monkeypatch.setattr(unfit_values, "unfit_kind", _counted(count, unfit_values.unfit_kind))
    return count


def _counted(count: Counter[str], look: Any) -> Any:
    def counting(*args: Any) -> Any:
        count[look.__name__] += 1
        return look(*args)

    return counting


def events() -> list[Event]:
    return [an_event({"id": number, "lines": [{"sku": "A"}]}) for number in range(MANY)]


@pytest.mark.parametrize("path", ["$..ID", "$.lines[?(@.SKU == 'A')].id", "lines[*].SKU"])
def test_a_path_is_followed_in_few_events(looked: Counter[str], path: str) -> None:
    found = doubts.doubts_of(parse_conditions([f"{path} == 7"]), iter(events()))
    assert found.absent
    assert found.absent[0].meant
    assert looked.total() <= 3, looked


def test_other_conditions_are_judged_on_few_events(looked: Counter[str]) -> None:
    doubts.doubts_of(parse_conditions(["$..sku == A", "customer == 5"]), iter(events()))
    assert looked.total() <= 6, looked


def test_where_there_is_time_one_event_with_the_field_ends_the_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doubts, "_BEARING_OUT", 60.0)
    monkeypatch.setattr(doubts, "_AT_ALL", 60.0)
    several = events()
    several[25] = an_event({"ID": 8})
    assert not doubts.doubts_of(parse_conditions(["$..ID == 7"]), iter(several)).absent
    (absent,) = doubts.doubts_of(parse_conditions(["$..ID == 7"]), iter(events())).absent
    assert (absent.meant, absent.events) == ("$..id", MANY)
