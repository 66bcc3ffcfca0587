"""The guard: which dead letters came since the last look, whose events died, and which were not expected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from KafkaLibrary.dead_letters import DeadLetter, may_have_letters, usual_topics, waits_for_a_retry
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaLibraryError, did_you_mean
from KafkaLibrary.event import Event, PlainRecord, Record
from KafkaLibrary.watching.across_topics.published_events import Expected, Period, Published, is_named
from KafkaLibrary.watching.event_log import Chunk
from KafkaLibrary.watching.event_source import Place
from KafkaLibrary.watching.look import Look
from KafkaLibrary.watching.marks import TopicMark
from KafkaLibrary.watching.obstacles_to_proof import Findings
from KafkaLibrary.watching.topics.followed_topic import Followed
from KafkaLibrary.watching.topics.patterns import is_pattern, matching
from KafkaLibrary.watching.watcher import Watcher

_KEPT = 20
"""Events that died of which a letter is kept to be told; the others are counted."""
_ASKING = 2.0
_BEFORE_ALL = TopicMark(None, {})
Decode = Callable[[Record, str | None], Event]
"""Makes the event of a record, given the id of the topic that it was read from."""


class Died(NamedTuple):
    """An event that died: its first letter, how many letters it has, and who published it as far as that is known."""

    letter: Event
    letters: int
    by: Period | None


class Verdict(NamedTuple):
    """What came of one test: events that died and were not expected to, and why more is not known."""

    test: Period
    died: list[Died]
    more: int
    """Events that died beside those, and are known to be published by this process."""
    more_of_others: int
    """Those of which it is not known who published them."""
    problems: list[str]
    findings: list[Findings]


class Guard:
    """Looks at the topics of dead letters when a test ends."""

    def __init__(self, topics: tuple[str, ...], name: str = "") -> None:
        self.topics = topics
        self.published = Published()
        self.period = Period("suite", name)
        self.problem = ""
        """Why the topics could not be watched."""
        self.never_there = {one for one in topics if not is_pattern(one) or one == usual_topics()}
        """Topics that were given by name or by ``auto``, and at no look were there."""
        self._seen: dict[str, TopicMark] = {}
        self._letters = _Letters(self)
        self.has_begun = False
        """Whether the topics were watched at any time."""
        self._cluster = ""
        self._had_test = self._told_idle = False
        self._gone: set[str] = set()
        """Topics of which it was told that they are not there any more."""
        self._problems: list[str] = []
        self._findings: list[Findings] = []

    # Tests and suites

    def enter(self, kind: Literal["test", "suite"], name: str) -> None:
        self.period = Period(kind, name, self.period)
        self._had_test |= kind == "test"

    def is_idle(self) -> bool:
        """Whether there was a test, and never a topic watched; told once."""
        is_idle = self._had_test and not (self.has_begun or self.problem or self._told_idle)
        self._told_idle |= is_idle
        return is_idle

    def leave(self) -> None:
        self.period = self.period.around or self.period

    def expect(self, expected: Expected) -> None:
        """The test or suite under way expects these."""
        self.period.expected.append(expected)

    def note_published(self, records: Sequence[PlainRecord]) -> None:
        self.published.note(records, self.period)

    # Looking

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

    def _later(self, name: str, mark: TopicMark, new: TopicMark | None) -> TopicMark:
        before = self._seen.get(name)
        if before is not None and before.id and before.id == mark.id:
            return before
        return new or mark

    def look(self, watcher: Watcher, decode: Decode, patience: float, *, hand_over: bool = False) -> None:
        """Judge the letters that are there now.

        Where there is none it costs what it costs to mark the topics, and with ``hand_over`` a test that begins at
        once need not do that again.
        """
        asking = Deadline(min(patience, _ASKING))
        try:
            watcher.pump(0, asking)
            marks = {n: mark for n, mark in watcher.mark_all(asking, hand_over=hand_over).items() if self.guards(n)}
            self._problems += dict.fromkeys(said for name, said in watcher.denied.items() if self.guards(name))
            for name, mark in marks.items():
                self._note_whether_it_is_the_same(name, mark)
            new = {name: mark for name, mark in marks.items() if self._has_grown(name, mark)}
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
            self.never_there -= {one for one in self.never_there if is_named(name, one)}
        if before.id is not None and mark.id != before.id and name not in self._gone:
            self._problems.append(_lost(name, "no longer exists" if mark.id is None else "was recreated"))
            self._gone.add(name)
        if mark.id is not None:
            self._gone.discard(name)
        if mark.id != before.id and not (mark.id is None and before.id):  # without an id it can't be known again
            self._seen[name] = _BEFORE_ALL

    def _read(self, watcher: Watcher, decode: Decode, new: Mapping[str, TopicMark], deadline: Deadline) -> None:
        self._letters.decode, self._letters.reached = decode, {}
        look = Look(watcher, {name: self._seen[name] for name in new}, self._letters)
        self._findings.append(look.findings)
        read_on = False
        try:
            look.take_stock(deadline)
            read_on = True
        finally:
            for name in new:
                self._seen[name] = self._reached(watcher.topics[name], look, everything=read_on)
        if look.findings.unreachable:
            self._problems.append(look.findings.unreachable)
        self._problems += [_lost(name, "was recreated") for name in look.findings.made_again]

    def _reached(self, followed: Followed, look: Look, *, everything: bool) -> TopicMark:
        """Where the next look goes on: behind what was judged in turn, so that nothing is passed over or told twice."""
        name = followed.name
        offsets = {}
        for number, position in followed.positions.items():
            begin = look.begin_offset((name, number))
            judged = max(begin, self._letters.reached.get((name, number), 0))
            has_gap = (name, number) in look.findings.unread and number not in followed.failures
            offsets[number] = begin if has_gap else max(judged, position) if everything else judged
        return TopicMark(followed.id, offsets)

    def verdict(self, *, keep: bool = False) -> Verdict:
        """What was found since the last verdict. ``keep`` leaves the letters to the next one, too."""
        problems = [*self._problems, *([self.problem] if self.problem else [])]
        findings, self._findings, self._problems = self._findings, [], []
        found = self._letters
        if not keep:
            self._letters = _Letters(self)
        # What is expected may have been said after they were read.
        died = [one for one in (*found.own.died.values(), *found.others.died.values()) if not self._expects(one)]
        return Verdict(self.period, died, found.own.more, found.others.more, problems, findings)

    def _expects(self, died: Died) -> bool:
        return self.period.expects(died.letter) or (died.by is not None and died.by.expects(died.letter))

    def never_met(self, names: list[str]) -> list[str]:
        """Sentences on topics that were never there, where others of these names may be meant; each once."""
        missing, self.never_there = sorted(self.never_there), set()
        usual, maybe = matching([usual_topics()], names), ", ".join(f"'{one}'" for one in may_have_letters(names))
        told = [
            f"The topic '{one}' that is given as dead_letters= was never there. {near}"
            for one in missing
            if not is_pattern(one) and (near := did_you_mean(one, usual))
        ]
        if maybe and usual_topics() in missing:
            told.append(f"dead_letters=auto found no topic. If dead letters go to {maybe}, give its name.")
        return told

    def guards(self, name: str) -> bool:
        """Whether that topic is one of those that are guarded."""
        return any(is_named(name, one) for one in self.topics)

    def deleted(self, name: str, *, looked_at: bool) -> None:
        """The topic was deleted here. Where all of it was looked at before, nothing is lost with it."""
        self.published.forget(name)
        if looked_at:
            self._seen[name] = _BEFORE_ALL

    def _has_grown(self, name: str, mark: TopicMark) -> bool:
        before = self._seen[name]
        return any(end > before.offset(number, mark.id) for number, end in mark.offsets.items())


class _Deaths:
    """Events that died, with the first letter of each. Beyond some they are counted."""

    def __init__(self) -> None:
        self.died: dict[str, Died] = {}
        self._others: set[int] = set()

    @property
    def more(self) -> int:
        """Events beside those that are kept."""
        return len(self._others)

    def add(self, name: str, letter: Event, by: Period | None) -> None:
        if name in self.died:
            self.died[name] = self.died[name]._replace(letters=self.died[name].letters + 1)
        elif len(self.died) < _KEPT:
            self.died[name] = Died(letter, 1, by)
        else:
            self._others.add(hash(name))


class _Letters:
    """Takes the letters in turn. Those that were not expected are kept, one of each event that died.

    Where many die that were published elsewhere, they leave room for those of this process.
    """

    decode: Decode

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self.own = _Deaths()
        self.others = _Deaths()
        self.reached: dict[Place, int] = {}

    def candidates(self, _topic: str, chunk: Chunk) -> Iterable[int]:
        return range(len(chunk.records))

    def take(self, record: Record) -> bool:
        letter = self.decode(record, None)
        self.reached[letter.topic, letter.partition] = letter.offset + 1
        death = letter.dead_letter
        if death is None and waits_for_a_retry(letter.topic, letter.raw_headers):
            return False
        by = self._guard.published.by(letter)
        if self._guard.period.expects(letter) or (by is not None and by.expects(letter)):
            return False
        name = letter.place if death is None or not _is_whole(death.origin) else death.origin.place
        (self.others if by is None else self.own).add(name, letter, by)
        return False

    def join(self, topic: str) -> None:
        """A topic is looked at."""

    def drop(self, topic: str) -> None:
        """The topic was recreated: what was read of the one before has happened all the same."""
        for place in [place for place in self.reached if place[0] == topic]:
            del self.reached[place]


def _is_whole(death: DeadLetter) -> bool:
    return death.partition is not None and death.offset is not None


def _lost(topic: str, happened: str) -> str:
    return f"'{topic}' {happened}, and earlier events on it may not have been read."
