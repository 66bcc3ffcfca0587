"""The consumer that reads events: assigned to explicit offsets, in no group.

librdkafka fetches in its own threads. ``poll`` is short, and Robot's timeouts are heard; ``consume`` would wait it out.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, wait
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

import confluent_kafka as client

from KafkaLibrary.broker.clients.client_calls import answered, apart, question
from KafkaLibrary.broker.clients.closing import Asked, let_go
from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.cluster.error_codes import topic_problem
from KafkaLibrary.broker.cluster.pending_answers import OffsetAnswer
from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.broker.settings.refused_properties import explain_refusal
from KafkaLibrary.deadline import SLICE, Deadline
from KafkaLibrary.errors import KafkaLibraryError, KafkaUnusable
from KafkaLibrary.event import Record
from KafkaLibrary.secrets.client_properties import Properties
from KafkaLibrary.watching.event_source import Batch, PendingFacts, PendingNames, Place, TopicFacts

Error = client.KafkaError
_MOST = 500
_MANY = 10
"""Topics that a consumer doesn't know: of more it asks for all that there are, and there may be thousands."""
_QUESTION, _FIRST_QUESTION = 0.3, 2.0
"""Seconds that a question to the consumer takes at most: while it reads, any other call of it blocks as long."""
_PAUSE = 0.05
_FAR = 0.04
"""Seconds without an answer of a Kafka that only just was asked for the first time: it is not on this machine."""
_FETCH_WAIT, _FETCH_WAIT_FAR = "fetch.wait.max.ms", 250
"""A fetch from far away is mostly on its way, and not with the broker, if it does not wait there longer."""
_SOON = 5.0
_END = Error._PARTITION_EOF
_RANGE = (Error._AUTO_OFFSET_RESET, Error.OFFSET_OUT_OF_RANGE)
_AWAY = (Error._TRANSPORT, Error._ALL_BROKERS_DOWN, Error._RESOLVE, Error._AUTHENTICATION, Error._SSL)
_EXPECTED = (
    Error.GROUP_AUTHORIZATION_FAILED,  # asked for by an assigned reader too, which needs no group
    Error.UNKNOWN_TOPIC_OR_PART, Error._UNKNOWN_TOPIC, Error._UNKNOWN_PARTITION,  # the topic's facts tell more
    Error.UNKNOWN_TOPIC_ID,
)  # fmt: skip
_DENIED = (Error.TOPIC_AUTHORIZATION_FAILED,)
_EMPTY = Batch([], [], [], [], [])


class _ByTime(NamedTuple):
    """Questions under way for the ends of partitions and for their first events of a time."""

    milliseconds: int
    facts: TopicFacts | None
    ends: Mapping[Place, OffsetAnswer]
    found: Mapping[Place, OffsetAnswer]
    told: list[str]
    """What was told, in the order in which it was."""

    @property
    def is_in_order(self) -> bool:
        """Whether all ends were told, and before anything of the time was."""
        return self.told[: len(self.ends)] == ["end"] * len(self.ends) and all(
            one.is_told for one in self.ends.values()
        )


class Reader:
    """The ``Source`` of a real Kafka."""

    def __init__(self, settings: Settings, admin: Admin, client_errors: ClientErrors) -> None:
        self._settings = settings
        self._admin = admin
        self._client_errors = client_errors
        self._consumer: Any = None
        self._reads = False
        """Whether anything was ever assigned to it."""
        self._known: set[str] = set()
        self._missing: set[str] = set()
        """Topics that the consumer was told not to exist."""
        self._asked: list[tuple[list[str], Future[Any]]] = []
        """What the consumer was asked about topics that it didn't know: no more until it has answered."""
        self._committed = settings.isolation == "read_committed"
        self._is_far: bool | None = None
        """Whether answers take longer than on this machine; nothing until that is known."""
        self._foreseen: dict[str, PendingFacts] = {}
        self._asked_ahead: dict[str, _ByTime] = {}

    # Questions

    def describe(self, topics: Collection[str], deadline: Deadline) -> dict[str, TopicFacts | None]:
        self.start()  # it connects while the cluster is asked
        asked = self._admin.ask_facts(topics, deadline)
        if self._is_far is None and asked:
            self.is_far(bool(wait(asked.values(), deadline.slice(_FAR)).not_done))
        if self._is_far:
            self._meet([topic for topic in topics if topic not in self._missing], deadline)
        facts = self._admin.describe(topics, deadline, asked)
        # What was asked ahead is of the topics that were known then.
        self._asked_ahead = {name: one for name, one in self._asked_ahead.items() if facts.get(name) == one.facts}
        return facts

    def foresee(self, topics: Collection[str]) -> None:
        """Kafka is far away, and there is time: connect, and ask about topics that may be looked at soon."""
        unknown = [topic for topic in topics if topic not in self._known]
        if not unknown:
            return
        with suppress(KafkaLibraryError):  # whoever needs the reader is told
            self.is_far(True)
            self.start()
            self._meet(unknown, Deadline(_SOON))
            self._foreseen.update(dict.fromkeys(unknown, self._admin.ask_topics(unknown)))

    def ask_ahead(self, topics: Collection[str], milliseconds: int, deadline: Deadline) -> None:
        self._asked_ahead = {}
        for topic in topics:
            foreseen = self._foreseen.pop(topic, None)
            facts = ((foreseen.answer() if foreseen else None) or {}).get(topic)
            if facts and facts.id:  # without it, nothing tells the topic from one that was recreated
                places = [(topic, number) for number in facts.partitions]
                self._asked_ahead[topic] = self._ask_by_time(places, milliseconds, deadline, facts)

    def ask(self, topics: Collection[str]) -> PendingFacts:
        return self._admin.ask_topics(topics)

    def names(self, deadline: Deadline) -> Collection[str]:
        self.start()
        return list(self._admin.list_topics(deadline).topics)

    def ask_names(self) -> PendingNames:
        return self._admin.ask_names()

    def ends(self, places: Collection[Place], deadline: Deadline, *, committed: bool = True) -> dict[Place, int]:
        return self._admin.ends(places, deadline, committed=committed and self._committed)

    def marks(
        self, topics: Mapping[str, Collection[int]], deadline: Deadline
    ) -> tuple[dict[str, TopicFacts | None], dict[Place, int]]:
        facts, ends = self._facts_and_ends(topics, deadline, [self._committed])
        return facts, ends[self._committed]

    def both_ends(
        self, topics: Mapping[str, Collection[int]], deadline: Deadline
    ) -> tuple[dict[str, TopicFacts | None], dict[Place, int], dict[Place, int]]:
        facts, ends = self._facts_and_ends(topics, deadline, {self._committed, False})
        return facts, ends[self._committed], ends[False]

    def _facts_and_ends(
        self, topics: Mapping[str, Collection[int]], deadline: Deadline, levels: Collection[bool]
    ) -> tuple[dict[str, TopicFacts | None], dict[bool, dict[Place, int]]]:
        """All is asked for at once: how far away Kafka is counts once."""
        admin, seconds = self._admin, deadline.remaining()
        wanted = dict.fromkeys(
            [(topic, number) for topic, numbers in topics.items() for number in numbers], _spec().latest()
        )
        asked = {level: admin.ask_offsets(wanted, seconds, committed=level) for level in levels}
        facts = self.describe(topics, deadline)
        ends = {}
        for level, futures in asked.items():
            there = {place: future for place, future in futures.items() if facts[place[0]] is not None}
            ends[level] = admin.offsets(wanted, deadline, committed=level, asked=there)
        return facts, ends

    def beginnings(self, places: Collection[Place], deadline: Deadline) -> dict[Place, int]:
        return self._admin.offsets(dict.fromkeys(places, _spec().earliest()), deadline, committed=False)

    def offsets_at(self, places: Collection[Place], milliseconds: int, deadline: Deadline) -> dict[Place, int]:
        # -1 as an offset would mean "the end, whenever": the end is asked for first, and stands for it.
        asked = self._asked_ahead.pop(next(iter(places))[0], None) if places else None
        if asked is None or asked.milliseconds != milliseconds or asked.ends.keys() != set(places):
            # Near, a trip is nothing, and the client may be held up between the two for as long as one takes.
            asked = self._ask_by_time(places, milliseconds, deadline) if self._is_far else None
        latest = dict.fromkeys(places, _spec().latest())
        ends = self._admin.offsets(latest, deadline, committed=self._committed, asked=asked and asked.ends)
        # Where an end was told behind the time, or had to be asked for again, an event may have come in between.
        in_order = asked.found if asked is not None and asked.is_in_order else None
        found = self._admin.offsets(_at(places, milliseconds), deadline, committed=False, asked=in_order)
        return {place: min(found[place], end) if found.get(place, -1) >= 0 else end for place, end in ends.items()}

    def _ask_by_time(
        self, places: Collection[Place], milliseconds: int, deadline: Deadline, facts: TopicFacts | None = None
    ) -> _ByTime:
        """Both go out together, the ends first: a broker answers what comes on one connection in its order."""
        latest, seconds = dict.fromkeys(places, _spec().latest()), deadline.remaining()
        ends = self._admin.ask_offsets(latest, seconds, committed=self._committed)
        found = self._admin.ask_offsets(_at(places, milliseconds), seconds, committed=False)
        told: list[str] = []
        for name, answers in (("end", ends), ("time", found)):
            for answer in answers.values():
                answer.note_when_told(told, name)
        return _ByTime(milliseconds, facts, ends, found, told)

    def why_unreachable(self) -> str:
        if self._client_errors.since is None:
            return ""
        since = _clock(self._client_errors.since)
        address, cause = self._settings.bootstrap_servers, self._client_errors.text()
        return f"Kafka at {address} has been unreachable since {since}: {cause}"

    # Events

    def attach(self, positions: Mapping[Place, int], deadline: Deadline) -> None:
        if not positions:
            return
        self._learn({topic for topic, _ in positions}, deadline)
        if not self._reads and not self._is_free(Deadline(0)):  # a new one learns while it reads already
            let_go(self.clients(), patience=0)
            self.start()
        self.detach(positions)
        self._reads = True
        self._consumer.incremental_assign(
            [client.TopicPartition(*place, offset) for place, offset in positions.items()]
        )

    def detach(self, places: Collection[Place]) -> None:
        # The client is asked, not remembered: a timeout may have stopped an earlier change half-way.
        if self._consumer is not None and self._reads:
            self._is_free(Deadline(_QUESTION))
            wanted = set(places)
            assigned = [part for part in self._consumer.assignment() if (part.topic, part.partition) in wanted]
            if assigned:
                self._consumer.incremental_unassign(assigned)

    def forget(self, topic: str) -> None:
        self._known.discard(topic)
        self._missing.discard(topic)

    def poll(self, seconds: float) -> Batch:
        if self._consumer is None:
            return _EMPTY
        self._settings.renew_token()
        if not self._is_free(Deadline(min(seconds, SLICE))):
            return _EMPTY
        first = self._consumer.poll(min(seconds, SLICE))
        if first is None:
            return _EMPTY
        more = self._consumer.consume(_MOST, 0)
        return self._sorted([first, *more])

    def read(
        self, ranges: Mapping[Place, tuple[int, int]], deadline: Deadline, *, uncommitted: bool = False
    ) -> Iterator[list[Record]]:
        more = {"isolation.level": "read_uncommitted"} if uncommitted else {}
        consumer = self._make(**{"fetch.wait.max.ms": 10}, **more)
        left = {place: stop for place, (start, stop) in ranges.items() if start < stop}
        try:  # assigned before it is connected it asks for the topics' leaders by itself
            consumer.assign([client.TopicPartition(*place, ranges[place][0]) for place in left])
            while left and not deadline.passed:
                batch = self._sorted(_received(consumer, deadline))
                if batch.denied:
                    raise KafkaUnusable(batch.denied[0][1])
                done = [place for place, end in batch.ends if place in left and end >= left[place]]
                records = []
                for record in batch.records:
                    place = (record.topic() or "", record.partition() or 0)
                    offset = record.offset() or 0
                    if offset < left.get(place, -1):
                        records.append(record)
                    if offset + 1 >= left.get(place, 0):
                        done.append(place)
                for place in {*done, *batch.out_of_range} & left.keys():
                    del left[place]
                yield records
        finally:
            let_go([consumer])

    def clients(self) -> list[Any]:
        """Stop reading: the consumer, to be let go."""
        made, self._consumer, self._reads = self._consumer, None, False
        asked, self._asked = self._asked, []
        self._known.clear()
        self._missing.clear()
        return [made and Asked(made, [answer for _, answer in asked])]

    def start(self) -> None:
        """Make the consumer, so that it connects while others are asked."""
        if self._consumer is None:
            given = _FETCH_WAIT in self._settings.properties
            self._consumer = self._make(**{_FETCH_WAIT: _FETCH_WAIT_FAR} if self._is_far and not given else {})

    def is_far(self, told: bool) -> None:
        """Kafka turns out to be far away or not: a consumer that was made before and reads nothing is made anew."""
        if told and not self._is_far and self._consumer is not None and not self._reads:
            let_go(self.clients(), patience=0)
        self._is_far = told

    def _meet(self, topics: Collection[str], deadline: Deadline) -> None:
        """Have the consumer ask about topics that it doesn't know. It learns the answer whoever waits for it."""
        self.start()
        is_free = self._is_free(Deadline(0))
        if is_free and (unknown := [topic for topic in topics if topic not in self._known]):
            seconds = min(deadline.remaining(), _QUESTION if self._reads else _FIRST_QUESTION)
            ask = partial(question, self._consumer.list_topics, seconds=seconds)
            each = [[]] if len(unknown) > _MANY else [[topic] for topic in unknown]
            self._asked = [(asked or unknown, ask(*asked)) for asked in each]

    def _is_free(self, within: Deadline) -> bool:
        """Whether the consumer has answered, so that other calls of it don't block."""
        while self._asked:
            topics, answer = self._asked[0]
            if not answered(answer, within):
                return False
            self._asked = self._asked[1:]
            if answer.exception() is None:
                self._know(topics, answer.result())
        return True

    def _learn(self, topics: Collection[str], deadline: Deadline) -> None:
        # Else an assignment waits for a timer. Without an answer the first event comes later, but it comes.
        self.start()
        if not self._is_far and not self._learn_at_once([topic for topic in topics if topic not in self._known]):
            self.is_far(True)
        if not self._is_far:
            return
        self._missing.difference_update(topics)
        self._is_free(deadline)
        while unknown := [topic for topic in topics if topic not in self._known | self._missing]:
            self._meet(unknown, deadline)
            if not self._is_free(deadline) or deadline.passed:
                return
            if (self._known | self._missing).isdisjoint(unknown):  # a refused connection fails at once
                time.sleep(deadline.slice(_PAUSE))

    def _learn_at_once(self, unknown: list[str]) -> bool:
        """Whether the answers came within a slice, as they do from near: then no thread is needed for them."""
        for asked in [[]] if len(unknown) > _MANY else [[topic] for topic in unknown]:
            try:
                listed = apart(partial(self._consumer.list_topics, *asked, timeout=SLICE))
            except client.KafkaException:
                return False
            self._know(asked or unknown, listed)
        return True

    def _know(self, topics: Collection[str], listed: Any) -> None:
        self._admin.identity.note(listed)
        known = {topic for topic in topics if topic in listed.topics and listed.topics[topic].error is None}
        self._known.update(known)
        self._missing.update(set(topics) - known)

    def _make(self, **more: Any) -> Any:
        properties = Properties({**self._settings.for_reader(), **more, "error_cb": self._client_errors.told})
        try:
            return client.Consumer(properties, logger=self._client_errors)
        except client.KafkaException as refusal:
            raise explain_refusal(str(refusal.args[0].str()), self._settings) from None

    def _sorted(self, received: list[Any]) -> Batch:
        if not received:
            return _EMPTY
        if not any(map(client.Message.error, received)):
            self._admin.heard()
            return Batch(received, [], [], [], [])
        notices = [record for record in received if record.error() is not None]
        batch = Batch([record for record in received if record.error() is None], [], [], [], [])
        if batch.records:
            self._admin.heard()
        for notice in notices:
            self._sort(notice, batch)
        return batch

    def _sort(self, notice: Any, batch: Batch) -> None:
        """What the client hands over in the place of a record."""
        error = notice.error()
        place = (notice.topic() or "", -1 if notice.partition() is None else notice.partition())
        if error.code() == _END:
            self._admin.heard()
            batch.ends.append((place, notice.offset()))
        elif error.code() in _RANGE:
            batch.out_of_range.append(place)
        elif error.code() in _DENIED:
            batch.denied.append((place[0], str(topic_problem(place[0], error))))
        elif error.code() in _AWAY:
            self._client_errors.told(error)
        elif error.code() not in _EXPECTED and place[0]:  # without a topic it is about the group, which reads nothing
            batch.failures.append((place, error.str()))


def _received(consumer: Any, deadline: Deadline) -> list[Any]:
    first = consumer.poll(deadline.slice())
    return [] if first is None else [first, *consumer.consume(_MOST, 0)]


def _at(places: Iterable[Place], milliseconds: int) -> dict[Place, Any]:
    return dict.fromkeys(places, _spec().for_timestamp(max(0, milliseconds)))


def _spec() -> Any:
    from confluent_kafka.admin import OffsetSpec  # noqa: PLC0415 - slow, so at first use

    return OffsetSpec


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M:%S.") + f"{moment.microsecond // 1000:03d}"
