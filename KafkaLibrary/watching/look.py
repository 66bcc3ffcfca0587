"""One wait going through events: from its marks to what there is, and on with what comes until its deadline."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress

from KafkaLibrary.deadline import LATE, SLICE, Deadline
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.event import Record
from KafkaLibrary.watching.event_log import Chunk, by_topic
from KafkaLibrary.watching.event_source import Place
from KafkaLibrary.watching.marks import TopicMark
from KafkaLibrary.watching.matches import Judge
from KafkaLibrary.watching.obstacles_to_proof import Findings
from KafkaLibrary.watching.topics.patterns import matching
from KafkaLibrary.watching.watcher import Watcher

_LAST_TRY = 0.2
_FOR_THE_END = 2.0
_NEW = ""
"""What stands for the id of a topic that came while it was looked for: it is not known yet, and there was one."""
_AWAY = 1.0
_UNKNOWN = 1.5
"""Seconds from its start on for a wait that was too short to show whether Kafka answers."""
BEFORE_EVENTS = 1000
BEFORE_SECONDS = 0.3
ELSEWHERE_SECONDS = 0.3
_READ_ANEW, _CATCH_UP = 8, 4
"""Round trips for that: a reader that is made for it connects and reads, the one that is there asks and reads."""


class Look:
    """Goes through the events of topics from their marks on, first those there are, then those that come."""

    def __init__(
        self, watcher: Watcher, marks: Mapping[str, TopicMark], judge: Judge, patterns: Collection[str] = ()
    ) -> None:
        self.watcher = watcher
        self.patterns = patterns
        """Those by which topics are looked at that come meanwhile, too."""
        self.marks = dict(marks)
        self.findings = Findings()
        self._judge = judge
        self._generations = {name: watcher.topics[name].made_again for name in marks}
        for name, mark in marks.items():  # an earlier wait may have noticed it already
            if None not in (mark.id, watcher.topics[name].id) and mark.id != watcher.topics[name].id:
                self.findings.made_again.append(name)
        self._unnamed = {name for name, mark in marks.items() if mark.id and watcher.topics[name].id is None}
        """Topics of which these marks know an id, and now there is none: what comes under the name is another one."""
        self._walked = {name: mark.chunk for name, mark in marks.items()}
        self._satisfied = False
        self._looked_back = False
        for name in marks:
            judge.join(name)

    # The two kinds of wait

    def wait(self, deadline: Deadline, patience: float) -> bool:
        """Until the judge is satisfied. At the deadline reads on to the ends of that instant.

        ``patience`` in seconds is for that.
        """
        grace = self._extended(deadline, patience)
        if self._go_back(grace) or self._follow(deadline):
            return True
        self._finish(grace, self._late(deadline, min(patience, _FOR_THE_END + self._more(3))), proof=False)
        return self._satisfied

    def prove(self, deadline: Deadline, patience: float) -> bool:
        """The same, and then every partition is read to its high watermark; what prevents that is in the findings."""
        grace = self._extended(deadline, patience)
        if self._go_back(grace) or self._follow(deadline):
            return True
        self._finish(grace, self._late(deadline, patience), proof=True)
        return self._satisfied

    def wait_for_any(self, deadline: Deadline) -> None:
        """Until the next events came, or the deadline."""
        if not self._looked_back:
            self._go_back(self._extended(deadline, _FOR_THE_END))
        read = self.findings.read
        self._rest()
        while not deadline.passed and self.findings.read == read:
            if self._pump(deadline):
                self._walk()
            self._check(deadline)

    def begin_anew(self) -> None:
        """Forget what stood in the way of a proof: it is tried again."""
        self.findings = Findings(self.findings.read, self.findings.read_by_topic)

    def take_stock(self, deadline: Deadline) -> None:
        """What is there now: to the ends of this instant, no longer."""
        if not self._go_back(deadline):
            is_away = self.watcher.checks.is_answering(list(self.marks)) is False
            left = deadline.remaining()
            self._finish(deadline, min(left, _AWAY + self._more()) if is_away else left, proof=False)

    def take_up_to(self, ends: Mapping[str, TopicMark], deadline: Deadline) -> None:
        """The same, where the ends of this instant are known. Asks for them again only where they are not reached."""
        if self._go_back(deadline):
            return
        topics = self.watcher.topics
        is_same = all(end.id is not None and end.id == topics[name].id for name, end in ends.items())
        goals = {(name, number): offset for name, end in ends.items() for number, offset in end.offsets.items()}
        if is_same and (self._reached(goals) or self._read_on(goals, Deadline(min(_AWAY, deadline.remaining())))):
            for name in self.marks:
                self.findings.note_losses(topics[name], self.begin_offset)
        else:
            self.take_stock(deadline)

    # What is there

    def begin_offset(self, place: Place) -> int:
        """Where this look begins in a partition."""
        name, number = place
        return self.marks[name].offset(number, self.watcher.topics[name].id)

    def _go_back(self, deadline: Deadline) -> bool:
        """Judge what the log has lost again or never had, and then what it has; the first time only."""
        if self._looked_back:
            return False
        self._looked_back = True
        for records in self._older(self._gaps(), deadline, trims=True):
            for name, part in (by_topic(records) if records else {}).items():
                if self._take(name, Chunk.of(0, part)):
                    return True
        return self._walk()

    def _gaps(self) -> dict[Place, tuple[int, int]]:
        gaps = {}
        for name in self.marks:
            followed = self.watcher.topics[name]
            if followed.facts is None:
                continue
            for number, first in self.watcher.log.topic(name).firsts.items():
                begin = self.begin_offset((name, number))
                if begin < first:
                    gaps[name, number] = (begin, first)
        return gaps

    def _older(
        self, gaps: Mapping[Place, tuple[int, int]], deadline: Deadline, *, trims: bool
    ) -> Iterator[list[Record]]:
        if not gaps:
            return
        ranges = {}
        beginnings = self.watcher.source.beginnings(list(gaps), deadline)
        for place, (begin, stop) in gaps.items():
            beginning = beginnings.get(place, begin)
            if trims:
                self.watcher.trim(self.watcher.topics[place[0]], place[1], begin, min(beginning, stop))
            ranges[place] = (max(begin, beginning), stop)
        yield from self.watcher.source.read(ranges, deadline)
        if not trims:
            return
        if deadline.passed:
            reason = "events before those in memory could not all be read again"
            self.findings.unread.update(dict.fromkeys(gaps, reason))
            return
        for place, beginning in self.watcher.source.beginnings(list(gaps), deadline).items():
            start, stop = ranges[place]
            self.watcher.trim(self.watcher.topics[place[0]], place[1], start, min(beginning, stop))

    def _walk(self) -> bool:
        """Judge what the log has and this look has not seen."""
        watcher = self.watcher
        for name in [name for name in self._unnamed if watcher.topics[name].id is not None]:
            self._unnamed.discard(name)
            if watcher.topics[name].id != self.marks[name].id:
                self.findings.made_again.append(name)
        for name, generation in self._generations.items():
            if watcher.topics[name].made_again != generation:
                self._generations[name] = watcher.topics[name].made_again
                self.findings.made_again.append(name)
                self.findings.read_by_topic[name] = 0
                self._judge.drop(name)
        since, self._walked = self._walked, dict.fromkeys(self._walked, watcher.log.number)
        for name, chunk in watcher.log.chunks(since):
            if self._take(name, chunk.without_before(self._begins(name, chunk))):
                return True
        return False

    def _begins(self, name: str, chunk: Chunk) -> dict[int, int]:
        return {number: self.begin_offset((name, number)) for number in chunk.firsts}

    def _take(self, name: str, chunk: Chunk) -> bool:
        """Judge events in their order, until the judge is satisfied."""
        for place in self._judge.candidates(name, chunk):
            if self._judge.take(chunk.records[place]):
                self._count(name, place + 1)
                self._satisfied = True
                return True
        self._count(name, len(chunk.records))
        return False

    def _count(self, name: str, read: int) -> None:
        self.findings.read += read
        self.findings.read_by_topic[name] = self.findings.read_by_topic.get(name, 0) + read

    # What comes

    def _follow(self, deadline: Deadline) -> bool:
        self._rest()
        while not deadline.passed:
            if self._pump(deadline) and self._walk():
                return True
            self._check(deadline)
        return False

    def _rest(self) -> None:
        self.watcher.checks.rest(self.marks)
        self.watcher.topics_of_patterns.rest()

    def _check(self, deadline: Deadline) -> None:
        self.watcher.check(self.marks, deadline)
        if self.patterns:
            self._join(self.watcher.topics_of_patterns.check())

    def _join(self, names: Iterable[str]) -> None:
        """Look at what has come, from its first event on."""
        for name in matching(self.patterns, set(names) - self.marks.keys()):
            self.watcher.expect([name])
            self.marks[name] = TopicMark(_NEW, {})
            self._walked[name] = 0
            self._generations[name] = self.watcher.topics[name].made_again
            self._judge.join(name)

    def missing(self) -> list[str]:
        """The topics that were not there when they were last asked about, and the patterns that mean none."""
        topics = self.watcher.topics
        lonely = [one for one in self.patterns if not matching([one], self.marks)]
        return [name for name in self.marks if topics[name].facts is None] + lonely

    def _pump(self, deadline: Deadline) -> bool:
        """Store what arrives. True when something did. Raises ``KafkaUnusable`` where one of the topics is denied."""
        slice_ = self.watcher.checks.slice(self.marks, may_come=bool(self.patterns))
        came = self.watcher.pump(deadline.slice(slice_), deadline)
        for name, said in self.watcher.denied.items():
            if name in self.marks:
                raise KafkaUnusable(said)
        return came

    def _read_on(self, goals: Mapping[Place, int], deadline: Deadline) -> bool:
        """Until these ends are reached or the judge is satisfied. False at the deadline."""
        while not self._reached(goals):
            if deadline.passed:
                return False
            if self._pump(deadline) and self._walk():
                return True
        return True

    def _late(self, deadline: Deadline, patience: float) -> float:
        """Seconds for an answer when the deadline is over: only a Kafka that answered until then has the patience."""
        is_answering = self.watcher.checks.is_answering(list(self.marks))
        if is_answering:
            return patience
        more = self.watcher.pace.more(2, deadline.started)
        unknown = deadline.started + _UNKNOWN + more - time.monotonic() if is_answering is None else 0
        return min(patience, max(LATE + more, unknown))

    def _finish(self, grace: Deadline, patience: float, *, proof: bool) -> None:
        """Read to the ends of this instant. ``patience`` in seconds is for the answer where they are."""
        watcher = self.watcher
        asking = Deadline(min(patience, max(grace.remaining(), _LAST_TRY + self._more(2))), grace.pace)
        asking.started, asking.seconds = grace.started, grace.elapsed() + asking.seconds
        try:
            if self.patterns:
                self._join(watcher.source.names(asking))
            topics = list(self.marks)
            known = {name: watcher.partitions(name) for name in topics}
            facts, ends, high = watcher.source.both_ends(known, asking)
            changed = any(watcher.made_again(name, found) for name, found in facts.items())
            watcher.act_on(facts, asking)
            places = [(name, number) for name, found in facts.items() if found for number in found.partitions]
            if changed or any(place not in ends for place in places):
                ends = watcher.source.ends(places, asking)
                high = watcher.source.ends(places, asking, committed=False)
        except KafkaUnusable as reason:
            self._satisfied = self._walk()
            self.findings.unreachable = watcher.source.why_unreachable() or str(reason)
            return
        self.findings.missing = self.missing()
        if proof:
            untold = [place for place in places if place not in high]
            self.findings.unread.update(dict.fromkeys(untold, "Kafka did not report its end"))
        goals = {place: end for place, end in (high if proof else ends).items() if facts[place[0]] is not None}
        watcher.goals = goals
        reached = self._read_on(goals, grace)
        if self._satisfied or self._walk():
            return
        if reached and proof and self._changed_meanwhile(topics, grace):
            return
        if not reached or not proof:
            if not self._reached(goals):
                self.findings.unreachable = watcher.source.why_unreachable() or self.findings.unreachable
            self.findings.note_not_reached(watcher.topics, goals, ends, high)
        for name in self.marks:
            self.findings.note_losses(watcher.topics[name], self.begin_offset)

    def _changed_meanwhile(self, topics: list[str], grace: Deadline) -> bool:
        """Whether a topic was replaced while its end was read, which offsets alone don't show."""
        try:
            facts = self.watcher.source.describe(topics, grace.at_least(_LAST_TRY))
            self.watcher.act_on(facts, grace)
        except KafkaUnusable as reason:
            self.findings.unreachable = self.watcher.source.why_unreachable() or str(reason)
            return False
        self.findings.missing = self.missing()
        return self._walk()

    def _reached(self, goals: Mapping[Place, int]) -> bool:
        topics = self.watcher.topics
        return all(topics[name].positions.get(number, 0) >= end for (name, number), end in goals.items())

    def _more(self, trips: int = 1) -> float:
        return self.watcher.pace.more(trips)

    def _extended(self, deadline: Deadline, seconds: float) -> Deadline:
        longer = Deadline(deadline.remaining() + seconds, self.watcher.pace)
        longer.started = deadline.started
        return longer

    # What a failure tells beside

    def seen(self) -> Iterator[Record]:
        """The events of this look that are still in memory, the latest first."""
        for name, chunk in reversed(self.watcher.log.chunks({name: mark.chunk for name, mark in self.marks.items()})):
            yield from reversed(chunk.without_before(self._begins(name, chunk)).records)

    def before(self) -> Iterator[Record]:
        """Events before the marks: those in memory, then at most a thousand a partition.

        For at most 0.3 seconds, and longer where Kafka is far away.
        """
        deadline = Deadline(BEFORE_SECONDS + self._more(_READ_ANEW))
        for record in self._all_before(deadline):
            yield record
            if deadline.passed:  # to judge one may take long
                return

    def _all_before(self, deadline: Deadline) -> Iterator[Record]:
        for name, chunk in self.watcher.log.chunks(dict.fromkeys(self.marks, 0)):
            begins = self._begins(name, chunk)
            yield from (one for one in chunk.records if (one.offset() or 0) < begins[one.partition() or 0])
            if deadline.passed:
                return
        gaps = {}
        for name in self.marks:
            if self.watcher.topics[name].facts is None:
                continue
            for number, first in self.watcher.log.topic(name).firsts.items():
                stop = min(first, self.begin_offset((name, number)))
                if stop > 0:
                    gaps[name, number] = (max(0, stop - BEFORE_EVENTS), stop)
        if self.findings.unreachable:
            return
        try:
            for records in self._older(gaps, deadline, trims=False):
                yield from records
        except KafkaUnusable:
            return

    def elsewhere(self) -> Iterator[Record]:
        """Events on the other topics that are followed, since the marks of the current test or suite."""
        watcher = self.watcher
        others = {
            name: watcher.scope.marks[name]
            for name in watcher.topics
            if name not in self.marks and name in watcher.scope.marks
        }
        if others and not self.findings.unreachable:
            self._catch_up(others, Deadline(ELSEWHERE_SECONDS + self._more(_CATCH_UP)))
        for name, chunk in watcher.log.chunks({name: mark.chunk for name, mark in others.items()}):
            begins = {number: others[name].offset(number, watcher.topics[name].id) for number in chunk.firsts}
            yield from chunk.without_before(begins).records

    def _catch_up(self, others: Iterable[str], deadline: Deadline) -> None:
        """Read other topics to their ends of this instant, those too that were made only now."""
        watcher = self.watcher
        with suppress(KafkaUnusable):
            facts = watcher.source.describe(list(others), deadline)
            watcher.act_on(facts, deadline)
            places = [(name, number) for name, found in facts.items() if found for number in found.partitions]
            ends = watcher.source.ends(places, deadline)
            while not deadline.passed and not self._reached(ends):
                watcher.pump(deadline.slice(SLICE), deadline)
