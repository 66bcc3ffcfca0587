"""What a condition was meant for beside one event: its lists, its times, values as code and documents have them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from KafkaLibrary.matching import LenientConditions, parse_conditions
from KafkaLibrary.matching.conditions.meanings import of_markers
from KafkaLibrary.matching.likeness import markers
from tests.unit.matching.samples import an_event

EVENT = {
    "id": 7,
    "status": "PAID",
    "mode": "fast",
    "tags": ["new", "alpha", "gift"],
    "sizes": ["XXL", "10"],
    "errors": ["Connection timeout after 5 s", "retrying"],
    "counts": [1, 2],
    "createdAt": 1780000000000,
    "updated_at": 1780000000,
    "balance": 1780000000000,
    "placed": "2026-11-30",
    "local": "2026-11-30T10:00:00",
    "zoned": "2026-11-30T10:00:00Z",
    "refund": None,
}


def said(*cells: Any, among: dict[str, Any] | None = None, event: Any = EVENT, strict: bool = False) -> str:
    """What is told of a negative that passed for the event, or of a match; empty for nothing."""
    sample = an_event(json.dumps(event).encode(), key=b"7")
    others = [an_event(json.dumps(among).encode())] if among else []
    conditions = parse_conditions(cells, strict=strict)
    loosely = LenientConditions(conditions, [sample, *others])
    doubted = loosely.met_by_chance(sample) if conditions.matches(sample) else loosely.nearly_met(sample)
    if doubted is None:
        return ""
    return doubted.meaning.said if doubted.meaning else doubted.leniency.name


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (("errors contains timeout",), '`$.errors[*] contains timeout`, for the whole `$.errors contains "timeout"`'),
        (("errors", "contains", "timeout"), "`$.errors[*] contains timeout`"),
        (("errors not contains timeout",), "`$.errors[*] not contains timeout`"),
        (("tags contains new, gone",), "`$.tags contains new    $.tags contains gone` for all"),
        (("tags contains new, gone",), "`$.tags[*] in new, gone` for any"),
        (("counts contains 1, 2",), "`$.counts contains 1    $.counts contains 2` for all"),
        (("counts not contains 1, 2",), "`$.counts not contains 1    $.counts not contains 2`"),
        (("tags", "contains", ["new", "gone"]), "`$.tags[*] in new, gone` for any"),
        (("counts", "contains", [1, 9]), "`$.counts contains 1    $.counts contains 9` for all"),
        (("tags ^= al",), "`$.tags[*] ^= al`"),
        (("tags $= pha",), "`$.tags[*] $= pha`"),
        (("tags matches ^al",), "`$.tags[*] matches ^al`"),
        (("tags not ^= al",), "`$.tags[*] not ^= al`"),
        (("tags not matches ^al",), "`$.tags[*] not matches ^al`"),
    ],
    ids=str,
)
def test_of_a_list_it_is_told_how_its_elements_are_asked_for(cells: tuple[Any, ...], meant: str) -> None:
    assert meant in said(*cells)


@pytest.mark.parametrize(
    "cells",
    [
        ("tags contains alp",),
        ('errors contains "timeout"',),
        ("tags contains ew york",),
        ("sizes contains XL",),
        ("sizes contains 1",),
        ("tags not contains alp",),
        ("errors not contains try",),
        ("tags contains old",),
        ("tags not contains old, worn",),
        ("tags not ^= x",),
        ("tags not matches ^x",),
        ("tags contains x or y",),
        ("tags[*] contains beta",),
        ("tags", "contains", ["old", "worn"]),
    ],
    ids=str,
)
def test_what_is_asked_of_a_list_as_it_is_meant_is_not_doubted(cells: tuple[Any, ...]) -> None:
    assert said(*cells) == ""


def test_an_element_that_equals_the_text_shows_that_whole_elements_are_meant() -> None:
    cells = ("id == 7", "errors contains timeout")
    assert said(*cells)
    assert said(*cells, among={"id": 8, "errors": ["timeout"]}) == ""
    assert said(*cells, strict=True) == ""


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("createdAt > 2027", "1780000000000"),
        ("createdAt < 2027", "`$.createdAt < 1798761600000`"),
        ("createdAt < 1790000000", "`$.createdAt < 1790000000000`"),
        ("createdAt == 1780000000", "`$.createdAt == 1780000000000`"),
        ("updated_at > 1790000000000", ""),
        ("updated_at < 1770000000000", "`$.updated_at < 1770000000`"),
        ("updated_at < 2027", "`$.updated_at < 1798761600`"),
        ("updated_at >= 2027", "`$.updated_at >= 1798761600`"),
    ],
)
def test_a_time_in_another_unit_is_told_with_that_of_the_field(cell: str, meant: str) -> None:
    told = said(cell)
    if not meant:
        assert told == ""
    elif cell == "createdAt > 2027":
        assert "counts milliseconds since 1970, and 2027 looks like a year" in told
    else:
        assert meant in told


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("placed == 20787", "20787 looks like days since 1970: write `$.placed == 2026-11-30`"),
        ("placed != 20787", "`$.placed != 2026-11-30`"),
        ("placed > 20780", "`$.placed > 2026-11-23`"),
        ("placed >= 20787", "`$.placed >= 2026-11-30`"),
        ("local == 1796032800000000", "microseconds since 1970: write `$.local == 2026-11-30T10:00:00`"),
        ("local > 1796032801", "`$.local > 2026-11-30T10:00:01`"),
        ("zoned == 1796032800000", "`$.zoned == 2026-11-30T10:00:00Z`"),
        ("zoned == 1796032800001", ""),
        ("placed == 20788", ""),
        ("placed == 5", ""),
        ("local == 20787", ""),
    ],
)
def test_a_time_that_is_a_number_in_the_bytes_is_told_as_it_is_read(cell: str, meant: str) -> None:
    told = said(cell)
    assert meant in told if meant else told == ""
    assert said(cell, strict=True) == ""


@pytest.mark.parametrize(
    "cell",
    [
        "createdAt > 2020",
        "createdAt > 0",
        "createdAt < 1770000000000",
        "createdAt > 1770000000",
        "balance < 1790000000",
        "balance > 2027",
        "id < 2027",
        "updated_at < 1770000000",
    ],
)
def test_a_number_that_decides_the_same_or_is_no_time_is_not_doubted(cell: str) -> None:
    assert said(cell) == ""


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ("timestamp < 2000", ["If a date is meant, that is `2000-01-01`", "12 to 14 digits", "`$.timestamp`"]),
        ("timestamp > 20260531", ["`2026-05-31`"]),
        ("timestamp > 20261331", ["12 to 14 digits"]),
        (
            "timestamp > 1701075317",
            ["If these are seconds since 1970, that is `2023-11-27T08:55:17Z`", "`$.timestamp`"],
        ),
        ("timestamp > 5", ["12 to 14 digits"]),
    ],
)
def test_a_number_for_the_time_of_an_event_is_refused_with_what_it_may_be(cell: str, advice: list[str]) -> None:
    with pytest.raises(Exception, match="not a point in time") as refused:
        parse_conditions([cell])
    for one in advice:
        assert one in str(refused.value)


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (("id == #number",), "ask with `Event Should Be Like`"),
        (("id == ##number",), "`#number` is a text here"),
        (("status == #string",), "`#string` is a text here"),
        (("id == #present",), "write `$.id exists`"),
        (("id == #notnull",), "write `$.id != null`"),
        (("refund == #null",), "write `$.refund == null`"),
        (("refund != #null",), "write `$.refund != null`"),
        (("id == #? > 5",), "write `$.id > 5`"),
        (("status == #regex P.*D",), "write `$.status matches P.*D`"),
        (("status matches #regex P.*D",), "write `$.status matches P.*D`"),
        (("tags == #[3]",), "`#[3]` is a text here"),
        (("id != #number",), "`#number` is a text here"),
        (({"id": "#number"},), "`#number` is a text here"),
    ],
    ids=str,
)
def test_a_marker_in_a_condition_is_told(cells: tuple[Any, ...], meant: str) -> None:
    assert meant in said(*cells)


@pytest.mark.parametrize(
    "cell", ['id == "#number"', "status == #number", "status == #sale", "status != #null", "id == #"]
)
def test_a_text_with_a_number_sign_is_not_doubted(cell: str) -> None:
    assert said(cell) == ""


def test_every_marker_of_a_document_is_known_in_a_condition() -> None:
    known = {*of_markers._KINDS, "#notpresent"}
    assert {*markers._KINDS, *markers._WITH_ARGUMENT} <= known


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (("status in b'PAID', b'NEW'",), "`$.status in PAID, NEW`"),
        (("status in b'PAID', NEW",), "`$.status in PAID, NEW`"),
        (("status not in b'PAID', b'NEW'",), "`$.status not in PAID, NEW`"),
        (("status contains b'PAI'",), "`$.status contains PAI`"),
        (("status ^= b'PA'",), "`$.status ^= PA`"),
        (('status matches r"P.*D"',), "`$.status matches P.*D`"),
        (("key in 7.0, 8.0",), "`key in 7, 8`"),
    ],
    ids=str,
)
def test_a_value_as_code_has_it_is_told_for_every_operator(cells: tuple[Any, ...], meant: str) -> None:
    assert meant in said(*cells)


def test_a_mode_may_be_called_any() -> None:
    assert said("mode != any") == ""
    assert said("mode != anything") == ""
    assert said("mode == any", among={"mode": "any"}) == ""
    assert "`$.mode exists`" in said("mode == any")
    assert "`$.mode does not exist`" in said("mode != *")


@pytest.mark.parametrize("cell", ["status not matches ^(w+)+$", "status not matches ^(d|w+)+x$"])
def test_a_meaning_that_was_not_tried_is_no_doubt(cell: str) -> None:
    assert said(cell) == ""


def test_nothing_behind_an_operator_may_be_a_comment() -> None:
    assert "a cell that begins with `#`" in said("status", "==", "")
    with pytest.raises(Exception, match=r"begins with `#` is a comment: write `\\#`"):
        parse_conditions(["status", "contains"])


ORDER = {
    "id": "order-42",
    "items": [{"sku": "P-1", "quantity": 2}],
    "customer": {"name": "Ada", "address": {"city": "Paris", "zip": "1"}},
    "greeting": "Hello ${name}",
    "note": "Gift wrap",
    "amount": "12.50",
    "version": "1.10",
}


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (('customer == {"name": "Ada"}',), "`$.customer.name == Ada`"),
        (("customer", "==", {"name": "Ada"}), "`$.customer.name == Ada`"),
        (('customer == {"name": "Ada", "address": {"city": "Paris"}}',), "`$.customer.name == Ada`"),
        (("customer", "in", [{"name": "Bob"}, {"name": "Ada"}]), "`$.customer.name == Ada`"),
        (('customer != {"name": "Ada"}',), "`$.customer.name != Ada`"),
        (('items == [{"sku": "P-1"}]',), "`$.items[0].sku == P-1`"),
        (('items contains {"sku": "P-1"}',), "Name the fields"),
        (('items not contains {"sku": "P-1"}',), "Name the fields"),
        (('$ == {"id": "order-42"}',), "`$.id == order-42`"),
    ],
    ids=str,
)
def test_a_part_of_an_object_is_told_as_what_its_fields_are(cells: tuple[Any, ...], meant: str) -> None:
    told = said(*cells, event=ORDER)
    assert "compares whole objects" in told
    assert meant in told
    assert said(*cells, event=ORDER, strict=True) == ""


@pytest.mark.parametrize(
    "cell",
    [
        'customer == {"name": "Bob"}',
        "customer == {}",
        "items == []",
        'items == [{"sku": "P-1"}, {"sku": "P-2"}]',
        'items contains {"sku": "P-2"}',
        'items[0] == {"sku": "P-1", "quantity": 2.0}',
    ],
)
def test_what_is_no_part_of_the_object_is_not_doubted(cell: str) -> None:
    assert said(cell, event=ORDER) == ""


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        (("id == 42",), "`$.id == order-42`"),
        (("id", "==", 42), "`$.id == order-42`"),
        (("id != 42",), "`$.id != order-42`"),
        (("id ^= 42",), "`$.id ^= order-42`"),
        (("id in 41, 42",), "`$.id == order-42`"),
        (("id not in 41, 42",), "`$.id != order-42`"),
        (("id == ${id}",), "`${id}` is a text here"),
        (("id == order-${id}",), "`${id}` is a text here"),
        (("id != order-${id}",), "`${id}` is a text here"),
    ],
    ids=str,
)
def test_a_number_for_an_id_and_a_variable_as_text_are_told(cells: tuple[Any, ...], meant: str) -> None:
    assert meant in said(*cells, event=ORDER)


@pytest.mark.parametrize(
    "cell", ["id == 2", "id ^= 4", 'id == "42"', "id == x-${id}", "greeting == Hello ${other}", 'id == "${id}"']
)
def test_another_number_and_a_text_with_a_variable_are_not_doubted(cell: str) -> None:
    assert said(cell, event=ORDER) == ""


@pytest.mark.parametrize("other", [42, "7"])
def test_a_bare_number_in_another_event_shows_that_numbers_are_meant(other: Any) -> None:
    assert said("id == 42", event=ORDER)
    assert said("id == 42", event=ORDER, among={"id": other}) == ""


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("$.items[?(@.qty > 1)] does not exist", "`qty`, by which the filter picks: there are sku, quantity"),
        ("$.items[?(@.qty > 1)].sku does not exist", "`qty`"),
        ("$.items[?(@.quantity > 9)] does not exist", ""),
        ("$.nothing[?(@.qty > 1)] does not exist", ""),
    ],
)
def test_an_absence_by_a_filter_needs_its_names(cell: str, told: str) -> None:
    assert told in said(cell, event=ORDER) if told else said(cell, event=ORDER) == ""


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("amount == 12.5",), "write `$.amount == 12.50`"),
        (("amount == 12.500",), "write `$.amount == 12.50`"),
        (("amount", "==", 12.5), "write `$.amount == 12.50`"),
        (("amount != 12.5",), "write `$.amount != 12.50`"),
        (("amount not in 12.5, 3",), "write `$.amount != 12.50`"),
        (("amount == 12.6",), ""),
        (('amount == "12.5"',), ""),
        (("version == 1.1",), ""),
        (('value contains "status":"PAID"',), ""),
        (('value contains "id":"order-42"',), "not at its JSON"),
        (('value contains {"name": "Ada"}',), "not at its JSON"),
        (("note == Gift  wrap",), "types, quotes and blanks"),
        (("note == Gift\xa0wrap",), "types, quotes and blanks"),
        (("note == Gift bag",), ""),
        (("$.items[?(@.quantity == '2')].sku == P-1",), "`quantity` is a number there"),
        (("$.items[?(@.quantity == '2')] exists",), "`quantity` is a number there"),
        (("$.items[?(@.quantity == '2')] does not exist",), "`quantity` is a number there"),
        (("items.sku does not exist",), "types, quotes and blanks"),
        (("items.colour does not exist",), ""),
        (("id == order-42", "id == order-43"), "write `$.id in order-42, order-43`"),
        (("id == order-43", "id == order-42"), "write `$.id in order-43, order-42`"),
        (("id == order-43", "id == order-44"), ""),
        (("id == order-43", "amount == 12.50"), ""),
    ],
    ids=str,
)
def test_decimals_pieces_of_json_blanks_and_values_of_one_field(cells: tuple[Any, ...], told: str) -> None:
    doubted = said(*cells, event=ORDER)
    assert told in doubted
    assert bool(told) is bool(doubted)
