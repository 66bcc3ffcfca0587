"""Which message an event says it is: it is held against that one alone, also where it fits another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.event import Decoded
from KafkaLibrary.serialization.keys_and_values.key_or_value import Found
from KafkaLibrary.serialization.topics.topic_formats import TopicDecoder
from tests.unit.contracts.documents import judged, loaded, of_3

TWO = of_3("""
address: orders
messages:
  OrderPlaced: {payload: {type: object, required: [id], properties: {id: {type: integer}}}}
  OrderPaid: {payload: {type: object, required: [id, paid], properties: {id: {type: integer}}}}
""")


@pytest.mark.parametrize(
    ("headers", "state"),
    [
        ({}, "fits"),
        ({"__TypeId__": "com.shop.OrderPlaced"}, "fits"),
        ({"__TypeId__": "com.shop.OrderPaid"}, "wrong"),
        ({"ce_type": "OrderPaid"}, "wrong"),
        ({"type": "OrderPaid"}, "wrong"),
        ({"__TypeId__": "com.shop.Unknown"}, "fits"),
    ],
)
def test_a_header_tells(tmp_path: Path, headers: dict[str, str], state: str) -> None:
    verdict = judged(loaded(tmp_path, TWO), {"id": 42}, headers=headers)
    assert verdict.state == state
    if state == "wrong":
        assert [one.message.name for one in verdict.candidates] == ["OrderPaid"]
        assert "says that it is" in verdict.said


class Registered:
    """A value as a schema registry's schema reads it."""

    first_look: Any = None

    def __init__(self, record: str, kind: str = "avro") -> None:
        self._record, self._kind = record, kind

    def read(self, raw: bytes, headers: Any, depth: str) -> Decoded:
        return Decoded({"id": 42}, self._kind, "", f"schema 7 ({self._record})")


@pytest.mark.parametrize(
    ("record", "names"),
    [("shop.Placed", ["Placed"]), ("shop.Paid", ["Paid"]), ("other.Paid", ["Paid"]), ("shop.Lost", [])],
)
def test_the_name_of_a_record_tells(tmp_path: Path, record: str, names: list[str]) -> None:
    fields = '"fields": [{"name": "id", "type": "int"}]'
    messages = "".join(
        f'\n  {name}: {{payload: {{"type": "record", "name": "{name}", "namespace": "shop", {fields}}}}}'
        for name in ("Placed", "Paid")
    )
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages:{messages}"))
    part: Any = Registered(record)
    verdict = judged(contract, b"x", decoder=TopicDecoder(part, Found("key", None)))
    assert [one.message.name for one in verdict.fitting] == names


RECORD = '{"type": "record", "name": "%s", "namespace": "shop", "fields": [{"name": "id", "type": "int"}]}'


OTHER = '{"type": "record", "name": "Refund", "namespace": "shop", "fields": [{"name": "of", "type": "int"}]}'


@pytest.mark.parametrize(
    ("schema", "written_by", "state"),
    [
        (RECORD % "Order", "other.Order", "fits"),
        (RECORD % "Order", "shop.Refund", "wrong"),
        (RECORD % "Order", "union", "fits"),
        (f"[{RECORD % 'Order'}, {OTHER}]", "shop.Order", "fits"),
        (f"[{RECORD % 'Order'}, {OTHER}]", "union", "fits"),
        (f"[{RECORD % 'Order'}, {OTHER}]", "shop.Lost", "wrong"),
        ('{"type": "map", "values": "int"}', "shop.Order", "fits"),
    ],
)
def test_the_schema_of_an_avro_event_is_that_of_a_record_of_the_contract(
    tmp_path: Path, schema: str, written_by: str, state: str
) -> None:
    payload = f"{{schemaFormat: application/vnd.apache.avro;version=1.9.0, schema: {schema}}}"
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{O: {{payload: {payload}}}}}"))
    part: Any = Registered(written_by)
    assert judged(contract, b"x", decoder=TopicDecoder(part, Found("key", None))).state == state


@pytest.mark.parametrize(("written_by", "state"), [("shop.Order", "fits"), ("shop.Refund", "wrong")])
def test_the_schema_of_a_protobuf_event_is_that_of_the_message_of_the_contract(
    tmp_path: Path, written_by: str, state: str
) -> None:
    schema = "'syntax = \"proto3\"; package shop; message Order { int32 id = 1; }'"
    payload = f"{{schemaFormat: application/vnd.google.protobuf;version=3, schema: {schema}}}"
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{O: {{payload: {payload}}}}}"))
    part: Any = Registered(written_by, "protobuf")
    assert judged(contract, b"x", decoder=TopicDecoder(part, Found("key", None))).state == state


@pytest.mark.parametrize(("kind", "state"), [("Cat", "fits"), ("Dog", "wrong")])
def test_a_discriminator_tells(tmp_path: Path, kind: str, state: str) -> None:
    pet = "type: object, discriminator: kind, properties: {kind: {type: string}, legs: {type: integer}}"
    messages = f"\n  Cat: {{payload: {{{pet}}}}}\n  Dog: {{payload: {{{pet}, required: [barks]}}}}"
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages:{messages}"))
    assert judged(contract, {"kind": kind, "legs": 4}).state == state


@pytest.mark.parametrize("kind", [[], {}, ["Cat"], None, 1])
def test_a_discriminator_that_is_no_text_tells_nothing(tmp_path: Path, kind: Any) -> None:
    pet = "type: object, discriminator: kind, properties: {kind: {type: string}}"
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{Cat: {{payload: {{{pet}}}}}}}"))
    assert judged(contract, {"kind": kind}).state == "wrong"


def first(folder: Path, messages: str, value: Any, headers: dict[str, str] | None = None) -> str:
    verdict = judged(loaded(folder, of_3(f"address: orders\nmessages:{messages}")), value, headers=headers)
    assert verdict.state == "wrong"
    return verdict.candidates[0].message.name


def test_a_fixed_value_tells_which_message_is_told_first_wherever_it_stands(tmp_path: Path) -> None:
    kind = "required: [meta, a, b, c], properties: {meta: {type: object, properties: {kind: {const: %s}}}}"
    messages = (
        f"\n  Far: {{payload: {{type: object, {kind % 'x'}}}}}\n  Near: {{payload: {{type: object, {kind % 'y'}}}}}"
    )
    assert first(tmp_path, messages, {"meta": {"kind": "y"}}) == "Near"
    assert first(tmp_path, messages, {"meta": {"kind": "x"}}) == "Far"


def test_one_of_several_values_tells_it_where_another_message_has_other_values(tmp_path: Path) -> None:
    messages = (
        "\n  Open: {payload: {type: object, properties: {kind: {enum: [new, paid]}}}}"
        "\n  Over: {payload: {type: object, required: [a, b, c], properties: {kind: {enum: [sent, lost]}}}}"
    )
    assert first(tmp_path, messages, {"kind": "sent"}) == "Over"


def test_a_value_that_no_message_has_tells_nothing(tmp_path: Path) -> None:
    messages = (
        "\n  Open: {payload: {type: object, properties: {kind: {enum: [new, paid]}}}}"
        "\n  Other: {payload: {type: object, required: [a, b, c]}}"
    )
    assert first(tmp_path, messages, {"kind": "lost"}) == "Open"


def test_a_fixed_value_within_an_alternative_tells_it_too(tmp_path: Path) -> None:
    one = "{type: object, required: [a, b], properties: {kind: {const: %s}}}"
    messages = (
        f"\n  Far: {{payload: {{oneOf: [{one % 'x'}, {one % 'z'}]}}}}"
        f"\n  Near: {{payload: {{allOf: [{one % 'y'}, {{required: [c]}}]}}}}"
    )
    assert first(tmp_path, messages, {"kind": "y"}) == "Near"


@pytest.mark.parametrize(
    "headers",
    [
        {"ce_type": "com.shop:OrderPaid"},
        {"ce-type": "OrderPaid"},
        {"X-Event-Type": "OrderPaid"},
        {"EventName": "OrderPaid"},
        {"rbs2-msg-type": "Shop.Orders.OrderPaid, Shop"},
        {"NServiceBus.EnclosedMessageTypes": "Shop.Orders+OrderPaid, Shop, Version=1.0.0.0"},
    ],
)
def test_a_header_tells_as_frameworks_write_it(tmp_path: Path, headers: dict[str, str]) -> None:
    assert judged(loaded(tmp_path, TWO), {"id": 42}, headers=headers).state == "wrong"
