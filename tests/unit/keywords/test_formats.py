"""What cells mean in keywords about schemas."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from tests.unit.serialization.registry.answering import Server, answering

AVRO = '{"type": "record", "name": "Order", "fields": []}'


@pytest.fixture
def server() -> Iterator[Server]:
    with answering() as made:
        made.answers["POST /subjects/orders/versions"] = (200, {"id": 5})
        yield made


@pytest.fixture
def kafka(server: Server) -> Iterator[KafkaLibrary]:
    library = KafkaLibrary("embedded", schema_registry=server.url)
    with closing(library._session.current):
        yield library


@pytest.mark.parametrize(
    ("given", "version"), [("addresses", 3), ("addresses:latest", 3), ("addresses:2", 2), (" addresses:2 ", 2)]
)
def test_a_reference_is_a_subject_with_or_without_a_version(
    server: Server, kafka: KafkaLibrary, given: str, version: int
) -> None:
    server.answers["GET /subjects/addresses/versions/latest"] = (200, {"version": 3})
    kafka.register_schema("orders", AVRO, {"shop.Address": given})
    assert server.bodies[-1]["references"] == [{"name": "shop.Address", "subject": "addresses", "version": version}]


def test_a_subject_may_have_colons(server: Server, kafka: KafkaLibrary) -> None:
    server.answers["GET /subjects/%3A.test%3Aaddresses/versions/latest"] = (200, {"version": 3})
    kafka.register_schema("orders", AVRO, '{"shop.Address": ":.test:addresses"}')
    assert server.bodies[-1]["references"][0]["subject"] == ":.test:addresses"


@pytest.mark.parametrize("references", [5, "[]", "no json", ["a"], {"a": ""}, {"a": 5}])
def test_what_are_no_references_is_refused(kafka: KafkaLibrary, references: Any) -> None:
    with pytest.raises(KeywordMisused):
        kafka.register_schema("orders", AVRO, references)


@pytest.mark.parametrize("subject", ["", " ", None, 5, ["orders"]])
def test_what_is_no_subject_is_refused(kafka: KafkaLibrary, subject: Any) -> None:
    with pytest.raises(KeywordMisused, match="Expected a subject name of the schema registry"):
        kafka.get_schema(subject)


@pytest.mark.parametrize("schema", ["", None, 5, b"{}"])
def test_what_is_no_schema_is_refused(kafka: KafkaLibrary, schema: Any) -> None:
    with pytest.raises(KeywordMisused, match="Expected a schema"):
        kafka.register_schema("orders", schema)


def test_the_text_of_a_schema_goes_out_as_it_is(server: Server, kafka: KafkaLibrary) -> None:
    kafka.register_schema("orders", AVRO)
    assert server.bodies[-1] == {"schema": AVRO, "schemaType": "AVRO"}


def test_a_dictionary_is_written_as_json(server: Server, kafka: KafkaLibrary) -> None:
    kafka.register_schema("orders", {"type": "object", "title": "Größe"})
    assert server.bodies[-1] == {"schema": '{"type":"object","title":"Größe"}', "schemaType": "JSON"}


def test_a_file_has_its_type_by_its_suffix_unless_it_is_said(
    server: Server, kafka: KafkaLibrary, tmp_path: Path
) -> None:
    path = tmp_path / "order.json"
    path.write_bytes(b"\xef\xbb\xbf" + AVRO.encode())
    kafka.register_schema("orders", path)
    kafka.register_schema("orders", str(path), type="avro")
    assert server.bodies == [{"schema": AVRO, "schemaType": "JSON"}, {"schema": AVRO, "schemaType": "AVRO"}]


def test_a_version_is_a_number_or_latest(server: Server, kafka: KafkaLibrary) -> None:
    answer = {"subject": "orders", "version": 2, "id": 7, "schema": AVRO}
    for version in ("2", "latest"):
        server.answers[f"GET /subjects/orders/versions/{version}"] = (200, answer)
    found = kafka.get_schema("orders", "2")
    assert (found.id, found.subject, found.version, found.type) == (7, "orders", 2, "avro")
    assert (found.schema, found.references) == (AVRO, [])
    assert kafka.get_schema("orders", "Latest") == found
    with pytest.raises(KeywordMisused, match="version is a whole number"):
        kafka.get_schema("orders", "newest")


def test_an_incompatible_schema_has_a_line_a_reason(server: Server, kafka: KafkaLibrary) -> None:
    server.answers["GET /subjects/orders/versions"] = (200, [1])
    server.answers["GET /config/orders"] = (200, {"compatibilityLevel": "FULL"})
    told = {"is_compatible": False, "messages": ["a has no default", "b changed"]}
    server.answers["POST /compatibility/subjects/orders/versions"] = (200, told)
    with pytest.raises(ExpectationFailed) as raised:
        kafka.schema_should_be_compatible("orders", AVRO)
    assert str(raised.value) == (
        "The schema is not compatible with the subject 'orders' (FULL):\n    a has no default\n    b changed"
    )
