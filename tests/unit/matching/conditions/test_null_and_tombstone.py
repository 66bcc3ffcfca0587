"""A tombstone has no value; null in a value is another thing, and so are the texts null and nothing."""

from __future__ import annotations

from typing import Any

import pytest

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Decoded, Event, PlainRecord
from KafkaLibrary.matching import LenientConditions, NearMisses, Screen, State, parse_path
from KafkaLibrary.matching.sequences.order import WithoutValue, one_value
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from tests.unit.matching.samples import Ready, an_event, conditions, holds
from tests.unit.matching.screening.test_screen import AS_JSON

TOMBSTONE = an_event(None, key=b"k")
IN_JSON = an_event("null", key=b"k")
IN_AVRO = an_event(b"\0", decoder=Ready(None))
AS_TEXT = an_event("null", decoder=Ready("null", "text"))
AS_BYTES = an_event("null", decoder=Ready(b"null", "bytes"))
EMPTY = an_event("", decoder=Ready("", "text"))
ALL_BUT_TOMBSTONES = [IN_JSON, IN_AVRO, AS_TEXT, AS_BYTES, EMPTY]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(
    "cells",
    [
        ["value == null"],
        ["value == None"],
        ["value", "==", None],
        [{"value": None}],
        ["value", "in", [None, 1]],
        ["is_tombstone == true"],
        ["is_tombstone", "==", True],
    ],
)
def test_null_as_the_value_is_a_tombstone_alone(cells: list[Any], strict: bool) -> None:
    assert holds(*cells, on=TOMBSTONE, strict=strict)
    assert not [event for event in ALL_BUT_TOMBSTONES if holds(*cells, on=event, strict=strict)]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("cells", [["value != null"], ["value", "!=", None], ["is_tombstone == false"]])
def test_all_others_have_a_value(cells: list[Any], strict: bool) -> None:
    assert not holds(*cells, on=TOMBSTONE, strict=strict)
    assert all(holds(*cells, on=event, strict=strict) for event in ALL_BUT_TOMBSTONES)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("cells", [["$ == null"], ["$", "==", None], [{"$": None}], ["$ in null, x"]])
def test_null_in_a_value_is_asked_of_what_is_in_it(cells: list[Any], strict: bool) -> None:
    cells = ["$", "in", [None, "x"]] if strict and "in" in cells[0] else cells
    assert [holds(*cells, on=event, strict=strict) for event in (TOMBSTONE, IN_JSON, IN_AVRO)] == [False, True, True]


@pytest.mark.parametrize("cell", ["value == null", "value == None", "value in null, x", "value in x, None"])
def test_a_list_may_have_it_too(cell: str) -> None:
    assert [holds(cell, on=event) for event in (TOMBSTONE, IN_JSON, AS_TEXT)] == [True, False, False]


@pytest.mark.parametrize(("cell", "met"), [('value == "null"', [AS_TEXT, AS_BYTES]), ("value ==", [EMPTY])])
def test_the_text_null_and_the_empty_text_are_texts(cell: str, met: list[Event]) -> None:
    assert [event for event in (TOMBSTONE, *ALL_BUT_TOMBSTONES) if holds(cell, on=event)] == met


@pytest.mark.parametrize("cell", ["value contains null", "value matches null", "value > a", "value ^= n", "value $= l"])
def test_null_in_a_value_is_no_text(cell: str) -> None:
    assert not holds(cell, on=IN_JSON)
    assert not holds(cell, on=IN_AVRO)


def test_a_tombstone_has_nothing_in_it() -> None:
    assert holds("$ does not exist", "$.a does not exist", on=TOMBSTONE)
    assert holds("$ exists", "$.a does not exist", on=IN_JSON)
    assert not holds("$ != null", on=TOMBSTONE)


@pytest.mark.parametrize(
    ("part", "event"), [("value", TOMBSTONE), ("key", an_event({"a": 1})), ("key", an_event({}, key=None))]
)
@pytest.mark.parametrize("operator", ["exists", "does not exist"])
def test_whether_a_part_that_is_null_exists_is_not_decided_but_told(part: str, event: Event, operator: str) -> None:
    with pytest.raises(Undecodable, match=f"write `{part} == null`"):
        holds(f"{part} {operator}", on=event)


@pytest.mark.parametrize("event", [IN_JSON, EMPTY, an_event({"a": 1}, key=b"")])
def test_a_part_that_is_there_exists(event: Event) -> None:
    assert holds("value exists", on=event)
    assert not holds("value does not exist", on=event)
    if event.raw_key is not None:
        assert holds("key exists", on=event)
        assert not holds("key does not exist", on=event)


@pytest.mark.parametrize(("key", "is_null"), [(None, True), (b"null", False), (b"None", False), (b"", False)])
@pytest.mark.parametrize("cell", ["key == null", "key in null, x"])
def test_null_as_the_key_is_none_at_all(key: bytes | None, is_null: bool, cell: str) -> None:
    assert holds(cell, on=an_event({}, key=key)) is is_null


def test_the_text_null_as_a_key_is_a_text() -> None:
    assert holds('key == "null"', "key != null", on=an_event({}, key=b"null"))


def test_a_field_is_as_it_was() -> None:
    assert holds("$.a == null", on={"a": None})
    assert holds("$.a == null", on={"a": "null"})
    assert not holds("$.a == null", on={})


@pytest.mark.parametrize(
    ("cell", "event", "told"),
    [
        ("value == null", IN_JSON, "value was null in json, not a tombstone (`$ == null` matches that)"),
        ("value == null", IN_AVRO, "value was null in avro, not a tombstone (`$ == null` matches that)"),
        ("value == null", AS_TEXT, 'value was "null"'),
        ("value == 5", IN_JSON, "value was null in json, not a tombstone"),
        ("$ == null", TOMBSTONE, "is a tombstone (`value == null` matches that)"),
        ("$ == 5", TOMBSTONE, "is a tombstone"),
        ("value == 5", TOMBSTONE, "is a tombstone"),
        ("value != null", TOMBSTONE, "is a tombstone"),
        ("a.b == 5", TOMBSTONE, "is a tombstone"),
        ("$..b exists", TOMBSTONE, "is a tombstone"),
        (
            "is_tombstone == true",
            IN_JSON,
            "is_tombstone was false (its value is null in json, not a tombstone; `$ == null` matches that)",
        ),
        ("is_tombstone == true", EMPTY, "is_tombstone was false"),
        ("is_tombstone == false", TOMBSTONE, "is_tombstone was true"),
    ],
)
@pytest.mark.parametrize("strict", [False, True])
def test_a_message_says_which_of_them_was_there(cell: str, event: Event, told: str, strict: bool) -> None:
    (text,) = conditions(cell, strict=strict).judge(event).texts
    assert text.replace(" (text), expected null", "") == told


def test_a_cloud_event_without_a_value_has_its_attributes() -> None:
    class Binary(Ready):
        def value(self, event: Event) -> Decoded:
            return Decoded({"type": "Deleted"}, "cloudevents")

        exact_value = value

    event = an_event(None, decoder=Binary(None))
    assert holds("value == null", "is_tombstone == true", "$.type == Deleted", "$ exists", on=event)
    assert conditions("$.type == x").judge(event).texts == ("$.type was Deleted",)


NULLS = [
    (["value == null"], IN_JSON),
    (["value", "==", None], IN_JSON),
    (["value", "in", [None, "x"]], IN_AVRO),
    (["$ == null"], TOMBSTONE),
    (["is_tombstone == true"], IN_JSON),
]


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize(("cells", "event"), NULLS)
def test_a_negative_that_the_other_null_nearly_met_is_told(cells: list[Any], event: Event, strict: bool) -> None:
    asked = conditions(*cells, strict=strict)
    assert not asked.matches(event)
    slip = LenientConditions(asked).nearly_met(event)
    assert slip is not None
    assert slip.condition is asked[0]


@pytest.mark.parametrize("strict", [False, True])
def test_so_is_a_match_by_the_other_null(strict: bool) -> None:
    asked = conditions("value != null", strict=strict)
    assert asked.may_hold_by_chance
    slip = LenientConditions(asked).met_by_chance(IN_JSON)
    assert slip is not None
    assert slip.condition is asked[0]
    assert LenientConditions(asked).met_by_chance(an_event({"a": 1})) is None


@pytest.mark.parametrize("cell", ["value == 5", "$ == 5", "$.a == null", "is_tombstone == false", "$ != null"])
def test_nothing_is_told_where_null_is_not_meant(cell: str) -> None:
    for event in (IN_JSON, TOMBSTONE):
        assert LenientConditions(conditions(cell)).nearly_met(event) is None


def test_tombstones_among_events_that_fail_are_counted_as_such() -> None:
    found = NearMisses(conditions("$.a == 1"), most=1)
    for offset in range(4):
        found.add(an_event(None, offset=offset))
    found.add(an_event({"b": 1}, offset=9))
    assert [miss.text for miss in found.nearest()] == ["$.a is missing (there is b)"]
    assert found.groups() == [(4, "is a tombstone")]


@pytest.mark.parametrize("path", ["$.a", "value", "$", "$..a"])
def test_in_a_sequence_a_tombstone_has_no_value(path: str) -> None:
    assert one_value(TOMBSTONE, parse_path(path)) == WithoutValue(TOMBSTONE, "is a tombstone")


@pytest.mark.parametrize(
    ("cell", "candidates"),
    [("value == null", [1]), ("value != null", [0, 2]), ("$ == null", [0, 1]), ("is_tombstone == true", [0, 1, 2])],
)
@pytest.mark.parametrize("judge_all", [False, True])
def test_what_is_looked_at_before_there_is_an_event_keeps_them_apart(
    cell: str, candidates: list[int], judge_all: bool
) -> None:
    values = [b"null", None, b"1"]
    found = list(Screen(conditions(cell), judge_all=judge_all).candidates((), values, 5, AS_JSON))
    assert set(candidates) <= set(found)


def test_a_tombstone_of_an_event_as_it_comes_is_one() -> None:
    event = Event(TOMBSTONE._record, FoundDecoder())
    (finding,) = conditions("$.a == 1").judge(event).findings
    assert finding.state is State.TOMBSTONE


def test_a_cloud_event_without_a_value_has_its_attributes_as_document() -> None:
    headers = (("ce_specversion", b"1.0"), ("ce_id", b"7"), ("ce_source", b"/shop"), ("ce_type", b"placed"))
    event = Event(PlainRecord(("orders", 0, 0), (1, 0), None, None, headers), FoundDecoder())
    assert holds("$ exists", "$ != null", "id == 7", on=event)
    assert not holds("$ == null", on=event)
