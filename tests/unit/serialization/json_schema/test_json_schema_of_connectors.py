"""JSON Schemas as converters of Kafka Connect write them: the types that they name are read as the table shows them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.matching import parse_conditions
from KafkaLibrary.serialization.schemas.codecs import codec_of_text
from KafkaLibrary.serialization.schemas.schema_argument import SchemaSource
from KafkaLibrary.serialization.schemas.violations import Misfit
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats

CONNECT, TIME, DATA = "org.apache.kafka.connect.data.", "io.debezium.time.", "io.debezium.data."
ROW = {
    "type": "object",
    "title": "shop.public.orders.Value",
    "connect.type": "struct",
    "properties": {
        "id": {"type": "integer", "connect.type": "int32"},
        "total": {"type": "string", "title": f"{CONNECT}Decimal", "connect.type": "bytes", "connect.version": 1,
                  "connect.parameters": {"scale": "2"}},
        "d": {"type": "integer", "title": f"{TIME}Date", "connect.type": "int32"},
        "at": {"oneOf": [{"type": "null"},
                         {"type": "integer", "title": f"{TIME}MicroTimestamp", "connect.type": "int64"}]},
        "doc": {"type": "string", "connect.name": f"{DATA}Json"},
        "prices": {"type": "array", "items": {"type": "number", "title": f"{CONNECT}Decimal", "connect.type": "bytes",
                                              "connect.parameters": {"scale": "2"}}},
        "plain": {"type": "integer", "title": f"{TIME}Date"},
    },
}  # fmt: skip
ENVELOPE = {
    "type": "object",
    "definitions": {"row": ROW},
    "properties": {"before": {"oneOf": [{"type": "null"}, {"$ref": "#/definitions/row"}]},
                   "after": {"oneOf": [{"type": "null"}, {"$ref": "#/definitions/row"}]}},
}  # fmt: skip
WRITTEN = {
    "id": 1,
    "total": "BNI=",
    "d": 20787,
    "at": 1_796_032_800_000_000,
    "doc": '{"a":1}',
    "prices": [12.34],
    "plain": 5,
}
READ = {"id": 1, "total": Decimal("12.34"), "d": "2026-11-30", "at": "2026-11-30T10:00:00", "doc": {"a": 1},
        "prices": [Decimal("12.34")], "plain": 5}  # fmt: skip


def codec(schema: Any) -> Any:
    return codec_of_text("json-schema", json.dumps(schema), "that was given")


def test_each_type_is_read_and_written() -> None:
    raw = json.dumps({"before": None, "after": WRITTEN}).encode()
    by_name = codec(ENVELOPE)
    for read in (by_name.read, by_name.read_exact, by_name.read_own):
        assert read(raw) == {"before": None, "after": READ}
    assert by_name.read_own(raw).after.doc.a == 1
    assert not by_name.schema.violations({"before": None, "after": READ})
    assert not by_name.schema.violations({"before": None, "after": WRITTEN})
    assert by_name.write(raw.decode()) == raw
    assert json.loads(codec(ROW).write(READ)) == WRITTEN
    assert codec(ROW).write(json.dumps(WRITTEN, indent=1)) == json.dumps(WRITTEN, indent=1).encode()


def test_what_does_not_fit_is_told_by_the_schema() -> None:
    with pytest.raises(Misfit) as caught:
        codec(ROW).write({"d": "2026-02-30"})
    assert [(one.steps, one.rule) for one in caught.value.violations] == [(("d",), "type")]


def test_a_value_of_another_form_stays_as_it_came() -> None:
    assert codec(ROW).read(b'{"total": "?", "d": "x"}') == {"total": "?", "d": "x"}


def test_a_schema_that_names_none_is_as_ever() -> None:
    plain = codec({"type": "object", "title": f"{TIME}Date", "properties": {"d": {"type": "integer"}}})
    assert plain.schema.named is None
    assert plain.is_spelled
    assert not codec(ROW).is_spelled


def test_a_schema_may_stand_in_itself() -> None:
    tree = {"type": "object", "properties": {"d": ROW["properties"]["d"], "left": {"$ref": "#"}}}  # type: ignore[index]
    assert codec(tree).read(b'{"left": {"left": {"d": 1}}}') == {"left": {"left": {"d": "1970-01-02"}}}


def test_conditions_meet_what_the_table_shows() -> None:
    formats = TopicFormats(None)
    decoder = formats.with_value("rows", "json-schema", SchemaSource(text=json.dumps(ROW)))
    event = Event(PlainRecord(("rows", 0, 0), (1, 0), None, json.dumps(WRITTEN).encode()), decoder)
    assert parse_conditions(["total == 12.34", "d == 2026-11-30", "doc.a == 1", "prices[0] < 12.35"]).matches(event)
