"""Expected elements find places of their own, as many of them as can."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as some

from KafkaLibrary.matching.likeness.any_order import Places, assign

SIZE = 4
fits = some.sets(some.tuples(some.integers(0, SIZE - 1), some.integers(0, SIZE - 1)))


def assigned(expected: int, places: int, pairs: set[tuple[int, int]]) -> dict[int, int]:
    return dict(assign(expected, places, lambda one: range(places), lambda one, place: (one, place) in pairs))


def most(expected: int, places: int, pairs: set[tuple[int, int]]) -> int:
    """How many can have a place, found by trying all ways."""
    free = [*range(places), *[-1] * expected]
    return max(sum(pair in pairs for pair in enumerate(way)) for way in permutations(free, expected))


@given(some.integers(0, SIZE), some.integers(0, SIZE), fits)
def test_no_other_way_gives_more_of_them_a_place(expected: int, places: int, pairs: set[tuple[int, int]]) -> None:
    found = assigned(expected, places, pairs)
    assert all(pair in pairs for pair in found.items())
    assert len(set(found.values())) == len(found)
    assert len(found) == most(expected, places, {(one, place) for one, place in pairs if place < places})


def test_what_is_in_order_is_not_searched() -> None:
    asked: list[tuple[int, int]] = []

    def alike(one: int, place: int) -> bool:
        asked.append((one, place))
        return one == place

    assign(1000, 1000, lambda one: range(1000), alike)
    assert len(asked) == 1000


def test_many_that_find_no_place_are_not_all_searched_again() -> None:
    asked = 0

    def alike(one: int, place: int) -> bool:
        nonlocal asked
        asked += 1
        return True

    assert len(assign(1000, 10, lambda one: range(10), alike)) == 10
    assert asked < 1000


def test_places_are_known_by_what_stands_there() -> None:
    places = Places([5, "5", True, {"a": 1}, 5.0, None, "x"])
    assert list(places.of(5)) == [0, 4, 3, 5]
    assert list(places.of("5")) == [1, 3, 5]
    assert list(places.of(True)) == [2, 3, 5]
    assert list(places.of({"a": 1})) == list(places.all)


def test_a_place_is_found_by_its_value_however_that_is_written() -> None:
    """As conditions compare them: numbers by value, times as instants."""
    places = Places([0.1, "2026-11-30T12:00:00Z", 7])
    assert list(places.of(Decimal("0.1"))) == [0]
    assert list(places.of("2026-11-30T13:00:00.000+01:00")) == [1]
    assert list(places.of(Decimal("7.0"))) == [2]
