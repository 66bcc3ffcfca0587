"""A Kafka in memory, on a clock of its own: whatever can happen to a topic happens at a chosen moment."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.event import PlainRecord, Record
from KafkaLibrary.watching.event_source import Batch, Place, TopicFacts

BEGAN = datetime(2026, 5, 31, 15, 0, tzinfo=timezone.utc)
"""What the wall shows when the clock is at zero."""
SHORTEST = 1e-6
LONGEST_CALL = 0.1


class Stopped(BaseException):
    """What Robot raises in the middle of a call when its own timeout is over."""


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, int, Callable[[], object]]] = []
        self._numbers = itertools.count()

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def moment(self, seconds: float | None = None) -> datetime:
        return BEGAN + timedelta(seconds=self.now if seconds is None else seconds)

    def at(self, moment: float, act: Callable[[], object]) -> None:
        """Something happens at that moment, or with the next tick where it is over."""
        heapq.heappush(self._due, (moment, next(self._numbers), act))

    def after(self, seconds: float, act: Callable[[], object]) -> None:
        self.at(self.now + seconds, act)

    def advance(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """Let time pass, with all that happens in it, or until that holds."""
        end = self.now + max(seconds, SHORTEST)
        while self._due and self._due[0][0] <= end:
            moment, _, act = heapq.heappop(self._due)
            self.now = max(self.now, moment)
            act()
            if until():
                return
        self.now = end


@dataclass
class Slot:
    """One offset of a partition. ``state`` is committed, open or aborted; a marker has no record."""

    record: PlainRecord | None
    state: str
    put_at: float
    readable_at: float | None = None


@dataclass
class Partition:
    """The log of one partition, and the first offset that is left of it."""

    slots: list[Slot] = field(default_factory=list)
    beginning: int = 0

    @property
    def high_watermark(self) -> int:
        return len(self.slots)

    @property
    def last_stable(self) -> int:
        states = enumerate(slot.state for slot in self.slots)
        return next((offset for offset, state in states if state == "open"), len(self.slots))


@dataclass
class Topic:
    """One life of a topic."""

    name: str
    id: str
    partitions: list[Partition]


class Kafka:
    """The cluster: what applications and administrators do to it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.topics: dict[str, Topic] = {}
        self.gone: list[Topic] = []
        self.away = False
        self.away_since = 0.0
        self._ids = itertools.count(1)

    def make(self, name: str, partitions: int = 1) -> None:
        self.topics[name] = Topic(name, f"id-{next(self._ids)}", [Partition() for _ in range(partitions)])

    def delete(self, name: str) -> None:
        topic = self.topics.pop(name, None)
        if topic is not None:
            self.gone.append(topic)

    def make_again(self, name: str, *texts: str) -> None:
        """Delete it and make it at once, with these events in its first partition."""
        before = self.topics[name]
        self.delete(name)
        self.make(name, len(before.partitions))
        for text in texts:
            self.publish(name, text)

    def grow(self, name: str) -> None:
        self.topics[name].partitions.append(Partition())

    def publish(
        self, name: str, text: str | None, *, partition: int = 0, transaction: bool = False, ago: float = 0
    ) -> Place:
        """Put an event; in a transaction it stays open until that ends."""
        log = self.topics[name].partitions[partition]
        stamp = int(self.clock.moment(self.clock.now - ago).timestamp() * 1000)
        raw = None if text is None else text.encode()
        record = PlainRecord((name, partition, log.high_watermark), (1, stamp), None, raw)
        log.slots.append(Slot(record, "open" if transaction else "committed", self.clock.now))
        self._settle(log)
        return (name, partition)

    def end_transactions(self, name: str, how: str) -> None:
        """Commit or abort all that is open on a topic. A marker follows, as in Kafka."""
        topic = self.topics.get(name)
        for log in topic.partitions if topic else ():
            opened = [slot for slot in log.slots if slot.state == "open"]
            for slot in opened:
                slot.state = how
            if opened:
                log.slots.append(Slot(None, "committed", self.clock.now))
            self._settle(log)

    def trim(self, name: str, partition: int = 0, before: int | None = None) -> None:
        """Delete the events before an offset, all of them unless one is given."""
        log = self.topics[name].partitions[partition]
        log.beginning = max(log.beginning, log.high_watermark if before is None else before)

    def go_away(self) -> None:
        self.away, self.away_since = True, self.clock.now

    def come_back(self) -> None:
        self.away = False

    def _settle(self, log: Partition) -> None:
        for slot in log.slots[: log.last_stable]:
            if slot.readable_at is None:
                slot.readable_at = self.clock.now

    def lives(self, name: str) -> list[Topic]:
        """All topics that ever had this name."""
        return [topic for topic in (*self.gone, *self.topics.values()) if topic.name == name]


@dataclass
class Assigned:
    """Where the client stands in a partition. It knows no topic ids."""

    offset: int
    told_end: int = -1
    stopped: bool = False


class End(NamedTuple):
    """The client came to the end of a partition."""

    place: Place
    offset: int


class OutOfRange(NamedTuple):
    """The client stands where there is no event any more, or none yet, and stops there."""

    place: Place


Fetched = PlainRecord | End | OutOfRange


class Answer:
    """A question under way, answered with what was true when it was asked."""

    def __init__(self, clock: Clock, facts: dict[str, TopicFacts | None], ready_at: float | None) -> None:
        self._clock = clock
        self._facts = facts
        self._ready_at = ready_at

    def answer(self) -> dict[str, TopicFacts | None] | None:
        ready = self._ready_at is not None and self._clock.now >= self._ready_at
        return self._facts if ready else None


class AnsweredNames:
    """The same for the names of all topics."""

    def __init__(self, clock: Clock, names: list[str], ready_at: float | None) -> None:
        self._clock = clock
        self._names = names
        self._ready_at = ready_at

    def answer(self) -> list[str] | None:
        ready = self._ready_at is not None and self._clock.now >= self._ready_at
        return self._names if ready else None


class InMemorySource:
    """What a reader of that Kafka sees, with the client's own habits: it prefetches, and reads on by offset alone."""

    def __init__(self, kafka: Kafka, *, committed: bool = True, delay: float = 0.001) -> None:
        self.kafka = kafka
        self.clock = kafka.clock
        self.committed = committed
        self.delay = delay
        self.batch_sizes: Iterator[int] = itertools.repeat(500)
        self.assigned: dict[Place, Assigned] = {}
        self.longest_poll = 0.0
        self.asked: list[str] = []
        self.failing: list[tuple[Place, str]] = []
        self.denied: list[tuple[str, str]] = []
        self.unknown: dict[str, int] = {}
        """How many answers come from a broker that does not know this topic yet."""
        self.untold: set[Place] = set()
        """Partitions whose end no leader tells."""
        self._fetched: list[Fetched] = []
        self._stop_in: int | None = None
        self._slow_until = -1.0

    def stop_in(self, calls: int | None) -> None:
        """Robot's timeout is over in the middle of the n-th call from now."""
        self._stop_in = calls

    def fetch_nothing_for(self, seconds: float) -> None:
        self._slow_until = self.clock.now + seconds

    # Questions

    def describe(self, topics: Collection[str], deadline: Deadline) -> dict[str, TopicFacts | None]:
        self._wait("describe", deadline)
        return self._facts(topics)

    def ask(self, topics: Collection[str]) -> Answer:
        self.asked.append("ask")
        return Answer(self.clock, self._facts(topics), None if self.kafka.away else self.clock.now + self.delay)

    def names(self, deadline: Deadline) -> list[str]:
        self._wait("names", deadline)
        return self._names()

    def ask_names(self) -> AnsweredNames:
        self.asked.append("ask_names")
        return AnsweredNames(self.clock, self._names(), None if self.kafka.away else self.clock.now + self.delay)

    def _names(self) -> list[str]:
        return [name for name in self.kafka.topics if not self._is_unknown(name)]

    def ends(self, places: Collection[Place], deadline: Deadline, *, committed: bool = True) -> dict[Place, int]:
        if not places:
            return {}
        self._wait("ends", deadline)
        return self._ends(places, committed=committed)

    def marks(
        self, topics: Mapping[str, Collection[int]], deadline: Deadline
    ) -> tuple[dict[str, TopicFacts | None], dict[Place, int]]:
        self._wait("marks", deadline)
        ends = self._ends([(name, number) for name, numbers in topics.items() for number in numbers])
        self.clock.advance(self.delay)
        return self._facts(topics), ends

    def both_ends(
        self, topics: Mapping[str, Collection[int]], deadline: Deadline
    ) -> tuple[dict[str, TopicFacts | None], dict[Place, int], dict[Place, int]]:
        places = [(name, number) for name, numbers in topics.items() for number in numbers]
        facts, ends = self.marks(topics, deadline)
        return facts, ends, self._ends(places, committed=False)

    def beginnings(self, places: Collection[Place], deadline: Deadline) -> dict[Place, int]:
        self._wait("beginnings", deadline)
        return {place: log.beginning for place, log in self._logs(places)}

    def offsets_at(self, places: Collection[Place], milliseconds: int, deadline: Deadline) -> dict[Place, int]:
        self._wait("offsets_at", deadline)
        found = {}
        for place, log in self._logs(places):
            end = self._end(log)
            found[place] = next(
                (
                    offset
                    for offset in range(log.beginning, end)
                    if (record := log.slots[offset].record) and record.stamp[1] >= milliseconds
                ),
                end,
            )
        return found

    def ask_ahead(self, topics: Collection[str], milliseconds: int, deadline: Deadline) -> None:
        """It is near."""

    def why_unreachable(self) -> str:
        since = f"{self.clock.moment(self.kafka.away_since):%H:%M:%S}"
        return f"Kafka has been unreachable since {since}: connection refused" if self.kafka.away else ""

    def _wait(self, call: str, deadline: Deadline) -> None:
        self.asked.append(call)
        end = self.clock.now + max(deadline.remaining(), LONGEST_CALL)
        self._count(lambda: None)
        while self.kafka.away:
            if self.clock.now >= end:
                raise KafkaUnusable("Kafka could not be used.\nReason: connection refused.")
            self.clock.advance(min(LONGEST_CALL, end - self.clock.now), until=lambda: not self.kafka.away)
        if self.clock.now + self.delay > end:
            self.clock.advance(end - self.clock.now)
            raise KafkaUnusable("Kafka could not be used.\nReason: it did not answer.")
        self.clock.advance(self.delay)

    def _count(self, half: Callable[[], object]) -> None:
        if self._stop_in is None:
            return
        self._stop_in -= 1
        if self._stop_in <= 0:
            self._stop_in = None
            half()
            raise Stopped

    def _facts(self, topics: Collection[str]) -> dict[str, TopicFacts | None]:
        found = {name: self.kafka.topics.get(name) for name in topics if not self._is_unknown(name)}
        return dict.fromkeys(topics) | {
            name: TopicFacts(topic.id, tuple(range(len(topic.partitions)))) if topic else None
            for name, topic in found.items()
        }

    def _is_unknown(self, name: str) -> bool:
        left = self.unknown.get(name, 0)
        self.unknown[name] = max(0, left - 1)
        return left > 0

    def _logs(self, places: Collection[Place]) -> Iterator[tuple[Place, Partition]]:
        for name, number in places:
            topic = self.kafka.topics.get(name)
            if topic and number < len(topic.partitions):
                yield (name, number), topic.partitions[number]

    def _ends(self, places: Collection[Place], *, committed: bool = True) -> dict[Place, int]:
        told = [place for place in places if place not in self.untold]
        return {place: self._end(log) if committed else log.high_watermark for place, log in self._logs(told)}

    def _end(self, log: Partition) -> int:
        return log.last_stable if self.committed else log.high_watermark

    # Events

    def attach(self, positions: Mapping[Place, int], deadline: Deadline) -> None:
        del deadline
        self._count(lambda: self.detach(list(positions)))
        self.detach(list(positions))
        self.assigned.update({place: Assigned(offset) for place, offset in positions.items()})

    def detach(self, places: Collection[Place]) -> None:
        for place in places:
            self.assigned.pop(place, None)
        gone = set(places)
        self._fetched = [item for item in self._fetched if _place(item) not in gone]

    def forget(self, topic: str) -> None:
        """This client's metadata is always fresh."""

    def poll(self, seconds: float) -> Batch:
        self.longest_poll = max(self.longest_poll, seconds)
        self._fetch()
        if not self._fetched:
            self.clock.advance(seconds, until=self._fetch)
        else:
            self.clock.advance(0)
        batch = Batch([], [], [], self.failing, self.denied)
        self.failing, self.denied = [], []
        most = next(self.batch_sizes)
        taken, self._fetched = self._fetched[:most], self._fetched[most:]
        for item in taken:
            match item:
                case PlainRecord():
                    batch.records.append(item)
                case End(place, offset):
                    batch.ends.append((place, offset))
                case OutOfRange(place):
                    batch.out_of_range.append(place)
        self._count(lambda: None)
        return batch

    def read(self, ranges: Mapping[Place, tuple[int, int]], deadline: Deadline) -> Iterator[list[Record]]:
        for place, (start, stop) in ranges.items():
            for offset in range(start, stop):
                self._count(lambda: None)
                self.clock.advance(0)
                if deadline.passed or self.kafka.away:
                    self.clock.advance(deadline.remaining())
                    return
                log = dict(self._logs([place])).get(place)
                if log is None or not log.beginning <= offset < self._end(log):
                    break
                record = log.slots[offset].record
                if record and log.slots[offset].state != "aborted":
                    yield [record]

    def _fetch(self) -> bool:
        """What the client's own threads do meanwhile. True when there is something to hand over."""
        if self.kafka.away or self.clock.now < self._slow_until:
            return bool(self._fetched)
        for place, at in self.assigned.items():
            log = dict(self._logs([place])).get(place)
            if log is None or at.stopped:
                continue
            if not log.beginning <= at.offset <= log.high_watermark:
                at.stopped = True
                self._fetched.append(OutOfRange(place))
                continue
            self._fetch_from(place, at, log)
        return bool(self._fetched)

    def _fetch_from(self, place: Place, at: Assigned, log: Partition) -> None:
        end = self._end(log)
        for slot in log.slots[at.offset : end]:
            if slot.record and not (self.committed and slot.state == "aborted"):
                self._fetched.append(slot.record)
        at.offset = max(at.offset, end)
        if at.offset == end and at.told_end != end:
            at.told_end = end
            self._fetched.append(End(place, end))


def _place(item: Fetched) -> Place:
    return item.at[:2] if isinstance(item, PlainRecord) else item.place
