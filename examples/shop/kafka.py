"""The way to Kafka and from it: an outbox that is published, and consumer groups that commit after their work."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from sqlite3 import Connection
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, Producer
from confluent_kafka.admin import AdminClient, NewTopic

from examples.shop import bugs
from examples.shop.database import Database
from examples.shop.events import Received, Unreadable, put

PARTITIONS = 3
ANSWER_SECONDS = 3.0
POLL_SECONDS = 0.1
FLUSH_SECONDS = 10.0

log = logging.getLogger("shop")

Handler = Callable[[Connection, Received], None]
Settings = Mapping[str, Any]


class KafkaIsAway(Exception):
    """Kafka gave no answer."""


def client(address: str, name: str) -> dict[str, Any]:
    return {"bootstrap.servers": address, "client.id": f"shop-{name}", "logger": logging.getLogger("shop.kafka")}


def make_topics(address: str, topics: list[str]) -> None:
    """Those that are missing. Asking for a topic makes it where the broker makes topics by itself."""
    producer = Producer(client(address, "topics"))
    missing = [topic for topic in topics if _error_of(producer, topic) is not None]
    if not missing:
        return
    admin = AdminClient(client(address, "topics"))
    for topic, future in admin.create_topics([NewTopic(topic, PARTITIONS) for topic in missing]).items():
        try:
            future.result(ANSWER_SECONDS)
        except KafkaException as error:
            # Somebody else was quicker.
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise KafkaIsAway(f"the topic '{topic}' can't be made: {error.args[0].str()}") from error


def _error_of(producer: Producer, topic: str) -> KafkaError | None:
    try:
        error: KafkaError | None = producer.list_topics(topic, timeout=ANSWER_SECONDS).topics[topic].error
    except KafkaException as away:
        raise KafkaIsAway(away.args[0].str()) from away
    return error


class Outbox(threading.Thread):
    """Publishes what waits in the database, in its order; each stays there until Kafka has acknowledged it.

    After a crash in between, an event is published again, with the same `eventId`.
    """

    def __init__(self, address: str, database: Database) -> None:
        super().__init__(name="outbox")
        # Never given up, and never overtaken by a later one.
        settings = {"enable.idempotence": True, "message.timeout.ms": 0, "linger.ms": 0}
        self._producer = Producer(client(address, "outbox") | settings)
        self._database = database
        self._handed_over = 0
        self._acknowledged: list[int] = []
        self._over = threading.Event()

    def kafka_answers(self) -> str | None:
        """Nothing, or why it does not."""
        try:
            self._producer.list_topics(timeout=1.0)
        except KafkaException as error:
            return str(error.args[0].str())
        return None

    def run(self) -> None:
        while not self._over.is_set():
            self._publish()
            self._producer.flush(POLL_SECONDS)
            self._forget_acknowledged()
            if not len(self._producer):
                self._database.changed.wait()
            self._database.changed.clear()
        self._producer.flush(FLUSH_SECONDS)
        self._forget_acknowledged()

    def stop(self) -> None:
        self._over.set()
        self._database.changed.set()
        self.join()

    def _publish(self) -> None:
        with self._database.reading() as database:
            waiting = database.execute("select * from outbox where number > ? order by number", [self._handed_over])
            rows = waiting.fetchall()
        for row in rows:
            self._producer.produce(
                row["topic"],
                row["value"],
                row["key"],
                headers=json.loads(row["headers"]),
                on_delivery=self._delivered(row["number"]),
            )
            self._handed_over = row["number"]

    def _delivered(self, number: int) -> Callable[[KafkaError | None, Message], None]:
        def delivered(error: KafkaError | None, message: Message) -> None:
            if error is None:
                self._acknowledged.append(number)
            else:
                log.error("The event %d for %s waits for the next start: %s", number, message.topic(), error.str())

        return delivered

    def _forget_acknowledged(self) -> None:
        if not self._acknowledged:
            return
        with self._database.transaction() as database:
            database.executemany("delete from outbox where number = ?", [[number] for number in self._acknowledged])
        self._acknowledged.clear()


class Group(threading.Thread):
    """One member of a consumer group: takes events one by one, and commits each after the database did."""

    def __init__(
        self, address: str, group: str, topic: str, handler: Handler, database: Database, settings: Settings
    ) -> None:
        super().__init__(name=group)
        ordinary = {
            "group.id": group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "fetch.wait.max.ms": 20,
        }
        self._consumer = Consumer(client(address, group) | ordinary | dict(settings))
        self._topic = topic
        self._handler = handler
        self._database = database
        self._over = threading.Event()
        self._assigned = threading.Event()

    def wait_until_ready(self, seconds: float) -> bool:
        """Whether it has got its partitions: what is published from then on is taken at once."""
        return self._assigned.wait(seconds)

    def run(self) -> None:
        self._consumer.subscribe(
            [self._topic],
            on_assign=lambda *_: self._assigned.set(),
            on_revoke=lambda *_: self._assigned.clear(),
        )
        while not self._over.is_set():
            message = self._consumer.poll(POLL_SECONDS)
            if message is None:
                continue
            if message.error() is not None:
                log.warning("%s: %s", self.name, message.error())
                continue
            self._take(message)
        self._consumer.close()

    def stop(self) -> None:
        self._over.set()
        self.join()

    def _take(self, message: Message) -> None:
        event = Received(
            str(message.topic()),
            int(message.partition() or 0),
            int(message.offset() or 0),
            message.key(),
            message.value(),
        )
        try:
            with self._database.transaction() as database:
                self._handler(database, event)
        except Unreadable as reason:
            self._put_aside(event, str(reason))
        try:
            self._consumer.commit(message=message, asynchronous=False)
        except KafkaException as error:
            # It comes again, and is known then.
            log.warning("%s could not commit %s: %s", self.name, event.place, error)

    def _put_aside(self, event: Received, reason: str) -> None:
        log.warning("%s is put aside: %s", event.place, reason)
        if bugs.has("dead-letter-swallowed"):
            return
        with self._database.transaction() as database:
            put(database, f"{event.topic}.dlq", event.key, event.value, {"reason": reason, "origin": event.place})
