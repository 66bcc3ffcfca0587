"""What Debezium 3.6.1 and Kafka Connect 4.3.0 wrote of one and the same changes, in each form; see ``recorded.json``.

The table orders has REPLICA IDENTITY FULL, lines has the default. Order 1 and line 1 were there when the connector
began. Then: order 2 came; order 1 was paid; line 1 changed; order 3 with lines 3 and 4 came in one transaction; order 2
and line 1 were deleted; the key of order 3 became 5; a column came, and order 5 was done.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder

_FILE = Path(__file__).with_name("recorded.json")
_OF_MARIADB = Path(__file__).with_name("mariadb.json")


class Recorded(NamedTuple):
    topic: str
    offset: int
    key: str | None
    value: str | None
    headers: list[tuple[str, str]]

    @property
    def record(self) -> PlainRecord:
        headers = [(name, text.encode()) for name, text in self.headers]
        key, value = (None if part is None else part.encode() for part in (self.key, self.value))
        return PlainRecord((self.topic, 0, self.offset), (1, 1_796_053_397_000 + self.offset), key, value, headers)

    @property
    def event(self) -> Event:
        return Event(self.record, FoundDecoder())


def recorded(form: str) -> Iterator[Recorded]:
    """The events of one form, by topic in their order."""
    return _events(json.loads(_FILE.read_text(encoding="utf-8"))[form])


def recorded_of_mariadb(form: str) -> Iterator[Recorded]:
    """Those of its rows, and of their transactions; ``tests/kafka/mariadb`` says which changes they are."""
    return _events(json.loads(_OF_MARIADB.read_text(encoding="utf-8"))["forms"][form])


def _events(listed: list[Any]) -> Iterator[Recorded]:
    for topic, offset, key, value, headers in listed:
        yield Recorded(topic, offset, key, value, [(name, text) for name, text in headers])


def forms() -> list[str]:
    return list(json.loads(_FILE.read_text(encoding="utf-8")))
