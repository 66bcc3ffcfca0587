"""What contracts of other shapes give: texts, numbers alone, Avro sent as JSON, and schemas that nothing fits."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from KafkaLibrary.errors import KeywordMisused

Make = Callable[[str], KafkaLibrary]
AVRO = """
payload:
  schemaFormat: application/vnd.apache.avro
  schema:
    type: record
    name: N
    fields: [{name: s, type: string}, {name: e, type: {type: enum, name: E, symbols: [A, B]}}]
"""
CHANNEL = "channels:\n  c:\n    address: c\n    messages:\n      M:\n"
NODE = "components: {schemas: {N: {type: object, required: [%s], properties: {n: {$ref: '#/components/schemas/N'}}}}}"


@pytest.fixture
def library(tmp_path: Path) -> Make:
    def make(message: str, more: str = "") -> KafkaLibrary:
        head = f"asyncapi: 3.0.0\ninfo: {{title: t, version: '1'}}\n{CHANNEL}"
        path = tmp_path / "asyncapi.yaml"
        path.write_text(head + textwrap.indent(textwrap.dedent(message).strip(), " " * 8) + f"\n{more}", "utf-8")
        return KafkaLibrary(bootstrap_servers="embedded", contract=str(path), timeout="30 s")

    return make


def names(events: list[Any]) -> set[str]:
    return {str(one) for one in events}


def test_a_text_is_text(library: Make) -> None:
    kafka = library("contentType: text/plain\npayload: {type: string, minLength: 2, maxLength: 5}")
    assert {"too short $", "too long $"} <= names(kafka.get_broken_events("M"))
    assert {one.value for one in kafka.get_valid_events("M")} == {"te", "texttt"[:5]}


def test_a_number_alone(library: Make) -> None:
    kafka = library("payload: {type: integer, minimum: 2}")
    assert {"below minimum $", "fraction $", "tombstone"} <= names(kafka.get_broken_events("M"))
    assert [one.value for one in kafka.get_valid_events("M")] == [2]


@pytest.mark.parametrize(
    ("message", "more"),
    [
        ("payload: {type: integer, minimum: 2, maximum: 1}", ""),
        ("payload: {type: string, pattern: '^a$', minLength: 2}", ""),
        ("payload: {$ref: '#/components/schemas/N'}", NODE % "n"),
        ("payload: {}", ""),
    ],
)
def test_a_schema_that_nothing_fits_is_told_and_gives_no_empty_list(library: Any, message: str, more: str) -> None:
    kafka = library(message, more)
    for make in (kafka.get_broken_events, kafka.get_valid_events):
        with pytest.raises(KeywordMisused, match=r"No (broken|valid) event could be made of M.\n    M: No valid event"):
            make("M")
    with pytest.raises(KeywordMisused):
        kafka.publish_broken_event("c", kind="wrong type")


def test_a_schema_that_contains_itself_ends(library: Any) -> None:
    kafka = library("payload: {$ref: '#/components/schemas/N'}", NODE % "")
    assert {"wrong type $", "wrong type $.n"} <= names(kafka.get_broken_events("M"))


def test_a_large_message_is_bounded_and_a_warning_says_so(library: Make, caplog: pytest.LogCaptureFixture) -> None:
    fields = ", ".join(f"p{number}: {{type: integer, minimum: 0}}" for number in range(200))
    needed = ", ".join(f"p{number}" for number in range(200))
    kafka = library(f"payload: {{type: object, required: [{needed}], properties: {{{fields}}}}}")
    events = kafka.get_broken_events("M")
    assert len(events) == 500
    assert "Only the first 500 events were made" in caplog.text
    assert kafka.publish_broken_event("c", kind="below minimum", field="$.p199").value["p199"] == -1


def test_avro_that_is_sent_as_json_is_broken_as_json(library: Make) -> None:
    kafka = library(AVRO)
    event = kafka.publish_broken_event("c", '{"s": "x", "e": "A"}', "unknown enum", field="$.e")
    assert event.value["e"] == "NO_SUCH_VALUE"
    with pytest.raises(KeywordMisused, match="No broken event"):
        kafka.publish_broken_event("c", '{"s": "x", "e": "A"}', "unknown branch")


def test_keys_and_headers_are_text(library: Make) -> None:
    """No null, and no number where a text is asked for: in bytes both are texts."""
    kafka = library(
        """
        bindings: {kafka: {key: {type: string, minLength: 2}}}
        headers: {type: object, required: [n], properties: {n: {type: integer, minimum: 1}}}
        payload: {type: object}
        """
    )
    made = names([*kafka.get_broken_events("M"), *kafka.get_valid_events("M")])
    assert {"too short key", "shortest key", "below minimum headers.n", "wrong type headers.n"} <= made
    assert not {"null key", "wrong type key"} & made


def test_each_broken_event_differs_from_the_valid_one_in_what_it_says(library: Make) -> None:
    kafka = library(
        """
        bindings: {kafka: {key: {type: string, pattern: '^k'}}}
        headers: {type: object, required: [n], properties: {n: {type: integer, minimum: 1}}}
        payload: {type: object, required: [a], properties: {a: {type: integer}, b: {type: string}}}
        """
    )
    for one in kafka.get_broken_events("M"):
        parts = {name for name in ("key", "value", "headers") if getattr(one.outgoing, name) != getattr(one.good, name)}
        root = one.path.split(".")[0]
        assert parts == {root if root in ("key", "headers") else "value"}, one


def test_only_a_valid_one_is_ordinary(library: Make) -> None:
    kafka = library("payload: {type: integer, minimum: 2}")
    [broken] = kafka.get_broken_events("M", kind="below minimum")
    with pytest.raises(KeywordMisused, match="Only 'Publish Broken Event' publishes it"):
        kafka.consumer_should_survive("g", "c", broken)
