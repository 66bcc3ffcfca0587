"""Whether each event on one topic has exactly one on another, told by a value that both have."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from KafkaLibrary.matching.sequences.identities import Identity

At = tuple[int, int, tuple[int, int]]
"""Partition, offset and timestamp of an event, the last with its kind in front, as the client gives it."""


class Gaps(NamedTuple):
    """Milliseconds from an event to the one that belongs to it."""

    median: float
    worst: int
    worst_at: tuple[At, At]


class Correspondence:
    """The events of both topics, in whatever order they are read. Of a pair no more is kept than where it is."""

    def __init__(self) -> None:
        self.counts = [0, 0]
        """Events of the first topic, and of the second."""
        self._alone: tuple[dict[Identity, At], dict[Identity, At]] = ({}, {})
        self._more: tuple[dict[Identity, list[At]], dict[Identity, list[At]]] = ({}, {})
        """Further ones of the same value."""
        self._pairs: dict[Identity, At] = {}
        """Where the event on the second topic is of those that have found each other."""
        self._gaps = array("q")
        self._worst: tuple[int, At, At] | None = None

    def take(self, side: int, events: Iterable[tuple[Identity, At]]) -> None:
        """Events of the first topic, side 0, or of the second, side 1."""
        alone, others, more, pairs = self._alone[side], self._alone[1 - side], self._more[1 - side], self._pairs
        note, worst = self._gaps.append, -math.inf if self._worst is None else self._worst[0]
        count = 0
        for identity, at in events:
            count += 1
            if identity in others:
                found = others.pop(identity)
                if more:
                    self._take_up(1 - side, identity)
                first, second = (found, at) if side else (at, found)
                pairs[identity] = second
                gap = second[2][1] - first[2][1]
                note(gap)
                if gap > worst:
                    worst, self._worst = gap, (gap, first, second)
            elif identity in alone:
                self._more[side].setdefault(identity, []).append(at)
            else:
                alone[identity] = at
        self.counts[side] += count

    def _take_up(self, side: int, identity: Identity) -> None:
        """Another one of the same value takes the place of that which has found its own."""
        more = self._more[side].get(identity)
        if more:
            self._alone[side][identity] = more.pop(0)
        if not more:
            self._more[side].pop(identity, None)

    @property
    def is_complete(self) -> bool:
        """Whether there are events, and each has its one."""
        return self.counts[0] > 0 and not self._alone[0] and not self._alone[1]

    def too_many(self) -> set[Identity]:
        """The values of events on the second topic that are doubled, or belong to none on the first."""
        return set(self._alone[1])

    def missing(self) -> Iterator[tuple[Identity, list[At]]]:
        """The events on the first topic that have none on the second."""
        return self._of(0)

    def doubled(self) -> Iterator[tuple[Identity, list[At]]]:
        """The events on the second topic that have come more than once, with the one that belongs there in front."""
        return ((value, [self._pairs[value], *places]) for value, places in self._of(1) if value in self._pairs)

    def stray(self) -> Iterator[tuple[Identity, list[At]]]:
        """The events on the second topic that none on the first belongs to."""
        return ((value, places) for value, places in self._of(1) if value not in self._pairs)

    def _of(self, side: int) -> Iterator[tuple[Identity, list[At]]]:
        more = self._more[side]
        return ((value, [at, *more.get(value, ())]) for value, at in self._alone[side].items())

    def gaps(self) -> Gaps | None:
        """Nothing where no event has found its one."""
        if self._worst is None:
            return None
        ordered, half = sorted(self._gaps), len(self._gaps) // 2
        median = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
        return Gaps(median, self._worst[0], (self._worst[1], self._worst[2]))
