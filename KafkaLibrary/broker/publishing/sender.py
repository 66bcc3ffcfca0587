"""Publishes events one by one and waits for none of them: for what goes on beside the test.

It belongs to one thread, which has to call ``serve`` now and then: there it is told what was acknowledged.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import confluent_kafka as client

from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.publishing import refusals
from KafkaLibrary.broker.publishing.delivery_reports import NO_TOPIC, UNDELIVERED, Outgoing
from KafkaLibrary.broker.publishing.unknown_offsets import UNKNOWN
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.broker.settings.refused_properties import explain_refusal
from KafkaLibrary.deadline import SLICE
from KafkaLibrary.secrets.client_properties import Properties

Error = client.KafkaError
_QUESTION = 0.3
"""Seconds to ask for a topic before the first event goes to it, which would wait for a timer of the client."""

Told = Callable[[str, "tuple[int, int] | None"], None]
"""Is told why an event was not published, or nothing and then its partition and offset; that may be ``UNKNOWN``."""


class Sender:
    """A producer that is made at the first event, and anew after an error that it can't go on after."""

    def __init__(self, settings: Settings, client_errors: ClientErrors) -> None:
        self._settings = settings
        self._client_errors = client_errors
        self._producer: Any = None
        self._met: set[str] = set()

    def meet(self, topic: str) -> None:
        """Learn of a topic, so that the first event for it is not late. Where there is no answer it will be."""
        if topic not in self._met:
            with suppress(client.KafkaException):
                # Twice: a producer whose broker was not up at the first question waits for a timer all the same.
                for _ in range(1 if self._met else 2):
                    self._made().list_topics(topic, timeout=_QUESTION)
                self._met.add(topic)

    def send(self, event: Outgoing, told: Told) -> None:
        """Hand over an event. What becomes of it is told in a later ``serve``, of a refused one at once."""
        self.meet(event.topic)
        partition = -1 if event.partition is None else event.partition
        more: dict[str, Any] = {"headers": list(event.headers)} if event.headers else {}
        more |= {"on_delivery": partial(self._report, event, told), "timestamp": event.timestamp or _now()}
        produce = partial(self._made().produce, event.topic, event.value, event.key, partition, **more)
        try:
            try:
                produce()
            except BufferError:
                self.serve(SLICE)
                produce()
        except BufferError:
            told("more events wait to be published than the client takes", None)
        except client.KafkaException as problem:
            self._report(event, told, problem.args[0], None)

    def serve(self, seconds: float = 0) -> None:
        """Take what was acknowledged, after at most that time."""
        if self._producer is None:
            return
        try:
            self._producer.poll(seconds)
        except client.KafkaException:  # the client can't go on: each of its events is told why
            self.drop()

    def drop(self) -> None:
        """Take all events that were not acknowledged out of the queue; each is told so."""
        dropped, self._producer = self._producer, None
        self._met.clear()
        if dropped is not None:
            dropped.purge(in_queue=True, in_flight=True, blocking=True)
            with suppress(client.KafkaException):  # it said so before
                dropped.poll(0)

    def clients(self) -> list[Any]:
        """The producer, to be let go."""
        self.drop()
        made, self._producer = self._producer, None
        return [made]

    def _made(self) -> Any:
        if self._producer is None:
            properties = Properties({**self._settings.for_producer(), "error_cb": self._client_errors.told})
            try:
                self._producer = client.Producer(properties, logger=self._client_errors)
            except client.KafkaException as refusal:
                raise explain_refusal(str(refusal.args[0].str()), self._settings) from None
        return self._producer

    def _report(self, event: Outgoing, told: Told, error: Any, record: Any) -> None:
        if error is None:
            self._client_errors.heard()
            offset = record.offset()
            told("", (record.partition(), UNKNOWN if offset is None else offset))
        else:
            told(self._explained(error, event), None)

    def _explained(self, error: Any, event: Outgoing) -> str:
        code = error.code()
        said = refusals.told(error, event, self._settings.for_producer())
        if said is not None:
            return str(said).split("\n", maxsplit=1)[0]
        if code in NO_TOPIC:
            return f"the topic '{event.topic}' does not exist"
        if code == Error._PURGE_INFLIGHT:
            return "Kafka has not acknowledged it; it is in flight and may still arrive"
        if code in UNDELIVERED:
            return (
                f"Kafka did not accept it: {self._client_errors.text() or 'the broker did not acknowledge it in time'}"
            )
        return str(error.str())


def _now() -> int:
    return int(time.time() * 1000)
