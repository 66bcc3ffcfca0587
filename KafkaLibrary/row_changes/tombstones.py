"""Which tombstones are deletions of their own, and which only end one that was told before: each counts once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

Place = tuple[Hashable, str, int, int]
"""The topic's id, its name, a partition and an offset."""


class Before(NamedTuple):
    """An event in front of a tombstone: its key, and what it is."""

    key: bytes | None
    is_delete: bool
    form: str
    """``envelope``, ``rewritten`` or ``flattened``; empty where it is no row."""


LookBack = Callable[[Place], "tuple[Iterable[Before], bool]"]
"""The events in front of a place in its partition, the latest first, and whether these are all that ever were."""
_WITH_VALUES = ("envelope", "rewritten")
"""Forms in which a deletion has a value."""
_FRONT = "it is a tombstone, and the event before it, which may be its delete, could not be read"


class Tombstones:
    """Judges the tombstones of one wait, which sees each partition in its order."""

    def __init__(self, look_back: LookBack) -> None:
        self._look_back = look_back
        self._deletes: dict[tuple[Hashable, str, int, bytes | None], int] = {}
        self._marked: set[tuple[Hashable, str]] = set()
        """Topics whose deletions have a value: a tombstone there only follows one."""
        self._bare: set[tuple[Hashable, str]] = set()
        """Topics of flattened rows, of which nothing says whether they are deleted."""
        self._told: dict[Place, bool | str] = {}

    def note(self, place: Place, event: Before) -> None:
        """An event that is no tombstone was read."""
        identity, topic, partition, offset = place
        if event.form in _WITH_VALUES or (event.is_delete and event.form):
            self._marked.add((identity, topic))
        elif event.form:
            self._bare.add((identity, topic))
        key = (identity, topic, partition, event.key)
        if event.is_delete:
            self._deletes[key] = offset
        else:
            self._deletes.pop(key, None)

    def judge(self, place: Place, key: bytes | None) -> bool | str:
        """Whether this tombstone is a deletion of its own; a reason where nobody knows. It is judged once."""
        if place not in self._told:
            self._told[place] = self._judged(place, key)
        return self._told[place]

    def _judged(self, place: Place, key: bytes | None) -> bool | str:
        identity, topic, partition, offset = place
        deleted_at = self._deletes.pop((identity, topic, partition, key), None)
        if deleted_at is not None and deleted_at < offset:
            return False
        told = self._by_topic((identity, topic))
        if told is not None:
            return told
        front, are_all = self._look_back(place)
        is_bare = False
        for event in front:
            if event.form in _WITH_VALUES or (event.key == key and event.is_delete):
                return False
            is_bare = is_bare or bool(event.form)
            if is_bare and event.key == key:
                break
        return True if is_bare or are_all else _FRONT

    def _by_topic(self, topic: tuple[Hashable, str]) -> bool | None:
        if topic in self._marked:
            return False
        return True if topic in self._bare else None
