"""The way to Kafka and from it: an outbox that is published, and consumer groups that commit after their work."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, Producer
from confluent_kafka.admin import AdminClient, NewTopic

from examples.shop import bugs
from examples.shop.database import Database
from examples.shop.errors import CanNotStart, Unreadable
from examples.shop.events import Received, put_aside

PARTITIONS = 3
ANSWER_SECONDS = 3.0
POLL_SECONDS = 0.1
AGAIN_SECONDS = 1.0
FLUSH_SECONDS = 2.0
STOP_SECONDS = 5.0

log = logging.getLogger("shop")

Handler = Callable[[Connection, Received], None]
Settings = Mapping[str, Any]


def client(address: str, name: str) -> dict[str, Any]:
    return {"bootstrap.servers": address, "client.id": f"shop-{name}", "logger": logging.getLogger("shop.kafka")}


def make_topics(address: str, topics: Sequence[str]) -> None:
    """Those that are missing. Asking for a topic makes it where the broker makes topics by itself."""
    producer = Producer(client(address, "topics"))
    try:
        missing = [topic for topic in topics if _error_of(producer, topic) is not None]
    except KafkaException as error:
        raise CanNotStart(f"Kafka does not answer at {address}: {error.args[0].str()}") from error
    if not missing:
        return
    admin = AdminClient(client(address, "topics"))
    made = admin.create_topics([NewTopic(topic, PARTITIONS) for topic in missing], request_timeout=ANSWER_SECONDS)
    for topic, future in made.items():
        try:
            # The request has a limit of its own, so this has none.
            future.result()
        except KafkaException as error:
            # Somebody else was quicker.
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise CanNotStart(f"the topic '{topic}' can't be made: {error.args[0].str()}") from error


def _error_of(producer: Producer, topic: str) -> KafkaError | None:
    error: KafkaError | None = producer.list_topics(topic, timeout=ANSWER_SECONDS).topics[topic].error
    return error


class Worker(threading.Thread):
    """Works until it is told to finish. An error that it does not expect ends it, and with it the shop."""

    def __init__(self, name: str) -> None:
        # The shop can end without one that Kafka keeps waiting: what it has not finished comes again.
        super().__init__(name=name, daemon=True)
        self._over = threading.Event()

    def trouble(self) -> str | None:
        """What keeps it from working now."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Returns when it can begin. Raises ``CanNotStart``."""

    def finish(self) -> None:
        """Returns at once; `join` waits for it."""
        self._over.set()


def stop(workers: Sequence[Worker]) -> None:
    """Lets them end what they have begun."""
    for worker in workers:
        worker.finish()
    until = time.monotonic() + STOP_SECONDS
    for worker in workers:
        worker.join(max(0.0, until - time.monotonic()))
        if worker.is_alive():
            log.warning("'%s' does not end within %g seconds, and is left behind", worker.name, STOP_SECONDS)


class Outbox(Worker):
    """Publishes what waits in the database, in its order; each stays there until Kafka has acknowledged it.

    After a crash in between, an event is published again, with the same `eventId`.
    """

    def __init__(self, address: str, database: Database) -> None:
        super().__init__("outbox")
        # However long Kafka is away, what was handed over stays in its order.
        settings = {"enable.idempotence": True, "message.timeout.ms": 0, "linger.ms": 0}
        self._producer = Producer(client(address, "outbox") | settings)
        self._address = address
        self._database = database
        self._acknowledged: list[int] = []
        self._refusal: str | None = None

    def trouble(self) -> str | None:
        try:
            self._producer.list_topics(timeout=1.0)
        except KafkaException as error:
            return f"Kafka does not answer at {self._address}: {error.args[0].str()}"
        with self._database.reading() as database:
            given_up = database.execute("select topic, refused from outbox where refused is not null").fetchone()
        return self._refusal or (given_up and f"an event for {given_up['topic']} is given up: {given_up['refused']}")

    def run(self) -> None:
        while not self._over.is_set():
            self._database.changed.clear()
            self._hand_over()
            # A round ends when nothing is on its way. What was refused is still in its place for the next.
            while len(self._producer) and not self._over.is_set():
                self._producer.flush(POLL_SECONDS)
            self._forget_acknowledged()
            self._database.changed.wait(AGAIN_SECONDS if self._refusal else None)
        # What came last; but nothing that is still on its way a second time.
        if self._producer.flush(FLUSH_SECONDS) == 0:
            self._forget_acknowledged()
            self._hand_over()
            self._producer.flush(FLUSH_SECONDS)
        self._forget_acknowledged()
        with self._database.reading() as database:
            left = database.execute("select count(*) from outbox").fetchone()[0]
        if left:
            log.warning("%d events wait in the database for the next start", left)

    def finish(self) -> None:
        super().finish()
        self._database.changed.set()

    def _hand_over(self) -> None:
        self._refusal = None
        with self._database.reading() as database:
            rows = database.execute("select * from outbox where refused is null order by number").fetchall()
        for row in rows:
            number, topic = row["number"], row["topic"]
            try:
                self._producer.produce(
                    topic,
                    row["value"],
                    row["key"],
                    headers=json.loads(row["headers"]),
                    on_delivery=self._delivered(number),
                )
            except BufferError:
                # The client can't hold more: the rest is for the next round.
                return
            except KafkaException as error:
                self._refused(number, topic, error.args[0])

    def _delivered(self, number: int) -> Callable[[KafkaError | None, Message], None]:
        def delivered(error: KafkaError | None, message: Message) -> None:
            if error is None:
                self._acknowledged.append(number)
            else:
                self._refused(number, str(message.topic()), error)

        return delivered

    def _refused(self, number: int, topic: str, error: KafkaError) -> None:
        if error.fatal():
            raise KafkaException(error)
        if error.code() == KafkaError.MSG_SIZE_TOO_LARGE:
            # It would be so in each round, so it is kept where it holds up nothing.
            log.error("The event %d for %s is given up: %s", number, topic, error.str())
            with self._database.transaction() as database:
                database.execute("update outbox set refused = ? where number = ?", [error.str(), number])
        elif self._refusal is None:
            self._refusal = f"Kafka refuses an event for {topic}: {error.str()}"
            log.warning("%s; it is tried again", self._refusal)

    def _forget_acknowledged(self) -> None:
        if not self._acknowledged:
            return
        with self._database.transaction() as database:
            database.executemany("delete from outbox where number = ?", [[number] for number in self._acknowledged])
        self._acknowledged.clear()


class Group(Worker):
    """One member of a consumer group: takes events one by one, and commits each after the database did."""

    def __init__(
        self, address: str, group: str, topic: str, handler: Handler, database: Database, settings: Settings
    ) -> None:
        super().__init__(group)
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
        self._assigned = threading.Event()

    def trouble(self) -> str | None:
        """Nothing when it has got its partitions: what is published from then on is taken at once."""
        return None if self._assigned.is_set() else f"the group '{self.name}' has no partitions"

    def run(self) -> None:
        try:
            self._consumer.subscribe(
                [self._topic],
                on_assign=lambda *_: self._assigned.set(),
                on_revoke=lambda *_: self._assigned.clear(),
            )
            while not self._over.is_set():
                message = self._consumer.poll(POLL_SECONDS)
                if message is not None:
                    self._look_at(message)
        finally:
            # Or the group would wait for this member until its session is over.
            self._consumer.close()

    def _look_at(self, message: Message) -> None:
        error = message.error()
        if error is None:
            self._take(message)
        elif error.fatal():
            raise KafkaException(error)
        else:
            log.warning("%s: %s", self.name, error)

    def _take(self, message: Message) -> None:
        event = Received(
            str(message.topic()),
            int(message.partition() or 0),
            int(message.offset() or 0),
            message.timestamp()[1],
            message.key(),
            message.value(),
        )
        take(self._database, self._handler, event, self.name)
        try:
            self._consumer.commit(message=message, asynchronous=False)
        except KafkaException as error:
            # It comes again, and is known then.
            log.warning("%s could not commit %s: %s", self.name, event.place, error)


def take(database: Database, handler: Handler, event: Received, group: str) -> None:
    """What the group can't take is put aside."""
    try:
        with database.transaction() as transaction:
            handler(transaction, event)
    except Unreadable as reason:
        log.warning("%s is put aside: %s", event.place, reason)
        if not bugs.has("dead-letter-swallowed"):
            with database.transaction() as transaction:
                put_aside(transaction, event, str(reason), group)
