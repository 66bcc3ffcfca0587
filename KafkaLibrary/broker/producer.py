"""Publishing: an event counts when the broker has acknowledged it, and else its keyword fails.

What was not delivered is taken out of the client's queue, so that nothing arrives silently
after its keyword failed.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

import confluent_kafka as client

from KafkaLibrary.broker.admin import Admin, topic_problem
from KafkaLibrary.broker.calls import apart
from KafkaLibrary.broker.placing import UNKNOWN
from KafkaLibrary.broker.settings import Settings, explain_refusal
from KafkaLibrary.broker.trouble import Trouble
from KafkaLibrary.deadline import SLICE, Deadline, in_words
from KafkaLibrary.errors import KafkaUnusable, KeywordMisused
from KafkaLibrary.event import Event, PlainRecord, rows
from KafkaLibrary.properties import Properties

Error = client.KafkaError
_TOO_LARGE = (Error.MSG_SIZE_TOO_LARGE, Error.RECORD_LIST_TOO_LARGE)
_NO_TOPIC = (Error._UNKNOWN_TOPIC, Error.UNKNOWN_TOPIC_OR_PART)
_UNKNOWN_PLACE = {Error._UNKNOWN_PARTITION, *_NO_TOPIC}
_DENIED = (
    Error.TOPIC_AUTHORIZATION_FAILED, Error.CLUSTER_AUTHORIZATION_FAILED, Error.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
)  # fmt: skip
_UNDELIVERED = (Error._MSG_TIMED_OUT, Error._PURGE_QUEUE, Error._PURGE_INFLIGHT, Error._TIMED_OUT)
_PERHAPS_NO_TOPIC = (*_UNDELIVERED, Error._UNKNOWN_PARTITION, Error._DESTROY_BROKER, Error._DESTROY)
"""What the client says of a topic, too, that was deleted after it had met it."""
_AFTER_PURGE = 2.0
_ANSWER = 0.3
_GLANCE = 0.005
_BY_KEY = -1
_NO_MORE: dict[str, Any] = {}
_ASKED_AGAIN = 1.0
"""Seconds without an acknowledgement after which a topic is asked about once more."""
_SERVED = 500
"""Events that are queued before their acknowledgements are looked at."""


class Outgoing(NamedTuple):
    """An event on its way out. ``timestamp`` is in milliseconds since 1970, ``None`` for now."""

    topic: str
    value: bytes | None
    key: bytes | None = None
    headers: Sequence[tuple[str, bytes | None]] = ()
    partition: int | None = None
    timestamp: int | None = None


_TOPIC, _KEY, _VALUE, _HEADERS = map(attrgetter, ("topic", "key", "value", "headers"))


class EventProducer:
    """The producer of one connection, made at first use and anew after a failure; a second one for transactions."""

    def __init__(self, settings: Settings, admin: Admin, trouble: Trouble, *, embedded: bool) -> None:
        self._embedded = embedded
        self._settings = settings
        self._admin = admin
        self._trouble = trouble
        self._plain: Any = None
        self._transactional: Any = None
        self._met: set[str] = set()
        self._met_in_transaction: set[str] = set()
        self._in_transaction: list[PlainRecord] = []
        self._aborted: set[tuple[object, ...]] = set()

    def publish(self, events: Sequence[Outgoing], deadline: Deadline) -> list[PlainRecord]:
        """Send these events, in their order, and wait for the acknowledgement of each.

        One that was sent again to another leader may have the offset ``UNKNOWN``; see ``placing``.
        """
        had_met = self._transactional is None and self._met.issuperset(_topics(events))
        try:
            return self._publish(events, deadline)
        except _NothingSent as failed:
            reason = failed.reason
        if not had_met or deadline.passed:
            raise reason
        # What the client knows of a topic may be older than the topic: it is met anew, once.
        for topic in _topics(events):
            if self._is_missing(topic):
                raise self._no_topic(topic)
        try:
            return self._publish(events, deadline)
        except _NothingSent as failed:
            raise failed.reason from None

    def _publish(self, events: Sequence[Outgoing], deadline: Deadline) -> list[PlainRecord]:
        """Raises ``_NothingSent`` where the client sent none of the events, for it knows no such topic or partition."""
        producer = self._current()
        delivery = _Delivery(events, int(time.time() * 1000))
        try:
            for topic in _topics(events):
                self._meet(producer, topic, deadline)
            self._queue(producer, delivery, deadline)
            self._await(producer, delivery, deadline)
        except client.KafkaException as problem:  # one that the client can't go on after comes out of poll
            self._discard(producer)
            raise self._explained(problem.args[0], events[0], deadline) from None
        except BaseException:
            self._discard(producer)
            raise
        if not delivery.open and not delivery.failures:
            self._trouble.heard()
            return self._acknowledged(producer, delivery)
        self._discard(producer)
        if not delivery.open and not delivery.failures:  # at the last moment
            return self._acknowledged(producer, delivery)
        failure = self._failure(delivery, deadline)
        raise _NothingSent(failure) if delivery.sent_nothing and not len(producer) else failure

    def _acknowledged(self, producer: Any, delivery: _Delivery) -> list[PlainRecord]:
        records = delivery.records(own_time=self._embedded)
        if producer is self._transactional:
            self._in_transaction += records
        return records

    def _queue(self, producer: Any, delivery: _Delivery, deadline: Deadline) -> None:
        """Queue all events, in their order; fewer where one of them has failed meanwhile."""
        for first in range(0, len(delivery.events), _SERVED):
            if first:
                producer.poll(0)
            if delivery.failures or not self._queue_some(producer, delivery, first, deadline):
                return

    def _queue_some(self, producer: Any, delivery: _Delivery, first: int, deadline: Deadline) -> bool:
        """Queue the next events; false where one of them has failed."""
        produce, report, now = producer.produce, delivery.report, delivery.now
        some = delivery.events[first : first + _SERVED]
        for index, (topic, value, key, headers, partition, timestamp) in enumerate(some, first):
            told, number, at = partial(report, index), _BY_KEY if partition is None else partition, timestamp or now
            more = {"headers": list(headers)} if headers else _NO_MORE
            try:
                produce(topic, value, key, number, on_delivery=told, timestamp=at, **more)
            except BufferError:
                again = partial(produce, topic, value, key, number, on_delivery=told, timestamp=at, **more)
                self._queue_late(again, producer, index, delivery, deadline)
                if delivery.failures:  # what comes behind an event that failed is not sent
                    return False
            except client.KafkaException as problem:
                delivery.refuse(index, _behind(producer, problem.args[0]))
                return False
        return True

    def _await(self, producer: Any, delivery: _Delivery, deadline: Deadline) -> None:
        """Wait for the acknowledgements, as long as that can help."""
        ask_again = time.monotonic() + _ASKED_AGAIN
        while delivery.open and not delivery.failures and not deadline.passed and self._admin.go_on(deadline):
            producer.poll(deadline.slice())
            if time.monotonic() > ask_again:
                # A topic that was only just made may stay unknown to the client until it is asked about again.
                ask_again = time.monotonic() + _ASKED_AGAIN
                for topic in _topics(delivery.events):
                    with suppress(client.KafkaException):
                        apart(partial(producer.list_topics, topic, timeout=max(deadline.slice(), 0.01)))

    def _queue_late(
        self, produce: Callable[[], Any], producer: Any, index: int, delivery: _Delivery, deadline: Deadline
    ) -> None:
        """Queue an event when there is room for it."""
        while True:
            if deadline.passed or not self._admin.go_on(deadline):
                delivery.refuse(index, Error(Error._MSG_TIMED_OUT))
                return
            producer.poll(deadline.slice())
            if delivery.failures:
                return
            try:
                produce()
            except BufferError:
                continue
            except client.KafkaException as problem:
                delivery.refuse(index, _behind(producer, problem.args[0]))
            return

    def _meet(self, producer: Any, topic: str, deadline: Deadline) -> None:
        # The first event on a topic that the client has not met waits for a timer of half a second or more.
        met = self._met if producer is self._plain else self._met_in_transaction
        if topic in met:
            return
        # Asked twice: a producer whose broker was not up at the first question waits for that timer all the same.
        try:
            for _ in range(1 if met else 2):
                apart(partial(producer.list_topics, topic, timeout=max(deadline.slice(), 0.01)))
            met.add(topic)
        except client.KafkaException:
            return  # Kafka is away: the acknowledgement that does not come will tell

    def forget(self, topic: str) -> None:
        """What the client knows of this topic is out of date."""
        self._met.discard(topic)
        self._met_in_transaction.discard(topic)

    def open(self) -> None:
        """Make the producer before it is needed: a property that the client does not take shows here."""
        if self._plain is None:
            self._plain = self._make({})

    def _current(self) -> Any:
        if self._transactional is not None:
            return self._transactional
        self.open()
        return self._plain

    def _make(self, more: dict[str, Any]) -> Any:
        properties = Properties({**self._settings.for_producer(), **more, "error_cb": self._trouble.told})
        try:
            return client.Producer(properties, logger=self._trouble)
        except client.KafkaException as refusal:
            raise explain_refusal(str(refusal.args[0].str()), self._settings) from None

    def _discard(self, producer: Any) -> None:
        # An idempotent producer with a gap in its sequence is of no more use, whatever stops this call.
        if producer is self._plain:
            self._plain = None
            self._met.clear()
        producer.purge(in_queue=True, in_flight=True, blocking=True)
        leftover = Deadline(_AFTER_PURGE)
        while len(producer) and not leftover.passed:
            with suppress(client.KafkaException):  # it said so before
                producer.poll(leftover.slice(0.01))

    def _failure(self, delivery: _Delivery, deadline: Deadline) -> Exception:
        index, error = delivery.first_failure()
        event = delivery.events[index]
        reason = self._explained(error, event, deadline)
        delivered = len(delivery.events) - delivery.open - len(delivery.failures)
        notes = []
        if len(delivery.events) > 1:
            notes.append(f"{delivered} of {len(delivery.events)} events were acknowledged before.")
        if delivery.in_flight():
            notes.append("It was already on its way when the time was over: it may still arrive.")
        elif error.code() in _UNDELIVERED:
            notes.append("It was taken out of the queue: it will not be sent later.")
        return type(reason)("\n".join([str(reason), *notes]))

    def _explained(self, error: Any, event: Outgoing, deadline: Deadline) -> Exception:
        code = error.code()
        if code in _TOO_LARGE:
            size = len(event.value or b"") + len(event.key or b"")
            return KafkaUnusable(
                f"The event for '{event.topic}' was not published: with {size:,} bytes it is larger than Kafka takes.\n"
                "The limit is the topic's max.message.bytes, or message.max.bytes of the broker."
            )
        if code in _NO_TOPIC or (code in _PERHAPS_NO_TOPIC and self._is_missing(event.topic)):
            return self._no_topic(event.topic)
        if code == Error._UNKNOWN_PARTITION:
            return _no_partition(event)
        if code in _DENIED:
            return _denied(event.topic, error)
        if code in _UNDELIVERED:
            return self._unreachable(event, deadline)
        reason = f"{error.str()}."
        if code == Error._STATE and self._transactional is not None:
            reason = "the transaction can't go on after what failed in it.\nAbort it with 'Abort Kafka Transaction'."
        return KafkaUnusable(f"The event for '{event.topic}' was not published: {reason}")

    def _no_topic(self, topic: str) -> KafkaUnusable:
        near = self._admin.near_topics(topic, Deadline(1))
        return KafkaUnusable(
            f"The event was not published: the topic '{topic}' does not exist. {near}".rstrip()
            + "\nCreate it with 'Create Topic', or correct its name."
        )

    def _is_missing(self, topic: str) -> bool:
        """Whether Kafka says at once that there is no such topic; the client itself waits three seconds for one."""
        if self._embedded or self._trouble.text():
            return False
        asked, until = self._admin.ask_topics([topic], _ANSWER), Deadline(_ANSWER)
        while (answer := asked.answer()) is None and not until.passed:
            self._admin.pause(_GLANCE)
        return answer == {topic: None}

    def _unreachable(self, event: Outgoing, deadline: Deadline) -> KafkaUnusable:
        reason = self._admin.diagnosis.reason(deadline, "the broker did not acknowledge it in time")
        within = f" within {in_words(deadline.seconds)}" if not reason.final else ""
        return KafkaUnusable(
            f"The event for '{event.topic}' was not published{within}.\n"
            f"Kafka at {self._settings.bootstrap_servers} did not take it: {reason.text}.\n{reason.advice}"
        )

    # Transactions

    @property
    def in_transaction(self) -> bool:
        return self._transactional is not None

    def begin_transaction(self, deadline: Deadline) -> None:
        """From now on events are published in one transaction."""
        if self._transactional is not None:
            raise KeywordMisused("A Kafka transaction is open already. Commit or abort it first.")
        producer = self._make(
            {"transactional.id": f"robotframework-{secrets.token_hex(16)}", "enable.idempotence": True}
        )
        self._met_in_transaction.clear()
        self._slices(producer, producer.init_transactions, deadline, "begin a transaction")
        producer.begin_transaction()
        self._in_transaction = []
        self._transactional = producer

    def commit_transaction(self, deadline: Deadline) -> None:
        """Make the events of the transaction visible."""
        self._end("commit", deadline)

    def abort_transaction(self, deadline: Deadline) -> None:
        """Let the events of the transaction never be seen by a reader of committed events."""
        self._end("abort", deadline)

    def _end(self, how: str, deadline: Deadline) -> None:
        producer = self._transactional
        if producer is None:
            raise KeywordMisused(f"There is no Kafka transaction to {how}. Begin one with 'Begin Kafka Transaction'.")
        try:
            self._slices(producer, getattr(producer, f"{how}_transaction"), deadline, f"{how} the transaction")
        except client.KafkaException:
            other = "commit" if how == "abort" else "abort"
            raise KafkaUnusable(
                f"Kafka could not {how} the transaction: it was asked to {other} it before, without an answer yet.\n"
                f"Call '{other.title()} Kafka Transaction' again, or end the test: then the transaction is given up."
            ) from None
        self._transactional = None
        if how == "abort":
            self._aborted.update((*record.at, record.stamp[1]) for record in self._in_transaction)

    def give_up_transaction(self) -> None:
        """Let a transaction go whose end is not known. Kafka aborts what is open still when its time is over."""
        producer, self._transactional = self._transactional, None
        if producer is not None:
            producer.purge(in_queue=True, in_flight=True)

    def has_aborted(self, event: Event) -> bool:
        """Whether this connection aborted the transaction that the event was published in."""
        return (event.topic, event.partition, event.offset, event.timestamp_ms) in self._aborted

    def _slices(self, producer: Any, call: Callable[[float], Any], deadline: Deadline, doing: str) -> None:
        """Raises the client's own error where a transaction was asked to end in the other way before."""
        # These calls hear no timeout of Robot; after a retriable error they go on where they were.
        while True:
            try:
                apart(partial(call, max(deadline.slice(), 0.01)))
            except client.KafkaException as problem:
                error = problem.args[0]
                if error.code() == Error._CONFLICT:  # the client calls that retriable, and goes on refusing
                    raise
                if error.retriable() and not deadline.passed:
                    producer.poll(0.01)
                    continue
                must_abort = error.txn_requires_abort()  # as after a publishing that was stopped
                if error.retriable() or (error.code() in _UNDELIVERED and not must_abort):
                    raise self._admin.unreachable(deadline, doing, error) from None
                if error.fatal() or producer is not self._transactional:
                    self._transactional = None
                    raise KafkaUnusable(f"Kafka could not {doing}: {error.str()}.") from None
                raise KafkaUnusable(
                    f"Kafka could not {doing}: {error.str()}.\nAbort it with 'Abort Kafka Transaction'."
                ) from None
            return

    def close(self) -> None:
        """Let the producers go. Nothing is in their queues: each keyword waits for its own events."""
        self.give_up_transaction()
        self._plain = None


def _topics(events: Iterable[Outgoing]) -> Iterable[str]:
    """The topics of the events, each once."""
    return dict.fromkeys(map(_TOPIC, events))


def _behind(producer: Any, error: Any) -> Any:
    """The error behind a general one: what a client can't go on after is told in detail by ``poll`` alone."""
    if error.code() == Error._FATAL:
        try:
            producer.poll(SLICE)
        except client.KafkaException as said:
            return said.args[0]
    return error


def _no_partition(event: Outgoing) -> Exception:
    if event.partition is None:
        return KafkaUnusable(
            f"The event was not published: the topic '{event.topic}' no longer has the partitions that it had.\n"
            "It was made again meanwhile: publish again."
        )
    return KeywordMisused(
        f"The event was not published: the topic '{event.topic}' has no partition {event.partition}.\n"
        "Partitions count from 0; leave partition= out to let the key decide."
    )


def _denied(topic: str, error: Any) -> Exception:
    if error.code() != Error.CLUSTER_AUTHORIZATION_FAILED:
        return topic_problem(topic, error)
    return KafkaUnusable(
        f"Kafka did not permit to publish to '{topic}': {str(error.str()).rstrip('.')}.\n"
        "Ask for the right to write to the topic. Before Kafka 3.0 a producer needs IdempotentWrite on the cluster, "
        "too; enable.idempotence=False does without."
    )


class _NothingSent(Exception):
    """None of the events was stored, since the topic or partition is not known. ``reason`` is what to tell of that."""

    def __init__(self, reason: Exception) -> None:
        super().__init__()
        self.reason = reason


class _Delivery:
    """The acknowledgements of some events."""

    def __init__(self, events: Sequence[Outgoing], now: int) -> None:
        self.events = events
        self.now = now
        self.open = len(events)
        self.failures: dict[int, Any] = {}
        self._partitions: list[int] = [-1] * len(events)
        self._offsets: list[int] = [UNKNOWN] * len(events)
        self._stamps: list[tuple[int, int]] = [(0, -1)] * len(events)

    def report(self, index: int, error: Any, message: Any) -> None:
        """The client's delivery callback."""
        self.open -= 1
        if error is not None:
            self.failures[index] = error
        else:
            # Not the message itself, which has copies of key and value.
            self._partitions[index] = message.partition()
            self._stamps[index] = message.timestamp()
            offset = message.offset()
            if offset is not None:
                self._offsets[index] = offset

    def refuse(self, index: int, error: Any) -> None:
        """The event could not be queued."""
        self.open -= 1
        self.failures[index] = error

    def first_failure(self) -> tuple[int, Any]:
        """The index of the first event that failed, and why; what the broker said goes before what was purged."""
        said = {index: error for index, error in self.failures.items() if error.code() not in _UNDELIVERED}
        index = min(said or self.failures, default=0)
        return index, self.failures.get(index, Error(Error._MSG_TIMED_OUT))

    @property
    def sent_nothing(self) -> bool:
        """Whether each of the events failed, or was left, since the client knows no such topic or partition."""
        codes = {error.code() for error in self.failures.values()}
        return len(self.failures) + self.open == len(self.events) and bool(codes) and codes <= _UNKNOWN_PLACE

    def in_flight(self) -> bool:
        return any(error.code() == Error._PURGE_INFLIGHT for error in self.failures.values())

    def records(self, *, own_time: bool) -> list[PlainRecord]:
        """What was acknowledged, with the offset ``UNKNOWN`` where no leader told one.

        The embedded broker acknowledges a time that no event has.
        """
        stamps: Iterable[Any] = self._stamps
        if own_time:
            stamps = ((client.TIMESTAMP_CREATE_TIME, one.timestamp or self.now) for one in self.events)
        places = zip(map(_TOPIC, self.events), self._partitions, self._offsets, strict=True)
        return rows(PlainRecord, places, stamps, *(map(part, self.events) for part in (_KEY, _VALUE, _HEADERS)))
