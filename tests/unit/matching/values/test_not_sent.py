"""A value that Debezium did not send is never taken for the text that stands in its place."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.fields import NOT_SENT
from KafkaLibrary.matching import parse_conditions, parse_likeness
from KafkaLibrary.matching.conditions.unmet_conditions import State
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder

TEXT, BYTES = NOT_SENT


def an_event(value: Any) -> Event:
    return Event(PlainRecord(("rows", 0, 0), (1, 0), None, json.dumps(value).encode()), FoundDecoder())


def state(value: Any, *cell: Any, strict: bool = False) -> State:
    finding = parse_conditions(cell, strict=strict).judge(an_event(value)).findings[0]
    assert (finding.state is State.UNJUDGED) is ("Debezium" in finding.text)
    return finding.state


AS_TEXT = [("doc == x",), ("doc != x",), ("doc.a == 1",), ("doc.a exists",)]
AS_DOCUMENT = [('doc == {"a": 1}',), ("doc", "==", {"a": 1}), ("doc", "!=", ["a", "b"])]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    ("mark", "cell"),
    [
        *((mark, cell) for mark in (TEXT, BYTES) for cell in [*AS_TEXT, *AS_DOCUMENT, ("doc[3] == 1",)]),
        *(([TEXT], cell) for cell in [*AS_DOCUMENT, ("doc[3] == 1",), ("doc[0] == 1",)]),
        *(({TEXT: TEXT}, cell) for cell in [*AS_DOCUMENT, ("doc.a == 1",), ("doc.a does not exist",)]),
    ],
)
def test_no_comparison_decides_on_it(mark: Any, cell: Any, strict: bool) -> None:
    assert state({"doc": mark}, *cell, strict=strict) is State.UNJUDGED


@pytest.mark.parametrize("mark", [TEXT, BYTES])
@pytest.mark.parametrize(
    "cell",
    ["doc > a", "doc <= 5", "doc contains unavailable", "doc not contains x", "doc ^= __", "doc matches .+",
     "doc not matches x", "doc in a, b", "doc not in a, b", "doc length == 28", "doc length > 1", "doc == 5",
     "doc == true", "doc >= 2026-11-30T10:00:00Z"],
)  # fmt: skip
def test_no_operator_on_texts_decides_on_it(mark: str, cell: str) -> None:
    assert state({"doc": mark}, cell) is State.UNJUDGED


@pytest.mark.parametrize("cell", ["tags contains a", "tags not contains a", "tags[0] == a", "tags[2] == a",
                                  "tags[*] == a", "tags length == 2", 'tags == ["a"]'])  # fmt: skip
def test_a_list_of_it_is_not_known_either(cell: str) -> None:
    assert state({"tags": [TEXT]}, cell) is State.UNJUDGED


@pytest.mark.parametrize("cell", ["doc exists", "doc != null", f"doc == {TEXT}", f'doc == "{TEXT}"'])
def test_that_it_is_there_is_known_and_that_it_is_not_null(cell: str) -> None:
    assert state({"doc": TEXT}, cell) is State.HELD


def test_null_is_none() -> None:
    assert state({"doc": TEXT}, "doc == null") is State.FAILED
    assert state({"doc": TEXT}, "doc", "==", None) is State.FAILED


def test_another_field_is_compared_as_ever() -> None:
    assert state({"doc": TEXT, "id": 1}, "id == 1") is State.HELD
    assert state({"a": TEXT[1:] + "x", "b": "_" * len(TEXT)}, "a != x") is State.HELD


@pytest.mark.parametrize("expected", ["x", {"a": 1}, ["x"], 5, "#regex .+", "#uuid"])
@pytest.mark.parametrize("strict", [False, True])
def test_it_is_like_nothing(expected: Any, strict: bool) -> None:
    assert list(parse_likeness({"doc": expected}, strict=strict).differences_of(an_event({"doc": TEXT})))


def test_the_reason_is_told() -> None:
    (difference,) = parse_likeness({"doc": "x"}).differences_of(an_event({"doc": TEXT}))
    assert "Debezium did not send it" in difference.text
    with pytest.raises(Undecodable, match="Debezium did not send it"):
        parse_conditions(["doc.a == 1"]).matches(an_event({"doc": TEXT}))


CODES = [*map(ord, TEXT)]
DAYS = [(date(1970, 1, 1) + timedelta(days=code)).isoformat() for code in CODES]
OTHERS = (CODES, DAYS, ["b68a35a7-17ad-35b3-af2a-ae46edb4545a"])
"""As Debezium 3.6.1 wrote the mark into columns of int[], date[] and uuid[]."""


@pytest.mark.parametrize("cell", ["doc contains 95", "doc not contains 7", "doc length == 28", 'doc == ["a"]',
                                  "doc != []", "doc[30] == 1", "doc[0] == 95", "doc[*] == 95"])  # fmt: skip
@pytest.mark.parametrize("mark", OTHERS)
def test_lists_of_other_types_have_the_mark_in_forms_of_their_own(mark: Any, cell: str) -> None:
    assert state({"doc": mark}, cell) is State.UNJUDGED
    assert state({"doc": mark}, "doc exists") is State.HELD
    assert state({"doc": mark}, "doc != null") is State.HELD


def test_a_list_that_is_nearly_the_mark_is_a_list() -> None:
    assert state({"doc": [*CODES, 1]}, "doc contains 95") is State.HELD
    assert state({"doc": [*CODES[:-1], 1]}, "doc contains 1") is State.HELD
    assert state({"doc": []}, "doc contains 95") is State.FAILED
