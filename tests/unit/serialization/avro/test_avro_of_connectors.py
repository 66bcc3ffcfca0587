"""Avro as the converters of Kafka Connect write it: types are known by Connect's names beside Avro's own."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.matching import parse_conditions
from KafkaLibrary.serialization.avro.schema import AvroSchema
from KafkaLibrary.serialization.schemas.schema_argument import source_of
from KafkaLibrary.serialization.topics.topic_formats import TopicDecoder, TopicFormats

CONNECT, TIME, DATA = "org.apache.kafka.connect.data.", "io.debezium.time.", "io.debezium.data."
SCALED = {
    "type": "record", "name": "VariableScaleDecimal", "namespace": "io.debezium.data",
    "connect.name": f"{DATA}VariableScaleDecimal",
    "fields": [{"name": "scale", "type": "int"}, {"name": "value", "type": "bytes"}],
}  # fmt: skip


PLACE = {"x": 1.0, "y": 2.0, "wkb": "AQEAAAAAAAAAAADwPwAAAAAAAABA", "srid": None}
POINT = {
    "type": "record", "name": "Point", "namespace": "io.debezium.data.geometry",
    "connect.name": f"{DATA}geometry.Point",
    "fields": [{"name": "x", "type": "double"}, {"name": "y", "type": "double"},
               {"name": "wkb", "type": ["null", "bytes"]}, {"name": "srid", "type": ["null", "int"]}],
}  # fmt: skip


def named(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "connect.version": 1, "connect.name": name, **more}


def schema(kind: Any, *, optional: bool = False) -> AvroSchema:
    field = {"name": "x", "type": ["null", kind] if optional else kind}
    return AvroSchema(json.dumps({"type": "record", "name": "Value", "fields": [field]}), "that was given")


TYPES = [
    (named("int", f"{TIME}Date"), "int", 20787, "2026-11-30"),
    (named("int", f"{CONNECT}Date"), "int", 20787, "2026-11-30"),
    (named("int", f"{TIME}Time"), "int", 36_000_120, "10:00:00.120"),
    (named("long", f"{TIME}MicroTime"), "long", 36_000_000_001, "10:00:00.000001"),
    (named("long", f"{TIME}NanoTime"), "long", 36_000_000_000_001, "10:00:00.000000001"),
    (named("long", f"{TIME}Timestamp"), "long", 1_796_032_800_000, "2026-11-30T10:00:00"),
    (named("long", f"{TIME}MicroTimestamp"), "long", 1_796_032_800_000_001, "2026-11-30T10:00:00.000001"),
    (named("long", f"{TIME}NanoTimestamp"), "long", 1_796_032_800_000_000_001, "2026-11-30T10:00:00.000000001"),
    (named("long", f"{CONNECT}Timestamp"), "long", 1_796_032_800_120, "2026-11-30T10:00:00.120Z"),
    (named("string", f"{DATA}Json"), "string", '{"a":1}', {"a": 1}),
    (named("string", f"{TIME}ZonedTimestamp"), "string", "2026-11-30T10:00:00Z", "2026-11-30T10:00:00Z"),
    (named("string", f"{TIME}IsoDate"), "string", "2026-11-30Z", "2026-11-30"),
    (named("bytes", f"{DATA}Bits", **{"connect.parameters": {"length": "10"}}), "bytes", "AgI=", "1000000010"),
    (named("bytes", f"{CONNECT}Decimal", **{"connect.parameters": {"scale": "2"}}), "bytes", "BNI=", Decimal("12.34")),
    (
        named("bytes", f"{CONNECT}Decimal", logicalType="decimal", scale=2, **{"connect.parameters": {"scale": "2"}}),
        "bytes",
        "BNI=",
        Decimal("12.34"),
    ),
    (named("string", f"{TIME}IsoTime"), "string", "10:00:05Z", "10:00:05"),
    (named("long", f"{TIME}MicroDuration"), "long", 3_600_000_000, 3_600_000_000),
    (named("string", f"{TIME}Interval"), "string", "P0Y0M0DT1H0M0S", "P0Y0M0DT1H0M0S"),
    (POINT, {**POINT, "name": "Other"}, PLACE, PLACE),
    (SCALED, {**SCALED, "name": "Other"}, {"scale": 2, "value": "BNI="}, Decimal("12.34")),
]


@pytest.mark.parametrize("optional", [False, True])
@pytest.mark.parametrize(("kind", "bare", "written", "read"), TYPES)
def test_each_type_goes_both_ways(kind: Any, bare: Any, written: Any, read: Any, optional: bool) -> None:
    raw = schema(bare, optional=optional).write({"x": written})
    by_name = schema(kind, optional=optional)
    assert by_name.read(raw) == {"x": read}
    assert by_name.write({"x": read}) == raw
    if not isinstance(read, Decimal):  # a text is a number there
        assert by_name.write({"x": written}) == raw
    picker = by_name.picker(["x"])
    assert picker is None or picker(raw, 0) == [read]
    assert not by_name.violations({"x": read})


@pytest.mark.parametrize(
    ("kind", "written", "cells"),
    [
        (named("long", f"{TIME}MicroDuration"), "PT1H", ("x == PT60M", "x < P1D", "x == 3600000000")),
        (named("string", f"{TIME}Interval"), "P1M", ("x == 1 mon", "x > P27D", "x == P0Y1M0DT0H0M0S")),
        (POINT, "POINT(1 2)", ("x == POINT (1 2)", "x.x == 1", "x != POINT(2 1)")),
        ("double", float("nan"), ("x == NaN", "x != 1")),
        ("double", float("-inf"), ("x == -Infinity", "x < 0")),
    ],
)
def test_a_column_is_compared_as_its_table_shows_it(kind: Any, written: Any, cells: tuple[str, ...]) -> None:
    formats = TopicFormats(None)
    content = json.dumps({"type": "record", "name": "Value", "fields": [{"name": "x", "type": kind}]})
    part = formats.part("avro", source_of(content, Path), "value")
    record = PlainRecord(("rows", 0, 0), (1, 0), None, part.write({"x": written}, "rows").raw)
    event = Event(record, TopicDecoder(part, formats.part(None, None, "key")))
    for cell in cells:
        assert parse_conditions([cell]).matches(event), cell


def test_a_row_has_fields_of_its_own_form_no_more() -> None:
    by_name = schema(SCALED)
    raw = by_name.write({"x": Decimal("12.34")})
    picker = by_name.picker(["x", "value"])
    assert picker is None or picker(raw, 0) == []


def test_what_does_not_fit_is_told() -> None:
    violations = schema(named("int", f"{TIME}Date")).violations({"x": "2026-02-30"})
    assert [(one.steps, one.asked) for one in violations] == [(("x",), "be a date such as 2026-05-31")]


def test_a_default_stands_in_the_schema_as_a_number() -> None:
    field = {"name": "x", "type": named("int", f"{TIME}Date"), "default": 1}
    dated = AvroSchema(json.dumps({"type": "record", "name": "Value", "fields": [field]}), "that was given")
    assert dated.read(dated.write({})) == {"x": "1970-01-02"}


def test_a_type_that_a_reference_defines_too_is_the_same() -> None:
    record = {"type": "record", "name": "Inner", "fields": [{"name": "d", "type": named("int", f"{TIME}Date")}]}
    outer = {"type": "record", "name": "Outer", "fields": [{"name": "i", "type": record}]}
    both = AvroSchema(json.dumps(outer), "that was given", [json.dumps(record)])
    assert both.read(both.write({"i": {"d": "2026-11-30"}})) == {"i": {"d": "2026-11-30"}}


@pytest.mark.parametrize("more", [{"connect.name": 7}, {"connect.name": f"{CONNECT}Decimal"}, {"connect.name": "x.Y"}])
def test_a_name_that_says_nothing_changes_nothing(more: dict[str, Any]) -> None:
    plain = schema({"type": "bytes", **more})
    assert plain.read(plain.write({"x": "BNI="})) == {"x": "BNI="}
    with pytest.raises(KeywordMisused):
        plain.write({"x": 12.34})


def test_a_document_keeps_its_digits() -> None:
    by_name = schema(named("string", f"{DATA}Json"))
    raw = schema("string").write({"x": '{"a": 0.1, "b": 1.0000000000000001}'})
    assert by_name.read(raw) == {"x": {"a": 0.1, "b": Decimal("1.0000000000000001")}}
