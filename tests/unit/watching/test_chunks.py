"""Small chunks come as one, and nothing is lost, moved or let in by that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.event import PlainRecord
from KafkaLibrary.watching import event_log as logs
from KafkaLibrary.watching.event_log import Chunk, EventLog

ROOM = 1 << 30
SIZE = 100


def filled(*arrivals: tuple[tuple[str, int], ...]) -> EventLog:
    """A log with these arrivals, each of events by topic and partition; offsets go on from zero."""
    log, next_offsets = EventLog(ROOM), dict[tuple[str, int], int]()
    for arrival in arrivals:
        records = []
        for place in arrival:
            offset = next_offsets.get(place, 0)
            next_offsets[place] = offset + 1
            records.append(PlainRecord((*place, offset), (1, 0), None, b"x" * SIZE))
        log.add(records)
    return log


def places(chunks: list[tuple[str, Chunk]]) -> list[tuple[str, int, int]]:
    return [record.at for _, chunk in chunks for record in chunk.records if isinstance(record, PlainRecord)]


A, B = "orders", "payments"


def test_neighbours_of_one_topic_come_as_one() -> None:
    log = filled(((A, 0),), ((A, 1),), ((A, 0), (A, 0)))
    ((name, chunk),) = log.chunks({A: 0})
    assert (name, len(chunk.records), chunk.number) == (A, 4, log.number)
    assert (chunk.firsts, chunk.lasts) == ({0: 0, 1: 0}, {0: 2, 1: 0})
    assert chunk.size == log.size
    assert chunk.values == [b"x" * SIZE] * 4


def test_topics_keep_the_order_in_which_their_events_came() -> None:
    log = filled(((A, 0),), ((B, 0),), ((A, 0),), ((A, 0),))
    assert [(name, len(chunk.records)) for name, chunk in log.chunks({A: 0, B: 0})] == [(A, 1), (B, 1), (A, 2)]


def test_what_was_looked_at_before_is_left_out() -> None:
    log = filled(((A, 0),), ((A, 0),), ((A, 0),))
    assert places(log.chunks({A: log.number - 2})) == [(A, 0, 1), (A, 0, 2)]


def test_a_mark_in_the_middle_holds_for_each_partition() -> None:
    log = filled(((A, 0),), ((A, 1),), ((A, 0),), ((A, 1),), ((A, 0),))
    ((_, chunk),) = log.chunks({A: 0})
    later = chunk.without_before({0: 1, 1: 1})
    assert places([(A, later)]) == [(A, 0, 1), (A, 1, 1), (A, 0, 2)]
    assert later.firsts == {0: 1, 1: 1}


def test_large_ones_stay_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_SMALL", 2 * (SIZE + logs.OVERHEAD))
    log = filled(*[((A, 0),)] * 5)
    assert [len(chunk.records) for _, chunk in log.chunks({A: 0})] == [2, 2, 1]


@given(st.lists(st.lists(st.tuples(st.sampled_from([A, B]), st.integers(0, 2)), min_size=1, max_size=4), max_size=12))
def test_all_events_come_once_and_in_the_order_of_their_topic(arrivals: list[list[tuple[str, int]]]) -> None:
    log = filled(*map(tuple, arrivals))
    for topics in ({A: 0}, {B: 0}, {A: 0, B: 0}):
        found = places(log.chunks(topics))
        for name in topics:
            kept = [record.at for chunk in log.topic(name).chunks for record in chunk.records]  # type: ignore[attr-defined]
            assert [at for at in found if at[0] == name] == kept
        assert len(found) == len(set(found))


@given(
    arrivals=st.lists(st.integers(1, 3), min_size=40, max_size=150),
    marks=st.lists(st.integers(0, 150), min_size=1, max_size=4),
    bound=st.sampled_from([ROOM, 40 * (SIZE + logs.OVERHEAD)]),
    asked_every=st.integers(1, 9),
)
def test_waits_that_begin_at_one_mark_see_all_behind_it_and_get_the_same_chunks_again(
    arrivals: list[int], marks: list[int], bound: int, asked_every: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logs, "_SMALL", 8 * (SIZE + logs.OVERHEAD))
        log, first, offset = EventLog(bound), 0, 0
        for number, count in enumerate(arrivals):
            records = [PlainRecord((A, 0, offset + one), (1, 0), None, b"x" * SIZE) for one in range(count)]
            offset += count
            log.add(records)
            first = first or log.number
            if number % asked_every:
                continue
            for mark in marks:
                found = log.chunks({A: first + mark - 1})
                expected = [one for chunk in log.topic(A).since(first + mark - 1) for one in chunk.records]
                assert places(found) == [record.at for record in expected if isinstance(record, PlainRecord)]
                again = log.chunks({A: first + mark - 1})
                if bound == ROOM and len(marks) <= 2 and number - mark > 40:
                    assert all(one is other for (_, one), (_, other) in list(zip(found, again, strict=True))[:-1])


def test_what_was_joined_goes_with_its_topic_and_with_an_interruption() -> None:
    log = filled(*[((A, 0),)] * 2000)
    assert len(places(log.chunks({A: 0}))) == 2000
    until = log.number - 100
    log.mend(until)
    assert len(places(log.chunks({A: 0}))) == 1900
    log.forget(A)
    assert log.chunks({A: 0}) == []
