"""Events in order, by a field or by their offsets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.matching import parse_path
from KafkaLibrary.matching.sequences.order import OrderCheck, OutOfOrder, WithoutValue, by_field, by_offset
from tests.unit.matching.samples import Broken, JsonOrText, an_event, holding


def events_of(*values: Any, keys: Sequence[str | None] = ()) -> list[Event]:
    """Events with these values in their field ``n``, in one partition."""
    names = list(keys) or [None] * len(values)
    return [
        an_event({"n": value}, key=name.encode() if name is not None else None, offset=offset)
        for offset, (value, name) in enumerate(zip(values, names, strict=True))
    ]


def at(*places: tuple[str, int, int], keys: Sequence[str | None] = ()) -> list[Event]:
    names = list(keys) or [None] * len(places)
    return [
        Event(PlainRecord(place, (1, 0), name.encode() if name is not None else None, b"{}"), JsonOrText())
        for place, name in zip(places, names, strict=True)
    ]


def check(events: Sequence[Event], *, by_key: bool = False, descending: bool = False, path: str = "n") -> OrderCheck:
    return by_field(events, parse_path(path), by_key=by_key, descending=descending)


def are_in_order(*values: Any, descending: bool = False) -> bool:
    found = check(events_of(*values), descending=descending)
    assert found.compared == len(values) - 1
    return not found.faults


def pairs(found: OrderCheck) -> list[tuple[Any, Any]]:
    return [fault.found for fault in found.faults if isinstance(fault, OutOfOrder)]


def reasons(found: OrderCheck) -> list[str]:
    return [fault.reason for fault in found.faults]


@pytest.mark.parametrize(
    "values",
    [
        (1, 2, 3),
        (9, 10),
        (1, 1.0, 1.5),
        (-1, 0),
        ("a", "b"),
        ("9", "10"),
        ("2026-05-31T17:03:11Z", "2026-05-31T17:03:12Z", "2026-06-01T00:00:00Z"),
        (9007199254740993, 9007199254740994),
        (12345678901234567890123, 12345678901234567890124),
        ("PT5M", "PT30M", "PT1H"),
        ("PT60S", "PT1M"),
        ("31.12.2026", "31.12.2026"),
        ("09:30", "10:00"),
    ],
)
def test_values_that_do_not_fall_are_in_order(values: tuple[Any, ...]) -> None:
    assert are_in_order(*values)
    assert are_in_order(*reversed(values), descending=True)


@pytest.mark.parametrize(
    "values",
    [
        (2, 1),
        (10, 9),
        ("b", "a"),
        ("10", "9"),
        (9007199254740993, 9007199254740992),
        (1.5, 1),
        ("PT30M", "PT5M"),
        ("31.12.2026", "01.01.2027"),
        ("01.01.2027", "31.12.2026"),
    ],
)
def test_values_that_fall_are_not_in_order(values: tuple[Any, ...]) -> None:
    assert not are_in_order(*values)
    assert not are_in_order(*reversed(values), descending=True)


def test_long_decimals_are_compared_to_their_last_digit() -> None:
    raw = [b'{"n": 0.10000000000000000002}', b'{"n": 0.10000000000000000001}']
    found = check([an_event(value) for value in raw])
    assert pairs(found) == [(Decimal("0.10000000000000000002"), Decimal("0.10000000000000000001"))]


@pytest.mark.parametrize("values", [(1, 1), ("a", "a"), (1, 1.0)])
def test_equal_neighbours_are_in_order_both_ways(values: tuple[Any, ...]) -> None:
    assert are_in_order(*values)
    assert are_in_order(*values, descending=True)


def test_each_key_has_an_order_of_its_own() -> None:
    events = events_of(5, 1, 6, 2, keys=["a", "b", "a", "b"])
    assert check(events, by_key=True) == OrderCheck((), 2)
    assert pairs(check(events)) == [(5, 1), (6, 2)]


def test_events_without_a_key_are_one_sequence() -> None:
    assert pairs(check(events_of(2, 1, keys=[None, None]), by_key=True)) == [(2, 1)]


def test_an_empty_key_is_a_key() -> None:
    assert check(events_of(2, 1, keys=[None, ""]), by_key=True) == OrderCheck((), 0)


def test_all_pairs_that_fall_are_found() -> None:
    assert pairs(check(events_of(3, 2, 4, 1))) == [(3, 2), (4, 1)]


def test_an_event_without_the_field_is_named_and_the_others_are_compared() -> None:
    events = [*events_of(3), an_event({"m": 1}, offset=7), *events_of(2)]
    found = check(events)
    assert [type(fault) for fault in found.faults] == [WithoutValue, OutOfOrder]
    assert reasons(found)[0] == "$.n is missing (there is m)"
    assert pairs(found) == [(3, 2)]


@pytest.mark.parametrize("value", [None, True, [1], {"a": 1}])
def test_what_has_no_order_is_named(value: Any) -> None:
    (fault,) = check(events_of(value)).faults
    assert fault.reason.endswith("which has no order")


@pytest.mark.parametrize("values", [(1, "2"), ("2", 1), ("a", 1)])
def test_a_number_and_a_text_can_not_be_compared(values: tuple[Any, Any]) -> None:
    assert reasons(check(events_of(*values))) == ["they can't be compared"]


def test_not_a_number_is_never_in_order() -> None:
    events = [an_event('{"n": NaN}', offset=1), an_event('{"n": 1}', offset=2)]
    assert reasons(check(events)) == ["they can't be compared"]
    assert reasons(check(events[::-1])) == ["they can't be compared"]


def test_a_path_that_finds_several_values_is_told() -> None:
    (fault,) = check([an_event({"n": [1, 2]})], path="n[*]").faults
    assert fault.reason == "$.n[*] finds 2 values, but one is needed"


def test_a_value_without_fields_is_told() -> None:
    (fault,) = check([an_event("plain text")]).faults
    assert fault.reason.startswith("could not be judged: the value was read as text")


def test_timestamps_and_bytes_have_an_order() -> None:
    later = [an_event({}, timestamp=1000), an_event({}, timestamp=2000)]
    assert not check(later, path="timestamp").faults
    assert check(later[::-1], path="timestamp").faults
    raw = [holding({"n": b"\xff"}), holding({"n": b"\xfe"})]
    assert pairs(check(raw)) == [(b"\xff", b"\xfe")]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (("01.01.2027", "31.12.2026"), "are not in ISO 8601, so how they compare is not known"),
        (("2026-12-31", "01.01.2027"), "01.01.2027 is not a date in ISO 8601"),
        (("9:30", "10:00"), "are not in ISO 8601"),
        (("P1M", "P30D"), "depends on how long a month is"),
    ],
)
def test_what_no_letters_put_in_order_says_why(values: tuple[str, ...], reason: str) -> None:
    assert reason in reasons(check(events_of(*values)))[0]


@given(st.lists(st.integers() | st.decimals(allow_nan=False, allow_infinity=False, places=3), min_size=2))
def test_numbers_are_in_order_when_sorting_changes_nothing(numbers: list[Any]) -> None:
    events = [an_event(f'{{"n": {number}}}'.encode(), offset=at) for at, number in enumerate(numbers)]
    assert (not check(events).faults) == (numbers == sorted(numbers))
    assert (not check(events, descending=True).faults) == (numbers == sorted(numbers, reverse=True))


@given(st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.integers(0, 5)), min_size=1))
def test_by_key_is_the_same_as_key_by_key(rows: list[tuple[str | None, int]]) -> None:
    together = check(events_of(*[n for _, n in rows], keys=[key for key, _ in rows]), by_key=True)
    alone = [check(events_of(*[n for key, n in rows if key == one])) for one in {key for key, _ in rows}]
    assert sorted(pairs(together)) == sorted(pair for found in alone for pair in pairs(found))
    assert together.compared == sum(found.compared for found in alone)


def test_offsets_rise_within_a_partition() -> None:
    events = at(("t", 0, 1), ("t", 1, 0), ("t", 0, 2), ("u", 0, 0), ("t", 1, 5))
    assert by_offset(events, by_key=False, descending=False) == OrderCheck((), 2)
    assert pairs(by_offset(events, by_key=False, descending=True)) == [(1, 2), (0, 5)]


def test_offsets_that_fall_are_found() -> None:
    events = at(("t", 0, 2), ("t", 0, 1))
    assert pairs(by_offset(events, by_key=False, descending=False)) == [(2, 1)]
    assert not by_offset(events, by_key=False, descending=True).faults


@pytest.mark.parametrize("descending", [True, False])
def test_the_same_event_twice_is_no_order(descending: bool) -> None:
    found = by_offset(at(("t", 0, 1), ("t", 0, 1)), by_key=False, descending=descending)
    assert reasons(found) == ["it is the same event"]


def test_a_key_belongs_to_one_partition_of_a_topic() -> None:
    events = at(("t", 0, 1), ("t", 1, 2), ("u", 2, 0), keys=["a", "a", "a"])
    assert reasons(by_offset(events, by_key=True, descending=False)) == ["one key is in two partitions"]
    assert by_offset(events, by_key=False, descending=False) == OrderCheck((), 0)


def test_events_without_a_key_may_lie_in_all_partitions() -> None:
    events = at(("t", 0, 1), ("t", 1, 0), ("t", 0, 0))
    assert pairs(by_offset(events, by_key=True, descending=False)) == [(1, 0)]


def test_a_value_that_only_a_rough_reading_can_tell_is_told_why() -> None:
    class Rough(JsonOrText):
        exact_value = Broken.exact_value

    event = an_event({"n": 1}, decoder=Rough())
    assert reasons(check([event])) == ["could not be judged: the value is not Avro"]
