"""What a single value is: Avro and Protobuf take, refuse and read the same."""

from __future__ import annotations

import json
import math
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from KafkaLibrary.serialization.avro.schema import AvroSchema
from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema

NANOS = {"type": "long", "logicalType": "timestamp-nanos"}
TYPES: dict[str, tuple[Any, str]] = {
    "whole": ("long", "sint64"),
    "float": ("float", "float"),
    "double": ("double", "double"),
    "truth": ("boolean", "bool"),
    "text": ("string", "string"),
    "bytes": ("bytes", "bytes"),
    "at": (NANOS, "google.protobuf.Timestamp"),
    "list": ({"type": "array", "items": "int"}, "repeated int32"),
    "map": ({"type": "map", "values": "int"}, "map<string, int32>"),
}
NEW_YORK = timezone(timedelta(hours=-5))
BEFORE_ZONES = timezone(-timedelta(hours=4, minutes=56, seconds=2))


def both(kind: str) -> list[Any]:
    avro, protobuf = TYPES[kind]
    fields = [{"name": "x", "type": avro}]
    return [
        AvroSchema(json.dumps({"type": "record", "name": "One", "fields": fields}), "'one.avsc'"),
        ProtobufSchema(
            f'syntax = "proto3"; import "google/protobuf/timestamp.proto"; message One {{ {protobuf} x = 1; }}',
            "'one.proto'",
        ),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        ("whole", 5.0, 5),
        ("whole", Decimal("5.00"), 5),
        ("whole", Decimal("5." + "0" * 100), 5),
        ("whole", -(2**63), -(2**63)),
        ("float", 0.1, 0.1),
        ("float", Decimal("0.1"), 0.1),
        ("float", 2**60, 1.1529215e18),
        ("float", 1e20, 1e20),
        ("float", 2.0**-96, 1.2621775e-29),
        ("float", 1e-45, 1e-45),
        ("float", -math.inf, -math.inf),
        ("double", Decimal("0.1"), 0.1),
        ("double", Decimal("Infinity"), math.inf),
        ("truth", True, True),
        ("text", "größe", "größe"),
        ("bytes", "AP8=", "AP8="),
        ("bytes", memoryview(b"\x00\xff"), "AP8="),
        ("bytes", "", ""),
        ("at", "2026-05-31T17:03:11Z", "2026-05-31T17:03:11Z"),
        ("at", "2026-05-31 17:03:11.1z", "2026-05-31T17:03:11.100Z"),
        ("at", "2026-05-31t12:03:11.000120-0500", "2026-05-31T17:03:11.000120Z"),
        ("at", "2026-05-31T22:33:11.000000001+05:30", "2026-05-31T17:03:11.000000001Z"),
        ("at", datetime(2026, 5, 31, 12, 3, 11, 5, NEW_YORK), "2026-05-31T17:03:11.000005Z"),
        ("at", datetime(1880, 1, 1, 12, 0, 0, 1, BEFORE_ZONES), "1880-01-01T16:56:02.000001Z"),
    ],
)
def test_the_same_is_taken(kind: str, value: Any, read: Any) -> None:
    for schema in both(kind):
        found = schema.read(schema.write({"x": value}))["x"]
        assert (found, type(found)) == (read, type(read)), schema.kind


NOT_FLOAT = "be a float, a 32-bit number"
NOT_DOUBLE = "be a double, a 64-bit number"
NOT_BYTES = "be bytes, raw or as base64 text"
NOT_A_MOMENT = "be a date-time with its zone, such as 2026-05-31T17:03:11.120456789Z"


@pytest.mark.parametrize(
    ("kind", "value", "asked"),
    [
        ("float", 2**24 + 1, NOT_FLOAT),
        ("float", 1e39, NOT_FLOAT),
        ("float", True, NOT_FLOAT),
        ("float", "1", NOT_FLOAT),
        ("double", 2**53 + 1, NOT_DOUBLE),
        ("double", Decimal("1e400"), NOT_DOUBLE),
        ("double", Decimal("sNaN"), NOT_DOUBLE),
        ("truth", 1, "be true or false"),
        ("text", 1, "be a text"),
        ("text", "\ud800", "be a text that UTF-8 can hold"),
        ("bytes", "AP9=", NOT_BYTES),
        ("bytes", "AP8=\n", NOT_BYTES),
        ("bytes", "größe", NOT_BYTES),
        ("bytes", 1, NOT_BYTES),
        ("at", "2026-05-31T17:03:11", NOT_A_MOMENT),
        ("at", "2026-05-31T17:03Z", NOT_A_MOMENT),
        ("at", "2026-05-31T17:03:11,120Z", NOT_A_MOMENT),
        ("at", "2026-05-31T24:00:00Z", NOT_A_MOMENT),
        ("at", "2026-05-31T17:03:60Z", NOT_A_MOMENT),
        ("at", "2026-02-29T17:03:11Z", NOT_A_MOMENT),
        ("at", "2026-05-31T17:03:11+24:00", NOT_A_MOMENT),
        ("at", "2026-05-31T17:03:11.0000000001Z", NOT_A_MOMENT),
        ("at", "0001-01-01T00:00:00+01:00", NOT_A_MOMENT),
        ("at", datetime(2026, 5, 31), NOT_A_MOMENT),  # noqa: DTZ001 - it is about one without a zone
        ("list", "12", "be a list"),
        ("map", [], "be a map from texts to values"),
    ],
)
def test_the_same_is_refused_in_the_same_words(kind: str, value: Any, asked: str) -> None:
    for schema in both(kind):
        (one,) = schema.violations({"x": value})
        assert (one.steps, one.rule, one.asked) == (("x",), "fit", asked), schema.kind
