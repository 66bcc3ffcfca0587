"""A guard: looks at topics whenever a test ends, goes on where it stopped, and tells what could not be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.event import Event, Record
from KafkaLibrary.watching.across_topics.published_events import is_named
from KafkaLibrary.watching.event_log import Chunk
from KafkaLibrary.watching.event_source import Place
from KafkaLibrary.watching.look import Look
from KafkaLibrary.watching.marks import TopicMark
from KafkaLibrary.watching.obstacles_to_proof import Findings
from KafkaLibrary.watching.topics.followed_topic import Followed
from KafkaLibrary.watching.watcher import Watcher

_ASKING = 2.0
_BEFORE_ALL = TopicMark(None, {})
Decode = Callable[[Record, str | None], Event]
"""Makes the event of a record, given the id of the topic that it was read from."""


class Takes(Protocol):
    """What is done with each event."""

    def take(self, event: Event) -> None: ...


class InTurn:
    """Hands over the events in turn, and remembers how far it came."""

    def __init__(self, takes: Takes, decode: Decode) -> None:
        self._takes = takes
        self._decode = decode
        self.reached: dict[Place, int] = {}

    def candidates(self, _topic: str, chunk: Chunk) -> Iterable[int]:
        return range(len(chunk.records))

    def take(self, record: Record) -> bool:
        event = self._decode(record, None)
        self.reached[event.topic, event.partition] = event.offset + 1
        self._takes.take(event)
        return False

    def join(self, topic: str) -> None:
        """A topic is looked at."""

    def drop(self, topic: str) -> None:
        """The topic was recreated: what was read of the one before has happened all the same."""
        for place in [place for place in self.reached if place[0] == topic]:
            del self.reached[place]


def look_at_all(
    guards: Sequence[TopicGuard], watcher: Watcher, decode: Decode, patience: float, *, hand_over: bool = False
) -> None:
    """Let each of them judge the events that are there now.

    Where there is none it costs what it costs to mark the topics, and with ``hand_over`` a test that begins at
    once need not do that again.
    """
    asking = Deadline(min(patience, _ASKING + watcher.pace.more(2)), watcher.pace)
    try:
        watcher.pump(0, asking)
        marks = watcher.mark_all(asking, hand_over=hand_over)
    except KafkaLibraryError as reason:
        for guard in guards:
            guard.note_problem(watcher.source.why_unreachable() or str(reason))
        return
    for guard in guards:
        guard.look(marks, watcher, decode, patience)


class TopicGuard:
    """Looks at all events of its topics, each once."""

    takes: Takes
    """Is given each event that is new."""

    def __init__(self, topics: tuple[str, ...]) -> None:
        self.topics = topics
        self.problem = ""
        """Why the topics could not be watched."""
        self.has_begun = False
        """Whether the topics were watched at any time."""
        self._seen: dict[str, TopicMark] = {}
        self._cluster = ""
        self._had_test = self._told_idle = False
        self._gone: set[str] = set()
        """Topics of which it was told that they are not there any more."""
        self._problems: list[str] = []
        self._findings: list[Findings] = []

    def is_idle(self) -> bool:
        """Whether there was a test, and never a topic watched; told once."""
        is_idle = self._had_test and not (self.has_begun or self.problem or self._told_idle)
        self._told_idle |= is_idle
        return is_idle

    def is_there(self, name: str) -> None:
        """One of the topics exists."""

    def note_problem(self, problem: str) -> None:
        """Why it is not known whether there were events."""
        self._problems.append(problem)

    def begin(self, marks: Mapping[str, TopicMark], cluster: str = "") -> None:
        """The topics are watched from these marks on, or from where the last look ended on the same cluster.

        The connection to it may have been closed meanwhile: a topic that was not there then is looked at from its
        first event on.
        """
        self.problem = ""
        is_known = self.has_begun and cluster and cluster == self._cluster
        new = _BEFORE_ALL if is_known else None
        self._seen = {name: self._later(name, mark, new) for name, mark in marks.items() if self.guards(name)}
        self._cluster, self.has_begun = cluster, True

    def begin_with_more(self, marks: Mapping[str, TopicMark]) -> None:
        """More topics are guarded from these marks on; with the others it goes on."""
        self._seen = {**{name: mark for name, mark in marks.items() if self.guards(name)}, **self._seen}

    def _later(self, name: str, mark: TopicMark, new: TopicMark | None) -> TopicMark:
        before = self._seen.get(name)
        if before is not None and before.id and before.id == mark.id:
            return before
        return new or mark

    def look(self, marks: Mapping[str, TopicMark], watcher: Watcher, decode: Decode, patience: float) -> None:
        """Judge the events up to these marks."""
        try:
            own = {name: mark for name, mark in marks.items() if self.guards(name)}
            self._problems += dict.fromkeys(said for name, said in watcher.denied.items() if self.guards(name))
            for name, mark in own.items():
                self._note_whether_it_is_the_same(name, mark)
            new = {name: mark for name, mark in own.items() if self._has_grown(name, mark)}
            if new:
                self._read(watcher, decode, new, Deadline(patience))
        except KafkaLibraryError as reason:  # whatever it is: what is not known must be told
            self._problems.append(watcher.source.why_unreachable() or str(reason))

    def _note_whether_it_is_the_same(self, name: str, mark: TopicMark) -> None:
        """What came on a topic that no longer exists was not read.

        One that is not known for a moment, as where a broker starts, may come back: then it goes on where it ended.
        """
        before = self._seen.setdefault(name, _BEFORE_ALL)
        if mark.id is not None:
            self.is_there(name)
        if before.id is not None and mark.id != before.id and name not in self._gone:
            self._problems.append(_lost(name, "no longer exists" if mark.id is None else "was recreated"))
            self._gone.add(name)
        if mark.id is not None:
            self._gone.discard(name)
        if mark.id != before.id and not (mark.id is None and before.id):  # without an id it can't be known again
            self._seen[name] = _BEFORE_ALL

    def _read(self, watcher: Watcher, decode: Decode, new: Mapping[str, TopicMark], deadline: Deadline) -> None:
        in_turn = InTurn(self.takes, decode)
        look = Look(watcher, {name: self._seen[name] for name in new}, in_turn)
        self._findings.append(look.findings)
        read_on = False
        try:
            look.take_up_to(new, deadline)
            read_on = True
        finally:
            for name in new:
                self._seen[name] = self._reached(watcher.topics[name], look, in_turn, everything=read_on)
        if look.findings.unreachable:
            self._problems.append(look.findings.unreachable)
        self._problems += [_lost(name, "was recreated") for name in look.findings.made_again]

    def _reached(self, followed: Followed, look: Look, in_turn: InTurn, *, everything: bool) -> TopicMark:
        """Where the next look goes on: behind what was judged in turn, so that nothing is passed over or told twice."""
        name = followed.name
        offsets = {}
        for number, position in followed.positions.items():
            begin = look.begin_offset((name, number))
            judged = max(begin, in_turn.reached.get((name, number), 0))
            has_gap = (name, number) in look.findings.unread and number not in followed.failures
            offsets[number] = begin if has_gap else max(judged, position) if everything else judged
        return TopicMark(followed.id, offsets)

    def found(self) -> tuple[list[str], list[Findings]]:
        """Why more is not known, and how far the looks came since this was asked last."""
        problems = [*self._problems, *([self.problem] if self.problem else [])]
        findings, self._findings, self._problems = self._findings, [], []
        return problems, findings

    def guards(self, name: str) -> bool:
        """Whether that topic is one of those that are guarded."""
        return any(is_named(name, one) for one in self.topics)

    def deleted(self, name: str, *, looked_at: bool) -> None:
        """The topic was deleted here. Where all of it was looked at before, nothing is lost with it."""
        if looked_at:
            self._seen[name] = _BEFORE_ALL

    def _has_grown(self, name: str, mark: TopicMark) -> bool:
        before = self._seen[name]
        return any(end > before.offset(number, mark.id) for number, end in mark.offsets.items())


def _lost(topic: str, happened: str) -> str:
    return f"'{topic}' {happened}, and earlier events on it may not have been read."
