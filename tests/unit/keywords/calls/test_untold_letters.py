"""A letter that does not say what died may be that of an event, unless what both have says otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.keywords.calls.untold_letters import earliest, may_be_of, untold
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder

NOW = 1_780_000_000_000


def event(
    value: Any,
    key: str | None = "42",
    place: tuple[str, int, int] = ("orders", 0, 5),
    at: int = NOW,
    headers: Mapping[str, str] | None = None,
) -> Event:
    raw = value if isinstance(value, bytes) or value is None else json.dumps(value).encode()
    named = [(name, content.encode()) for name, content in (headers or {}).items()]
    return Event(PlainRecord(place, (1, at), None if key is None else key.encode(), raw, named), FoundDecoder())


def letter(value: Any, key: str | None = "42", at: int = NOW, headers: Mapping[str, str] | None = None) -> Event:
    return event(value, key, ("orders-dlq", 0, 0), at, headers)


ORDER = event({"orderId": 1, "status": "NEW"})


@pytest.mark.parametrize(
    ("one", "may_be"),
    [
        (letter({"why": "no such currency"}), True),
        (letter({"why": "no such currency"}, None), True),
        (letter({"why": "no such currency"}, "43"), False),
        (letter({"order": {"orderId": 1}}, "43"), True),
        (letter({"orders": [{"orderId": "1"}]}, "43"), True),
        (letter({"text": '{"orderId": 1}'}, "43"), True),
        (letter({"order": {"orderId": 2}}), False),
        (letter({"orderId": 2, "cause": {"orderId": 1}}, "43"), True),
        (letter(b"not JSON"), True),
        (letter(b"not JSON", "43"), False),
        (letter(None), True),
        (letter({"paid": 1}, "43"), False),
        (letter({"why": 1}, "43", headers={"x-topic": "orders", "x-offset": "5"}), True),
        (letter({"why": 1}, "43", headers={"x-topic": "orders", "x-offset": "6"}), False),
        (letter(b'raw: {"orderId": 1, "status": "NEW"}', "43"), True),
    ],
)
def test_ids_decide_and_then_the_key(one: Event, may_be: bool) -> None:
    assert may_be_of(one, ORDER) is may_be


def test_where_some_ids_are_the_same_the_key_decides() -> None:
    died = event({"id": 7, "orderId": 1})
    assert may_be_of(letter({"id": "letter-1", "orderId": 1}), died)
    assert not may_be_of(letter({"id": "letter-1", "orderId": 1}, "43"), died)


@pytest.mark.parametrize(
    ("one", "is_untold"),
    [
        (letter({}), True),
        (letter({}, at=NOW - 500), True),
        (letter({}, at=NOW - 5000), False),
        (letter({}, headers={"kafka_dlt-original-topic": "invoices"}), False),
        (event({}, place=("orders", 0, 6)), False),
        (letter({}, headers={"topic_poisoned": "orders"}), True),
    ],
)
def test_what_came_later_and_names_no_place_is_untold(one: Event, is_untold: bool) -> None:
    assert untold([one], ORDER) == [one] * is_untold


def test_a_letter_that_names_a_place_is_told() -> None:
    headers = {
        "__connect.errors.topic": "orders",
        "__connect.errors.partition": "0",
        "__connect.errors.offset": "4",
    }
    assert untold([letter({}, headers=headers)], ORDER) == []


def test_no_time_is_before_the_first_that_kafka_has() -> None:
    first = datetime.fromtimestamp(0, timezone.utc)
    assert earliest(first) == first


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "orderId", "a"]), inner),
    max_leaves=8,
)


@given(JSON, JSON)
def test_any_values_can_be_compared(mine: Any, theirs: Any) -> None:
    assert may_be_of(letter(theirs, None), event(mine, None)) in (True, False)
