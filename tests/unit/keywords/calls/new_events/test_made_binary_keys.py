"""A key of Avro or Protobuf is varied as a value is, with the bytes that its schema writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from tests.unit.contracts.documents import of_3, written

AVRO = """
schemaFormat: 'application/vnd.apache.avro;version=1.9.0'
schema: {type: record, name: Id, fields: [{name: id, type: long}, {name: state, type: {type: enum, name: S,
  symbols: [A, B]}}]}
"""
PROTOBUF = """
schemaFormat: 'application/vnd.google.protobuf;version=3'
schema: 'syntax = "proto3"; message Id { int64 id = 1; string name = 2; }'
"""


def library(folder: Path, key: str) -> KafkaLibrary:
    inner = "".join(f"\n          {line}" for line in key.strip().splitlines())
    message = "address: orders\nmessages:\n  Order:\n    payload: {type: object, required: [id]}\n"
    text = of_3(f"{message}    bindings:\n      kafka:\n        key:{inner}\n")
    kafka = KafkaLibrary("embedded")
    kafka.load_contract(str(written(folder, text)))
    return kafka


def keys(made: list[Any]) -> dict[str, bytes | None]:
    return {one.name: one.outgoing.key for one in made if one.path.startswith("key")}


@pytest.mark.parametrize(
    ("key", "named_b"), [(None, b"\0\2"), (b"\x54\0", b"\x54\2"), (b"\0\0\0\0\x09\x54\0", b"\0\0\0\0\x09\x54\2")]
)
def test_a_key_of_avro_is_varied_behind_the_id_of_its_schema(tmp_path: Path, key: bytes | None, named_b: bytes) -> None:
    kafka = library(tmp_path, AVRO)
    broken = keys(kafka.get_broken_events("Order", key=key))
    assert broken["unknown enum key.state"] == named_b[:-1] + b"\4"
    assert {"missing field key.id", "missing field key.state", "above maximum key.id", "missing key"} <= broken.keys()
    valid = keys(kafka.get_valid_events("Order", key=key))
    assert valid["allowed value key.state B"] == named_b
    assert {"at minimum key.id", "at maximum key.id"} <= valid.keys()


def test_a_key_of_protobuf_is_varied(tmp_path: Path) -> None:
    kafka = library(tmp_path, PROTOBUF)
    broken = keys(kafka.get_broken_events("Order"))
    assert {"wrong type key.id", "wrong wire type key.name", "wrong encoding key.name"} <= broken.keys()
    assert {"left out key.id", "at maximum key.id"} <= keys(kafka.get_valid_events("Order")).keys()


def test_a_broken_key_is_published_as_it_was_made(tmp_path: Path) -> None:
    kafka = library(tmp_path, AVRO)
    event = kafka.publish_broken_event("orders", kind="unknown enum", field="key.state")
    assert event.raw_key == b"\0\4"
    with pytest.raises(AssertionError, match="key"):
        kafka.event_should_match_contract(event)
