"""What the library asks of a real schema registry, and how it understands the answers."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from KafkaLibrary.errors import KafkaUnusable, KeywordMisused
from KafkaLibrary.serialization.registry.answers import Compatibility, Reference
from KafkaLibrary.serialization.registry.registry import (
    Incompatible,
    Registry,
    UnknownSchema,
    UnknownSubject,
    UnknownVersion,
)
from tests.contract.conftest import REGISTRY

PROTO = 'syntax = "proto3";\npackage shop;\nmessage Order { int64 id = 1; }\n'
JSON_SCHEMA = '{"type":"object","properties":{"id":{"type":"integer"}},"required":["id"]}'


def avro(*fields: str, **optional: Any) -> str:
    """An Avro record with fields of whole numbers, some with a default."""
    plain = [{"name": name, "type": "long"} for name in fields]
    with_default = [{"name": name, "type": "long", "default": value} for name, value in optional.items()]
    return json.dumps({"type": "record", "name": "Order", "namespace": "shop", "fields": plain + with_default})


ORDER = avro("id")
PATIENT = 60
"""Seconds that it may take to answer: a busy machine can hold it up for longer than a tester would wait."""
SCHEMAS = {"avro": ORDER, "protobuf": PROTO, "json-schema": JSON_SCHEMA}


@pytest.fixture
def registry() -> Iterator[Registry]:
    with closing(Registry({"url": REGISTRY, "timeout": PATIENT}, lambda text: text)) as made:
        yield made


@pytest.fixture
def subject() -> str:
    return f"orders-{uuid4().hex[:8]}-value"


def set_level(subject: str, level: str) -> None:
    """Another rule for one subject, by the registry's own interface."""
    address = urlsplit(REGISTRY)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
    body = json.dumps({"compatibility": level})
    connection.request("PUT", f"{address.path}/config/{subject}", body, {"Content-Type": "application/json"})
    assert connection.getresponse().status == 200
    connection.close()


@pytest.mark.parametrize("kind", SCHEMAS)
class TestEachKind:
    def test_what_was_registered_is_found(self, registry: Registry, subject: str, kind: str) -> None:
        schema_id = registry.register(subject, kind, SCHEMAS[kind])
        found, latest = registry.find(schema_id), registry.latest(subject)
        assert (found.id, found.kind, found.references) == (schema_id, kind, ())
        assert (latest.id, latest.kind, latest.subject, latest.version) == (schema_id, kind, subject, 1)
        assert registry.version(subject, 1) == latest

    def test_the_same_schema_keeps_its_id(self, registry: Registry, subject: str, kind: str) -> None:
        schema_id = registry.register(subject, kind, SCHEMAS[kind])
        assert registry.register(subject, kind, SCHEMAS[kind]) == schema_id
        assert registry.id_of(subject, kind, SCHEMAS[kind]) == schema_id

    def test_it_is_compatible_with_itself(self, registry: Registry, subject: str, kind: str) -> None:
        registry.register(subject, kind, SCHEMAS[kind])
        assert registry.compatibility(subject, kind, SCHEMAS[kind]) == Compatibility(True, "BACKWARD")

    def test_what_is_no_schema_is_refused(self, registry: Registry, subject: str, kind: str) -> None:
        with pytest.raises(KeywordMisused, match="refuses the schema: "):
            registry.register(subject, kind, "{no schema")


REFERRING = {
    "avro": ('{"type":"record","name":"Cart","fields":[{"name":"order","type":"shop.Order"}]}', "shop.Order"),
    "protobuf": ('syntax = "proto3";\nimport "order.proto";\nmessage Cart { shop.Order order = 1; }\n', "order.proto"),
    "json-schema": ('{"type":"object","properties":{"order":{"$ref":"order.json"}}}', "order.json"),
}


@pytest.mark.parametrize("kind", REFERRING)
def test_references_are_resolved(registry: Registry, subject: str, kind: str) -> None:
    text, name = REFERRING[kind]
    registry.register(subject, kind, SCHEMAS[kind])
    reference = Reference(name, subject)
    cart_id = registry.register(f"cart.{subject}", kind, text, [reference])
    found = registry.find(cart_id)
    assert [one for one, _ in found.references] == [name]
    assert "id" in found.references[0][1]
    assert found.raw_references == (Reference(name, subject, 1),)
    assert registry.id_of(f"cart.{subject}", kind, text, [reference]) == cart_id


BROKEN = {
    "avro": (avro("number"), "$.number was added without a default: "),
    "protobuf": (PROTO.replace("int64", "string"), "Order.id = 1 changed from int64 to string: "),
    "json-schema": (JSON_SCHEMA.replace("integer", "string"), "$.id changed from integer to string: "),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_rule_has_its_reasons(registry: Registry, subject: str, kind: str) -> None:
    text, reason = BROKEN[kind]
    registry.register(subject, kind, SCHEMAS[kind])
    found = registry.compatibility(subject, kind, text)
    assert not found.is_compatible
    assert found.reasons == (f"{reason}a reader with the new schema can't read events of version 1 (BACKWARD)",)
    with pytest.raises(Incompatible, match=re.escape(reason)):
        registry.register(subject, kind, text)


class TestWhatIsNotThere:
    def test_an_id(self, registry: Registry) -> None:
        with pytest.raises(UnknownSchema, match="has no schema with the id 987654"):
            registry.find(987654)

    def test_a_guid(self, registry: Registry) -> None:
        with pytest.raises(UnknownSchema, match="has no schema with the guid"):
            registry.find(str(uuid4()))

    def test_a_subject(self, registry: Registry, subject: str) -> None:
        registry.register(subject, "avro", ORDER)
        with pytest.raises(UnknownSubject, match=f"Did you mean '{subject}'"):
            registry.latest(subject.replace("value", "valeu"))

    def test_a_version(self, registry: Registry, subject: str) -> None:
        registry.register(subject, "avro", ORDER)
        with pytest.raises(UnknownVersion, match=r"has no version 7\.\nThe versions are: 1\."):
            registry.version(subject, 7)

    def test_an_identical_schema(self, registry: Registry, subject: str) -> None:
        assert registry.id_of(subject, "avro", ORDER) is None
        registry.register(subject, "avro", ORDER)
        assert registry.id_of(subject, "avro", avro("id", "total")) is None

    def test_a_subject_to_compare_with(self, registry: Registry, subject: str) -> None:
        with pytest.raises(UnknownSubject):
            registry.compatibility(subject, "avro", ORDER)

    def test_the_path_of_the_registry(self) -> None:
        address = urlsplit(REGISTRY)
        with (
            closing(Registry({"url": f"http://{address.netloc}/nowhere"}, lambda text: text)) as registry,
            pytest.raises(KafkaUnusable, match="not as a schema registry does"),
        ):
            registry.latest("orders-value")


class TestRules:
    def test_a_new_version_that_fits(self, registry: Registry, subject: str) -> None:
        registry.register(subject, "avro", ORDER)
        registry.register(subject, "avro", avro("id", total=0))
        assert registry.versions(subject) == [1, 2]

    def test_a_new_version_that_does_not_fit(self, registry: Registry, subject: str) -> None:
        registry.register(subject, "avro", ORDER)
        with pytest.raises(Incompatible, match=r"is not compatible with the subject '.*' \(BACKWARD\):\n"):
            registry.register(subject, "avro", avro("id", "total"))

    def test_comparing_registers_nothing(self, registry: Registry, subject: str) -> None:
        registry.register(subject, "avro", ORDER)
        assert not registry.compatibility(subject, "avro", avro("id", "total")).is_compatible
        assert registry.compatibility(subject, "avro", avro("id", total=0)).is_compatible
        assert registry.versions(subject) == [1]

    @pytest.mark.parametrize("level", ["NONE", "FORWARD", "FULL_TRANSITIVE"])
    def test_the_level_is_the_subjects_own(self, registry: Registry, subject: str, level: str) -> None:
        registry.register(subject, "avro", ORDER)
        set_level(subject, level)
        found = registry.compatibility(subject, "avro", avro("number"))
        assert (found.is_compatible, found.level) == (level == "NONE", level)
