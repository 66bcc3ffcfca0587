"""What is looked at after a negative that passed ends soon, however large the events are."""

from __future__ import annotations

from typing import Any

import pytest

from KafkaLibrary.matching import parse_conditions
from KafkaLibrary.matching.paths import similar_names
from KafkaLibrary.watching import doubts
from tests.unit.matching.samples import an_event


@pytest.mark.parametrize("question", ["near_name", "short_list", "name_meant"])
def test_large_events_are_not_all_searched_for_names(monkeypatch: pytest.MonkeyPatch, question: str) -> None:
    asked: list[Any] = []
    answer = getattr(similar_names, question)

    def counted(*arguments: Any) -> Any:
        asked.append(arguments)
        return answer(*arguments)

    monkeypatch.setattr(similar_names, question, counted)
    events = [an_event(b'{"id": 5}') for _ in range(1000)]
    found = doubts.doubts_of(parse_conditions(["customer == 6"]), iter(events))
    assert found.absent[0].doubtful
    assert len(asked) >= 20
    asked.clear()
    monkeypatch.setattr(doubts, "_BEARING_OUT", 0.0)
    doubts.doubts_of(parse_conditions(["customer == 6"]), iter(events))
    assert 0 < len(asked) < 5
