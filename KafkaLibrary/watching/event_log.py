"""The log: the bounded memory of recent events, stored on arrival and judged afterwards.

Events stand in chunks, as they came. A chunk has a number that grows over all topics, so that walking several topics
has one order, and the same order each time. It grows over all connections, too: a mark may be used on another one
than that which set it, and what this one had read by then lies before the mark.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, groupby
from typing import Any, NamedTuple

from KafkaLibrary.event import Record
from KafkaLibrary.matching import Columns

OVERHEAD = 400
"""Bytes that the client's message takes beside its key and value."""
_NUMBERS = count(1)
_SMALL = 256 * 1024
"""Bytes up to which neighbours are judged as one."""
_FEW = 32
"""Chunks that are joined anew by each wait."""
_MARKS = 2
"""Marks of a topic, such as those of a test and of its suite, for which what was joined is kept."""


@dataclass(slots=True)
class Chunk:
    """Events of one topic that came at once, with their values. The first and last offsets are by partition."""

    number: int
    records: Sequence[Record]
    values: list[bytes | None]
    size: int
    firsts: dict[int, int]
    lasts: dict[int, int]
    columns: Columns | None = field(default=None, repr=False, compare=False)
    """What waits found in its values, see there."""

    @classmethod
    def of(cls, number: int, records: Sequence[Record]) -> Chunk:
        # Whole columns at a time: every event that is read comes through here. The records are of one kind.
        kind: Any = type(records[0])
        values = list(map(kind.value, records))
        size = OVERHEAD * len(records) + _bytes(values) + _bytes(list(map(kind.key, records)))
        partitions = list(map(kind.partition, records))
        if partitions.count(partitions[0]) == len(partitions):
            first, last = ({partitions[0]: record.offset() or 0} for record in (records[0], records[-1]))
        else:
            offsets = list(map(kind.offset, records))
            first = dict(zip(reversed(partitions), reversed(offsets), strict=True))
            last = dict(zip(partitions, offsets, strict=True))
        return cls(number, records, values, size, first, last)

    @classmethod
    def joined(cls, chunks: Sequence[Chunk]) -> Chunk:
        """These of one topic, in their order, as one."""
        if len(chunks) == 1:
            return chunks[0]
        records = list(chain.from_iterable(chunk.records for chunk in chunks))
        values = list(chain.from_iterable(chunk.values for chunk in chunks))
        firsts = {number: offset for chunk in reversed(chunks) for number, offset in chunk.firsts.items()}
        lasts = {number: offset for chunk in chunks for number, offset in chunk.lasts.items()}
        return cls(chunks[-1].number, records, values, sum(chunk.size for chunk in chunks), firsts, lasts)

    def without_before(self, firsts: Mapping[int, int]) -> Chunk:
        """The chunk with what comes from these offsets on."""
        if all(offset >= firsts.get(partition, 0) for partition, offset in self.firsts.items()):
            return self
        kept = [one for one in self.records if (one.offset() or 0) >= firsts.get(one.partition() or 0, 0)]
        return Chunk.of(self.number, kept) if kept else Chunk(self.number, [], [], 0, {}, {})


def _bytes(parts: Sequence[bytes | None]) -> int:
    try:
        return sum(map(len, parts))  # type: ignore[arg-type] # where one is missing, the error tells
    except TypeError:
        return sum(map(len, filter(None, parts)))


class Joined(NamedTuple):
    """What stands behind a mark up to the chunk of that number, small neighbours as one: all but the last stay so."""

    chunks: list[Chunk]
    until: int


@dataclass(slots=True)
class TopicLog:
    """The part of the log that is one topic's. ``firsts`` has, by partition, the first offset that it covers."""

    chunks: deque[Chunk] = field(default_factory=deque)
    firsts: dict[int, int] = field(default_factory=dict)
    joined: dict[int, Joined] = field(default_factory=dict)
    """By marks, the last two that had much behind them. Emptied when something is dropped."""

    def since(self, number: int) -> list[Chunk]:
        """The chunks after that number."""
        later: list[Chunk] = []
        for chunk in reversed(self.chunks):
            if chunk.number <= number:
                break
            later.append(chunk)
        later.reverse()
        return later

    def since_joined(self, number: int) -> list[Chunk]:
        """The same, with small neighbours as one. The next wait gets the same chunks, and one for what is new."""
        if len(self.chunks) <= _FEW or self.chunks[-_FEW].number <= number:
            return _with_small_ones_joined(self.since(number))
        chunks, until = self.joined.get(number) or Joined([], number)
        chunks = [*chunks[:-1], *_with_small_ones_joined([*chunks[-1:], *self.since(until)])]
        joined = {**self.joined, number: Joined(chunks, chunks[-1].number)}
        if len(joined) > _MARKS:
            del joined[next(iter(joined))]
        self.joined = joined  # at once: a timeout of Robot may come anywhere
        return chunks


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

    def add(self, records: Sequence[Record], only: str | None = None) -> dict[str, Chunk]:
        """Store what arrived, and drop the oldest beyond the bound. Gives the new chunks by topic.

        ``only`` is the name of the topic where no other is read.
        """
        self._make_room()
        self.number = next(_NUMBERS)
        parts = {only: records} if only is not None else by_topic(records)
        chunks = {name: Chunk.of(self.number, part) for name, part in parts.items()}
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
                log.joined = {}
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
            log.joined = {}
            log.chunks = deque(chunk.without_before(log.firsts) for chunk in log.chunks)
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

    def chunks(self, since: Mapping[str, int]) -> list[tuple[str, Chunk]]:
        """The chunks of these topics after a number each, in order of arrival. Small neighbours come as one."""
        if len(since) == 1:
            ((name, number),) = since.items()
            return [(name, chunk) for chunk in self.topic(name).since_joined(number)]
        found = [(name, chunk) for name, number in since.items() for chunk in self.topic(name).since(number)]
        found.sort(key=lambda one: one[1].number)
        neighbours = groupby(found, key=lambda one: one[0])
        return [(name, chunk) for name, some in neighbours for chunk in _with_small_ones_joined(one for _, one in some)]


def _with_small_ones_joined(chunks: Iterable[Chunk]) -> list[Chunk]:
    """To judge a chunk has a price of its own, which events that came one by one would pay each."""
    joined: list[Chunk] = []
    run: list[Chunk] = []
    size = 0
    for chunk in chunks:
        if run and size + chunk.size > _SMALL:
            joined.append(Chunk.joined(run))
            run, size = [], 0
        run.append(chunk)
        size += chunk.size
    return [*joined, Chunk.joined(run)] if run else joined


def by_topic(records: Sequence[Record]) -> dict[str, Sequence[Record]]:
    """The events of each topic, in their order; there must be some."""
    kind: Any = type(records[0])
    names = list(map(kind.topic, records))
    if names.count(names[0]) == len(names):
        return {names[0]: records}
    found: dict[str, list[Record]] = {}
    for name, record in zip(names, records, strict=True):
        found.setdefault(name, []).append(record)
    return dict(found)
