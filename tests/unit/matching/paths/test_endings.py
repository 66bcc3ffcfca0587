"""How far a path leads in a value, and what lacks: a name, or all that it could be in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from KafkaLibrary.matching import parse_path
from tests.unit.matching.samples import an_event

ITEM = {"sku": "P-1", "quantity": 2}


@pytest.mark.parametrize(
    ("path", "value", "steps", "lacks"),
    [
        ("customer.nick", {"customer": {"name": "Ada"}}, 1, True),
        ("customer.nick", {"customer": {}}, 1, True),
        ("customer.nick", {"customer": None}, 1, False),
        ("customer.nick", {}, 0, True),
        ("customer.name", {"customer": {"name": None}}, 2, False),
        ("items[2].sku", {"items": [ITEM]}, 1, True),
        ("items[2].sku", {"items": []}, 1, False),
        ("items[*].code", {"items": [ITEM]}, 2, True),
        ("items[*].code", {"items": []}, 1, False),
        ("items[*].code", {"items": "none"}, 1, True),
        ("$.items[?(@.qty > 1)].sku", {"items": [ITEM]}, 1, True),
        ("$.items[?(@.qty > 1)].sku", {"items": [None]}, 2, False),
        ("$.items[?(@.qty > 1)].sku", {"items": []}, 1, False),
        ("$.items[?(@.qty > 1)].sku", {"items": None}, 1, False),
        ("$.items[?(@.quantity > 9)].sku", {"items": [ITEM]}, 3, False),
        ("$.items[?(@.quantity > 9)].code", {"items": [ITEM]}, 2, True),
        ("$.items[0:2].code", {"items": [ITEM]}, 2, True),
        ("$..code", {"items": [ITEM]}, 1, True),
        ("$..code", {"items": [ITEM, {"parts": []}]}, 1, True),
        ("$..code", {"items": []}, 1, False),
        ("$..sku", {"items": [ITEM]}, 2, False),
    ],
)
def test_the_first_step_that_is_not_there_ends_a_path(path: str, value: Any, steps: int, lacks: bool) -> None:
    ending = parse_path(path).ending(an_event(json.dumps(value).encode()))
    assert ending == (steps, lacks)


def test_what_cannot_be_read_says_nothing() -> None:
    assert parse_path("status").ending(an_event(b"no json")) is None


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("$.items[?(@.qty > 1)]", "No element has `qty`, by which the filter picks: there are sku, quantity, parts"),
        ("$.items[?(@.parts[0].cod == 'A-1')]", "No element has `parts[0].cod`"),
        ("$.items[?(@.parts[1].code == 'A-1')]", "No element has `parts[1].code`"),
        ("$.items[?(@.quantity == '2')]", "`quantity` is a number there: in a filter that is written without quotes"),
        ("$.items[?(@.quantity > '1')].sku", "`@.quantity > 1`"),
        ("$.items[?(@.parts[0].ok == 'True')]", "true or false there: in a filter that is written without quotes"),
        ("$.items[?(@.sku == 'P-1 ')]", "A filter compares blanks, too: `P-1 ` is `P-1` there"),
        ("$.items[?(@.sku == 'P-2')]", ""),
        ("$.items[?(@.quantity != '2')]", ""),
        ("$.items[?(@.parts[0].code == 'A-1')]", ""),
        ("$.items[?(@.quantity > 1)].colour", ""),
        ("$.nothing[?(@.quantity > 1)]", ""),
        ("items[0].qty", ""),
    ],
)
def test_it_is_told_why_a_filter_can_pick_nothing(path: str, told: str) -> None:
    item = {**ITEM, "parts": [{"code": "A-1", "ok": True}]}
    fault = parse_path(path).fault_of_filter(an_event(json.dumps({"items": [item]}).encode()))
    assert told in fault
    assert bool(told) is bool(fault)


def test_each_name_of_a_filter_has_to_be_there() -> None:
    path = parse_path("$.items[?(@.quantity > 1 && @.colour == 'red')]")
    lacking, split = [ITEM], [ITEM, {"colour": "blue"}]
    assert "No element has `colour`" in path.fault_of_filter(an_event(json.dumps({"items": lacking}).encode()))
    assert path.fault_of_filter(an_event(json.dumps({"items": split}).encode())) == ""
