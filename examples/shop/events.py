"""Events on their way in and out."""

from __future__ import annotations

import json
import sqlite3
import uuid
from dataclasses import dataclass
from typing import Any


class Unreadable(Exception):
    """An event that the shop can't take, and why."""


@dataclass(frozen=True)
class Received:
    """An event as it came from Kafka."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None

    def fields(self) -> dict[str, Any]:
        try:
            fields = json.loads(self.value or b"")
        except ValueError as error:
            raise Unreadable(f"the value is not JSON: {error}") from error
        if not isinstance(fields, dict):
            raise Unreadable("the value is not an object")
        return fields

    @property
    def place(self) -> str:
        return f"{self.topic}[{self.partition}]@{self.offset}"


def field(fields: dict[str, Any], name: str, kind: type) -> Any:
    if name not in fields:
        raise Unreadable(f"the field '{name}' is missing")
    # To Python true is an integer.
    if not isinstance(fields[name], kind) or (kind is int and isinstance(fields[name], bool)):
        raise Unreadable(f"the field '{name}' is {json.dumps(fields[name])}, not {WORDS[kind]}")
    return fields[name]


WORDS = {int: "a whole number", str: "a text"}


def is_new(database: sqlite3.Connection, event_id: str) -> bool:
    """Whether this event was not handled before; from now on it was, if the transaction is kept."""
    return database.execute("insert or ignore into handled_events values (?)", [event_id]).rowcount == 1


def publish(database: sqlite3.Connection, topic: str, key: str, **fields: Any) -> None:
    """Publishes when the transaction is kept, and only then: the event waits in the same database."""
    value = json.dumps({"eventId": str(uuid.uuid4()), **fields}).encode()
    put(database, topic, key.encode(), value, {})


def put(
    database: sqlite3.Connection, topic: str, key: bytes | None, value: bytes | None, headers: dict[str, str]
) -> None:
    database.execute(
        "insert into outbox (topic, key, value, headers) values (?, ?, ?, ?)", [topic, key, value, json.dumps(headers)]
    )
