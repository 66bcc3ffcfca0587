"""The thread that answers on one connection, with clients of its own.

It alone reads, judges, makes and publishes; others hand it what to do and wait for that. As one thread has all rules
of a connection, it knows which events are answers and of which questions: no rule answers what came of its own
answers, however long the circle.
"""

from __future__ import annotations

import heapq
import itertools
import queue
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, wait
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from KafkaLibrary.answering import THREAD, content_of
from KafkaLibrary.answering.rule import Answer, Rule
from KafkaLibrary.broker.clients.client_calls import begun
from KafkaLibrary.broker.clients.closing import let_go
from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.publishing.sender import Sender
from KafkaLibrary.broker.publishing.unknown_offsets import UNKNOWN, placed
from KafkaLibrary.broker.reading.embedded_reader import EmbeddedReader
from KafkaLibrary.broker.reading.reader import Reader
from KafkaLibrary.deadline import SLICE, Deadline
from KafkaLibrary.errors import KafkaLibraryError, KafkaUnusable, Undecodable
from KafkaLibrary.event import Event, PlainRecord, Record, as_bytes
from KafkaLibrary.watching.event_source import Batch, Place
from KafkaLibrary.watching.marks import Scope, Start, now
from KafkaLibrary.watching.watcher import Watcher

if TYPE_CHECKING:
    from KafkaLibrary.connection import Connection

_PUMP = 0.01
"""Seconds that the thread waits for events at most while nothing else is to be done: so soon it hears of that."""
_BUSY = 0.001
_LOG = 64 * 1024
"""Bytes of events that its watcher keeps: they are taken as they come."""
_REMEMBERED = 100_000
_PLACING = 2.0
_LEAST = 0.5


class _Taken:
    """A reader, and what came of it that was not looked at yet."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.records: deque[Record] = deque()

    def poll(self, seconds: float) -> Batch:
        batch = self._reader.poll(seconds)
        self.records.extend(batch.records)
        return batch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)


class Answerer:
    """Answers by rules until the last of them ends."""

    def __init__(self, connection: Connection, sent: dict[int, None]) -> None:
        """``sent`` is told what all answers are, before anybody can read one."""
        self.connection = connection
        self._sent_of_all = sent
        self.errors = ClientErrors(connection.settings.masked)
        settings = connection.settings
        if settings.token_source is not None:
            settings = replace(settings, token_source=settings.token_source.kept())
        self._admin = Admin(settings, self.errors, embedded=connection.embedded)
        self._reader = (EmbeddedReader if connection.embedded else Reader)(settings, self._admin, self.errors)
        self._taken = _Taken(self._reader)
        self._watcher = Watcher(self._taken, _LOG, [Scope("suite", now())], pace=self._admin.pace)
        self._sender = Sender(settings, self.errors)
        self._asked: queue.SimpleQueue[tuple[Callable[[], object], Future[Any]]] = queue.SimpleQueue()
        self.rules: list[Rule] = []
        self._later: list[tuple[float, int, Answer]] = []
        self._order = itertools.count()
        self._in_flight: Counter[str] = Counter()
        self._unplaced: list[tuple[Answer, int]] = []
        self._waiting: dict[str, deque[tuple[Record, float]]] = {}
        """Events of topics to which answers are on their way: which of them are answers is not known yet."""
        self._next: dict[tuple[Place, int], int] = {}
        self._descent: dict[tuple[str, int, int], frozenset[int]] = {}
        self._lost: dict[tuple[str, bytes | None, bytes | None], frozenset[int]] = {}
        """The same of answers that may arrive though they count as not published, by what is in them."""
        self._closing = False
        self._thread, self._ended = begun(self._run)

    # Called by others

    def begin(self, rule: Rule, deadline: Deadline) -> None:
        """Answer by this rule from now on. Returns when its marks are set. Raises ``KafkaUnusable``."""
        try:
            self._ask(lambda: self._begin(rule, deadline), deadline)
        except BaseException:
            rule.is_cancelled = True
            raise

    def settle(self, rules: Iterable[Rule], deadline: Deadline) -> None:
        """Wait until all that is on the topics of these rules by now was read, judged and answered.

        What waits for its delay is not waited for. Raises ``KafkaUnusable`` where that is not known in time.
        """
        some = list(rules)
        self._ask(lambda: self._settle(some, deadline), deadline)

    def end(self, rules: Iterable[Rule], deadline: Deadline) -> None:
        """Answer by these rules no more."""
        some = list(rules)
        self._ask(lambda: self._end(some), deadline)

    @property
    def is_alive(self) -> bool:
        return not self._ended.done()

    def close(self, patience: float) -> bool:
        """End the thread and let its clients go. False where it is held up by a function of the tester's."""
        self._closing = True
        wait([self._ended], patience)
        return self._ended.done()

    def _ask(self, what: Callable[[], object], deadline: Deadline) -> None:
        answer: Future[Any] = Future()
        self._asked.put((what, answer))
        late = deadline.at_least(_LEAST)
        patience = Deadline(late.remaining() + _LEAST)
        while not answer.done():
            wait([answer, self._ended], SLICE, "FIRST_COMPLETED")
            if self._ended.done() and not answer.done():
                problem = self._ended.exception()
                said = f": {type(problem).__name__}: {problem}" if problem else ""
                raise KafkaUnusable(f"Answering ended by itself{said}.") from problem
            if patience.passed and not answer.done():
                held = next((place for rule in self.rules for place in rule.open), "")
                raise KafkaUnusable(
                    f"Answering did not come to an end within {deadline.seconds:g} seconds"
                    + (f": {held} is being answered, perhaps by a function that does not return." if held else ".")
                )
        answer.result()

    # In the thread

    def _run(self) -> None:
        threading.current_thread().name = THREAD
        try:
            while not self._closing:
                self._do_what_is_asked()
                self._turn()
        except BaseException as problem:  # nobody waits for this thread: a rule that ended by itself has failed
            for rule in self.rules:
                place = next(iter(rule.open), "")
                rule.note_failure(place, f"answering ended by itself: {type(problem).__name__}: {problem}")
            raise
        finally:
            for rule in self.rules:
                rule.ended = True
            let_go([*self._reader.clients(), *self._sender.clients(), *self._admin.clients()])

    def _do_what_is_asked(self) -> None:
        while True:
            try:
                what, answer = self._asked.get_nowait()
            except queue.Empty:
                return
            try:
                what()
            except KafkaLibraryError as problem:
                answer.set_exception(problem)
            else:
                answer.set_result(None)
            del what, answer

    def _turn(self) -> None:
        """Read what came, answer it, publish what is due, take acknowledgements."""
        self._sender.serve()
        self._place()
        busy = any(self._in_flight.values()) or self._taken.records or any(self._waiting.values())
        try:
            self._watcher.pump(_BUSY if busy else self._pause(), Deadline(SLICE))
            self._watcher.check(list(self._watcher.topics), Deadline(SLICE))
        except KafkaUnusable:  # Kafka is away: the next turn tries again
            time.sleep(_PUMP)
        self._look()
        self._send_due()

    def _pause(self) -> float:
        return min(_PUMP, max(0.0, self._later[0][0] - time.monotonic())) if self._later else _PUMP

    def _begin(self, rule: Rule, deadline: Deadline) -> None:
        if rule.is_cancelled:
            return
        marks = self._watcher.begin(rule.topics, Start("latest"), deadline)
        rule.marks = {name: (mark, self._watcher.topics[name].made_again) for name, mark in marks.items()}
        if "{" not in rule.to:
            self._sender.meet(rule.to)
        self.rules.append(rule)

    def _settle(self, rules: list[Rule], deadline: Deadline) -> None:
        names = {name for rule in rules for name in rule.topics}
        # Asked anew: a topic may have come, or grown, since it was looked at.
        facts = self._taken.describe(names, deadline)
        self._watcher.act_on(facts, deadline)
        places = [(name, number) for name, found in facts.items() if found for number in found.partitions]
        ends = self._taken.ends(places, deadline) if places else {}
        while (behind := self._behind(ends)) or self._is_under_way(rules):
            if self._closing:
                return
            if deadline.passed:
                reason = self._taken.why_unreachable()
                where = ", ".join(f"{name}[{number}]" for name, number in behind)
                raise KafkaUnusable(
                    (f"Whether all questions were answered is unknown: {where} could not be read to the end"
                     if behind else "Not all answers were acknowledged")
                    + f" within {deadline.seconds:g} seconds." + (f"\n{reason}." if reason else "")
                )  # fmt: skip
            self._turn()

    def _behind(self, ends: dict[Place, int]) -> list[Place]:
        followed = self._watcher.topics
        return [
            (name, number) for (name, number), end in ends.items()
            if name in followed and followed[name].facts and followed[name].positions.get(number, 0) < end
        ]  # fmt: skip

    def _is_under_way(self, rules: list[Rule]) -> bool:
        if self._taken.records or any(self._waiting.values()) or self._unplaced:
            return True
        later = Counter(answer.rule.number for _, _, answer in self._later)
        return any(len(rule.open) > later[rule.number] for rule in rules)

    def _end(self, rules: list[Rule]) -> None:
        for rule in rules:
            rule.ended = True
        self.rules = [rule for rule in self.rules if rule not in rules]
        self._later = [one for one in self._later if one[2].rule not in rules]
        heapq.heapify(self._later)
        needed = {name for rule in self.rules for name in rule.topics}
        for name in [name for name in self._watcher.topics if name not in needed]:
            self._watcher.drop(name)
            self._waiting.pop(name, None)

    # Questions

    def _look(self) -> None:
        """Judge what was read; of a topic to which answers are on their way when these are known."""
        arrived = time.monotonic()
        while self._taken.records:
            record = self._taken.records.popleft()
            self._waiting.setdefault(record.topic() or "", deque()).append((record, arrived))
        for name, records in self._waiting.items():
            while records and not self._in_flight[name]:
                self._judge(*records.popleft())

    def _judge(self, record: Record, read_at: float) -> None:
        name, partition, offset = record.topic() or "", record.partition() or 0, record.offset() or 0
        followed = self._watcher.topics.get(name)
        if followed is None:
            return
        place = ((name, partition), followed.made_again)
        if offset < self._next.get(place, 0):  # it was read before
            return
        self._next[place] = offset + 1
        descent = self._descent.pop((name, partition, offset), frozenset())
        if self._lost and not descent:
            descent = self._lost.pop((name, as_bytes(record.key()), as_bytes(record.value())), descent)
        event = self.connection.event(record, followed.id)
        for rule in [one for one in self.rules if name in one.topics]:
            mark, made_again = rule.marks[name]
            if made_again == followed.made_again and offset < mark.offset(partition, followed.id):
                continue
            rule.read += 1
            if rule.number in descent:
                rule.own += 1
                continue
            try:
                matches = rule.conditions.matches(event)
            except (Undecodable, KafkaUnusable) as reason:
                rule.note_failure(event.place, f"it could not be judged whether it is a question: {reason}")
                continue
            if not matches:
                rule.note_unmatched(event)
            elif rule.note_question(event.place):
                self._answer(rule, event, read_at, descent)

    def _answer(self, rule: Rule, event: Event, read_at: float, descent: frozenset[int]) -> None:
        try:
            made = rule.make(event)
        except KafkaLibraryError as reason:
            rule.note_failure(event.place, str(reason))
            return
        if rule.ended:  # while a function of the tester's made it
            return
        due = read_at + rule.delay
        answer = Answer(rule, event.place, made, read_at, due, descent | {rule.number})
        if rule.delay:
            heapq.heappush(self._later, (due, next(self._order), answer))
        else:
            self._send(answer)

    # Answers

    def _send_due(self) -> None:
        while self._later and self._later[0][0] <= time.monotonic():
            self._send(heapq.heappop(self._later)[2])

    def _send(self, answer: Answer) -> None:
        answer.rule.note_sent(answer.place)
        self._in_flight[answer.event.topic] += 1
        if len(self._sent_of_all) < _REMEMBERED:
            self._sent_of_all[content_of(answer.event.topic, answer.event.key, answer.event.value)] = None
        self._sender.send(answer.event, answer.told(self._sent))

    def _sent(self, answer: Answer, problem: str, at: tuple[int, int] | None) -> None:
        """What became of an answer, as the sender tells it."""
        if problem:
            event = answer.event
            self._in_flight[event.topic] -= 1
            if event.topic in self._watcher.topics:
                self._lost[event.topic, event.key, event.value] = answer.descent
            answer.rule.note_failure(answer.place, f"its answer was not published: {problem}")
        elif at is not None and at[1] == UNKNOWN:
            self._unplaced.append((answer, at[0]))
        elif at is not None:
            self._stored(answer, *at)

    def _place(self) -> None:
        """Look for answers that were acknowledged without an offset: what is not found counts as not published."""
        unplaced, self._unplaced = self._unplaced, []
        for answer, partition in unplaced:
            event = answer.event
            record = PlainRecord(
                (event.topic, partition, UNKNOWN), (1, event.timestamp or -1), event.key, event.value, event.headers
            )
            try:
                found = placed([record], self._reader, Deadline(_PLACING))[0]
            except KafkaUnusable as reason:
                self._sent(answer, str(reason).split("\n", maxsplit=1)[0], None)
            else:
                self._stored(answer, partition, found.offset())

    def _stored(self, answer: Answer, partition: int, offset: int) -> None:
        name = answer.event.topic
        self._in_flight[name] -= 1
        if name in self._watcher.topics:
            self._descent[name, partition, offset] = answer.descent
        answer.rule.note_answered(answer.place, time.monotonic() - answer.due)
