"""Values that several events have."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.event import Event
from KafkaLibrary.matching import parse_path, parse_paths
from KafkaLibrary.matching.operators import same
from KafkaLibrary.matching.sequences import uniqueness
from KafkaLibrary.matching.sequences.uniqueness import fingerprint, shared_values
from tests.unit.matching.samples import an_event, holding

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=3),
    max_leaves=8,
)


def events_of(*values: Any) -> list[Event]:
    return [an_event(json.dumps({"n": value}), offset=at) for at, value in enumerate(values)]


def shared(events: list[Event], path: str = "n") -> list[tuple[Any, list[int]]]:
    found, unread = shared_values(events, parse_path(path))
    assert not unread
    return [(one.value, [event.offset for event in one.events]) for one in found]


def test_values_that_differ_are_not_shared() -> None:
    assert shared(events_of(1, 2, "1", True, None, "a", [1], [1, 1], {"a": 1}, {"b": 1}, [], {})) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1),
        (1, 1.0),
        ("a", "a"),
        (None, None),
        (True, True),
        ([1, {"a": 2}], [1.0, {"a": 2}]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (12345678901234567890123, 12345678901234567890123),
    ],
)
def test_equal_values_are_shared(one: Any, other: Any) -> None:
    assert [offsets for _, offsets in shared(events_of(one, "between", other))] == [[0, 2]]


@pytest.mark.parametrize(
    ("one", "other"),
    [(1, True), (0, False), (1, "1"), ([1, 2], [2, 1]), (9007199254740992, 9007199254740993), ([[]], [{}])],
)
def test_values_that_are_nearly_equal_are_not_shared(one: Any, other: Any) -> None:
    assert shared(events_of(one, other)) == []


def test_long_decimals_differ_in_their_last_digit() -> None:
    texts = ["0.10000000000000000001", "0.10000000000000000002", "0.100000000000000000010"]
    events = [an_event(f'{{"n": {text}}}', offset=at) for at, text in enumerate(texts)]
    assert shared(events) == [(Decimal("0.10000000000000000001"), [0, 2])]


def test_numbers_beyond_all_doubles_are_compared() -> None:
    texts = ["1e400", "10e399", "1e401"]
    events = [an_event(f'{{"n": {text}}}', offset=at) for at, text in enumerate(texts)]
    assert shared(events) == [(Decimal("1e400"), [0, 1])]


def test_all_events_of_all_shared_values_are_given() -> None:
    assert shared(events_of("a", "b", "a", "b", "c", "a")) == [("a", [0, 2, 5]), ("b", [1, 3])]


def test_keys_and_headers_are_compared_too() -> None:
    events = [an_event({}, b"k", (("id", b"1"),), offset=at) for at in range(2)]
    assert shared(events, "key") == [("k", [0, 1])]
    assert shared(events, "headers.id") == [("1", [0, 1])]


def test_values_of_other_formats_are_compared_as_conditions_do() -> None:
    assert len(shared([holding({"n": 0.1}), an_event('{"n": 0.1}'), holding({"n": b"x"}), holding({"n": "x"})])) == 2


def test_an_event_without_the_field_is_given_with_the_reason() -> None:
    found, unread = shared_values([*events_of(1, 1), an_event({"m": 1})], parse_path("n"))
    assert len(found) == 1
    assert [one.reason for one in unread] == ["$.n is missing (there is m)"]


@given(JSON, JSON)
def test_equal_values_have_one_fingerprint(one: Any, other: Any) -> None:
    exact = [json.loads(json.dumps(value), parse_float=Decimal) for value in (one, other)]
    if same(exact[0], exact[1], False, True) is True:
        assert fingerprint(exact[0]) == fingerprint(exact[1])
    shuffled = json.loads(json.dumps(one, sort_keys=True), parse_float=Decimal)
    assert fingerprint(shuffled) == fingerprint(exact[0])


def test_deep_values_are_no_trouble() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    assert fingerprint(deep) == fingerprint(deep)


@pytest.mark.parametrize("base", [0, 2**63 - 20_000])
def test_not_every_event_is_compared_with_every_other(base: int, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Any] = []

    def counted(*values: Any) -> Any:
        compared.append(values)
        return same(*values)

    monkeypatch.setattr(uniqueness, "same", counted)
    assert shared(events_of(*range(base, base + 10_000), base)) == [(base, [0, 10_000])]
    assert len(compared) < 10


def test_by_several_paths_all_of_them_together_count() -> None:
    pairs = ((1, "NEW"), (1, "PAID"), (2, "NEW"))
    events = [an_event({"id": number, "status": status}) for number, status in pairs]
    assert shared_values(events, *parse_paths("id, status")) == ([], [])
    found, _ = shared_values([*events, an_event({"id": 1.0, "status": "PAID"})], *parse_paths("id, status"))
    assert [(one.value, len(one.events)) for one in found] == [([1, "PAID"], 2)]
    (lacking,) = shared_values(events, *parse_paths("id, total"))[1][:1]
    assert lacking.reason.startswith("$.total is missing")


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("id", ["$.id"]),
        ("id, $.status ,key", ["$.id", "$.status", "key"]),
        ("$['a, b'], items[0, 1].sku", ["$['a, b']", "$.items[0, 1].sku"]),
        ("$.items[?(@.a == 'x, y')].b", ["$.items[?(@.a == 'x, y')].b"]),
    ],
)
def test_a_comma_in_brackets_or_quotes_is_between_no_paths(text: str, paths: list[str]) -> None:
    assert [path.text for path in parse_paths(text)] == paths
