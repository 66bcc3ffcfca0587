"""Of which kind a schema is."""

from __future__ import annotations

import pytest

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.schemas import schema_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("avro", "avro"),
        (" AVRO ", "avro"),
        ("json", "json-schema"),
        ("JSON Schema", "json-schema"),
        ("json_schema", "json-schema"),
        ("Protobuf", "protobuf"),
        (None, None),
        ("", None),
    ],
)
def test_it_may_be_said(name: str | None, kind: str | None) -> None:
    assert schema_kind.named(name) == kind


def test_what_is_none_has_near_names() -> None:
    with pytest.raises(
        KeywordMisused, match=r"Unknown schema type 'avor'\. Did you mean 'avro'\?\nThe types are: avro, "
    ):
        schema_kind.named("avor")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.avsc", "avro"),
        ("a.PROTO", "protobuf"),
        ("x/a.b.json", "json-schema"),
        ("a.txt", None),
        ("orders-value", None),
    ],
)
def test_a_file_tells_it_by_its_suffix(name: str, kind: str | None) -> None:
    assert schema_kind.of_file(name) == kind
    assert schema_kind.is_file_name(name) == (kind is not None)


@pytest.mark.parametrize("text", ['{"$ref": "a.json"}', '"a.avsc"', 'syntax = "proto3";\nimport "a.proto"', "[]"])
def test_a_schema_is_no_name_of_a_file(text: str) -> None:
    assert not schema_kind.is_file_name(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('{"type": "record", "name": "A", "fields": []}', "avro"),
        ('{"type": "enum", "name": "A", "symbols": []}', "avro"),
        ('{"type": {"type": "record", "name": "A", "fields": []}}', "avro"),
        ('{"type": "long", "logicalType": "timestamp-millis"}', "avro"),
        ('{"type": "map", "values": "int"}', "avro"),
        ('["null", "string"]', "avro"),
        ('"string"', "avro"),
        ('{"type": "object"}', "json-schema"),
        ('{"type": ["integer", "null"]}', "json-schema"),
        ('{"type": "string", "minLength": 1}', "json-schema"),
        ('{"$schema": "x"}', "json-schema"),
        ('{"required": ["a"]}', "json-schema"),
        ('syntax = "proto3";', "protobuf"),
        ("// an order\nmessage Order {\n}", "protobuf"),
        ('edition = "2023";', "protobuf"),
    ],
)
def test_a_text_tells_it_by_its_content(text: str, kind: str) -> None:
    assert schema_kind.of_text(text) == kind


@pytest.mark.parametrize("text", ['{"type": "string"}', '{"type": "array", "items": "string"}', "{}", "5", "null"])
def test_what_could_be_several_is_asked_for(text: str) -> None:
    with pytest.raises(KeywordMisused, match=r"could be Avro or JSON Schema\.\nSet type=avro, type=json or"):
        schema_kind.of_text(text)


@pytest.mark.parametrize("text", ["orders-value", "{not json", "", "[" * 100_000])
def test_what_is_no_schema_is_refused(text: str) -> None:
    with pytest.raises(KeywordMisused, match="Expected a schema: the path of an "):
        schema_kind.of_text(text)
