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
        ("$.items[?(@.quantity > 9 && @.colour == 'red')]", {"items": [ITEM, {"colour": "blue"}]}, 2, False),
        ("$.items[0:2].code", {"items": [ITEM]}, 2, True),
        ("$..code", {"items": [ITEM]}, 1, True),
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
        ("$.items[?(@.qty > 1)]", ("qty", ["sku", "quantity"])),
        ("$.items[?(@.quantity > 1 && @.colour == 'red')]", ("colour", ["sku", "quantity"])),
        ("$.items[?(@.quantity > 1)].colour", ("", [])),
        ("$.nothing[?(@.quantity > 1)]", ("", [])),
        ("items[0].qty", ("", [])),
    ],
)
def test_of_a_filter_the_name_that_no_element_has_is_told(path: str, told: Any) -> None:
    assert parse_path(path).lacking_in_filter(an_event(json.dumps({"items": [ITEM]}).encode())) == told
