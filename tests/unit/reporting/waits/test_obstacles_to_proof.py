"""Topics that are not there: each is named, of very many the first ones."""

from __future__ import annotations

import pytest

from KafkaLibrary.reporting.waits.obstacles_to_proof import absent_topics


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (1, "The topic 'a0' does not exist. Did you mean 'a'?"),
        (5, "The topic 'a4' does not exist. Did you mean 'a'?"),
        (6, "1 more topic does not exist."),
        (1_200, "1,195 more topics do not exist."),
    ],
)
def test_absent_topics_are_named_and_very_many_are_counted(count: int, last: str) -> None:
    lines = absent_topics([f"a{number}" for number in range(count)], "Did you mean 'a'?")
    assert lines[-1] == last
    assert len(lines) == min(count, 6)
