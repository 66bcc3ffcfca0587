"""A group that has to come to where the ends were: what comes later, and what is no event, does not hold it up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from KafkaLibrary.broker.groups.catching_up import CatchingUp
from KafkaLibrary.broker.groups.lag_and_reset import Lag, NeverLag, NoLag, PartitionLag
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.watching.event_source import Place

FIRST, SECOND = ("orders", 0), ("orders", 1)


class Group:
    """What the group has committed, by partition, and what there is to read."""

    def __init__(self, *looks: Mapping[Place, tuple[int | None, int]], events: tuple[int, ...] = ()) -> None:
        self.looks = list(looks)
        self.events = events
        self.reads: list[Mapping[Place, tuple[int, int]]] = []
        self.problem: Exception | None = None

    def lag(self, *_: Any) -> Lag:
        if self.problem:
            raise self.problem
        look = self.looks.pop(0) if self.looks[1:] else self.looks[0]
        return Lag(tuple(PartitionLag(place, at, at or 0, end) for place, (at, end) in look.items()))

    def read(self, ranges: Mapping[Place, tuple[int, int]], _: Deadline) -> Iterator[list[int]]:
        self.reads.append(ranges)
        ((begin, end),) = ranges.values()
        yield []
        yield [one for one in self.events if begin <= one < end]

    def pause(self, _: Deadline) -> None:
        if self.problem:
            self.problem = None


def behind(group: Group, timeout: float = 5, *, concerned: bool = False, begun: bool = True) -> list[PartitionLag]:
    there: Any = group
    catching_up = CatchingUp(there, there, there, "billing", "orders", lambda _place, _end: concerned)
    if begun:
        catching_up.begin(Deadline(1))
    return catching_up.wait(Deadline(timeout), 1)


def test_what_came_later_may_wait() -> None:
    assert not behind(Group({FIRST: (1, 2)}, {FIRST: (1, 3)}, {FIRST: (2, 9)}, events=(0, 1, 2)))


def test_all_that_was_there_may_not() -> None:
    assert behind(Group({FIRST: (2, 2), SECOND: (1, 2)}, events=(0, 1)), 0) == [PartitionLag(SECOND, 1, 1, 2)]


@pytest.mark.parametrize("concerned", [True, False])
def test_a_partition_without_a_commit_counts_where_it_is_concerned(concerned: bool) -> None:
    group = Group({FIRST: (2, 2), SECOND: (None, 2)}, events=(0, 1))
    assert [one.place for one in behind(group, 0, concerned=concerned)] == [SECOND] * concerned


def test_the_end_of_a_transaction_is_no_event() -> None:
    group = Group({FIRST: (2, 3)}, events=(0, 1))
    assert not behind(group)
    assert group.reads == [{FIRST: (2, 3)}]


def test_an_event_behind_the_end_of_a_transaction_is_one() -> None:
    assert behind(Group({FIRST: (2, 4)}, events=(0, 1, 3)), 0)


def test_a_group_that_goes_on_is_not_read_after() -> None:
    group = Group(*({FIRST: (at, 3)} for at in range(4)), events=(0, 1, 2))
    assert not behind(group)
    assert not group.reads


def test_a_group_that_can_not_be_told_of_yet_is_looked_at_again() -> None:
    group = Group({FIRST: (2, 2)})
    group.problem = NoLag("Unknown group.")
    assert not behind(group)


def test_one_of_which_nothing_can_ever_be_told_is_not_waited_for() -> None:
    group = Group({FIRST: (2, 2)})
    group.problem = NeverLag("It is a share group.")
    with pytest.raises(NeverLag):
        behind(group, begun=False)
