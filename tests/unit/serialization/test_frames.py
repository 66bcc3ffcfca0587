"""The frame of a schema registry, in front of a value and in a header."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from confluent_kafka.schema_registry import header_schema_id_serializer, prefix_schema_id_serializer
from confluent_kafka.schema_registry.serde import SchemaId
from confluent_kafka.serialization import MessageField, SerializationContext
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.serialization.frames import (
    Frame,
    GlobalId,
    first_bytes,
    frame_of,
    framed,
    read_indexes,
    write_indexes,
)

GUID = uuid.UUID("89791762-2336-4186-9674-299b90a802e2")


@given(st.integers(1, 2**31 - 1), st.binary())
def test_what_was_framed_is_found_again(schema: int, value: bytes) -> None:
    raw = framed(schema, value)
    frame = frame_of(raw, (), "value")
    assert frame == Frame(schema, 5)
    assert raw[5:] == value


@pytest.mark.parametrize(
    "raw",
    [b"", b"\0", b"\0\0\0\1", b'{"a":1}', b"\1\0\0\0\1", (5).to_bytes(8, "big")],
    ids=["nothing", "a zero", "four bytes", "JSON", "another sign", "a long"],
)
def test_what_has_no_frame_is_not_taken_for_one(raw: bytes) -> None:
    assert frame_of(raw, (), "value") is None


def test_a_header_wins_over_what_looks_like_a_frame() -> None:
    raw = framed(7, b"x")
    headers = [("__value_schema_id", b"\1" + GUID.bytes), ("__key_schema_id", b"\0\0\0\0\5")]
    assert frame_of(raw, headers, "value") == Frame(str(GUID), 0)
    assert frame_of(raw, headers, "key") == Frame(5, 0)


@pytest.mark.parametrize("part", ["value", "key"])
def test_frames_of_confluents_own_serializers_are_read(part: str) -> None:
    field = {"value": MessageField.VALUE, "key": MessageField.KEY}[part]
    in_header, in_front = SchemaId("AVRO", 7, str(GUID)), SchemaId("PROTOBUF", 7, None, [1, 0])
    context = SerializationContext("orders", field, [])
    value = header_schema_id_serializer(b"x", context, in_header)
    headers: Any = context.headers
    assert frame_of(value, headers, part) == Frame(str(GUID), 0)
    raw = prefix_schema_id_serializer(b"x", SerializationContext("orders", field, []), in_front)
    assert frame_of(raw, (), part) == Frame(7, 5)
    assert read_indexes(raw, 5) == ((1, 0), len(raw) - 1)


@pytest.mark.parametrize("content", [b"", b"\1\0", b"\2" + GUID.bytes, None, "text"])
def test_a_header_that_names_no_schema_is_none(content: bytes | str | None) -> None:
    assert frame_of(b"{}", [("__value_schema_id", content)], "value") is None


def test_behind_the_id_in_a_header_stand_the_indexes() -> None:
    frame = frame_of(b"", [("__value_schema_id", b"\1" + GUID.bytes + write_indexes([1, 0]))], "value")
    assert frame is not None
    assert read_indexes(frame.rest, 0)[0] == (1, 0)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=5), st.binary(max_size=3))
def test_indexes_are_read_as_they_were_written(indexes: list[int], behind: bytes) -> None:
    raw = write_indexes(indexes)
    assert read_indexes(raw + behind, 0) == (tuple(indexes), len(raw))


def test_the_first_message_is_a_single_zero() -> None:
    assert write_indexes([0]) == b"\0"
    assert write_indexes([2, 1]) == b"\4\4\2", "as Confluent's documentation has it"


@pytest.mark.parametrize("raw", [b"", b"\4", b"\4\2", b"\xff" * 10, b"\1", write_indexes([0] * 101)])
def test_broken_indexes_are_told(raw: bytes) -> None:
    with pytest.raises(Undecodable, match="frame"):
        read_indexes(raw, 0)


def test_the_first_bytes_are_shown_in_hexadecimal() -> None:
    assert first_bytes(b"\0\1\xff") == "00 01 ff"
    assert first_bytes(bytes(20)).endswith("00 …")


def test_the_ids_in_apicurios_headers_are_of_two_kinds() -> None:
    eight = (42).to_bytes(8, "big")
    assert frame_of(b"\0\0\0\0\5x", [("apicurio.value.contentId", eight)], "value") == Frame(42, 0)
    assert frame_of(b"\0\0\0\0\5x", [("apicurio.value.globalId", eight)], "value") == Frame(GlobalId(42), 0)
    assert frame_of(b"", [("apicurio.key.globalId", eight)], "key") == Frame(GlobalId(42), 0)
    assert frame_of(b"x", [("apicurio.key.globalId", eight)], "value") is None
    named = [("apicurio.value.contentId", eight), ("apicurio.protobuf.type", b"Order")]
    assert frame_of(b"x", named, "value") == Frame(42, 0, message="Order")


@pytest.mark.parametrize("content", [b"42", b"", None, "42"])
def test_what_is_no_id_of_apicurio_names_no_schema(content: Any) -> None:
    assert frame_of(b"x", [("apicurio.value.globalId", content)], "value") is None
