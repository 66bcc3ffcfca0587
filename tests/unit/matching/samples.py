"""Events for these tests. Their values are JSON where they can be, otherwise text."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.metadata import version
from typing import Any

import orjson

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Decoded, Event, PlainRecord, as_text
from KafkaLibrary.headers import ReadHeader, as_sent
from KafkaLibrary.matching import Conditions, parse_conditions

NOON = 1_762_171_200_000
"""2025-11-03 12:00:00 UTC in milliseconds."""

OLD_FILTERS = tuple(int(part) for part in version("jsonpath-ng").split(".")[:2]) < (1, 14)
"""Whether filters are those of Python 3.10, which can't judge values of mixed types."""


class JsonOrText:
    """Counts how often it decoded a value."""

    def __init__(self) -> None:
        self.decoded = 0

    def key(self, event: Event) -> Any:
        return as_text(event.raw_key)

    def header(self, name: str, raw: bytes | None) -> ReadHeader:
        return as_sent(name, raw)

    def around_key(self, event: Event) -> Any:
        return None

    def value(self, event: Event) -> Decoded:
        self.decoded += 1
        try:
            return Decoded(orjson.loads(event.raw_value or b"null"), "json")
        except orjson.JSONDecodeError:
            return self.exact_value(event)

    def exact_value(self, event: Event) -> Decoded:
        self.decoded += 1
        try:
            return Decoded(json.loads(event.raw_value or b"null", parse_float=Decimal), "json")
        except ValueError:
            return Decoded(as_text(event.raw_value), "text")

    def own_value(self, event: Event) -> Any:
        raise AssertionError("Conditions never ask for the tester's own copy.")


class Broken(JsonOrText):
    """Finds that no value fits the declared format."""

    def value(self, event: Event) -> Decoded:
        self.decoded += 1
        raise Undecodable("The value is not Avro.\nIt has no magic byte.")

    exact_value = value


class Ready(JsonOrText):
    """Gives contents that a format other than JSON may have."""

    def __init__(self, content: Any, format_name: str = "avro", key: Any = None) -> None:
        super().__init__()
        self.content = Decoded(content, format_name)
        self.own_key = key

    def key(self, event: Event) -> Any:
        return self.own_key

    def value(self, event: Event) -> Decoded:
        return self.content

    exact_value = value


def an_event(
    value: Any = None,
    key: bytes | None = None,
    headers: tuple[tuple[str, bytes | None], ...] = (),
    offset: int = 0,
    timestamp: int = NOON,
    decoder: JsonOrText | None = None,
) -> Event:
    """``value`` as a dictionary or list is written as JSON, as text or bytes it is taken as it is."""
    raw = json.dumps(value) if isinstance(value, (dict, list)) else value
    encoded = raw.encode() if isinstance(raw, str) else raw
    record = PlainRecord(("orders", 0, offset), (1, timestamp), key, encoded, headers)
    return Event(record, decoder or JsonOrText())


def holding(content: Any) -> Event:
    """An event of another format than JSON, whose value is ``content``."""
    return an_event(b"...", decoder=Ready(content))


def conditions(*cells: Any, strict: bool = False) -> Conditions:
    return parse_conditions(cells, strict=strict)


def holds(*cells: Any, on: Any, strict: bool = False) -> bool:
    """Whether the conditions hold on an event, or on one with this value."""
    event = on if isinstance(on, Event) else an_event(on)
    return conditions(*cells, strict=strict).matches(event)
