"""The waits that keywords ask for: request, outcome, and what their failure messages tell of what was read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaLibraryError, KafkaUnusable, Undecodable
from KafkaLibrary.event import Decoder, Event, FirstLook, Record
from KafkaLibrary.matching import Conditions, KeptColumns
from KafkaLibrary.watching.doubts import NO_DOUBTS, Doubts, doubts_of, slips_in
from KafkaLibrary.watching.look import Look
from KafkaLibrary.watching.marks import Start, TopicMark, milliseconds
from KafkaLibrary.watching.matches import AS_SENT, Collected, FirstLookAt, FirstOnEach
from KafkaLibrary.watching.obstacles_to_proof import Findings
from KafkaLibrary.watching.topics.patterns import is_pattern, matching
from KafkaLibrary.watching.watcher import Watcher

if TYPE_CHECKING:
    from KafkaLibrary.matching import NearMisses, Path
    from KafkaLibrary.watching.across_topics.flow import Flow

_ASKING = 1.0
_TRIPS, _TRIPS_OF_AN_EVENT = 4, 16
"""Round trips, one after the other, until a wait has begun; a reader of its own looks whether an event still stands."""
_MORE_ATTEMPTS = 2
"""So often a wait asks anew where it begins, if its time is too short for a slow Kafka, and that answers meanwhile."""
_RANKING = 0.5
_LATEST_KEPT = 20
_ELSEWHERE = 0.1

Decode = Callable[[Record, str | None], Event]
"""Makes the event of a record, given the id of the topic that it was read from."""


class Reads(Decoder, Protocol):
    """A decoder that tells how values can be looked at."""

    @property
    def first_look(self) -> FirstLook: ...


Reading = Callable[[str], Reads]


def _nobody(_: Event) -> str:
    return ""


def _tell_nobody(outcome: Outcome, reason: BaseException) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Request:
    """What a wait is to look for. ``patience`` in seconds is for reading to the end after the deadline."""

    topics: tuple[str, ...]
    conditions: Conditions
    start: Start
    deadline: Deadline
    patience: float
    reading: Reading | None = None
    """How events are read in this wait alone, by topic; as the topics' formats say where it is nothing."""
    stopped: Callable[[Outcome, BaseException], None] = _tell_nobody
    """Is told what is known where something from outside, such as a timeout of Robot, ends the wait before its time."""
    published_by: Callable[[Event], str] = _nobody
    """Says who published the event that a dead letter is of, such as "this test published"; empty if unknown."""


@dataclass(slots=True)
class Outcome:
    """What a wait found. The part for messages is filled only where it did not find what it looked for."""

    request: Request
    marks: Mapping[str, TopicMark]
    findings: Findings
    events: list[Event]
    unjudged: list[tuple[Event, str]] = field(default_factory=list)
    unjudged_count: int = 0
    began: datetime | None = None
    near: NearMisses | None = None
    latest: list[Event] = field(default_factory=list)
    ranked_all: bool = True
    before: Event | None = None
    elsewhere: Event | None = None
    died: list[Event] = field(default_factory=list)
    """Dead letters on other watched topics, of events that came since the test or suite began."""
    doubts: Doubts = NO_DOUBTS
    """Where no event matched, or too few: what speaks for a slip in the conditions."""
    stopped: bool = False
    """Whether something from outside ended the wait: then nothing is read or judged any more."""
    unjudged_when_stopped: int = 0
    """Events in memory that were not judged until then."""
    lacking: tuple[str, ...] = ()
    """Where each topic should have a matching event, those that have none: what is explained is about them."""

    def explains(self, record: Record) -> bool:
        """Whether this event could have made the wait end well."""
        return not self.lacking or record.topic() in self.lacking


class Waits:
    """The waits of one connection."""

    def __init__(self, watcher: Watcher, decode: Decode, first_look: FirstLookAt) -> None:
        self._watcher = watcher
        self._make = decode
        self._look_at = first_look
        self._columns = KeptColumns()

    def _decode(self, record: Record) -> Event:
        return self._make(record, self._watcher.topics[record.topic() or ""].id)

    def _decoding(self, request: Request) -> Callable[[Record], Event]:
        if request.reading is None:
            return self._decode
        topics, reading, cluster = self._watcher.topics, request.reading, self._watcher.cluster

        def decode(record: Record) -> Event:
            name = record.topic() or ""
            return Event(record, reading(name), topics[name].id, cluster)

        return decode

    def _first_look(self, request: Request) -> FirstLookAt:
        reading = request.reading
        return self._look_at if reading is None else lambda topic: reading(topic).first_look

    def first(self, request: Request, count: int) -> Outcome:
        """The first ``count`` matching events, as soon as they can be read."""
        return self._awaited(request, self._collecting(request, count=count, judge_all=False))

    def first_on_each(self, request: Request) -> Outcome:
        """The first matching event of each topic, as soon as each has one."""
        decode, first_look = self._decoding(request), self._first_look(request)
        return self._awaited(
            request, FirstOnEach(decode, request.conditions, first_look, request.topics, self._columns)
        )

    def _awaited(self, request: Request, collected: Collected) -> Outcome:
        with self._looking(request, collected) as look:
            if look.wait(request.deadline, request.patience):
                return self._outcome(request, look, collected)
            return self._explained(request, look, collected)

    def none_beyond(self, request: Request, count: int) -> Outcome:
        """Waits out the time for a match more than ``count``, and then proves that it has read to the end."""
        collected = self._collecting(request, count=count + 1)
        with self._looking(request, collected) as look:
            look.prove(request.deadline, request.patience)
            if len(collected.events) < count:
                return self._explained(request, look, collected)
            return self._outcome_of_all(request, look, collected)

    def _outcome_of_all(self, request: Request, look: Look, collected: Collected) -> Outcome:
        """The outcome, and where no event matched what speaks for a slip in the conditions."""
        outcome = self._outcome(request, look, collected)
        if request.conditions and look.findings.read and not collected.events:
            outcome.doubts = doubts_of(request.conditions, map(self._decoding(request), look.seen()))
        return outcome

    def present(self, request: Request, most: int | None) -> Outcome:
        """The matching events that are there now, the last ``most`` of them."""
        collected = self._collecting(request, keep_last=most)
        with self._looking(request, collected) as look:
            look.take_stock(request.deadline)
            return self._outcome_of_all(request, look, collected)

    def quiet(self, request: Request, seconds: float) -> tuple[bool, Outcome, float]:
        """Until no event came for that long and all was read to the end.

        Gives whether that was so, what was seen, and how long it has been quiet, in seconds.
        """
        collected = self._collecting(request, keep_last=1)
        with self._looking(request, collected) as look:
            was_quiet, since = self._until_quiet(request, seconds, look)
            return was_quiet, self._outcome(request, look, collected), since

    def _until_quiet(self, request: Request, seconds: float, look: Look) -> tuple[bool, float]:
        last = time.monotonic()
        while True:
            read = look.findings.read
            pause = Deadline(min(max(0.0, last + seconds - time.monotonic()), request.deadline.remaining()))
            look.wait_for_any(pause)
            if look.findings.read == read and time.monotonic() >= last + seconds:
                look.prove(_at_once(request), request.patience)
                if look.findings.read == read and not look.findings.hindered:
                    return True, time.monotonic() - last
            if request.deadline.passed:
                if not look.findings.hindered:  # it may have been quiet only because nothing could be read
                    look.prove(_at_once(request), request.patience)
                return False, time.monotonic() - last
            if look.findings.read != read or look.findings.hindered:
                last = time.monotonic()
                look.begin_anew()

    def flow(self, request: Request, paths: Mapping[str, Path], within: float) -> tuple[Outcome, Flow]:
        """Pairs the events of two topics until each has its one, or more can't come of it.

        Once they are paired it looks ``within`` seconds longer.
        """
        from KafkaLibrary.watching.across_topics.flow import Flow  # noqa: PLC0415 - one keyword asks for it

        flow = Flow(self._decoding(request), self._first_look(request), paths)
        with self._looking(request, flow) as look:
            self._until_paired(request, flow, look, within)
            return self._outcome(request, look, flow), flow

    @staticmethod
    def _until_paired(request: Request, flow: Flow, look: Look, within: float) -> None:
        paired_at: float | None = None
        too_many: set[Any] = set()
        while True:
            look.prove(_at_once(request), request.patience)
            # The ends of two topics are not of one instant: what is too many must be so at the next look, too.
            before, too_many = too_many, flow.pairs.too_many()
            # What has found its own in a topic that is no more can't be told from the rest.
            if before & too_many or flow.without_count or look.findings.made_again:
                return
            if look.findings.hindered or not flow.is_complete:
                paired_at = None
            elif paired_at is None:
                paired_at = time.monotonic()
            until = request.deadline if paired_at is None else Deadline(paired_at + within - time.monotonic())
            if until.passed and not too_many:
                return
            look.begin_anew()
            if not too_many:
                look.wait_for_any(until)

    @contextmanager
    def _looking(self, request: Request, collected: Collected) -> Iterator[Look]:
        look = None
        try:
            look = self._look(request, collected)
            yield look
        except KafkaLibraryError:
            raise
        except BaseException as reason:
            with suppress(Exception):  # what is told beside must not hide why the wait ended
                request.stopped(self._so_far(request, look, collected), reason)
            raise

    def _look(self, request: Request, collected: Collected) -> Look:
        marks = self._begun(request)
        return Look(self._watcher, marks, collected, [one for one in request.topics if is_pattern(one)])

    def _begun(self, request: Request) -> dict[str, TopicMark]:
        """Where the wait begins. One of no time at all still has to ask; again where Kafka turned out to be slow."""
        patience, deadline = min(request.patience, _ASKING), request.deadline
        trips = _TRIPS_OF_AN_EVENT if request.start.kind == "event" else _TRIPS
        for _ in range(_MORE_ATTEMPTS):
            try:
                return self._watcher.begin(request.topics, request.start, deadline.at_least(patience, trips))
            except KafkaUnusable:
                if not deadline.more():  # it is near, or silent
                    raise
        return self._watcher.begin(request.topics, request.start, deadline.at_least(patience, trips))

    def _collecting(
        self, request: Request, *, count: int | None = None, keep_last: int | None = None, judge_all: bool = True
    ) -> Collected:
        decode, first_look = self._decoding(request), self._first_look(request)
        kept, conditions = self._columns, request.conditions
        return Collected(
            decode, conditions, first_look, count=count, keep_last=keep_last, judge_all=judge_all, kept=kept
        )

    def _outcome(self, request: Request, look: Look | None, collected: Collected) -> Outcome:
        marks = look.marks if look else {}
        began = min((mark.at for mark in marks.values() if mark.at is not None), default=None)
        return Outcome(
            request,
            marks,
            look.findings if look else Findings(),
            collected.events,
            collected.unjudged,
            collected.unjudged_count,
            began,
            lacking=tuple(collected.lacking),
        )

    def _so_far(self, request: Request, look: Look | None, collected: Collected) -> Outcome:
        """What is in memory. Nobody is asked, and nothing read or judged: that may be what took too long."""
        outcome = self._outcome(request, look, collected)
        outcome.stopped = True
        outcome.findings.unreachable = self._watcher.source.why_unreachable()
        if look:
            outcome.findings.missing = look.missing()
            seen = list(look.seen())
            outcome.unjudged_when_stopped = max(0, len(seen) - look.findings.read)
            topics = self._watcher.topics
            outcome.latest = [Event(one, AS_SENT, topics[one.topic() or ""].id) for one in seen[:_LATEST_KEPT]]
        return outcome

    def _explained(self, request: Request, look: Look, collected: Collected) -> Outcome:
        from KafkaLibrary.matching import NearMisses  # noqa: PLC0415 - where a wait failed, and nowhere else

        outcome = self._outcome(request, look, collected)
        outcome.near = near = NearMisses(request.conditions)
        deadline = Deadline(_RANKING)
        unread = collected.begin_anew_with_unread()
        decode = self._decoding(request)
        for record in filter(outcome.explains, look.seen()):
            event = decode(record)
            reason = near.add(event)
            if reason and unread:
                collected.leave(event, reason)
            if len(outcome.latest) < _LATEST_KEPT:
                outcome.latest.append(event)
            if deadline.passed:
                outcome.ranked_all = False
                break
        outcome.unjudged_count = collected.unjudged_count
        for record in filter(outcome.explains, look.before()):
            event = decode(record)
            if _matches(request.conditions, event):
                outcome.before = event
        self._look_elsewhere(outcome, list(look.elsewhere()))
        if request.conditions:
            nearest = [one.event for one in near.nearest()]
            outcome.doubts = slips_in(request.conditions, nearest, map(decode, filter(outcome.explains, look.seen())))
        return outcome

    def _look_elsewhere(self, outcome: Outcome, records: Sequence[Record]) -> None:
        """What the other watched topics have to do with it: an event that matches, and dead letters."""
        deadline = Deadline(_ELSEWHERE)
        for record in records:
            event = self._decode(record)
            if self._has_died_meanwhile(event):
                outcome.died.append(event)
            if outcome.elsewhere is None and _matches(outcome.request.conditions, event):
                outcome.elsewhere = event
            if deadline.passed:
                break

    def _has_died_meanwhile(self, letter: Event) -> bool:
        """Whether it is the dead letter of an event that came in the test or suite under way."""
        died = letter.dead_letter and letter.dead_letter.origin
        if not died or died.partition is None or died.offset is None:
            return False
        scope, followed = self._watcher.scope, self._watcher.topics.get(died.topic)
        if died.is_of_made_event:  # it has the time of the event that it was made from
            return died.timestamp_ms is not None and died.timestamp_ms >= milliseconds(scope.started)
        mark = scope.marks.get(died.topic)
        if mark is not None and followed is not None:
            return died.offset >= mark.offset(died.partition, followed.id)
        first = scope.published.get((died.topic, died.partition))
        return first is not None and died.offset >= first


def _at_once(request: Request) -> Deadline:
    """A deadline that has passed, in a wait that began a while ago."""
    deadline = Deadline(0, request.deadline.pace)
    deadline.started = request.deadline.started
    return deadline


def in_offset_order(events: Sequence[Event]) -> list[Event]:
    """Events in the order of arrival, within each partition in the order of offsets."""
    places: dict[tuple[str, int], list[int]] = {}
    for index, event in enumerate(events):
        places.setdefault((event.topic, event.partition), []).append(index)
    ordered = list(events)
    for indexes in places.values():
        for index, event in zip(indexes, sorted((events[i] for i in indexes), key=_offset), strict=True):
            ordered[index] = event
    return ordered


def by_topic(topics: Iterable[str], events: Iterable[Event]) -> dict[str, Event]:
    """The events by their topics, in the order in which topics and patterns name those."""
    found = {event.topic: event for event in events}
    names = chain.from_iterable(matching([one], found) if is_pattern(one) else [one] for one in topics)
    return {name: found[name] for name in names if name in found}


def _offset(event: Event) -> int:
    return event.offset


def _matches(conditions: Conditions, event: Event) -> bool:
    try:
        return conditions.matches(event)
    except (Undecodable, KafkaUnusable):  # it only tells something beside the failure
        return False
