"""Protobuf as Confluent's Connect converter writes it: files that no registry keeps, decimals, dates, times of day."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.protobuf.compiler import compile_schema
from KafkaLibrary.serialization.protobuf.imports import COMMON, find
from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema

TEXT = """syntax = "proto3";
package shop;
import "confluent/meta.proto";
import "confluent/type/decimal.proto";
import "google/type/date.proto";
import "google/type/timeofday.proto";
import "google/protobuf/timestamp.proto";
message Order {
  option (confluent.message_meta) = { params: [ { key: "connect.name", value: "shop.public.orders.Value" } ] };
  int32 small = 1 [(confluent.field_meta) = { params: [ { key: "connect.type", value: "int16" } ] }];
  optional confluent.type.Decimal total = 2 [(confluent.field_meta) = {
    params: [ { key: "scale", value: "2" } ], tags: ["PII"] }];
  optional google.type.Date placed = 3;
  optional google.type.TimeOfDay due = 4;
  optional google.protobuf.Timestamp at = 5;
  repeated confluent.type.Decimal prices = 6;
}
"""
SCHEMA = ProtobufSchema(TEXT, "'orders-value'", message="Order")


def again(**value: Any) -> Any:
    read = SCHEMA.read(SCHEMA.write(value))
    return {name: read[name] for name in value}


def raw(name: str, **fields: Any) -> bytes:
    """The bytes of an order in which one field has these parts, whatever they mean."""
    return SCHEMA.write({name: fields})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("total", Decimal("12.34")),
        ("total", Decimal("-0.05")),
        ("total", Decimal(-129)),
        ("total", Decimal("0.00")),
        ("placed", "2026-11-30"),
        ("placed", "0001-01-01"),
        ("due", "10:00:00.120"),
        ("due", "23:59:59"),
        ("at", "2026-11-30T10:00:00.120Z"),
        ("prices", [Decimal("1.5"), Decimal(2)]),
    ],
)
def test_what_connect_writes_reads_as_it_is_said_and_goes_back(name: str, value: Any) -> None:
    assert again(**{name: value}) == {name: value}


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("total", "12.34", Decimal("12.34")),
        ("total", 12.5, Decimal("12.5")),
        ("total", 7, Decimal(7)),
        ("placed", date(2026, 11, 30), "2026-11-30"),
        ("due", time(10, 0), "10:00:00"),
    ],
)
def test_other_forms_are_taken_too(name: str, written: Any, read: Any) -> None:
    assert again(**{name: written}) == {name: read}


def test_the_digits_are_as_java_has_them() -> None:
    """By the places of Java: the unscaled value, its precision and its scale."""
    digits = base64.b64encode((1234).to_bytes(2, "big")).decode()
    assert SCHEMA.write({"total": Decimal("12.34")}) == raw("total", value=digits, precision=4, scale=2)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_any_decimal_goes_there_and_back(number: Decimal) -> None:
    assert again(total=number) == {"total": number}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("total", {"value": "", "precision": 0, "scale": 2}),
        ("placed", {"year": 0, "month": 11, "day": 30}),
        ("placed", {"year": 2026, "month": 2, "day": 30}),
        ("due", {"hours": 24, "minutes": 0, "seconds": 0, "nanos": 0}),
        ("due", {"hours": 1, "minutes": -1, "seconds": 0, "nanos": 0}),
    ],
)
def test_what_is_no_such_value_is_read_by_its_fields(name: str, fields: Mapping[str, Any]) -> None:
    assert SCHEMA.read(raw(name, **fields))[name] == fields


@pytest.mark.parametrize(
    ("name", "value", "asked"),
    [
        ("total", "much", "be a decimal"),
        ("total", Decimal("NaN"), "be a decimal"),
        ("total", Decimal("1e99999"), "be a decimal"),
        ("placed", "2026-02-30", "be a date such as 2026-05-31"),
        ("placed", 20787, "be a date such as 2026-05-31"),
        ("due", "24:00:00", "be a time such as 17:03:11.120456789"),
        ("due", 36000, "be a time such as 17:03:11.120456789"),
    ],
)
def test_what_does_not_fit_is_told(name: str, value: Any, asked: str) -> None:
    assert [(one.steps, one.asked) for one in SCHEMA.violations({name: value})] == [((name,), asked)]


def test_a_type_that_has_the_name_alone_is_read_by_its_fields() -> None:
    own = {
        "confluent/type/decimal.proto": 'syntax = "proto3"; package confluent.type; message Decimal { string a = 1; }'
    }
    text = 'syntax = "proto3"; import "confluent/type/decimal.proto"; message O { confluent.type.Decimal d = 1; }'
    schema = ProtobufSchema(text, "'o'", message="O", references=own)
    assert schema.read(bytes([10, 3, 10, 1, 120])) == {"d": {"a": "x"}}


def test_a_descriptor_finds_them_as_well() -> None:
    made = FileDescriptorProto()
    compile_schema(TEXT, "'orders'", {}).file.CopyToProto(made)
    schema = ProtobufSchema(base64.b64encode(made.SerializeToString()).decode(), "'orders'", message="Order")
    assert schema.read(SCHEMA.write({"total": Decimal("12.34")}))["total"] == Decimal("12.34")


def test_a_file_finds_them_beside_itself_or_not(tmp_path: Path) -> None:
    file = tmp_path / "orders.proto"
    file.write_text(TEXT, encoding="utf-8")
    assert find(file).references == {}
    own = tmp_path / "google" / "type" / "date.proto"
    own.parent.mkdir(parents=True)
    own.write_text(COMMON["google/type/date.proto"], encoding="utf-8")
    assert list(find(file).references) == ["google/type/date.proto"]


def test_a_file_that_is_nowhere_is_told_still() -> None:
    text = 'syntax = "proto3"; import "google/type/dates.proto"; message O { int32 a = 1; }'
    with pytest.raises(KeywordMisused, match=r"imports 'google/type/dates.proto', which is not there"):
        ProtobufSchema(text, "'o'", message="O")


@pytest.mark.parametrize(
    ("path", "modules"),
    [
        ("confluent/meta.proto", ["meta_pb2"]),
        ("confluent/type/decimal.proto", ["type.decimal_pb2", "types.decimal_pb2"]),
    ],
)
def test_they_are_what_the_client_of_confluent_has(path: str, modules: list[str]) -> None:
    """Each message and extension, by number and type; a version may lack the newest."""
    theirs = FileDescriptorProto()
    _first(modules).DESCRIPTOR.CopyToProto(theirs)
    ours = FileDescriptorProto()
    compile_schema(f'syntax = "proto3"; import "{path}"; message O {{}}', "'o'", {}).file.dependencies[0].CopyToProto(
        ours
    )
    assert theirs.package == ours.package
    assert _fields(theirs) <= _fields(ours)


def _first(modules: list[str]) -> Any:
    for one in modules:
        try:
            return import_module(f"confluent_kafka.schema_registry.confluent.{one}")
        except ImportError:
            continue
    raise AssertionError(modules)


def _fields(file: Any) -> set[tuple[Any, ...]]:
    own = {(one.name, field.name, field.number, field.type) for one in file.message_type for field in one.field}
    return own | {(one.extendee, one.name, one.number, one.type_name) for one in file.extension}
