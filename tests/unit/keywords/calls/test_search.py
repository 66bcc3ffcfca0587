"""What keywords with conditions share."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import KeywordMisused
from tests.unit.matching.samples import an_event

GIVEN_FIRST = {"table": "orders", "topic": "orders", "topics": "orders", "count": 1, "event": an_event({})}
KAFKA = KafkaLibrary()


def arguments_behind(name: str) -> dict[str, Any]:
    """The arguments of a keyword that are behind its conditions; none where it has no conditions."""
    given = inspect.signature(getattr(KAFKA, name)).parameters.values()
    if not any(one.kind is one.VAR_POSITIONAL and one.name == "conditions" for one in given):
        return {}
    # A name that Python keeps for itself has a "_" behind it there, and none in Robot.
    return {one.name.rstrip("_"): one for one in given if one.kind is one.KEYWORD_ONLY}


WITH_CONDITIONS = [name for name in KAFKA.keywords if arguments_behind(name)]


def test_there_are_keywords_with_conditions() -> None:
    assert {"wait_for_event", "no_event_should_arrive", "get_events", "save_events"} <= {*WITH_CONDITIONS}


@pytest.mark.parametrize("name", WITH_CONDITIONS)
def test_a_misspelt_argument_is_refused_with_those_of_the_very_keyword(name: str, tmp_path: Path) -> None:
    given = {**GIVEN_FIRST, "path": str(tmp_path / "saved.jsonl")}
    before = [given[one] for one in inspect.signature(getattr(KAFKA, name)).parameters if one in given]
    with pytest.raises(KeywordMisused) as refused:
        getattr(KAFKA, name)(*before, "strikt=True")
    told = str(refused.value)
    assert "Did you mean 'strict'?" in told
    assert {*re.findall(r"`(\w+)`", told)} == {
        *arguments_behind(name),
        *(() if name == "event_should_match" else ("alias",)),
    }
