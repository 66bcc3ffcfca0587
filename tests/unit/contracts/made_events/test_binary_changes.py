"""Bytes of Avro and Protobuf, as real serializers write them, with one fault: real readers refuse them, too."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import fastavro
import pytest
from google.protobuf.message import DecodeError

from KafkaLibrary.contracts.made_events.avro_changes import AvroChanges
from KafkaLibrary.contracts.made_events.changes import Judgement, Proved, Unmade, proved
from KafkaLibrary.contracts.made_events.protobuf_changes import ProtobufChanges
from KafkaLibrary.errors import Undecodable
from KafkaLibrary.serialization.protobuf.descriptors import class_of
from KafkaLibrary.serialization.schemas.codecs import Codec, codec_of_text

ORDER = {
    "type": "record",
    "name": "Order",
    "namespace": "shop",
    "fields": [
        {"name": "id", "type": "long"},
        {"name": "count", "type": "int"},
        {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["NEW", "PAID"]}},
        {"name": "note", "type": ["null", "string"], "default": None},
        {"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
        {"name": "event", "type": {"type": "string", "logicalType": "uuid"}},
        {"name": "paid", "type": "boolean"},
        {"name": "weight", "type": "double"},
        {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}},
        {
            "name": "lines",
            "type": {
                "type": "array",
                "items": {"type": "record", "name": "Line", "fields": [{"name": "sku", "type": "string"}]},
            },
        },
        {"name": "tags", "type": {"type": "map", "values": "int"}},
        {"name": "before", "type": ["null", "Order"], "default": None},
    ],
}
VALUE = {
    "id": 42, "count": 2, "status": "PAID", "note": "now", "total": Decimal("9.50"), "paid": True, "weight": 1.5,
    "event": UUID("9f0a6a5d-4b7c-4c8e-8e20-1f0c2d846a3e"), "hash": b"abcd", "lines": [{"sku": "P-7"}, {"sku": "P-8"}],
    "tags": {"x": 1}, "before": None,
}  # fmt: skip
PROTO_3 = """
syntax = "proto3";
package shop;
message Order {
  int32 id = 1; string name = 2; Status status = 3; Line line = 4; repeated Line lines = 5; double weight = 6;
  oneof way { string mail = 8; int64 phone = 9; }
  enum Status { NEW = 0; PAID = 1; }
  message Line { string sku = 1; sint32 count = 2; }
}
"""
PROTO_2 = 'syntax = "proto2"; message Order { required int32 id = 1; optional string name = 2; }'


def made_of(codec: Codec, raw: bytes, changes: Any) -> tuple[list[Proved], list[Unmade]]:
    def judge(content: bytes) -> Judgement:
        try:
            found = codec.schema.violations(codec.read(content))
        except Undecodable as reason:
            return Judgement(False, str(reason))
        return Judgement(not found, "its bytes can be read")

    assert judge(raw).is_valid
    every = list(proved(changes.of(raw), judge))
    return [one for one in every if isinstance(one, Proved)], [one for one in every if isinstance(one, Unmade)]


@pytest.fixture
def avro() -> Codec:
    return codec_of_text("avro", json.dumps(ORDER), "'order.avsc'")


def written_by_fastavro() -> bytes:
    out = io.BytesIO()
    fastavro.schemaless_writer(out, fastavro.parse_schema(ORDER), VALUE)
    return out.getvalue()


def is_read_by_fastavro(raw: bytes) -> bool:
    content = io.BytesIO(raw)
    try:
        fastavro.schemaless_reader(content, fastavro.parse_schema(ORDER), None)
    except (ArithmeticError, EOFError, IndexError, TypeError, UnicodeError, ValueError, OverflowError):
        return False
    return not content.read()


def test_of_avro_each_kind_is_made_at_its_field(avro: Codec) -> None:
    found, _ = made_of(avro, written_by_fastavro(), AvroChanges(avro.schema))
    broken = {(one.change.kind, one.change.steps) for one in found if not one.change.is_valid}
    assert {
        ("above maximum", ("id",)), ("above maximum", ("count",)), ("unknown enum", ("status",)),
        ("unknown branch", ("note",)), ("wrong encoding", ("note",)), ("missing field", ("event",)),
        ("wrong type", ("paid",)), ("too short", ("hash",)), ("too long", ("hash",)),
        ("wrong encoding", ("lines", 0, "sku")), ("unknown branch", ("before",)), ("above maximum", ("tags", "x")),
    } <= broken  # fmt: skip
    assert not {one for one in broken if one[0] == "missing field" and one[1] in (("note",), ("before",))}


def test_valid_avro_is_read_by_others_and_has_what_it_says(avro: Codec) -> None:
    found, _ = made_of(avro, written_by_fastavro(), AvroChanges(avro.schema))
    valid = [one for one in found if one.change.is_valid]
    assert all(is_read_by_fastavro(one.content) for one in valid)
    read = {(one.change.kind, one.change.steps, one.change.detail): avro.read(one.content) for one in valid}
    assert read["at maximum", ("count",), ""]["count"] == 2**31 - 1
    assert read["at minimum", ("id",), ""]["id"] == -(2**63)
    assert read["allowed value", ("status",), "NEW"]["status"] == "NEW"
    assert read["null", ("note",), ""]["note"] is None
    assert read["branch", ("before",), "shop.Order"]["before"]["before"] is None
    assert read["fewest items", ("lines",), ""]["lines"] == []


@pytest.mark.parametrize(
    ("kind", "steps"),
    [("unknown enum", ("status",)), ("unknown branch", ("note",)), ("wrong encoding", ("note",)),
     ("missing field", ("event",)), ("too short", ("hash",))],
)  # fmt: skip
def test_broken_avro_is_not_what_others_read_either(avro: Codec, kind: str, steps: tuple[str, ...]) -> None:
    found, _ = made_of(avro, written_by_fastavro(), AvroChanges(avro.schema))
    [content] = [one.content for one in found if (one.change.kind, one.change.steps) == (kind, steps)]
    assert not is_read_by_fastavro(content)


def test_a_small_value_of_avro_is_made(avro: Codec) -> None:
    raw = AvroChanges(avro.schema).made()
    assert avro.read(raw)["status"] == "NEW"
    assert is_read_by_fastavro(raw)


def test_broken_avro_that_can_be_read_all_the_same_is_named() -> None:
    """Two texts without anything behind them: the bytes of the other are taken for the first one's."""
    schema = {"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}, {"name": "b", "type": "null"}]}
    codec = codec_of_text("avro", json.dumps(schema), "'r.avsc'")
    found, missing = made_of(codec, b"\2", AvroChanges(codec.schema))
    assert {one.change.kind for one in found if not one.change.is_valid} == {
        "above maximum",
        "missing field",
        "wrong type",
    }
    assert [(one.kind, one.steps) for one in missing] == [("missing field", ("b",))]


@pytest.fixture
def order() -> Codec:
    return codec_of_text("protobuf", PROTO_3, "'order.proto'", fragment="Order")


def written_by_google(codec: Codec) -> bytes:
    made: Callable[..., Any] = class_of(codec.schema.descriptor)
    return bytes(made(id=1, name="x", status=1, lines=[{"sku": "P-7"}], mail="m").SerializeToString())


def test_of_protobuf_each_kind_is_made_at_its_field(order: Codec) -> None:
    found, missing = made_of(order, written_by_google(order), ProtobufChanges(order.schema))
    broken = {(one.change.kind, one.change.steps) for one in found if not one.change.is_valid}
    assert {
        ("wrong wire type", ("id",)), ("above maximum", ("id",)), ("wrong encoding", ("name",)),
        ("wrong encoding", ("lines", 0, "sku")), ("wrong encoding", ("line", "sku")), ("wrong wire type", ("phone",)),
        ("unknown enum", ("status",)),
    } <= broken  # fmt: skip
    # Its readers pass over a field of another type, as over one that they do not know.
    assert ("wrong type", ("id",), "its bytes can be read") in missing


def test_real_readers_agree_on_protobuf(order: Codec) -> None:
    """But for a number that an enum does not name: it is kept as a number, and no word for it is in the schema."""
    parse = class_of(order.schema.descriptor).FromString
    found, _ = made_of(order, written_by_google(order), ProtobufChanges(order.schema))
    for one in found:
        if one.change.is_valid or one.change.kind == "unknown enum":
            parse(one.content)
        else:
            with pytest.raises(DecodeError):
                parse(one.content)


def test_valid_protobuf_has_what_it_says(order: Codec) -> None:
    found, _ = made_of(order, written_by_google(order), ProtobufChanges(order.schema))
    read = {
        (one.change.kind, one.change.steps, one.change.detail): order.read(one.content)
        for one in found
        if one.change.is_valid
    }
    assert read["at maximum", ("id",), ""]["id"] == 2**31 - 1
    assert read["at minimum", ("phone",), ""]["phone"] == -(2**63)
    assert read["with the field", ("phone",), "of way"].get("mail") is None
    assert read["allowed value", ("status",), "NEW"].get("status", "NEW") == "NEW"
    assert "name" not in read["left out", ("name",), ""] or read["left out", ("name",), ""]["name"] == ""


def test_a_required_field_of_proto2_is_missed() -> None:
    codec = codec_of_text("protobuf", PROTO_2, "'order.proto'")
    changes = ProtobufChanges(codec.schema)
    found, _ = made_of(codec, changes.made(), changes)
    broken = {(one.change.kind, one.change.steps) for one in found if not one.change.is_valid}
    assert {("missing field", ("id",)), ("wrong type", ("id",))} <= broken
