"""Kafka transactions of the producer: begun, committed and aborted, one at a time."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import confluent_kafka as client

from KafkaLibrary.broker.clients.client_calls import apart
from KafkaLibrary.broker.clients.closing import let_go
from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.publishing.delivery_reports import UNDELIVERED
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable, KeywordMisused
from KafkaLibrary.event import Event, PlainRecord

Error = client.KafkaError
Make = Callable[[dict[str, Any]], Any]
"""Makes a producer with these properties besides those of the connection."""


class Transactions:
    """The transactions of one connection. ``producer`` is the one whose transaction is open, if one is."""

    def __init__(self, admin: Admin, make: Make) -> None:
        self._admin = admin
        self._make = make
        self.producer: Any = None
        self.met: set[str] = set()
        """Topics that this producer knows."""
        self._published: list[PlainRecord] = []
        self._aborted: set[tuple[object, ...]] = set()

    @property
    def is_open(self) -> bool:
        return self.producer is not None

    def begin(self, deadline: Deadline) -> None:
        """From now on events are published in one transaction."""
        if self.is_open:
            raise KeywordMisused("A Kafka transaction is open already. Commit or abort it first.")
        producer = self._make(
            {"transactional.id": f"robotframework-{secrets.token_hex(16)}", "enable.idempotence": True}
        )
        self.met.clear()
        self._slices(producer, producer.init_transactions, deadline, "begin a transaction")
        producer.begin_transaction()
        self._published = []
        self.producer = producer

    def published(self, records: Iterable[PlainRecord]) -> None:
        """These events are in the transaction that is open."""
        self._published += records

    def commit(self, deadline: Deadline) -> None:
        """Make the events of the transaction visible."""
        self._end("commit", deadline)

    def abort(self, deadline: Deadline) -> None:
        """Let the events of the transaction never be seen by a reader of committed events."""
        self._end("abort", deadline)

    def _end(self, how: str, deadline: Deadline) -> None:
        producer = self.producer
        if producer is None:
            raise KeywordMisused(f"There is no Kafka transaction to {how}. Begin one with 'Begin Kafka Transaction'.")
        try:
            self._slices(producer, getattr(producer, f"{how}_transaction"), deadline, f"{how} the transaction")
        except client.KafkaException:
            other = "commit" if how == "abort" else "abort"
            raise KafkaUnusable(
                f"Kafka could not {how} the transaction: an earlier {other} has no answer yet.\n"
                f"Call '{other.title()} Kafka Transaction' again, or end the test to give the transaction up."
            ) from None
        self.producer = None
        if how == "abort":
            self._aborted.update((*record.at, record.stamp[1]) for record in self._published)

    def give_up(self) -> None:
        """Let a transaction go whose end is not known. Kafka aborts what is open still when its time is over."""
        producer, self.producer = self.producer, None
        if producer is not None:
            producer.purge(in_queue=True, in_flight=True, blocking=True)
            let_go([producer], patience=0)

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
                if error.retriable() and not deadline.passed and self._admin.go_on(deadline):
                    producer.poll(0.01)
                    continue
                must_abort = error.txn_requires_abort()  # as after a publishing that was stopped
                if error.retriable() or (error.code() in UNDELIVERED and not must_abort):
                    raise self._admin.unreachable(deadline, doing, error) from None
                if error.fatal() or producer is not self.producer:
                    self.producer = None
                    raise KafkaUnusable(f"Kafka could not {doing}: {error.str()}.") from None
                raise KafkaUnusable(
                    f"Kafka could not {doing}: {error.str()}.\nAbort it with 'Abort Kafka Transaction'."
                ) from None
            return
