"""What the bytes of a value, a key or a header mean to a contract: as they were sent, and as it asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.serialization.connect_types import declared
from KafkaLibrary.serialization.keys_and_values.key_or_value import Found
from KafkaLibrary.serialization.keys_and_values.typed_json import TypedJson
from KafkaLibrary.serialization.topics.topic_formats import TopicDecoder
from tests.unit.contracts.documents import judged, loaded, of_2, of_3

ORDER = "payload: {type: object, required: [orderId], properties: {orderId: {type: integer}}}"
GOOD = {"orderId": 42}
SENT = "{type: object, properties: {at: {type: integer}, total: {type: string, maxLength: 4}}}"
NAMED = """
title: org.apache.kafka.connect.data.Decimal, connect.type: bytes, connect.parameters: {scale: '2'}
""".strip()


def test_what_a_topic_says_of_its_fields_changes_nothing_of_what_was_sent(tmp_path: Path) -> None:
    contract = loaded(tmp_path, of_2(f"payload: {SENT}"))
    typed: Any = TypedJson(declared.types_of("at:micros, total:decimal(2)"))
    decoder = TopicDecoder(typed, Found("key", None))
    states = [
        judged(contract, {"at": at, "total": total}, decoder=decoder).state
        for at, total in ((1764500000000000, "BOI="), ("2026-11-30T10:00:00Z", "BOI="), (1764500000000000, "BOIBOIB="))
    ]
    assert states == ["fits", "wrong", "wrong"]


def test_a_number_is_no_decimal_of_a_connector_that_is_sent_as_a_text(tmp_path: Path) -> None:
    schema = f"{{type: object, properties: {{total: {{type: string, {NAMED}}}}}}}"
    contract = loaded(tmp_path, of_2(f"payload: {schema}"))
    assert [judged(contract, {"total": one}).state for one in ("BOI=", 12.5)] == ["fits", "wrong"]


@pytest.mark.parametrize("schema", ["{required: [id]}", "{properties: {id: {type: integer}}}", "{minItems: 1}"])
@pytest.mark.parametrize("value", [b"hello", b"", b"{broken", b"{'id': 1}"])
def test_a_text_that_no_rule_is_about_is_no_value(tmp_path: Path, schema: str, value: bytes) -> None:
    contract = loaded(tmp_path, of_2(f"payload: {schema}"))
    assert judged(contract, value).state == "wrong"
    assert judged(contract, {"id": 1} if "id" in schema else [1]).state == "fits"
    as_text = loaded(tmp_path, of_2(f"contentType: text/plain\npayload: {schema}"))
    assert judged(as_text, value).state == "fits"


@pytest.mark.parametrize(("schema", "right", "wrong"), [
    ("{required: [id], properties: {id: {type: integer}}}", b'{"id": 1}', b'{"id": "x"}'),
    ("{minimum: 5}", b"5", b"4"),
    ("{minItems: 1}", b"[1]", b"[]"),
    ("{pattern: '^[0-9]+$'}", b"42", b"x"),
])  # fmt: skip
def test_a_key_is_read_as_its_rules_ask_where_no_type_is_said(
    tmp_path: Path, schema: str, right: bytes, wrong: bytes
) -> None:
    for part in (f"bindings: {{kafka: {{key: {schema}}}}}", f"headers: {{properties: {{h: {schema}}}}}"):
        contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{O: {{{part}, {ORDER}}}}}"))
        states = [judged(contract, GOOD, key=one, headers={"h": one}).state for one in (right, wrong)]
        assert states == ["fits", "wrong"]


@pytest.mark.parametrize("headers", [
    "additionalProperties: {type: integer}",
    "patternProperties: {'^h': {type: integer}}",
    "anyOf: [{required: [h], properties: {h: {type: integer}}}, {required: [m]}]",
    "oneOf: [{required: [h], properties: {h: {$ref: '#/components/schemas/N'}}}, {required: [m]}]",
    "if: {required: [h]}, then: {properties: {h: {type: integer}}}, else: {required: [m]}",
])  # fmt: skip
def test_a_header_is_read_as_is_asked_wherever_that_stands(tmp_path: Path, headers: str) -> None:
    text = of_3(f"address: orders\nmessages: {{O: {{headers: {{type: object, {headers}}}, {ORDER}}}}}")
    contract = loaded(tmp_path, f"{text}\ncomponents: {{schemas: {{N: {{type: integer}}}}}}")
    assert [judged(contract, GOOD, headers={"h": one}).state for one in ("42", "x")] == ["fits", "wrong"]


def test_what_may_be_a_text_or_a_number_is_read_as_both(tmp_path: Path) -> None:
    either = "{oneOf: [{type: integer, minimum: 5}, {type: string, pattern: '^A'}]}"
    for part in (f"bindings: {{kafka: {{key: {either}}}}}", f"headers: {{properties: {{h: {either}}}}}"):
        contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{O: {{{part}, {ORDER}}}}}"))
        states = [judged(contract, GOOD, key=one, headers={"h": one}).state for one in (b"7", b"A1", b"4", b"B1")]
        assert states == ["fits", "fits", "wrong", "wrong"]


def test_a_pattern_of_headers_that_can_not_be_read_is_not_checked(tmp_path: Path) -> None:
    headers = "{type: object, patternProperties: {'(': {type: integer}}}"
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{O: {{headers: {headers}, {ORDER}}}}}"))
    assert judged(contract, GOOD, headers={"h": "1"}).state == "not checked"


@pytest.mark.parametrize(
    ("schema", "state"),
    [("{minLength: 1}", "wrong"), ("{required: [id]}", "wrong"), ("{type: [string, 'null']}", "fits"),
     ("{not: {const: x}}", "fits")],
)  # fmt: skip
def test_a_key_that_is_missing_fits_only_what_takes_null(tmp_path: Path, schema: str, state: str) -> None:
    text = of_3(f"address: orders\nmessages: {{O: {{bindings: {{kafka: {{key: {schema}}}}}, {ORDER}}}}}")
    assert judged(loaded(tmp_path, text), GOOD).state == state
