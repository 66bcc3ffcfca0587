"""One field read alone is what it is in the whole value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import Undecodable
from tests.unit.serialization.avro.avro_shapes import ORDER, field, record, schema_of
from tests.unit.serialization.avro.test_avro_round_trips import (
    PATIENT,
    Kind,
    enums,
    fixeds,
    logical,
    plain,
    schemas,
)
from tests.unit.serialization.avro.test_avro_round_trips import schema_of as schema_of_any

Steps = tuple[str | int, ...]


def paths(value: Any, most: int = 3) -> list[Steps]:
    """The names that lead into a value."""
    if not isinstance(value, dict) or not most:
        return [()]
    inner = [(name, *rest) for name, part in value.items() for rest in paths(part, most - 1)]
    return [(), *inner, ("nothing",)]


def at(value: Any, steps: Steps) -> list[Any]:
    for step in steps:
        if not isinstance(value, dict) or step not in value:
            return []
        value = value[step]
    return [value]


@PATIENT
@given(st.data(), schemas(plain() | logical() | enums() | fixeds()))
def test_any_field_of_any_value(data: st.DataObject, kind: Kind) -> None:
    schema = schema_of_any(kind[0])
    value = data.draw(kind[1])
    if schema.violations(value):
        return
    raw = b"frame" + schema.write(value)
    for steps in paths(value):
        pick = schema.picker(steps)
        if pick is not None:
            assert pick(raw, 5) == at(value, steps), steps


@PATIENT
@given(schemas(plain() | logical() | enums() | fixeds()), st.binary(max_size=40), st.sampled_from(["f0", "f1", "f2"]))
def test_broken_bytes_end_in_one_way(kind: Kind, raw: bytes, name: str) -> None:
    schema = schema_of_any(kind[0])
    pick = schema.picker([name])
    if pick is None:
        return
    try:
        found = pick(raw, 0)
    except ValueError:
        with pytest.raises(Undecodable):
            schema.read(raw)
        return
    try:
        whole = schema.read(raw)
    except Undecodable:
        return  # what is broken stands behind the field
    assert found == at(whole, (name,))


@pytest.mark.parametrize(
    "content", [{"type": "map", "values": "int"}, {"type": "array", "items": "int"}, "string", ["null", "string"]]
)
def test_what_takes_more_than_steps_over_others_is_not_picked(content: Any) -> None:
    assert schema_of(content).picker(["a"]) is None
    assert schema_of(record(field("m", content))).picker(["m", "a"]) is None
    assert schema_of(record(field("m", content))).picker(["m"]) is not None


def test_nothing_behind_the_field_is_read() -> None:
    schema = schema_of(record(field("id", "long"), field("note", "string")))
    pick = schema.picker(["id"])
    assert pick is not None
    assert pick(b"\x54\x7f", 0) == [42]


def test_a_record_inside_of_itself_is_stepped_over() -> None:
    node = {"type": "record", "name": "Node", "fields": [field("next", ["null", "Node"]), field("id", "int")]}
    schema = schema_of(node)
    value = {"next": {"next": {"next": None, "id": 3}, "id": 2}, "id": 1}
    raw = schema.write(value)
    for steps, found in ((("id",), [1]), (("next", "id"), [2]), (("next", "next", "next", "id"), [])):
        pick = schema.picker(steps)
        assert pick is not None
        assert pick(raw, 0) == found


def test_an_order() -> None:
    schema = schema_of(ORDER)
    assert schema.picker(["no such field"]) is not None
