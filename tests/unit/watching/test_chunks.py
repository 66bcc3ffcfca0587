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
