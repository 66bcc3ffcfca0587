"""The bounded log of recent events: stored on arrival, judged afterwards.

Events stand in chunks, as they came. A chunk has a number that grows over all topics of the
connection, so that walking several topics has one order, and the same order each time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from KafkaLibrary.event import Record

OVERHEAD = 400
"""Bytes that the client's message takes beside its key and value."""


@dataclass(slots=True)
class Chunk:
    """Events of one topic that came at once. ``lasts`` has the last offset by partition."""

    number: int
    records: list[Record]
    size: int
    lasts: dict[int, int]


@dataclass(slots=True)
class TopicLog:
    """The part of the log that is one topic's. ``firsts`` has, by partition, the first offset that it covers."""

    chunks: deque[Chunk] = field(default_factory=deque)
    firsts: dict[int, int] = field(default_factory=dict)

    def since(self, number: int) -> list[Chunk]:
        """The chunks after that number."""
        later: list[Chunk] = []
        for chunk in reversed(self.chunks):
            if chunk.number <= number:
                break
            later.append(chunk)
        later.reverse()
        return later


class EventLog:
    """Recent events by topic, at most ``bound`` bytes and one arrival more."""

    def __init__(self, bound: int) -> None:
        self.bound = bound
        self.size = 0
        self.number = 0
        self._topics: dict[str, TopicLog] = {}
        self._order: deque[str] = deque()

    def topic(self, name: str) -> TopicLog:
        """The log of that topic."""
        log = self._topics.get(name)
        if log is None:
            log = self._topics[name] = TopicLog()
        return log

    def add(self, records: Sequence[Record]) -> dict[str, Chunk]:
        """Store what arrived, and drop the oldest beyond the bound. Gives the new chunks by topic."""
        self._make_room()
        self.number += 1
        chunks: dict[str, Chunk] = {}
        for record in records:
            name = record.topic() or ""
            chunk = chunks.get(name)
            if chunk is None:
                chunk = chunks[name] = Chunk(self.number, [], 0, {})
            chunk.records.append(record)
            value, key = record.value(), record.key()
            chunk.size += OVERHEAD + (len(value) if value else 0) + (len(key) if key else 0)
            chunk.lasts[record.partition() or 0] = record.offset() or 0
        for name, chunk in chunks.items():
            self.topic(name).chunks.append(chunk)
            self._order.append(name)
            self.size += chunk.size
        return chunks

    def _make_room(self) -> None:
        while self.size > self.bound and self._order:
            log = self._topics.get(self._order[0])
            if log and log.chunks:
                chunk = log.chunks[0]
                for partition, offset in chunk.lasts.items():
                    log.firsts[partition] = max(log.firsts.get(partition, 0), offset + 1)
                log.chunks.popleft()
                self.size -= chunk.size
            self._order.popleft()

    def mend(self, number: int) -> dict[tuple[str, int], int]:
        """After an interruption: undo what was added after that number, finish what was being dropped.

        Gives the first offset of each partition that is not in the log any more because of that.
        """
        undone: dict[tuple[str, int], int] = {}
        for name, log in self._topics.items():
            while log.chunks and log.chunks[-1].number > number:
                for record in log.chunks[-1].records:
                    place = (name, record.partition() or 0)
                    undone[place] = min(record.offset() or 0, undone.get(place, record.offset() or 0))
                log.chunks.pop()
            for chunk in log.chunks:
                firsts = log.firsts
                if any(offset < firsts.get(partition, 0) for partition, offset in chunk.lasts.items()):
                    chunk.records = [one for one in chunk.records if _covered(one, firsts)]
        chunks = sorted((chunk.number, name, chunk.size) for name, log in self._topics.items() for chunk in log.chunks)
        self._order = deque(name for _, name, _ in chunks)
        self.size = sum(size for _, _, size in chunks)
        return undone

    def forget(self, name: str) -> None:
        """Drop what there is of a topic."""
        log = self._topics.pop(name, None)
        if log is not None:
            self.size -= sum(chunk.size for chunk in log.chunks)
            self._order = deque(other for other in self._order if other != name)

    def walk(self, since: dict[str, int]) -> Iterator[tuple[int, str, Record]]:
        """Events of these topics after a chunk's number each, in order of arrival, with chunk number and topic."""
        runs = [
            (chunk.number, place, name, chunk.records)
            for place, (name, number) in enumerate(since.items())
            for chunk in self.topic(name).since(number)
        ]
        if len(since) > 1:
            runs.sort(key=lambda run: run[:2])
        for number, _, name, records in runs:
            for record in records:
                yield number, name, record

    def walk_back(self, since: dict[str, int]) -> Iterator[Record]:
        """The same events, the latest first."""
        chunks = [chunk for name, number in since.items() for chunk in self.topic(name).since(number)]
        for chunk in sorted(chunks, key=lambda one: one.number, reverse=True):
            yield from reversed(chunk.records)


def _covered(record: Record, firsts: dict[int, int]) -> bool:
    return (record.offset() or 0) >= firsts.get(record.partition() or 0, 0)
