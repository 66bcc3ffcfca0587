"""Slips that can be read: a negative that passed for one of them is doubted, and what is right as it stands is not."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.matching import DoubtedCondition, LenientConditions, parse_conditions
from KafkaLibrary.matching.conditions import other_meanings
from tests.unit.matching.samples import an_event

EVENT = {
    "id": 50,
    "status": "PAID",
    "code": "1234",
    "name": "Ada Lovelace",
    "note": "total (EUR)",
    "active": True,
    "tags": ["new", "old"],
    "items": [{"id": 1}, {"id": 2}],
    "customer": {"id": 7},
    "paidAt": "2026-05-31T10:00:00Z",
    "refund": None,
    "label": "",
}


def doubt(*cells: Any, strict: bool = False, among: Any = EVENT) -> DoubtedCondition | None:
    event = an_event(json.dumps(EVENT).encode(), key=b"order-50")
    conditions = parse_conditions(cells, strict=strict)
    loosely = LenientConditions(conditions, [event, an_event(json.dumps(among).encode(), key=b"order-51")])
    return loosely.met_by_chance(event) if conditions.matches(event) else loosely.nearly_met(event)


def said(*cells: Any, **options: Any) -> str:
    doubted = doubt(*cells, **options)
    assert doubted
    assert doubted.meaning
    return doubted.meaning.said


UNSET = [
    ("id == None",),
    ("id ==",),
    ("id", "==", None),
    ("id", "==", ""),
    ({"id": None},),
    ({"id": "None"},),
    ({"id": ""},),
    ("status in NEW, None",),
    ("status in NEW,",),
    ("status", "in", ["NEW", None]),
    ("status != None",),
    ("status !=",),
    ("status", "!=", None),
    ("status", "!=", ""),
    ("status not in NEW, None",),
    ("status contains None",),
    ("status ^= None",),
    ("status matches None",),
    ("status not contains None",),
    ("key == None",),
    ("id == None", "status == PAID"),
]


@pytest.mark.parametrize("cells", UNSET, ids=str)
@pytest.mark.parametrize("strict", [False, True])
def test_what_a_variable_without_a_value_becomes_is_doubted(cells: tuple[Any, ...], strict: bool) -> None:
    if strict and isinstance(cells[0], dict):  # where types count, a text in a dictionary is that text
        cells = ({"id": None},)
    assert "a variable without a value" in said(*cells, strict=strict)


@pytest.mark.parametrize(
    "cells",
    [
        ("id == null",),
        ('id == ""',),
        ("status != null",),
        ('status != ""',),
        ("status", "!=", '""'),
        ("status not in NEW, null",),
        ('status in ["NEW", null]',),
        ('status contains "None"',),
        ("refund == None",),
        ("refund", "==", None),
        ("status == Nonesuch",),
        ("id == None", "status == NEW"),
    ],
    ids=str,
)
def test_null_and_the_empty_text_that_are_meant_are_not_doubted(cells: tuple[Any, ...]) -> None:
    assert doubt(*cells) is None


def test_where_null_is_among_what_was_read_it_is_meant() -> None:
    assert doubt("paidAt", "==", None, among={"paidAt": None}) is None
    assert doubt("status ==", among={"status": ""}) is None
    assert doubt("paidAt", "==", None, among={"paidAt": ""})


def test_a_part_of_a_text_that_a_variable_left_empty_is_doubted() -> None:
    assert '`key == "order-None"`' in said("key == order-None")
    assert doubt('key == "order-None"') is None
    assert doubt("key == parcel-None") is None


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("code matches ^d{4}$", r"`$.code matches ^\\d{4}$`"),
        ("code matches ^d+$", r"`$.code matches ^\\d+$`"),
        ("code matches ^dddd$", r"`$.code matches ^\\d\\d\\d\\d$`"),
        ("code not matches ^d{4}$", r"`$.code not matches ^\\d{4}$`"),
        ("name matches ^w+sw+$", r"`$.name matches ^\\w+\\s\\w+$`"),
        ("name matches ^[w ]+$", r"`$.name matches ^[\\w ]+$`"),
        ("name matches ^Ada S+$", r"`$.name matches ^Ada \\S+$`"),
        ("name matches bAdab", r"`$.name matches \\bAda\\b`"),
        ("key matches ^order-d+$", r"`key matches ^order-\\d+$`"),
        ("paidAt matches ^d{4}-d{2}-d{2}Td", r"^\\d{4}-\\d{2}-\\d{2}"),
        ("note matches total (EUR)", '`$.note contains "total (EUR)"`'),
    ],
)
def test_a_backslash_that_robot_removed_is_told(cell: str, meant: str) -> None:
    assert meant in said(cell)
    assert meant in said(cell, strict=True)


@pytest.mark.parametrize(
    "cell",
    [
        "code matches ^d{2}x",
        "code matches ^dd$",
        "status matches ^d+$",
        "status matches NEW|SHIPPED",
        'code matches "^d{4}$"',
        r"code matches ^\d{5}$",
        "code matches ^[d]{4}$",
        "name matches ^(w+)+$",
        "name matches ordered+",
    ],
)
def test_a_pattern_that_may_be_right_is_not_doubted(cell: str) -> None:
    assert doubt(cell) is None


def test_a_pattern_that_may_take_for_ever_is_not_tried() -> None:
    long = an_event(json.dumps({"name": "a" * 5000}).encode())
    for cell in ("name matches ^(w+)+x$", "name matches ^w+w+w+w+x$"):
        assert LenientConditions(parse_conditions([cell])).nearly_met(long) is None


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (("id == 50 or 51",), "`$.id in 50, 51`"),
        (("id == 49 or 50 or 51",), "`$.id in 49, 50, 51`"),
        (("id == 50, 51",), "`$.id in 50, 51`"),
        (("id == 50; 51",), "`$.id in 50, 51`"),
        (("id == 50|51",), "`$.id in 50, 51`"),
        (("id == 50 || 51",), "`$.id in 50, 51`"),
        (("id == 50/51",), "`$.id in 50, 51`"),
        (("id == [50, 51]",), "`$.id in 50, 51`"),
        (("id == (50, 51)",), "`$.id in 50, 51`"),
        (("id == {50, 51}",), "`$.id in 50, 51`"),
        (("id in 50 51",), "`$.id in 50, 51`"),
        (("id in 50 or 51",), "`$.id in 50, 51`"),
        (("status == PAID or SHIPPED",), "`$.status in PAID, SHIPPED`"),
        (("status == NEW | PAID",), "`$.status in NEW, PAID`"),
        (("status == [NEW, PAID]",), "`$.status in NEW, PAID`"),
        (('status == ["NEW", "PAID"]',), "`$.status in NEW, PAID`"),
        (("status", "==", "'NEW', 'PAID'"), "`$.status in NEW, PAID`"),
        (("status in NEW PAID",), "`$.status in NEW, PAID`"),
        (("status != PAID or NEW",), "`$.status not in PAID, NEW`"),
        (("status not in PAID NEW",), "`$.status not in PAID, NEW`"),
        (("status contains PAI or NEW",), "`$.status matches PAI|NEW`"),
        (("status ^= PA, NE",), "`$.status matches ^(PA|NE)`"),
        (("status not contains PAI or NEW",), "`$.status not matches PAI|NEW`"),
        (("status contains PAI|NEW",), "`$.status matches PAI|NEW`"),
        (("status not contains PAI|NEW",), "`$.status not matches PAI|NEW`"),
        (("status contains ^PA",), "`$.status matches ^PA`"),
        (("status contains P.*D",), "`$.status matches P.*D`"),
        (("status ^= ^PA",), "`$.status matches ^PA`"),
        (("status ^= P.+",), "`$.status matches ^P.+`"),
        (("status $= ID$",), "`$.status matches ID$`"),
        (("status not contains ID$",), "`$.status not matches ID$`"),
        (("tags contains new and old",), "`$.tags contains new    $.tags contains old`"),
        (("active == yes",), "`$.active == true`"),
        (("active == 1",), "`$.active == true`"),
        (("active != on",), "`$.active != true`"),
        (("status == PAID;",), "`$.status == PAID`"),
        (("status == PAID.",), "`$.status == PAID`"),
        (("status == b'PAID'",), "`$.status == PAID` is meant: a text is written without"),
        (('status != u"PAID"',), "`$.status != PAID` is meant: a text is written without"),
        (("status == PAID # when it was paid",), "`$.status == PAID` is meant: a comment"),
        (("code == 1234.0",), "`$.code == 1234` is meant: the text has no decimals"),
        (("tags contains new, gone",), "write `$.tags contains new    $.tags contains gone`"),
        (("tags contains [new, old]",), "write `$.tags contains new    $.tags contains old`"),
        (('tags contains ["new"]',), "write `$.tags contains new`"),
        (("tags not contains new, old",), "write `$.tags not contains new    $.tags not contains old`"),
        (("status == 'PAID",), "`$.status == PAID`"),
        (('status == PAID"',), "`$.status == PAID`"),
        (("refund == nil",), "`$.refund == null`"),
        (("refund != undefined",), "`$.refund != null`"),
        (("label == empty",), "`$.label length == 0`"),
        (("label != empty",), "`$.label length > 0`"),
        (("status == *",), "`$.status exists`"),
        (("status == any",), "`$.status exists`"),
        (("status != .*",), "`$.status does not exist`"),
        (("PAID == status",), "`$.status == PAID`"),
        (("items != 2",), "a list, which always differs"),
        (("customer != 9",), "an object, which always differs"),
    ],
    ids=str,
)
def test_what_was_meant_is_told(cells: tuple[Any, ...], meant: str) -> None:
    assert meant in said(*cells)


@pytest.mark.parametrize("value", [1, 0])
def test_a_number_that_is_asked_for_as_one_is_no_truth(value: int) -> None:
    event = an_event(json.dumps({"count": value}).encode())
    for cell in (f"count != {value}", f"count == {1 - value}"):
        assert LenientConditions(parse_conditions([cell])).nearly_met(event) is None
    for cell in (f"count == {value}", f"count != {1 - value}"):
        assert LenientConditions(parse_conditions([cell])).met_by_chance(event) is None


@pytest.mark.parametrize("text", ["C#", "a/b", "BNI=", "https://x.y/z?a=b&c=d", "5 EUR", "yes", "any", "nil", "b'x'"])
def test_a_text_that_is_left_out_and_is_there_is_meant_as_it_stands(text: str) -> None:
    event, other = (an_event(json.dumps({"note": one}).encode()) for one in (text, "x"))
    for cell in (f"note != {text}", f"note not in {text}"):
        assert LenientConditions(parse_conditions([cell]), [other, event]).nearly_met(event) is None


@pytest.mark.parametrize("expected", ["NaN", "nan"])
def test_a_double_that_is_no_number_is_that_in_other_words_too(expected: str) -> None:
    condition = parse_conditions([f"ratio != {expected}"])
    found = replace(condition[0], path=replace(condition[0].path, find=lambda event, exact=False: [math.nan]))
    assert LenientConditions([found]).nearly_met(an_event(b"{}")) is None


LOOK_ALIKES = {
    "salt or pepper": "note == salt or pepper",
    "a, b": "note == a, b",
    "a|b": "note == a|b",
    "[x]": "note == [x]",
    "yes": "note == yes",
    "Stop.": "note == Stop.",
    "now": "note == now",
    "ddx": "note matches ^d{2}x",
    "d{4}": "note contains d{4}",
    "10 US$": "note $= US$",
    "^A": "note contains ^A",
    "x*y": "note contains x*y",
    "None of these": "note == None of these",
    "swwww": "note matches ^sw+$",
    "lower(x)": "note == lower(x)",
    "31.05.2026": "note == 31.05.2026",
    "empty": "note == empty",
    "*": "note contains *",
    "nil": "note == nil",
    "b'x'": "note == b'x'",
    "Flat # 5": "note == Flat # 5",
    "7.0": "note == 7.0",
    "%": "note == %",
}


@pytest.mark.parametrize(
    ("elements", "cell"),
    [
        (["x, y", "z"], "tags contains x, z"),
        (["x", "z"], 'tags contains "x, z"'),
        ([["x", "z"]], "tags contains [z, x]"),
        ([], "tags contains x, z"),
        (["w"], "tags contains x, z"),
    ],
    ids=str,
)
def test_elements_that_may_be_meant_as_one_are_not_doubted(elements: list[Any], cell: str) -> None:
    event = an_event(json.dumps({"tags": elements}).encode())
    doubted = LenientConditions(parse_conditions([cell])).nearly_met(event)
    assert doubted is None or doubted.meaning is None


@pytest.mark.parametrize(("text", "cell"), LOOK_ALIKES.items(), ids=str)
def test_a_text_that_looks_like_a_slip_is_found_and_missed_without_a_doubt(text: str, cell: str) -> None:
    conditions = parse_conditions([cell])
    assert conditions.matches(an_event(json.dumps({"note": text}).encode()))
    another = an_event(json.dumps({"note": "quite another"}).encode())
    assert LenientConditions(conditions, [another]).nearly_met(another) is None


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["==", "contains", "in", "^=", "!="]))
def test_any_text_may_be_looked_for_meanings(expected: str, found: str, operator: str) -> None:
    if operator == "in" and not expected.strip(" ,"):
        return
    if operator in ("contains", "^=") and not expected:
        return
    event = an_event(json.dumps({"note": found}).encode())
    conditions = parse_conditions([{"note": expected}] if operator == "==" else ["note", operator, f"x{expected}"])
    loosely = LenientConditions(conditions, [event])
    if conditions.matches(event):
        loosely.met_by_chance(event)
    else:
        loosely.nearly_met(event)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("note ^= https://shop", "https://api.example/orders"),
        ("note $= orders/42", "https://shop.example/users/42"),
        ("note contains api/v1", "https://shop.example/api/v2"),
        ("note contains <id>42</id>", "<order><id>43</id></order>"),
        ("note contains N/A", "Newsletter for Ada"),
        ("note matches /v1/orders", "/v2/orders"),
        ("note contains Dear Ada, your order", "Dear Bob, your order"),
        ("note contains Berlin, Germany", "Munich, Germany"),
        ("note contains 1;2", "1;3"),
        ("note contains this or that", "that or nothing"),
    ],
)
@pytest.mark.parametrize("negated", [False, True])
def test_a_sign_that_is_part_of_such_texts_is_no_list(cell: str, text: str, negated: bool) -> None:
    if negated:
        path, operator, expected = cell.split(" ", 2)
        cell = f"{path} not {operator} {expected}"
    event = an_event(json.dumps({"note": text}).encode())
    conditions = parse_conditions([cell])
    loosely = LenientConditions(conditions, [event])
    assert conditions.matches(event) is negated
    assert (loosely.met_by_chance(event) if negated else loosely.nearly_met(event)) is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("note ^= 10.", "104.16.3.1"),
        ("note ^= com.shop.order.", "com.shop.orderline.created"),
        ("note ^= order:", "orders-7"),
        ("note $= .pdf", "scan_pdf"),
        ("note contains Error:", "Error handling is fine"),
        ("note contains ;2;", "12"),
        ("note ^= O'", "Olaf"),
    ],
)
def test_a_part_of_a_text_may_begin_and_end_with_a_sign(cell: str, text: str) -> None:
    event = an_event(json.dumps({"note": text}).encode())
    assert LenientConditions(parse_conditions([cell]), [event]).nearly_met(event) is None
    path, operator, expected = cell.split(" ", 2)
    assert LenientConditions(parse_conditions([f"{path} not {operator} {expected}"])).met_by_chance(event) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^D-\d+$", "A-12"),
        ("^S[0-9]{4}$", "A1234"),
        ("^D[0-9]+$", "A12"),
        ("^(D|S)$", "A"),
        ("^(d|w|m|y)$", "h"),
        ("m|w|d", "f"),
        (r"^w\d{3}$", "a234"),
        (r"^d\d{3}$", "1234"),
        (r"^[dw]\d+$", "a12"),
        ("^[SD]-", "A-1"),
        ("^[sdw]", "x1"),
        (r"^Mr\. S", "Mr. T"),
        ("^A-.*-D$", "A-b-c"),
    ],
)
def test_a_letter_of_a_code_is_that_letter(pattern: str, text: str) -> None:
    event = an_event(json.dumps({"note": text}).encode())
    assert LenientConditions(parse_conditions([f"note matches {pattern}"]), [event]).nearly_met(event) is None
    assert LenientConditions(parse_conditions([f"note not matches {pattern}"])).met_by_chance(event) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("d", "A1"),
        ("^[sS]+$", "a b"),
        ("^a[sS]*b$", "a1b"),
        ("^[w.]+@[w.]+$", "ada@shop.example"),
        ("^[w-]+$", "a-1"),
        ("^ORD-d{4}$", "ORD-1234"),
        (r"^d+\.d{2}$", "9.50"),
        ("^S+@S+$", "ada@shop.example"),
    ],
)
def test_a_letter_of_a_class_is_a_class(pattern: str, text: str) -> None:
    event = an_event(json.dumps({"note": text}).encode())
    doubted = LenientConditions(parse_conditions([f"note matches {pattern}"]), [event]).nearly_met(event)
    assert doubted
    assert doubted.meaning
    assert "single backslash" in doubted.meaning.said


def test_events_that_take_long_are_not_all_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_meanings, "_LOOKING", 0.0)
    looked: list[Any] = []

    def rebutted(event: Any) -> bool:
        looked.append(event)
        return False

    meaning = other_meanings.Meaning("said", lambda event: True, rebutted=rebutted)
    assert not meaning.is_rebutted([an_event(b"{}")] * 1000)
    assert len(looked) == 1
