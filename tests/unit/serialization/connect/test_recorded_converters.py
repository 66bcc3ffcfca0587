"""What the converters of a registry wrote of one row change, as it was recorded: each type read, and written again."""

from __future__ import annotations

import base64
import json
from decimal import Decimal
from typing import Any

import pytest

from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.matching import parse_conditions
from KafkaLibrary.serialization.avro.schema import AvroSchema
from KafkaLibrary.serialization.frames import GlobalId, frame_of
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from tests.kafka.converters import RECORDED

EVENTS = json.loads(RECORDED.read_text(encoding="utf-8"))["events"]
AVRO = [one for one in EVENTS if one["converter"] == "AvroConverter"]
JSON = [one for one in EVENTS if one["converter"] == "ExtJsonConverter"]
BEHIND = {"headers": 0, "headers of content": 0, "eight bytes": 9, "as Confluent": 5}
"""Where the value begins, by the way in which its schema is told."""
ROW = {
    "id": 1, "small": 7, "total": Decimal("12.34"), "tax": Decimal("0.1900"), "placed": "2026-11-30",
    "due": "10:00:00.120", "at": "2026-11-30T10:00:00.120Z", "day": "2026-11-30",
    "micros": "2026-11-30T10:00:00.120456", "zoned": "2026-11-30T10:00:00.120456Z", "doc": {"a": 1}, "state": "PAID",
    "wide": Decimal("1.234"), "tags": ["a", "b"], "extra": {"x": 5},
}  # fmt: skip


def raw(event: dict[str, Any], part: str) -> bytes:
    return base64.b64decode(event[part])


def way_of(event: dict[str, Any]) -> str:
    return str(event["way"])


@pytest.mark.parametrize("event", AVRO, ids=way_of)
def test_avro_of_the_converter_reads_as_it_is_said_and_goes_back(event: dict[str, Any]) -> None:
    key, value = (AvroSchema(json.dumps(event["schemas"][part]), "recorded") for part in ("key", "value"))
    start = BEHIND[event["way"]]
    assert key.read(raw(event, "key")[start:]) == {"id": 1}
    bare = raw(event, "value")[start:]
    read = value.read(bare)
    prices = [{"key": 7, "value": Decimal("1.50")}]  # a map whose keys are no texts
    assert read == {"before": None, "after": {**ROW, "prices": prices}, "op": "c", "ts_ms": 5}
    assert value.write(read) == bare


@pytest.mark.parametrize("event", AVRO, ids=way_of)
def test_the_schema_is_found_where_the_converter_tells_it(event: dict[str, Any]) -> None:
    headers = [(name, base64.b64decode(content)) for name, content in event["headers"]]
    for part in ("key", "value"):
        frame = frame_of(raw(event, part), headers, part)
        if event["way"] == "eight bytes":  # a number of eight bytes begins like this, so nothing is guessed
            assert frame is None
            continue
        assert frame is not None
        assert frame.start == BEHIND[event["way"]]
        assert isinstance(frame.schema, GlobalId) is (event["way"] == "headers")


@pytest.mark.parametrize("event", JSON, ids=way_of)
def test_json_of_the_converter_reads_the_same_by_the_schema_that_it_registered(event: dict[str, Any]) -> None:
    content = json.loads(raw(event, "value"))
    assert content.keys() == {"schemaId", "payload"}
    envelope = {"schema": event["schemas"]["value"], "payload": content["payload"]}
    read = Event(PlainRecord(("rows", 0, 0), (1, 0), None, json.dumps(envelope).encode()), FoundDecoder())
    prices = [[7, Decimal("1.50")]]
    assert read.value == {"before": None, "after": {**ROW, "prices": prices}, "op": "c", "ts_ms": 5}


@pytest.mark.parametrize("event", JSON, ids=way_of)
def test_without_that_schema_the_payload_is_as_it_was_written(event: dict[str, Any]) -> None:
    read = Event(PlainRecord(("rows", 0, 0), (1, 0), None, raw(event, "value")), FoundDecoder())
    assert parse_conditions(["payload.after.total == BNI=", "payload.after.placed == 20787"]).matches(read)
