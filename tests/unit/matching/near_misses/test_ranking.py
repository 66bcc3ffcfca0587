"""Which events came nearest, and what is said of all the others."""

from __future__ import annotations

import gc
import json
import tracemalloc
import weakref
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.event import Event
from KafkaLibrary.matching import NearMiss, NearMisses, rank
from tests.unit.matching.samples import NOON, Broken, an_event, conditions

PAID = conditions("$.orderId == 42", "$.status == PAID")


def misses(*values: Any, of: Any = PAID, most: int = 5) -> NearMisses:
    found = NearMisses(of, most)
    for offset, value in enumerate(values):
        found.add(value if isinstance(value, Event) else an_event(value, offset=offset, timestamp=NOON + offset))
    return found


def texts(found: NearMisses) -> list[str]:
    return [miss.text for miss in found.nearest()]


def offsets(found: NearMisses) -> list[int]:
    return [miss.event.offset for miss in found.nearest()]


def test_every_event_is_counted() -> None:
    assert misses({"orderId": 42, "status": "PAID"}, {"orderId": 1}, {}).read == 3


def test_an_event_that_matches_is_no_near_miss() -> None:
    assert misses({"orderId": 42, "status": "PAID"}).nearest() == []


def test_a_near_miss_tells_what_it_had_instead() -> None:
    assert texts(misses({"orderId": 42, "status": "NEW"})) == ["$.status was NEW"]


def test_a_near_miss_tells_all_that_failed_in_one_line() -> None:
    (text,) = texts(misses({"orderID": 42, "status": "NEW\n\x1b[31m"}))
    assert text == r"$.orderId is missing (there is orderID), $.status was NEW\n\x1b[31m"


def with_headers(*headers: tuple[str, bytes], offset: int = 0) -> Event:
    return an_event({"Status": "NEW"} if headers else {}, headers=headers, offset=offset, timestamp=NOON + offset)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("headers.Attempt == 2", "headers.Attempt is missing (there is headers.attempt in orders[0]@0)"),
        ("status == NEW", "$.status is missing (there is Status in orders[0]@0)"),
    ],
)
def test_a_name_is_hinted_at_by_any_event_that_was_read(cell: str, text: str) -> None:
    found = misses(with_headers(("attempt", b"1")), with_headers(offset=1), of=conditions(cell))
    assert texts(found) == [text]


def test_a_name_is_hinted_at_whatever_is_expected() -> None:
    found = misses(with_headers(("attempt", b"1")), with_headers(offset=1), of=conditions({"headers.Attempt": [1, {}]}))
    assert texts(found) == ["headers.Attempt is missing (there is headers.attempt in orders[0]@0)"]


def test_of_many_events_without_headers_none_hides_the_one_with_the_name() -> None:
    events = [with_headers(offset=number) for number in range(500)]
    found = misses(*events, with_headers(("attempt", b"1"), offset=500), of=conditions("headers.Attempt == 1"))
    assert texts(found)[0] == "headers.Attempt is missing (there is attempt)"
    found.add(with_headers(offset=501))
    assert texts(found)[0] == "headers.Attempt is missing (there is headers.attempt in orders[0]@500)"


def test_an_earlier_header_of_the_name_that_would_meet_it_is_named() -> None:
    event = with_headers(("x", b"new"), ("x", b"old"))
    for cell in ("headers.x == new", "headers.x contains ne", "headers.x in new, newer"):
        assert texts(misses(event, of=conditions(cell))) == [
            "headers.x was old (the last of that name; headers.x[0] meets it)"
        ]
    for cell in ("headers.x[-1] == new", "headers.x == other", "headers.x != old"):
        assert texts(misses(event, of=conditions(cell)))[0].endswith(" was old")


def test_an_event_that_could_not_be_judged_says_why() -> None:
    assert texts(misses(an_event(b"x", decoder=Broken()))) == ["could not be judged: the value is not Avro"]


def test_more_conditions_held_is_nearer() -> None:
    found = misses({"orderId": 41, "status": "NEW"}, {"orderId": 42, "status": "x"}, {"orderId": 41, "status": "y"})
    assert offsets(found)[0] == 1


@pytest.mark.parametrize("first", ["$.orderId == 42", "key == 42"])
def test_of_as_many_held_the_one_written_first_is_nearer_however_alike_the_values(first: str) -> None:
    right = an_event({"orderId": 42, "status": "CANCELLED"}, key=b"42", offset=0, timestamp=NOON)
    wrong = an_event({"orderId": 43, "status": "PAID"}, key=b"43", offset=1, timestamp=NOON + 1)
    asked = conditions(first, "$.status == PAID")
    assert offsets(misses(right, wrong, of=asked)) == offsets(misses(wrong, right, of=asked)) == [0, 1]
    assert [miss.event.offset for miss in rank([NearMiss(one, asked.judge(one)) for one in (wrong, right)])] == [0, 1]


def test_a_condition_on_the_key_counts_before_the_others() -> None:
    right = an_event({"status": "NEW"}, key=b"42", offset=0)
    wrong = an_event({"status": "PAID"}, key=b"43", offset=1, timestamp=NOON + 1)
    assert offsets(misses(right, wrong, of=conditions("$.status == PAID", "key == 42"))) == [0, 1]


def test_a_nearer_number_is_nearer() -> None:
    found = misses({"orderId": 9000}, {"orderId": 43}, {"orderId": -42}, of=conditions("$.orderId == 42"))
    assert offsets(found) == [1, 0, 2]


def test_a_more_similar_text_is_nearer() -> None:
    found = misses({"id": "xyz"}, {"id": "order-43"}, {"id": "ORDER-42"}, of=conditions("$.id == order-42"))
    assert offsets(found) == [2, 1, 0]


def test_a_value_of_another_type_is_nearer_than_none() -> None:
    assert offsets(misses({}, {"id": [1]}, of=conditions("$.id == 5"))) == [1, 0]


def test_of_equally_near_events_the_later_is_nearer() -> None:
    assert offsets(misses({"id": True}, {"id": "x"}, of=conditions("$.id == 5"))) == [1, 0]


def test_of_events_that_fail_alike_the_latest_is_kept() -> None:
    assert offsets(misses({"orderId": 42, "status": "NEW"}, {"orderId": 42, "status": "NEW"})) == [1]


def test_later_means_later_in_time() -> None:
    early, late = an_event({"a": 2}, timestamp=NOON, offset=9), an_event({"a": 2}, timestamp=NOON + 5, offset=3)
    assert offsets(misses(late, early, of=conditions("$.a == 1"))) == [3]


def test_of_one_millisecond_later_means_the_greater_offset() -> None:
    first, second = (an_event({"a": 2} | {"b": offset}, timestamp=NOON, offset=offset) for offset in (3, 4))
    for order in ((first, second), (second, first)):
        found = NearMisses(conditions("$.a == 1", "$.b == 9"))
        for event in order:
            found.add(event)
        assert offsets(found) == [4, 3]


def test_no_more_events_are_kept_than_asked_for() -> None:
    assert len(misses(*({"orderId": n} for n in range(100)), most=3).nearest()) == 3


def test_the_nearest_are_kept_wherever_they_come() -> None:
    values = [{"orderId": n} for n in range(10_000, 0, -7)]
    assert texts(misses(*values, of=conditions("$.orderId == 5000"), most=2)) == [
        "$.orderId was 5002",
        "$.orderId was 4995",
    ]


def test_others_that_failed_alike_are_a_group() -> None:
    heartbeats = [{"type": "Heartbeat"}] * 413
    assert misses(*heartbeats, of=conditions("type == Order")).groups() == [(412, "$.type was Heartbeat")]


def test_groups_come_with_the_most_frequent_first() -> None:
    values = [{"type": "A"}] * 3 + [{"type": "B"}] * 5
    assert misses(*values, of=conditions("type == Order")).groups() == [(4, "$.type was B"), (2, "$.type was A")]


def test_events_that_are_all_shown_leave_no_group() -> None:
    assert misses({"type": "A"}, {"type": "B"}, of=conditions("type == Order")).groups() == []


def test_a_way_to_fail_that_two_further_events_have_is_a_group_of_its_own() -> None:
    found = misses(*({"type": kind} for kind in ["A", "A", *range(20)]), of=conditions("type == Order"), most=3)
    assert (2, "$.type was A") in found.groups()


def test_many_different_values_are_one_group() -> None:
    found = misses(*({"orderId": n} for n in range(100, 2000)), of=conditions("$.orderId == 1"))
    assert found.groups() == [(1895, "$.orderId had other values")]


def test_groups_and_the_nearest_together_are_all_that_failed() -> None:
    values = [{"orderId": n % 700, "status": "x" * (n % 3)} for n in range(5000)]
    found = misses(*values)
    assert sum(count for count, _ in found.groups()) + len(found.nearest()) == 5000


def test_true_and_one_are_not_alike() -> None:
    assert len(misses({"a": 1}, {"a": True}, {"a": 1.0}, of=conditions("$.a == 2")).nearest()) == 3


def test_events_that_might_match_are_counted_as_undecodable() -> None:
    assert misses(an_event(b"x", decoder=Broken()), {"orderId": 1}).undecodable == 1


def test_events_that_fail_another_condition_are_not() -> None:
    broken = an_event(b"x", key=b"k", decoder=Broken())
    assert misses(broken, of=conditions("$.a == 1", "key == other")).undecodable == 0


def test_without_conditions_nothing_is_a_near_miss() -> None:
    assert misses({"a": 1}, of=conditions()).nearest() == []


def test_a_million_events_need_no_more_memory_than_a_few() -> None:
    found = NearMisses(conditions("$.orderId == 1", "$.note == x"))
    tracemalloc.start()
    try:
        for number in range(8_000):
            if number == 2_000:
                gc.collect()
                before = tracemalloc.get_traced_memory()[0]
            found.add(an_event({"orderId": number * 7, "note": f"{number}" * 20}))
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < 100_000


def test_events_that_are_not_near_are_let_go() -> None:
    class Watched(Event):
        __slots__ = ("__weakref__",)

    found = misses({"a": 2}, of=conditions("$.a == 1"), most=1)
    far = Watched(an_event({"a": 99})._record, Broken())
    gone = weakref.ref(far)
    found.add(far)
    del far
    assert gone() is None


def test_given_near_misses_are_ranked() -> None:
    events = [an_event({"orderId": n, "status": "NEW"}, offset=n) for n in (7, 42, 40)]
    ranked = rank((NearMiss(event, PAID.judge(event)) for event in events), most=2)
    assert [miss.event.offset for miss in ranked] == [42, 40]


scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5))
values = st.one_of(scalars, st.lists(scalars, max_size=3), st.dictionaries(st.just("orderId"), scalars))


@given(st.lists(values, max_size=20), st.sampled_from(["==", "!=", ">", "contains", "matches", "in", "exists"]))
def test_any_events_are_told_in_one_line_each(contents: list[Any], operator: str) -> None:
    asked = conditions(f"$.orderId {operator}" + (" 42" if operator != "exists" else ""), "$ == x")
    found = misses(*map(json.dumps, contents), of=asked)
    told = [*texts(found), *(text for _, text in found.groups())]
    assert all(text.isprintable() and len(text) < 400 for text in told)


@pytest.mark.parametrize("most", [0, 1])
def test_few_may_be_asked_for(most: int) -> None:
    assert len(misses({}, {"orderId": 5}, most=most).nearest()) == most
