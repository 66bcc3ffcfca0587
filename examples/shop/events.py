"""Events on their way in and out."""

from __future__ import annotations

import json
import sqlite3
import uuid
from dataclasses import dataclass
from typing import Any

from examples.shop import fields

REASON_CHARACTERS = 500


@dataclass(frozen=True)
class Received:
    """An event as it came from Kafka."""

    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None
    value: bytes | None

    def fields(self) -> fields.Fields:
        return fields.read(self.value)

    @property
    def place(self) -> str:
        return f"{self.topic}[{self.partition}]@{self.offset}"

    @property
    def identity(self) -> str:
        """The same when Kafka delivers it again, another in a new Kafka, which counts its offsets from 0 again."""
        return f"{self.place} of {self.timestamp}"


def is_new(database: sqlite3.Connection, event_id: str) -> bool:
    """Whether this event was not handled before; from now on it was, if the transaction is kept."""
    return database.execute("insert into handled_events values (?) on conflict do nothing", [event_id]).rowcount == 1


def publish(database: sqlite3.Connection, topic: str, key: str, **fields: Any) -> None:
    """Publishes when the transaction is kept, and only then: the event waits in the same database."""
    value = json.dumps({"eventId": str(uuid.uuid4()), **fields}).encode()
    _put(database, topic, key.encode(), value, {})


def put_aside(database: sqlite3.Connection, event: Received, reason: str, group: str) -> None:
    """Publishes a dead letter of that group, once: also of an event that comes again."""
    if is_new(database, f"dead letter of {event.identity}"):
        headers = {
            "reason": reason[:REASON_CHARACTERS].encode(errors="backslashreplace").decode(),
            "origin": event.place,
            "origin-topic": event.topic,
            "origin-partition": str(event.partition),
            "origin-offset": str(event.offset),
            "group": group,
        }
        _put(database, f"{event.topic}.dlq", event.key, event.value, headers)


def _put(
    database: sqlite3.Connection, topic: str, key: bytes | None, value: bytes | None, headers: dict[str, str]
) -> None:
    database.execute(
        "insert into outbox (topic, key, value, headers) values (?, ?, ?, ?)", [topic, key, value, json.dumps(headers)]
    )
