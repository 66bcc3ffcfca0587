"""Events that a contract shows as examples: made as their topic writes them, and checked before they go out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.contracts.checking import verdicts
from KafkaLibrary.contracts.checking.candidates import Candidate
from KafkaLibrary.contracts.contract import Message
from KafkaLibrary.contracts.examples import Shown, first_of
from KafkaLibrary.contracts.schemas import schema_formats
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Decoder, Event, PlainRecord
from KafkaLibrary.keywords.calls.new_events import template_fields
from KafkaLibrary.keywords.calls.new_events.outgoing_events import Writer
from KafkaLibrary.reporting.checks import failed_contracts
from KafkaLibrary.serialization import event_templates
from KafkaLibrary.serialization.keys_and_values.key_or_value import FOUND
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.schemaless.formats import header_pairs
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats

_JSON = ("json", "json-schema")
"""Formats that take a text for the text of JSON."""


class Given(NamedTuple):
    """What a test gives beside the example."""

    key: Any = None
    headers: Any = None
    fields: Mapping[str, Any] = {}
    format_name: str | None = None
    schema: Any = None


class Made(NamedTuple):
    """The event, what reads it, and what of it the contract leaves unchecked."""

    event: Outgoing
    decoder: Decoder
    unchecked: list[str]


def made(formats: TopicFormats, shown: Shown, given: Given) -> Made:
    """The event of the example. Raises ``KeywordMisused`` where it is not what the contract asks."""
    message = shown.message
    value = deepcopy(shown.example.payload)
    event_templates.set_fields(value, template_fields.of(given.fields, "an example"), "example")
    key = first_of(message.key) if given.key is None else given.key
    format_name, schema = format_of(formats, shown, value, given)
    headers = headers_of(message, shown.example.headers, given.headers)
    writer = Writer(formats, shown.topic, key, headers, format_name, schema)
    if value is None:
        event = writer.tombstone()
    else:
        event = writer.event(written(value, format_name or formats.of(shown.topic).value_part.name))
    return Made(event, writer.decoder, _checked(shown, event, writer.decoder))


def format_of(formats: TopicFormats, shown: Shown, value: Any, given: Given) -> tuple[str | None, Any]:
    """How the value is written: as given, as declared for its topic, or else as the contract says."""
    declared = formats.of(shown.topic).value_part.name
    if given.format_name is not None or given.schema is not None or declared != FOUND:
        return given.format_name, given.schema
    payload = shown.message.payload
    if payload is not None and payload.kind == "avro":
        return "avro", json.dumps(payload.content)
    if payload is not None and payload.kind == "protobuf":
        return "protobuf", f"{payload.content}\n#{payload.name}"
    if isinstance(value, str):
        return "json" if schema_formats.is_json(shown.message.content_type) else "text", None
    return None, None


def written(value: Any, format_name: str) -> Any:
    return json_format.write(value).decode() if isinstance(value, str) and format_name in _JSON else value


def headers_of(message: Message, shown: Mapping[str, Any], given: Any) -> list[tuple[Any, Any]]:
    """Those of the example, or of the headers' schema, where the test gives no others of their names."""
    own = header_pairs(given)
    names = {str(name).casefold() for name, _ in own}
    of_schema = first_of(message.headers)
    known = shown or (of_schema if isinstance(of_schema, Mapping) else {})
    sent = [(name, value) for name, value in known.items() if name not in message.unsent]
    return [*((name, _as_sent(value)) for name, value in sent if name.casefold() not in names), *own]


def _as_sent(value: Any) -> Any:
    return json_format.write(value).decode() if isinstance(value, dict | list | bool) else value


def _checked(shown: Shown, event: Outgoing, decoder: Decoder) -> list[str]:
    record = PlainRecord((shown.topic, 0, 0), (1, 0), event.key, event.value, event.headers)
    verdict = verdicts.judge(Event(record, decoder), [shown.contract], as_message=shown.message.id)
    own: list[Candidate] = [one for one in verdict.candidates if one.message.place.key == shown.message.place.key]
    if not own:
        raise KeywordMisused(f"The contract has no message '{shown.message.name}' for the topic '{shown.topic}'.")
    if own[0].lacks:
        raise KeywordMisused(failed_contracts.of_example(shown.example, own[0], verdict.event))
    return own[0].unchecked
