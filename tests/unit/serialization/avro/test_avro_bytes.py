"""Bytes that are not Avro of the schema: told with their place, soon, and without any harm."""

from __future__ import annotations

import contextlib
import json
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.serialization.avro.schema import AvroSchema

MORE = b"\xd0\x0f"
"""1,000 as a length or a count."""
LESS = b"\xcf\x0f"
"""-1,000."""
NODE = {"type": "record", "name": "Node", "fields": [{"name": "next", "type": ["null", "Node"]}]}
NODES = {"type": "record", "name": "N", "fields": [{"name": "n", "type": {"type": "array", "items": "N"}}]}
ENUM = {"type": "enum", "name": "E", "symbols": ["A", "B"]}
EMPTY = {"type": "record", "name": "Empty", "fields": []}
FIXED = {"type": "fixed", "name": "F", "size": 3}
DECIMAL = {"type": "bytes", "logicalType": "decimal", "precision": 4}
MANY = {"type": "enum", "name": "Many", "symbols": [f"S{number}" for number in range(100)]}


def array(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def map_of(values: Any) -> dict[str, Any]:
    return {"type": "map", "values": values}


ORDER = {
    "type": "record",
    "name": "Order",
    "fields": [
        {"name": "id", "type": "long"},
        {
            "name": "items",
            "type": array({"type": "record", "name": "I", "fields": [{"name": "sku", "type": "string"}]}),
        },
        {"name": "labels", "type": map_of("double")},
        {"name": "mail", "type": ["null", "string"]},
        {"name": "when", "type": {"type": "long", "logicalType": "timestamp-nanos"}},
        {"name": "sum", "type": DECIMAL},
        {"name": "status", "type": ENUM},
        {"name": "ratio", "type": "float"},
        {"name": "many", "type": ["null", "int", "boolean", MANY, FIXED]},
    ],
}
VALUE = {
    "id": 2**40,
    "items": [{"sku": "P-7"}, {"sku": "P-8"}],
    "labels": {"a": 0.1, "b": 1.0},
    "mail": "ada@example.org",
    "when": "2026-05-31T17:03:11.120456789Z",
    "sum": 1234,
    "status": "B",
    "ratio": 0.1,
    "many": "S99",
}


def schema_of(content: Any) -> AvroSchema:
    return AvroSchema(json.dumps(content), "'order.avsc'")


def refusal(content: Any, raw: bytes, start: int = 0) -> str:
    schema = schema_of(content)
    before = time.thread_time()
    with pytest.raises(Undecodable) as refused:
        schema.read(raw, start)
    assert time.thread_time() - before < 2  # of this thread alone: a busy machine takes longer
    message = str(refused.value)
    assert message.startswith("not Avro of the schema 'order.avsc': ")
    return message.removeprefix("not Avro of the schema 'order.avsc': ")


@pytest.mark.parametrize(
    ("content", "raw", "message"),
    [
        ("int", b"", "it ends too early, at byte 0"),
        ("int", b"\x80", "it ends too early, at byte 1"),
        ("int", b"\x80\x80\x80\x80\x10", "2147483648 is not an int, a 32-bit whole number, at byte 0"),
        ("long", b"\xff" * 12, "a number is longer than 64 bits at byte 0"),
        ("long", b"\xff" * 9 + b"\x02", "a number is longer than 64 bits at byte 0"),
        ("boolean", b"\x02", "the byte 2 is not a boolean at byte 0"),
        ("float", b"\0\0\0", "it ends too early, at byte 3"),
        ("double", b"\0" * 7, "it ends too early, at byte 7"),
        ("string", b"\x06ab", "3 bytes should follow, and there are 2, at byte 0"),
        ("string", MORE + b"ab", "1000 bytes should follow, and there are 2, at byte 0"),
        ("string", b"\x01", "a length of -1 can't be at byte 0"),
        ("string", LESS, "a length of -1000 can't be at byte 0"),
        ("string", b"\x06a\xffb", "a text is not UTF-8 (invalid start byte) at byte 2"),
        ("bytes", b"\x06ab", "3 bytes should follow, and there are 2, at byte 0"),
        ("bytes", b"\x01", "a length of -1 can't be at byte 0"),
        (FIXED, b"ab", "3 bytes should follow, and there are 2, at byte 0"),
        (ENUM, b"\x01", "there is no symbol -1 of 2 at byte 0"),
        (ENUM, b"\x04", "there is no symbol 2 of 2 at byte 0"),
        (MANY, b"\xc8\x01", "there is no symbol 100 of 100 at byte 0"),
        (["null", "string"], b"\x01", "there is no branch -1 in a union of 2 at byte 0"),
        (["null", "string"], b"\x04", "there is no branch 2 in a union of 2 at byte 0"),
        (["int", "string"], b"\x03\x00", "there is no branch -2 in a union of 2 at byte 0"),
        (["int", "string"], b"\x04\x00", "there is no branch 2 in a union of 2 at byte 0"),
        (array("int"), MORE, "1000 items should follow, and there are 0 bytes, at byte 0"),
        (array("int"), LESS + b"\0", "1000 items should follow, and there are 0 bytes, at byte 0"),
        (array("int"), b"\x04\x02", "2 items should follow, and there are 1 bytes, at byte 0"),
        (array("int"), b"\x02\x02", "it ends too early, at byte 2"),
        (array("null"), b"\xca\x01\0", "101 items that take no bytes can't be at byte 0"),
        (array(EMPTY), b"\xca\x01\0", "101 items that take no bytes can't be at byte 0"),
        (array("null"), b"\xc8\x01\x02\0", "1 items that take no bytes can't be at byte 2"),
        (map_of("null"), MORE + b"\0", "1000 items should follow, and there are 1 bytes, at byte 0"),
        (DECIMAL, b"\x82\x40" + b"\x01" * 4097, "a decimal of 4097 bytes can't be at byte 0"),
        ("int", b"\0\0", "the value ends before what is left over, 1 byte, at byte 1"),
        ("null", b"abc", "the value ends before what is left over, 3 bytes, at byte 0"),
    ],
)
def test_what_is_wrong_is_told_with_its_byte(content: Any, raw: bytes, message: str) -> None:
    assert refusal(content, raw) == message


def test_bytes_are_counted_from_the_first_of_all() -> None:
    assert refusal("string", b"\0\0\0\0\1\x06ab", 5) == "3 bytes should follow, and there are 2, at byte 5"
    assert refusal("int", b"\0\0\0\0\1", 5) == "it ends too early, at byte 5"
    assert refusal("int", b"\0\0\0", 5) == "it ends too early, at byte 3"


def test_the_field_that_is_wrong_is_told() -> None:
    raw = schema_of(ORDER).write(VALUE)
    bent = raw.replace(b"P-8", b"P-\xff")
    assert refusal(ORDER, bent) == "a text is not UTF-8 (invalid start byte) at byte 14 in $.items[1].sku"
    bent = raw.replace(b"\x02a", b"\x02\xff")
    assert refusal(ORDER, bent).endswith(" in $.labels")
    assert refusal(map_of("boolean"), b"\x02\x06a b\x05") == "the byte 5 is not a boolean at byte 5 in $['a b']"
    assert refusal(array(array("boolean")), b"\x02\x04\x00\x05").endswith(" at byte 3 in $[0][1]")


def test_an_index_or_a_length_in_more_bytes_than_needed_is_read() -> None:
    assert schema_of(["null", "int"]).read(b"\x82\x00\x02") == 1
    assert schema_of("string").read(b"\x82\x00a") == "a"
    assert schema_of(ENUM).read(b"\x82\x00") == "B"


def test_blocks_with_their_length_are_read() -> None:
    assert schema_of(array("int")).read(b"\x03\x04\x02\x04\x02\x06\x00") == [1, 2, 3]
    assert schema_of(map_of("int")).read(b"\x01\x06\x02a\x02\x02\x02b\x04\x00") == {"a": 1, "b": 2}
    assert schema_of(array("null")).read(b"\x06\x00") == [None, None, None]


@pytest.mark.parametrize(("content", "raw"), [(NODE, b"\x02" * 3_000), (NODES, b"\x02" * 3_000)])
def test_records_nested_deeply_are_refused(content: Any, raw: bytes) -> None:
    assert refusal(content, raw) == "it is nested too deeply"


def test_every_truncation_is_told() -> None:
    schema = schema_of(ORDER)
    raw = schema.write(VALUE)
    assert schema.read(raw) == VALUE
    for end in range(len(raw)):
        with pytest.raises(Undecodable) as refused:
            schema.read(raw[:end])
        assert int(re.findall(r"at byte (\d+)", str(refused.value))[0]) <= end


def test_a_path_to_far_inside_is_cut() -> None:
    message = refusal(NODE, b"\x02" * 300)
    assert len(message) < 300
    assert message.endswith(".next.next")


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for schema in SCHEMAS:
        with contextlib.suppress(Undecodable):
            schema.read(raw)


@given(st.data())
def test_bytes_of_an_order_that_are_bent_are_read_or_refused(data: st.DataObject) -> None:
    schema = SCHEMAS[0]
    raw = bytearray(schema.write(VALUE))
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Undecodable):
        schema.read(bytes(raw))


SCHEMAS = [schema_of(content) for content in (ORDER, NODE, NODES, array(array("null")), map_of(["null", DECIMAL]))]
