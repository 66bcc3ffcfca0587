"""Lists in any order, ``#contains`` and ``#only``: which expected elements are met by which elements."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from KafkaLibrary.matching.values.numbers import double, is_number
from KafkaLibrary.matching.values.times import read_moment

Candidates = Callable[[int], Iterable[int]]
"""Gives for an expected element the places in the list that may be alike."""
Alike = Callable[[int, int], bool]
"""Takes an expected element and a place. It may be asked twice."""


def assign(expected: int, places: int, candidates: Candidates, alike: Alike) -> Mapping[int, int]:
    """A place of its own for as many expected elements as can have one.

    An element that is alike to several expected ones must not stay with the wrong one: where all
    places that fit are taken, those who have them move on.
    """
    assignment = _Assignment(candidates, alike)
    for one in range(min(expected, places)):
        if alike(one, one):  # Most lists are in the expected order, and then nothing has to be searched.
            assignment.give(one, one)
    for one in range(expected):
        if one not in assignment.places:
            assignment.search(one)
    return assignment.places


class _Assignment:
    def __init__(self, candidates: Candidates, alike: Alike) -> None:
        self.places: dict[int, int] = {}
        self._takers: dict[int, int] = {}
        self._lost: set[int] = set()
        self._candidates = candidates
        self._alike = alike

    def give(self, one: int, place: int) -> None:
        self.places[one] = place
        self._takers[place] = one

    def search(self, one: int) -> None:
        """Gives ``one`` a place if there is any way to do so."""
        asked_by: dict[int, int] = {}
        asking = deque([one])
        while asking:
            taker = asking.popleft()
            for place in self._candidates(taker):
                if place in asked_by or place in self._lost or not self._alike(taker, place):
                    continue
                asked_by[place] = taker
                if place not in self._takers:
                    self._move_on(one, place, asked_by)
                    return
                asking.append(self._takers[place])
        # No free place can be reached from these, now or later.
        self._lost.update(asked_by)

    def _move_on(self, one: int, free: int, asked_by: dict[int, int]) -> None:
        place: int | None = free
        taker = None
        while place is not None and taker != one:
            taker = asked_by[place]
            left = self.places.get(taker)
            self.give(taker, place)
            place = left


class Places:
    """The places of a list by what stands there, so that one text or number is not compared with all."""

    def __init__(self, found: Sequence[Any]) -> None:
        self.all = range(len(found))
        self._known: dict[Any, list[int]] = {}
        for place, one in enumerate(found):
            self._known.setdefault(_key(one), []).append(place)

    def of(self, expected: Any) -> Sequence[int]:
        """Those where ``expected``, which is no marker, may be met."""
        key = _key(expected)
        if key is None:
            return self.all
        return [*self._known.get(key, ()), *self._known.get(None, ())]


def _key(value: Any) -> Any:
    """The same for all values that are the same; ``None`` for those that only a comparison can tell."""
    if is_number(value):
        return double(value)
    if isinstance(value, str):
        moment = read_moment(value)
        return str, value if moment is None else moment.key
    return (bool, value) if isinstance(value, bool) else None
