"""The producer: publishing, where an event counts when the broker has acknowledged it, and else its keyword fails.

What was not delivered is taken out of the client's queue, so that nothing arrives silently
after its keyword failed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import confluent_kafka as client

from KafkaLibrary.broker.clients.client_calls import answered, apart, question
from KafkaLibrary.broker.clients.closing import let_go
from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.publishing import refusals
from KafkaLibrary.broker.publishing.delivery_reports import NO_TOPIC, UNDELIVERED, Delivery, Outgoing, topics_of
from KafkaLibrary.broker.publishing.transactions import Transactions
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.broker.settings.refused_properties import explain_refusal
from KafkaLibrary.deadline import LATE, SLICE, Deadline, in_words
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.event import PlainRecord
from KafkaLibrary.secrets.client_properties import Properties

Error = client.KafkaError
_PERHAPS_NO_TOPIC = (*UNDELIVERED, Error._UNKNOWN_PARTITION, Error._DESTROY_BROKER, Error._DESTROY)
"""What the client says of a topic, too, that was deleted after it had met it."""
_ANSWER = 0.3
_GLANCE = 0.005
_BY_KEY = -1
_NO_MORE: dict[str, Any] = {}
_ASKED_AGAIN = 1.0
"""Seconds without an acknowledgement after which a topic is asked about once more."""
_NEAR = 0.02
"""Seconds in which a Kafka of this machine answers."""
_SERVED = 500
"""Events that are queued before their acknowledgements are looked at."""
_LINGER = {"linger.ms": 20}
"""Events go out together, in few requests, not as the client's thread wakes between two of them; ``flush`` ends it."""
_OWN_LINGER = {"linger.ms", "queue.buffering.max.ms"}

Foresee = Callable[[Sequence[str]], None]


class EventProducer:
    """The producer of one connection, made at first use and anew after a failure; a second one for transactions."""

    def __init__(
        self, settings: Settings, admin: Admin, client_errors: ClientErrors, foresee: Foresee, *, embedded: bool
    ) -> None:
        """``foresee`` is told what is published to while a Kafka that is far away has not answered yet."""
        self._embedded = embedded
        self._foresee = foresee
        self._is_far = False
        self._settings = settings
        self._lingers = not _OWN_LINGER.isdisjoint(settings.properties)
        self._admin = admin
        self._client_errors = client_errors
        self._plain: Any = None
        self._met: set[str] = set()
        self.transactions = Transactions(admin, self._make)

    def publish(self, events: Sequence[Outgoing], deadline: Deadline) -> list[PlainRecord]:
        """Send these events, in their order, and wait for the acknowledgement of each.

        One that was sent again to another leader may have the offset ``UNKNOWN``; see ``unknown_offsets``.
        """
        had_met = not self.transactions.is_open and self._met.issuperset(topics_of(events))
        try:
            return self._publish(events, deadline)
        except _NothingSent as failed:
            reason = failed.reason
        if not had_met or deadline.passed:
            raise reason
        # What the client knows of a topic may be older than the topic: it is met anew, once.
        for topic in topics_of(events):
            if self._is_missing(topic):
                raise self._no_topic(topic, deadline)
        try:
            return self._publish(events, deadline)
        except _NothingSent as failed:
            raise failed.reason from None

    def _publish(self, events: Sequence[Outgoing], deadline: Deadline) -> list[PlainRecord]:
        """Raises ``_NothingSent`` where the client sent none of the events, for it knows no such topic or partition."""
        producer = self._current()
        delivery = Delivery(events, int(time.time() * 1000))
        try:
            for topic in topics_of(events):
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
            self._client_errors.heard()
            return self._acknowledged(producer, delivery)
        self._discard(producer)
        if not delivery.open and not delivery.failures:  # at the last moment
            return self._acknowledged(producer, delivery)
        failure = self._failure(delivery, deadline)
        raise _NothingSent(failure) if delivery.sent_nothing and not len(producer) else failure

    def _acknowledged(self, producer: Any, delivery: Delivery) -> list[PlainRecord]:
        records = delivery.records(own_time=self._embedded)
        if producer is self.transactions.producer:
            self.transactions.published(records)
        return records

    def _queue(self, producer: Any, delivery: Delivery, deadline: Deadline) -> None:
        """Queue all events, in their order; fewer where one of them has failed meanwhile."""
        for first in range(0, len(delivery.events), _SERVED):
            if first:
                producer.poll(0)
            if delivery.failures or not self._queue_some(producer, delivery, first, deadline):
                return

    def _queue_some(self, producer: Any, delivery: Delivery, first: int, deadline: Deadline) -> bool:
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
            except OverflowError:  # a partition beyond all that Kafka counts
                delivery.refuse(index, Error(Error._UNKNOWN_PARTITION))
                return False
        return True

    def _await(self, producer: Any, delivery: Delivery, deadline: Deadline) -> None:
        """Wait for the acknowledgements, as long as that can help."""
        ask_again = time.monotonic() + _ASKED_AGAIN
        wait = producer.poll if self._lingers else producer.flush
        while delivery.open and not delivery.failures and not deadline.passed and self._admin.go_on(deadline):
            wait(deadline.slice())
            if time.monotonic() > ask_again:
                # A topic that was only just made may stay unknown to the client until it is asked about again.
                ask_again = time.monotonic() + _ASKED_AGAIN
                for topic in topics_of(delivery.events):
                    question(producer.list_topics, topic)

    def _queue_late(
        self, produce: Callable[[], Any], producer: Any, index: int, delivery: Delivery, deadline: Deadline
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
        met = self._met if producer is self._plain else self.transactions.met
        if topic in met:
            return
        # Asked twice: a producer whose broker was not up at the first question waits for that timer all the same.
        for _ in range(1 if met else 2):
            if not self._tells_at_once(producer, topic) and not self._tells(producer, topic, deadline):
                return  # Kafka is away: the acknowledgement that does not come will tell
        met.add(topic)

    def _tells_at_once(self, producer: Any, topic: str) -> bool:
        """Whether Kafka answers as it does from near: no thread is needed for that."""
        if self._is_far:
            return False
        try:
            listed = apart(partial(producer.list_topics, topic, timeout=_NEAR))
        except client.KafkaException:
            return False
        self._admin.identity.note(listed)
        self._client_errors.heard()
        return True

    def _tells(self, producer: Any, topic: str, deadline: Deadline) -> bool:
        answer = question(producer.list_topics, topic)
        self._is_far = True
        self._foresee([topic])
        is_told = answered(answer, deadline, partial(self._admin.go_on, deadline)) and answer.exception() is None
        if is_told:
            self._admin.identity.note(answer.result())
            self._client_errors.heard()
        return is_told

    def forget(self, topic: str) -> None:
        """What the client knows of this topic is out of date."""
        self._met.discard(topic)
        self.transactions.met.discard(topic)

    def open(self) -> None:
        """Make the producer before it is needed: a property that the client does not take shows here."""
        if self._plain is None:
            self._plain = self._make({})

    def _current(self) -> Any:
        if self.transactions.is_open:
            return self.transactions.producer
        self.open()
        return self._plain

    def _make(self, more: dict[str, Any]) -> Any:
        given = self._settings.for_producer() | ({} if self._lingers else _LINGER)
        properties = Properties({**given, **more, "error_cb": self._client_errors.told})
        try:
            return client.Producer(properties, logger=self._client_errors)
        except client.KafkaException as refusal:
            raise explain_refusal(str(refusal.args[0].str()), self._settings) from None

    def _discard(self, producer: Any) -> None:
        # An idempotent producer with a gap in its sequence is of no more use, whatever stops this call.
        if producer is self._plain:
            self._plain = None
            self._met.clear()
        producer.purge(in_queue=True, in_flight=True, blocking=True)  # which does not block; with False it would
        leftover = Deadline(LATE)
        while len(producer) and not leftover.passed:
            with suppress(client.KafkaException):  # it said so before
                producer.poll(leftover.slice(0.01))
        if producer is not self.transactions.producer:
            let_go([producer], patience=0)

    def _failure(self, delivery: Delivery, deadline: Deadline) -> Exception:
        event, error = delivery.first_failure()
        reason = self._explained(error, event, deadline)
        delivered = len(delivery.events) - delivery.open - len(delivery.failures)
        notes = []
        if len(delivery.events) > 1:
            notes.append(f"{delivered} of {len(delivery.events)} events were acknowledged before.")
        if delivery.in_flight():
            notes.append("It was already in flight at the timeout: it may still arrive.")
        elif error.code() in UNDELIVERED:
            notes.append("It was removed from the queue and will not be sent later.")
        return type(reason)("\n".join([str(reason), *notes]))

    def _explained(self, error: Any, event: Outgoing, deadline: Deadline) -> Exception:
        code = error.code()
        told = refusals.told(error, event, self._settings.for_producer())
        if told is not None:
            return told
        if code in NO_TOPIC or (code in _PERHAPS_NO_TOPIC and self._is_missing(event.topic)):
            return self._no_topic(event.topic, deadline)
        if code == Error._UNKNOWN_PARTITION:
            return refusals.no_partition(event)
        if code in UNDELIVERED:
            return self._unreachable(event, deadline)
        reason = f"{error.str()}."
        if code == Error._STATE and self.transactions.is_open:
            reason = "the transaction can't continue after a failure in it.\nAbort it with 'Abort Kafka Transaction'."
        return KafkaUnusable(f"The event for '{event.topic}' was not published: {reason}")

    def _no_topic(self, topic: str, deadline: Deadline) -> KafkaUnusable:
        near = self._admin.near_topics(topic, deadline.beside(1))
        return KafkaUnusable(
            f"The event was not published: the topic '{topic}' does not exist. {near}".rstrip()
            + "\nCreate it with 'Create Topic', or correct its name."
        )

    def _is_missing(self, topic: str) -> bool:
        """Whether Kafka says at once that there is no such topic; the client itself waits three seconds for one."""
        if self._embedded or self._client_errors.text() or not self._client_errors.was_heard:
            return False
        seconds = _ANSWER + self._admin.pace.more()
        asked, until = self._admin.ask_topics([topic], seconds), Deadline(seconds)
        while (answer := asked.answer()) is None and not until.passed:
            self._admin.pause(_GLANCE)
        return answer == {topic: None}

    def _unreachable(self, event: Outgoing, deadline: Deadline) -> KafkaUnusable:
        reason = self._admin.diagnosis.reason(deadline, "the broker did not acknowledge it in time")
        within = f" within {in_words(deadline.seconds)}" if not reason.final else ""
        because = f"Kafka at {self._settings.bootstrap_servers} did not accept it: {reason.text}."
        return KafkaUnusable(
            f"The event for '{event.topic}' was not published{within}.\n{self._admin.why(reason, because, deadline)}"
        )

    def clients(self) -> list[Any]:
        """The producer, to be let go. Nothing is in its queue: each keyword waits for its own events."""
        self.transactions.give_up()
        made, self._plain = self._plain, None
        return [made]


def _behind(producer: Any, error: Any) -> Any:
    """The error behind a general one: what a client can't go on after is told in detail by ``poll`` alone."""
    if error.code() == Error._FATAL:
        try:
            producer.poll(SLICE)
        except client.KafkaException as said:
            return said.args[0]
    return error


class _NothingSent(Exception):
    """None of the events was stored, since the topic or partition is not known. ``reason`` is what to tell of that."""

    def __init__(self, reason: Exception) -> None:
        super().__init__()
        self.reason = reason
