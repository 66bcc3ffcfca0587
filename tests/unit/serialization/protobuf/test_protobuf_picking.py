"""One field read alone is what it is in the whole value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.serialization.frames import framed
from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema
from KafkaLibrary.serialization.schemas.codecs import ProtobufCodec
from tests.unit.serialization.avro.test_avro_picking import at, paths
from tests.unit.serialization.protobuf.test_protobuf import ORDER, of_fields, schema
from tests.unit.serialization.protobuf.test_protobuf_round_trips import SCHEMA, VALUES

FIELDS = [*sorted(SCHEMA.read(b"")), "inner", "maybe_sint64", "a", "b", "c", "at", "value", "any", "text", "float"]


@given(VALUES)
def test_any_field_of_any_value(value: dict[str, Any]) -> None:
    raw = SCHEMA.write(value)
    read = SCHEMA.read(raw)
    for steps in {*paths(read), *((name,) for name in FIELDS), *(("inner", name) for name in FIELDS)}:
        pick = SCHEMA.picker(steps)
        if pick is not None:
            assert pick(b"frame" + raw, 5) == at(read, steps), steps


@given(st.binary(max_size=40), st.sampled_from(FIELDS))
def test_broken_bytes_end_in_one_way(raw: bytes, name: str) -> None:
    pick = SCHEMA.picker([name])
    assert pick is not None
    try:
        found = pick(raw, 0)
    except ValueError:
        with pytest.raises(Undecodable):
            SCHEMA.read(raw)
        return
    try:
        whole = SCHEMA.read(raw)
    except Undecodable:
        return  # what is broken stands in another field
    assert found == at(whole, (name,))


@pytest.mark.parametrize("steps", [["orderId"], ["status"], ["lines"], ["shelves"], ["before", "before", "currency"]])
def test_a_field_of_a_message_is_picked(steps: list[str | int]) -> None:
    assert schema().picker(steps) is not None


@pytest.mark.parametrize(
    "steps", [[], ["currency", "a"], ["lines", 0], ["lines", "sku"], ["shelves", "7"], ["before", "counts", "a"]]
)
def test_what_is_more_than_a_message_with_its_fields_is_not_picked(steps: list[str | int]) -> None:
    assert schema().picker(steps) is None


@pytest.mark.parametrize("name", ["struct", "any", "value", "at", "long"])
def test_within_a_type_of_google_nothing_is_picked(name: str) -> None:
    assert SCHEMA.picker([name]) is not None
    assert SCHEMA.picker([name, "value"]) is None


def test_a_schema_of_which_the_message_is_open_picks_nothing() -> None:
    assert ProtobufSchema(ORDER, "'order.proto'").picker(["orderId"]) is None


def test_what_is_not_there_is_not_found_and_defaults_are() -> None:
    def picked(*steps: str) -> Any:
        pick = schema().picker(steps)
        assert pick is not None
        return pick(b"", 0)

    assert picked("orderId") == [0]
    assert picked("status") == ["NEW"]
    assert picked("lines") == [[]]
    for missing in ("note", "card", "before", "order_id", "no such field"):
        assert picked(missing) == []
    assert picked("before", "orderId") == []
    assert picked("orderId", "orderId") == []


@pytest.mark.parametrize("name", ["HasField", "FromString", "class", "items"])
def test_a_field_may_be_named_like_something_of_python(name: str) -> None:
    by = of_fields(f"optional string {name} = 1; Order inner = 2;")
    key = by.picker([name]), by.picker(["inner", name])
    raw = by.write({name: "a", "inner": {}})
    assert [pick and pick(raw, 0) for pick in key] == [["a"], []]


def test_a_message_without_what_it_requires_is_not_picked_from() -> None:
    by = schema('syntax = "proto2"; message Order { required int32 id = 1; optional string note = 2; }')
    pick = by.picker(["note"])
    assert pick is not None
    assert pick(b"\x08\x01\x12\x01a", 0) == ["a"]
    with pytest.raises(ValueError, match="required"):
        pick(b"\x12\x01a", 0)


def test_a_text_of_an_old_schema_has_to_be_utf8() -> None:
    pick = schema('syntax = "proto2"; message Order { optional string note = 1; }').picker(["note"])
    assert pick is not None
    with pytest.raises(ValueError, match=r"^"):
        pick(b"\x0a\x01\xff", 0)


# Behind a frame.

Pick = Callable[[bytes, int], list[Any]]


def behind_a_frame(steps: Sequence[str | int]) -> Pick | None:
    return ProtobufCodec(ProtobufSchema(ORDER, "'order.proto'")).framed_picker(steps)


def test_the_first_message_behind_a_frame_is_picked_from() -> None:
    pick = behind_a_frame(["orderId"])
    assert pick is not None
    assert pick(framed(7, b"\x08\x2a", [0]), 5) == [42]
    assert pick(b"\0\0\0\0\7\2\0\x08\x2a", 5) == [42]  # its place written out


def test_another_message_behind_a_frame_is_picked_from() -> None:
    pick = behind_a_frame(["sku"])
    assert pick is not None
    assert [pick(framed(7, b"\x0a\x01a", [1]), 5) for _ in range(2)] == [["a"], ["a"]]
    assert pick(framed(7, b"\x0a\x01a", [0]), 5) == []  # those have no sku


def test_a_field_that_another_message_has_not_as_such_is_left_to_the_whole_value() -> None:
    text = "message A { B x = 1; } message B { int32 y = 1; } message C { map<string, int32> x = 1; }"
    pick = ProtobufCodec(ProtobufSchema(f'syntax = "proto3"; {text}', "'a.proto'")).framed_picker(["x", "y"])
    assert pick is not None
    assert pick(framed(7, b"\x0a\x02\x08\x05", [0]), 5) == [5]
    with pytest.raises(TypeError):
        pick(framed(7, b"", [2]), 5)


@pytest.mark.parametrize("rest", [b"", b"\2", b"\2\x80", b"\1", b"\2\x12"])
def test_a_broken_frame_is_undecodable(rest: bytes) -> None:
    pick = behind_a_frame(["orderId"])
    assert pick is not None
    with pytest.raises(Undecodable):
        pick(b"\0\0\0\0\7" + rest, 5)


def test_nothing_is_picked_behind_a_frame_where_the_first_message_has_to_be_read() -> None:
    assert behind_a_frame(["lines", 0]) is None
