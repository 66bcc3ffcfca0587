"""Keys or values that are declared `connect-json`: Kafka Connect's JSON in its envelope."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Decoded, FirstLook
from KafkaLibrary.serialization.connect.envelope import CONNECT_JSON, Envelopes, schema_in
from KafkaLibrary.serialization.connect.writing import Writer
from KafkaLibrary.serialization.frames import RawHeaders
from KafkaLibrary.serialization.keys_and_values.key_or_value import Depth, Which, Written, beginning
from KafkaLibrary.serialization.schemaless import formats, json_format, text_format
from KafkaLibrary.serialization.schemas import json_and_yaml
from KafkaLibrary.serialization.schemas.schema_argument import SchemaSource
from KafkaLibrary.serialization.schemas.violations import Misfit

Latest = Callable[[str, Which], Iterable[bytes]]
"""Gives the values or keys of a topic's last events, the newest first."""
Choose = Callable[[str], Any]
"""Gives the schema for a topic, as JSON. Raises ``KeywordMisused`` where there is none."""

_FORMS = (
    "Give schema= with a schema of Kafka Connect, as text, as a dictionary or in a file, with an event that has one, "
    "or with the name of a topic whose last event has one."
)


class ConnectJson:
    """Each in an envelope with its schema. What is published may have its envelope around it already."""

    name = CONNECT_JSON

    def __init__(self, choose: Choose) -> None:
        self._choose = choose
        self._envelopes = Envelopes()
        self.first_look = FirstLook(None, is_json=False, enveloped=self._envelopes.declared)

    def write(self, value: Any, topic: str) -> Written:
        return Written(self.encoder(topic)(value))

    def encoder(self, topic: str) -> Callable[[Any], bytes]:
        known: list[tuple[Writer, bytes]] = []

        def by_schema() -> tuple[Writer, bytes]:
            # Whole envelopes need none, and to find one may mean to ask Kafka.
            if not known:
                schema = self._choose(topic)
                known.append((Writer(schema), json_format.write(schema, "schema")))
            return known[0]

        return lambda value: self._written(value, by_schema)

    def _written(self, value: Any, by_schema: Callable[[], tuple[Writer, bytes]]) -> bytes:
        content = _content(value)
        if isinstance(content, Mapping) and schema_in(content) is not None:
            return self._as_it_is(formats.FORMATS["json"].write(value))
        writer, schema = by_schema()
        payload, violations = writer.write(value)
        if violations and content is not value:
            payload, violations = writer.write(content)
        if violations:
            raise Misfit(writer.name, violations)
        return b'{"schema":%b,"payload":%b}' % (schema, json_format.write(payload))

    def _as_it_is(self, raw: bytes) -> bytes:
        try:
            self._envelopes.read_declared(raw, "read")
        except Undecodable as reason:
            raise KeywordMisused(f"The envelope can't be published: it is {reason}.") from None
        return raw

    def read(self, raw: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        try:
            return self._envelopes.read_declared(raw, depth)
        except Undecodable as reason:
            raise beginning(reason, raw) from None


def _content(value: Any) -> Any:
    """What a text is the JSON of, where it is any."""
    if not isinstance(value, str):
        return value
    if value.lstrip()[:1] in ("{", "["):
        formats.refuse_broken_json(value, CONNECT_JSON)
    try:
        return json_format.read_whole(text_format.write(value))
    except Undecodable:
        return value


def choice(source: SchemaSource | None, which: Which, latest: Latest) -> Choose:
    """Which schema is written by: one that is given, or that of the last event of a topic."""
    if source is not None and source.schema_id is not None:
        raise KeywordMisused(f"{CONNECT_JSON} has its schema in each event, and none of a registry.\n{_FORMS}")
    if source is not None and source.is_local:
        schema = _local(source)
        return lambda topic: schema
    named = None if source is None else source.subject
    return lambda topic: _of_last_event(named or topic, which, latest)


def _local(source: SchemaSource) -> Any:
    name, text = "that was given", source.text
    if source.path is not None:
        name = f"'{source.path.name}'"
        try:
            text = source.path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as problem:
            raise KeywordMisused(f"The schema {name} can't be read: {problem}.") from None
    is_yaml = source.path is not None and json_and_yaml.is_yaml(source.path.name)
    content = json_and_yaml.parsed(str(text), name, yaml=is_yaml)
    if source.fragment is not None:
        raise KeywordMisused(f"A schema of Kafka Connect is given as a whole: leave out '#{source.fragment}'.")
    inner = schema_in(content)
    schema = content if inner is None else inner
    try:
        Writer(schema)
    except Undecodable as reason:
        raise KeywordMisused(f"The schema {name} can't be used: {reason}.\n{_FORMS}") from None
    return schema


def _of_last_event(topic: str, which: Which, latest: Latest) -> Any:
    for raw in latest(topic, which):
        try:
            schema = schema_in(json_format.read_exact(raw))
        except Undecodable:
            continue
        if schema is not None:
            return schema
    raise KeywordMisused(
        f"No {which} of the last events on '{topic}' has a schema of Kafka Connect around it, to be written by.\n"
        f"{_FORMS}"
    )
