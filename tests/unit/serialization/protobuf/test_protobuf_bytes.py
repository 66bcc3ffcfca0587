"""Bytes that are no Protobuf of a schema: what is said of them, and that nothing else ever happens."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema

SCHEMA = ProtobufSchema(
    """syntax = "proto3"; package shop;
    import "google/protobuf/any.proto"; import "google/protobuf/struct.proto"; import "google/protobuf/timestamp.proto";
    message Order {
      int64 id = 1; string name = 2; repeated Line lines = 3; fixed64 eight = 4; float four = 5;
      map<string, Line> shelves = 6; repeated int32 packed = 7; repeated fixed32 fours = 8; Order before = 9;
      google.protobuf.Any any = 10; google.protobuf.Struct struct = 11; google.protobuf.Timestamp at = 12;
      bytes raw = 13;
    }
    message Line { string sku_code = 1; }""",
    "'order.proto'",
    message="Order",
)
OLD = ProtobufSchema(
    """syntax = "proto2"; message A { optional string s = 1; repeated group G = 2 { optional int32 x = 1; }
    optional A a = 3; required int32 r = 4; map<string, string> m = 5;
    enum E { X = 1; } repeated E e = 6 [packed = true]; }""",
    "'a.proto'",
)
PREFIX = "not protobuf of the schema 'order.proto': "


def reason(raw: bytes, start: int = 0, schema: ProtobufSchema = SCHEMA) -> str:
    with pytest.raises(Undecodable) as refused:
        schema.read(raw, start)
    return str(refused.value).removeprefix(PREFIX)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"\x08", "at $.id of shop.Order it ends at byte 1, in the middle of a number"),
        (b"\x88", "in shop.Order it ends at byte 1, in the middle of a number"),
        (b"\x08" + b"\xff" * 11, "at $.id of shop.Order at byte 1 there is a number of more than 10 bytes"),
        (b"\x12\x05abc", "at $.name of shop.Order it should have 5 bytes from byte 2 on, and there are 3"),
        (b"\x12\x02a\xff", "at $.name of shop.Order at byte 3 it is not UTF-8 text"),
        (b"\x08\x01\x00", "in shop.Order at byte 2 there is no field with the number 0"),
        (b"\x0e\x00", "at $.id of shop.Order before byte 1 there is a field of the unknown kind 6"),
        (b"\x0c", "in shop.Order at byte 0 a group ends that did not begin"),
        (b"\x0b\x08\x01", "at $.id of shop.Order it ends at byte 3, in the middle of a group"),
        (b"\x21\x00\x00", "at $.eight of shop.Order it should have 8 bytes from byte 1 on, and there are 2"),
        (b"\x2d\x00", "at $.four of shop.Order it should have 4 bytes from byte 1 on, and there are 1"),
        (
            b"\x1a\x00\x1a\x03\x0a\x04a",
            "at $.lines[1].skuCode of shop.Order it should have 4 bytes from byte 6 on, and there are 1",
        ),
        (b"\x32\x03\x0a\x01\xff", "at $.shelves.key of shop.Order at byte 4 it is not UTF-8 text"),
        (b"\x3a\x02\x01\x80", "at $.packed[0] of shop.Order it ends at byte 4, in the middle of a number"),
        (
            b"\x42\x05\x00\x00\x00\x00\x00",
            "at $.fours[0] of shop.Order it should have 4 bytes from byte 6 on, and there are 1",
        ),
    ],
)
def test_the_byte_and_the_field_are_told_where_it_breaks(raw: bytes, told: str) -> None:
    assert reason(raw) == told


def test_any_is_looked_into_by_its_last_type_that_is_one() -> None:
    packed = b"\x0a\x0cx/shop.Order\x08\x03\x12\x01\x78"
    assert reason(b"\x52" + bytes([len(packed)]) + packed) == (
        f"at $.any of shop.Order it ends at byte {len(packed) + 2}, in the middle of a number"
    )


def test_bytes_are_counted_from_the_beginning_of_the_event() -> None:
    assert reason(b"\x00\x00\x00\x00\x07\x00\x08", 6).endswith("it ends at byte 7, in the middle of a number")


def test_values_may_not_stand_in_each_other_without_end() -> None:
    raw = b""
    for _ in range(150):
        length = len(raw)
        raw = b"\x4a" + (bytes([length]) if length < 128 else bytes([length & 127 | 128, length >> 7])) + raw
    assert "more than 100 values are nested" in reason(raw)


@pytest.mark.parametrize("raw", [b"\x0b" * 100_000, b"\x4a" * 100_000, b"\x13" * 100_000])
def test_what_pretends_to_be_deep_is_refused_at_once(raw: bytes) -> None:
    began = time.process_time()
    reason(raw)
    reason(raw, schema=OLD)
    assert time.process_time() - began < 5


def test_other_formats_are_told_apart_from_it() -> None:
    assert reason(b'{"id": 1}').startswith("in shop.Order ") or reason(b'{"id": 1}').startswith("at ")


MESSAGE = SCHEMA.write(
    {
        "id": 300,
        "name": "ümlaut",
        "lines": [{"skuCode": "a"}, {}],
        "shelves": {"k": {"skuCode": "b"}},
        "packed": [1, 300],
        "fours": [1, 2],
        "before": {"id": 1, "any": {"@type": "x/shop.Order", "name": "x"}},
        "struct": {"a": [1, None, {"b": "x"}]},
        "at": "2026-05-31T17:03:11.120Z",
        "raw": b"\xff\xff",
    }
)


TOLD = re.compile(r"not protobuf of the schema '.*': (.* byte \d+.*|it lacks required fields: .*)")


def refusals(raw: bytes) -> list[str]:
    """What is said of them by the schemas that can't read them."""
    told = []
    for schema in (SCHEMA, OLD):
        try:
            schema.read(raw)
        except Undecodable as refused:
            told.append(str(refused))
    return told


def read_or_refuse(raw: bytes) -> None:
    assert [one for one in refusals(raw) if not TOLD.fullmatch(one)] == []


@given(st.binary(max_size=60))
@example(b"")
def test_whatever_the_bytes_are_they_are_read_or_refused_with_a_place(raw: bytes) -> None:
    read_or_refuse(raw)


@given(st.integers(0, len(MESSAGE) - 1), st.integers(0, 255), st.integers(0, len(MESSAGE)))
def test_so_it_is_with_events_that_were_damaged(at: int, byte: int, end: int) -> None:
    read_or_refuse((MESSAGE[:at] + bytes([byte]) + MESSAGE[at + 1 :])[:end])


def test_each_truncated_event_is_read_or_refused() -> None:
    for end in range(len(MESSAGE)):
        read_or_refuse(MESSAGE[:end])
