"""Coverage of many processes is a union: whatever the order, with the first sighting of each."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.contracts.coverage.sightings import Count, Item, Sighting, Sightings, count, read, union, written
from KafkaLibrary.errors import KeywordMisused

items = st.builds(
    Item, st.sampled_from("ab"), st.sampled_from(["field", "value"]), st.text(max_size=2), st.text(max_size=2)
)
sighted = st.dictionaries(items, st.builds(Sighting, st.floats(0, 1e9), st.text(max_size=3)), max_size=5)
some = st.builds(
    Sightings,
    st.frozensets(items, max_size=6),
    sighted,
    sighted,
    st.frozensets(st.tuples(st.text(max_size=2), st.text(max_size=2)), max_size=2),
    sighted,
)


@given(st.lists(some, max_size=5), st.randoms())
def test_the_order_does_not_matter(parts: list[Sightings], order: random.Random) -> None:
    shuffled = list(parts)
    order.shuffle(shuffled)
    assert union(shuffled) == union(parts)


@given(st.lists(some, min_size=1, max_size=5), st.integers(0, 5))
def test_nor_does_how_they_are_grouped_or_repeated(parts: list[Sightings], cut: int) -> None:
    grouped = union([union(parts[:cut]), union(parts[cut:]), parts[0]])
    assert grouped == union(parts)


@given(some)
def test_what_is_written_is_read_again(one: Sightings) -> None:
    assert read(written(one), "coverage.json") == one
    assert written(read(written(one), "coverage.json")) == written(one)


@given(some)
def test_each_thing_is_counted_once(one: Sightings) -> None:
    found = count(one, one.items)
    assert found.there == len(one.items)
    assert found.seen == len(one.items & one.seen.keys())
    assert found.covered == len(one.items & (one.seen.keys() | one.published.keys()))


def test_the_first_sighting_is_kept() -> None:
    item = Item("c", "message", "Paid")
    late, early = Sightings(seen={item: Sighting(2, "b")}), Sightings(seen={item: Sighting(1, "a")})
    assert union([late, early]).seen == {item: Sighting(1, "a")}


def test_what_others_sent_counts_more_than_what_a_test_published() -> None:
    item = Item("c", "message", "Paid")
    both = Sightings(frozenset([item]), {item: Sighting(2, "b")}, {item: Sighting(1, "a")})
    assert both.of(item) == ("seen", Sighting(2, "b"))


def test_what_fits_several_messages_is_not_covered() -> None:
    item = Item("c", "message", "Paid")
    found = Sightings(frozenset([item]), several={item: Sighting(1, "a")})
    assert found.of(item) == ("several", Sighting(1, "a"))
    assert (count(found, [item]).covered, count(found, [item]).several) == (0, 1)


def test_of_nothing_all_was_seen() -> None:
    assert Count(0, 0, 0).percent == 100


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1}', '{"version": 9, "items": []}', "null"])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(KeywordMisused, match=r"coverage\.json"):
        read(text, "coverage.json")
