"""The topics that a connection follows: marked by tests and suites, read from there, stored in the log as they come."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

from KafkaLibrary.deadline import Deadline, Pace
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.watching.event_log import EventLog
from KafkaLibrary.watching.event_source import Cluster, Place, Source, TopicFacts
from KafkaLibrary.watching.marks import HandedOver, Mark, Scope, Start, TopicMark, now, there_is
from KafkaLibrary.watching.start_offsets import check_start, known_mark, searched_mark, searched_time
from KafkaLibrary.watching.topics.followed_topic import Followed, places_of
from KafkaLibrary.watching.topics.patterns import Listing
from KafkaLibrary.watching.topics.topic_checks import TopicChecks
from KafkaLibrary.watching.topics.topics_of_patterns import TopicsOfPatterns

_RECHECK = 0.05
_DOUBT = 1.0
_LEAST = 0.05
_FIND = 0.5
_AT_ONCE = 0.05
"""Seconds between the end of a test and the start of the next in which nothing but Robot has its turn."""


class Watcher:
    """Follows topics, keeps their marks by test and suite, and pumps what arrives into the log."""

    def __init__(
        self,
        source: Source,
        log_bound: int,
        scopes: Iterable[Scope],
        cluster: Cluster | None = None,
        pace: Pace | None = None,
    ) -> None:
        self.source = source
        self.cluster = cluster or Cluster()
        self.pace = pace or Pace()
        """How long Kafka takes for its answers."""
        self.log = EventLog(log_bound)
        self.topics: dict[str, Followed] = {}
        self.scopes = list(scopes)
        self._interrupted = False
        self._stored = 0
        self.denied: dict[str, str] = {}
        """Topics that may not be read, and what to say of each: the client tells it once, until it may read them."""
        self._out_of_range: set[Place] = set()
        self.topics_of_patterns = TopicsOfPatterns(source)
        self.checks = TopicChecks(source, self.topics, self.pace)
        self._handed_over: HandedOver | None = None
        self.goals: Mapping[Place, int] = {}
        """The ends to which events were read last, or are read now, for whoever shows how far that has come."""

    # Tests and suites

    def enter(self, scope: Scope, deadline: Deadline) -> None:
        """A test or suite begins: every known topic is marked anew, in one request.

        A test that begins at once where another one ended takes over the marks of that end, where they were set.
        """
        self.scopes.append(scope)
        before, self._handed_over = self._handed_over, None
        if before is not None and scope.kind == "test" and time.monotonic() - before.at < _AT_ONCE:
            scope.note_listed(before.listed)
            scope.marks.update({name: mark for name, mark in before.marks.items() if name in self.topics})
        else:
            scope.marks.update(self.mark_all(deadline))

    def mark_all(self, deadline: Deadline, *, hand_over: bool = False) -> dict[str, TopicMark]:
        """The marks of every known topic at this moment, in one request. ``hand_over`` keeps them for the next test."""
        known = list(self.topics)
        names, listed = self._look_up([*known, *self.topics_of_patterns.known], deadline)
        marks = there_is(self.mark(names, deadline), known) if names else {}
        if hand_over:
            self._handed_over = HandedOver(time.monotonic(), marks, listed)
        return marks

    def leave(self) -> None:
        """The innermost one ends."""
        if len(self.scopes) > 1 and self.scopes.pop().kind == "suite":
            self._handed_over = None

    def drop(self, name: str) -> None:
        """Read a topic no more, and mark it no more."""
        followed = self.topics.pop(name, None)
        if followed is not None:
            self._detach(followed)
            self.log.forget(name)
            self.denied.pop(name, None)
            for scope in self.scopes:
                scope.drop(name)

    @property
    def scope(self) -> Scope:
        return self.scopes[-1]

    # Marks

    def watch(self, topics: Collection[str], start: Start, deadline: Deadline) -> Mark:
        """Mark topics for the current test and follow them from there. Returns when the marks are known."""
        names, listed = self._look_up(topics, deadline)
        marks = self._begin(names, topics, start, deadline)
        self.scope.mark_anew(marks)
        return Mark(marks, now(), tuple(listed), self.cluster)

    def mark(self, topics: Collection[str], deadline: Deadline) -> dict[str, TopicMark]:
        """The first offset of each partition that can't be read yet, for topics followed or not."""
        self.mend(deadline)
        asked_at = now()
        known = {name: self.partitions(name) for name in topics}
        facts, ends = self.source.marks(known, deadline)
        facts = self._asked_again(facts, deadline)
        changed = {name for name in topics if self.made_again(name, facts[name])}
        missing = [
            (name, number)
            for name, found in facts.items()
            for number in (found.partitions if found else ())
            if name in changed or (name, number) not in ends
        ]
        ends.update(self.source.ends(missing, deadline))
        marks = {}
        for name, found in facts.items():
            offsets = {
                number: ends[name, number] for number in (found.partitions if found else ()) if (name, number) in ends
            }
            marks[name] = TopicMark(found.id if found else None, offsets, self.log.number, at=asked_at)
        self._follow_all(facts, marks, deadline)
        for name in [name for name, found in facts.items() if not found]:
            self._forget_former(self.topics[name])
        return marks

    def gone(self, name: str) -> None:
        """The topic was deleted by this connection: it is not looked for at the next mark."""
        if name in self.topics:
            self._lost(self.topics[name])

    def _forget_former(self, followed: Followed) -> None:
        """The mark says that there is no such topic: what comes under its name is new, and not made again."""
        with self._changing():
            followed.id, followed.positions = None, {}
            followed.trimmed.clear()
            followed.failures.clear()
            self.log.forget(followed.name)

    def begin(self, topics: Collection[str], start: Start, deadline: Deadline) -> dict[str, TopicMark]:
        """The marks for a start point. From then on these topics are followed, from there or from before."""
        return self._begin(self._look_up(topics, deadline)[0], topics, start, deadline)

    def check_is_here(self, start: Start, deadline: Deadline) -> None:
        """Raises ``KeywordMisused`` where the start point is a mark or an event of another cluster."""
        check_start(start, self.cluster, self.source, deadline)

    def _look_up(self, topics: Collection[str], deadline: Deadline) -> tuple[list[str], list[Listing]]:
        """The names of topics, of which some are given as patterns, and what those patterns mean now."""
        there = [name for name, followed in self.topics.items() if followed.facts]
        names, listed = self.topics_of_patterns.look_up(topics, there, now(), deadline)
        for scope in self.scopes:
            scope.note_listed(listed)
        return names, listed

    def _begin(
        self, names: Collection[str], asked_for: Collection[str], start: Start, deadline: Deadline
    ) -> dict[str, TopicMark]:
        self.mend(deadline)
        self.check_is_here(start, deadline)
        scope = self._suite() if start.kind == "suite" else self.scope
        marks: dict[str, TopicMark] = {}
        open_topics: list[str] = []
        for name in names:
            known = known_mark(name, start, scope)
            if known is None or name not in self.topics:
                open_topics.append(name)
            if known is not None:
                marks[name] = known
        if not open_topics:
            return marks
        if start.kind == "latest":
            return there_is({**marks, **self.mark(open_topics, deadline)}, asked_for)
        at = searched_time(start, scope)
        if at is not None:
            self.source.ask_ahead([name for name in open_topics if name not in marks], at, deadline)
        facts = self._asked_again(self.source.describe(open_topics, deadline), deadline)
        for name, found in facts.items():
            if name not in marks:
                marks[name] = (
                    searched_mark(self.source, name, found, start, scope, deadline)
                    if found
                    else TopicMark(None, {}, self.log.number, at=now())
                )
                if start.kind in ("scope", "test"):
                    self.scope.marks.setdefault(name, marks[name])
        self._follow_all(facts, marks, deadline)
        return there_is(marks, asked_for)

    def _asked_again(self, facts: dict[str, TopicFacts | None], deadline: Deadline) -> dict[str, TopicFacts | None]:
        """The facts. Of a topic that was there at the last look it is believed only after a while that it is missing.

        A broker that started just now does not know of all topics, and to what is not there a mark gives no offset.
        """
        until = Deadline(min(deadline.remaining(), _DOUBT + self.pace.more()))
        while (gone := self._gone(facts)) and not until.passed:
            # Nothing may be stored meanwhile: a mark that is being set would hide it.
            time.sleep(until.slice(_RECHECK))
            try:
                facts = {**facts, **self.source.describe(gone, deadline)}
            except KafkaUnusable:  # there was no time left for an answer; the one before stands
                break
        return facts

    def _gone(self, facts: Mapping[str, TopicFacts | None]) -> list[str]:
        followed = self.topics
        return [name for name, found in facts.items() if not found and name in followed and followed[name].facts]

    def _suite(self) -> Scope:
        return next((scope for scope in reversed(self.scopes) if scope.kind == "suite"), self.scopes[0])

    # Following

    def partitions(self, name: str) -> tuple[int, ...]:
        """The partitions that a topic had when it was last asked about."""
        followed = self.topics.get(name)
        return followed.facts.partitions if followed and followed.facts else ()

    def made_again(self, name: str, facts: TopicFacts | None) -> bool:
        """Whether these facts are of another topic under the name of a followed one."""
        followed = self.topics.get(name)
        return bool(followed and facts and followed.id is not None and facts.id != followed.id)

    def _follow_all(
        self, facts: Mapping[str, TopicFacts | None], marks: Mapping[str, TopicMark], deadline: Deadline
    ) -> None:
        new: list[Followed] = []
        for name, found in facts.items():
            if name in self.topics:
                self._apply(name, found, deadline)
            else:
                positions = {n: marks[name].offset(n, found.id) for n in found.partitions} if found else {}
                new.append(Followed(name, found, found.id if found else None, positions))
        with self._changing():
            for followed in new:
                self.log.topic(followed.name).firsts.update(followed.positions)
                self.topics[followed.name] = followed
            self._attach(places_of(new), deadline)

    def _apply(self, name: str, facts: TopicFacts | None, deadline: Deadline) -> None:
        followed = self.topics[name]
        if facts is None:
            self._lost(followed)
            return
        if followed.id is not None and (facts.id != followed.id or (followed.facts is None and not facts.id)):
            self.start_over(followed, facts, deadline)
            return
        new = [number for number in facts.partitions if number not in followed.positions]
        if followed.facts is None:  # it was gone for a look only, or is there for the first time
            new = list(facts.partitions)
        elif not new and facts == followed.facts:
            return
        with self._changing():
            if new:
                self.source.forget(name)
            for number in new:
                self.log.topic(name).firsts.setdefault(number, 0)
                followed.positions.setdefault(number, 0)
            followed.facts, followed.id = facts, facts.id
            self._attach({(name, number): followed.positions[number] for number in new}, deadline)

    def _lost(self, followed: Followed) -> None:
        if followed.facts is not None:
            self._detach(followed)
            followed.facts = None

    def start_over(self, followed: Followed, facts: TopicFacts, deadline: Deadline) -> None:
        """The topic was recreated: what was read of the old one is dropped, the new one read from its beginning."""
        positions = dict.fromkeys(facts.partitions, 0)
        with self._changing():
            self._detach(followed)
            self.source.forget(followed.name)
            self.log.forget(followed.name)
            self.log.topic(followed.name).firsts.update(positions)
            followed.trimmed.clear()
            followed.failures.clear()
            followed.positions = positions
            followed.made_again += 1
            followed.facts, followed.id = facts, facts.id
            self._attach(places_of([followed]), deadline)

    def _detach(self, followed: Followed) -> None:
        self.source.detach([(followed.name, number) for number in followed.positions])

    def _attach(self, positions: Mapping[Place, int], deadline: Deadline) -> None:
        if positions:
            self.source.attach(positions, deadline)

    # Reading

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """What is done inside may be stopped anywhere by a timeout of Robot, and is then mended."""
        before, self._interrupted = self._interrupted, True
        yield
        self._interrupted = before

    def mend(self, deadline: Deadline) -> None:
        """After an interruption: begin to read anew where the log ends for certain."""
        if not self._interrupted:
            return
        for (name, number), offset in self.log.mend(self._stored).items():
            positions = self.topics[name].positions if name in self.topics else {}
            positions[number] = min(offset, positions.get(number, offset))
        self.source.attach(places_of(self.topics.values()), deadline)
        self._interrupted = False

    def pump(self, seconds: float, deadline: Deadline) -> bool:
        """Store what arrives within that time. True when something did."""
        self.mend(deadline)
        with self._changing():
            batch = self.source.poll(seconds)
            if batch.records:
                only = next(iter(self.topics)) if len(self.topics) == 1 else None
                for name, chunk in self.log.add(batch.records, only).items():
                    for number, last in chunk.lasts.items():
                        self.topics[name].positions[number] = last + 1
                    self.denied.pop(name, None)
                self._stored = self.log.number
            for (name, number), end in batch.ends:
                positions = self.topics[name].positions
                positions[number] = max(end, positions.get(number, 0))
                self.denied.pop(name, None)
            for (name, number), reason in batch.failures:
                followed = self.topics[name]
                followed.failures[number] = (followed.positions.get(number, 0), reason)
            if batch.records or batch.ends:
                self.checks.answered_at = time.monotonic()
            self.denied.update(batch.denied)
            self._out_of_range.update(batch.out_of_range)
        self._find_ranges(deadline)
        return bool(batch.records)

    def _find_ranges(self, deadline: Deadline) -> None:
        if not self._out_of_range:
            return
        more = self.pace.more(2)
        for name, number in list(self._out_of_range):
            least = max(deadline.at_least(_LEAST).remaining(), more)
            try:
                self._find_range(name, number, Deadline(min(least, _FIND + more)))
            except KafkaUnusable:
                return  # Kafka is away: the next pump tries again
            self._out_of_range.discard((name, number))

    def _find_range(self, name: str, number: int, deadline: Deadline) -> None:
        # The reader stands at an offset that is not there: events were trimmed, or it is another topic.
        followed = self.topics.get(name)
        if followed is None:
            return
        facts = self.source.describe([name], deadline)[name]
        if facts is None or self.made_again(name, facts):
            self._apply(name, facts, deadline)
            return
        place = (name, number)
        beginning = self.source.beginnings([place], deadline).get(place)
        position = followed.positions.get(number, 0)
        if beginning is None:
            return
        if beginning < position:
            self.start_over(followed, facts, deadline)
            return
        self.trim(followed, number, position, beginning)
        followed.positions[number] = beginning
        self._attach({place: beginning}, deadline)

    @staticmethod
    def trim(followed: Followed, number: int, start: int, stop: int) -> None:
        """Remember that events were gone before they were read."""
        followed.trimmed += [(number, start, stop)] if stop > start else []

    # Topics that come, go and grow during a wait

    def check(self, topics: Collection[str], deadline: Deadline) -> None:
        """Ask now and then for the facts of topics, and act on the answer; never waits."""
        answer = self.checks.answer(topics)
        if answer is not None:
            self.act_on(answer, deadline)

    def act_on(self, answer: Mapping[str, TopicFacts | None], deadline: Deadline) -> None:
        """Follow what has come, grown or been made again."""
        for name, facts in answer.items():
            if name in self.topics:
                self._apply(name, facts, deadline)

    def expect(self, names: Iterable[str]) -> None:
        """Topics that have only just come are followed from their first events, as soon as their facts are known."""
        for name in names:
            followed = self.topics.setdefault(name, Followed(name))
            if followed.facts is None:
                self._forget_former(followed)
