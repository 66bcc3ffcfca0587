"""Formats of topics, and the schemas of the registry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused, Undecodable
from KafkaLibrary.event import Fields
from KafkaLibrary.keywords.calls import arguments, since_and_timeout
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.keywords.calls.token_sources import keyword_named
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note

if TYPE_CHECKING:
    from KafkaLibrary.serialization.registry import answers
    from KafkaLibrary.serialization.registry.answers import Reference
    from KafkaLibrary.serialization.schemaless import json_format
    from KafkaLibrary.serialization.schemas import codecs, json_and_yaml, schema_kind
    from KafkaLibrary.serialization.schemas.schema_argument import SchemaSource
    from KafkaLibrary.serialization.topics import header_formats, topic_formats
else:
    codecs = LazyModule("KafkaLibrary.serialization.schemas.codecs")
    json_and_yaml = LazyModule("KafkaLibrary.serialization.schemas.json_and_yaml")
    header_formats = LazyModule("KafkaLibrary.serialization.topics.header_formats")
    json_format = LazyModule("KafkaLibrary.serialization.schemaless.json_format")
    schema_kind = LazyModule("KafkaLibrary.serialization.schemas.schema_kind")
    answers = LazyModule("KafkaLibrary.serialization.registry.answers")
    topic_formats = LazyModule("KafkaLibrary.serialization.topics.topic_formats")

_REFERENCES = "references= is a dictionary: the name that the schema uses, and SUBJECT or SUBJECT:VERSION."


class Formats(LibraryComponent):
    """Keywords about the schemas of a registry."""

    @keyword
    def set_topic_format(
        self,
        topic: Any,
        value: Any = None,
        key: Any = None,
        schema: Any = None,
        key_schema: Any = None,
        *,
        types: Any = None,
        headers: Any = None,
        window_size: Any = None,
        subject_strategy: str = "topic",
        framed: Any = None,
    ) -> None:
        """Sets how this connection writes and reads the events of ``topic`` from now on.

        | =Argument= | =Meaning= |
        | ``value`` | the format of the values, see `Formats`; by default each event decides |
        | ``key`` | the format of the keys, likewise |
        | ``schema`` | the schema of the values: a file, a text, a dictionary, a subject or an id |
        | ``key_schema`` | the schema of the keys |
        | ``types`` | the types of fields of JSON without a schema: a text or a dictionary of paths and types |
        | ``headers`` | the formats of headers by name: a dictionary, or a text such as ``attempts=int, sentAt=long`` |
        | ``window_size`` | how long windows of ``key=windowed:…`` are, such as ``5 min``: it is not in their bytes |
        | ``subject_strategy`` | which subject has the schema: ``topic``, ``record`` or ``topic-record`` |
        | ``framed`` | ``False`` for values without a registry's frame although the connection has a registry |

        With a schema registry values are published with the latest version of the topic's subject, which is
        ``TOPIC-value``, or ``TOPIC-key`` for keys, unless ``schema`` says otherwise; each event is read with the
        schema that its frame names. Without a registry ``schema`` is a file or the schema itself, and all values are
        written and read by it.

        Connectors write types that JSON does not have: a decimal as bytes, a day as a number. By the schemas of
        ``connect-json``, Avro and JSON Schema that name these types, values are what the table of the database shows,
        in both directions. Without a schema ``types`` names them: ``decimal(2)`` with the digits after the point,
        ``decimal`` for an object of scale and value, ``days``, ``seconds``, ``millis``, ``micros``, ``nanos`` since
        1970, ``time-millis``, ``time-micros``, ``time-nanos``, ``json``, ``bits(8)``, ``interval``,
        ``interval-micros``, ``interval-nanos``, ``geometry``, and the names of Kafka Connect and Debezium such as
        ``io.debezium.time.MicroTimestamp``. In the envelope of a row change a path also means the column, in
        ``before`` and in ``after``. An interval is compared with ``P1DT2H`` or ``1 day 02:00:00``, a geometry with
        ``POINT(1 2)``. What Debezium did not send, ``__debezium_unavailable_value``, is compared with nothing.

        ``connect-json`` is published by a schema of Kafka Connect: ``schema`` has it as text, as a dictionary or in a
        file, or names another topic; by default the schema of the topic's last event is taken. A whole envelope needs
        none.

        Headers without a format are text, or bytes if they are not text; those that frameworks write in bytes are
        known by name, see `Formats`. The topic ``*`` means all topics, for which only headers can be set:
        ``Set Topic Format    *    headers=attempts=int``. A setting for a topic by name takes precedence.

        For a topic with a registry a schema file must be registered, with `Register Schema`, or by publishing if the
        connection has ``schema_registry_auto_register_schemas=True``.

        Example:
        | `Set Topic Format`    counts    value=long    key=text
        | `Publish Event`    counts    ${42}    key=words
        | ${event}=    `Wait For Event`    counts    key == words    value == 42
        | `Set Topic Format`    sales    value=avro    schema=${EXAMPLES}/order.avsc
        | `Publish Event`    sales    {"orderId": 42, "status": "NEW", "total": 99.50}
        | `Wait For Event`    sales    status == NEW    total == 99.5
        | `Set Topic Format`    shop.public.orders    value=json    types=total:decimal(2), at:micros, d:days
        | `Publish Event`    shop.public.orders    {"before": null, "after": {"total": "BNI=", "d": 20787}, "op": "c"}
        | `Wait For Event`    shop.public.orders    after.total == 12.34    after.d == 2026-11-30
        | `Set Topic Format`    retries    value=json    headers=attempts=int, sentAt=long
        | VAR    &{headers}    attempts=3    sentAt=1796016180000
        | `Publish Event`    retries    {"orderId": 42}    headers=${headers}
        | `Wait For Event`    retries    headers.attempts >= 3    orderId == 42
        """
        formats = self._session.current.formats
        of_headers = header_formats.declared_formats(headers)
        said = (value, key, schema, key_schema, types, window_size, framed)
        if isinstance(topic, str) and topic.strip() == topic_formats.ALL_TOPICS:
            if any(one not in (None, "") for one in said):
                raise KeywordMisused(
                    "For all topics, *, only header formats can be set.\nSet the others topic by topic."
                )
            formats.declare_headers_of_all(of_headers)
            note("Formats of headers of all topics: {}.", of_headers.text)
            return
        name = arguments.topic(topic)
        is_framed = None if framed is None else arguments.truth(framed, "framed")
        ways = topic_formats.Ways(str(subject_strategy).strip().lower(), is_framed)
        if types is None or types == "":
            values = formats.part(value or None, _source(schema), "value", ways, keyword_named)
        else:
            values = formats.typed(value or None, _source(schema), types)
        window = _window(key, window_size)
        keys = formats.part(key or None, _source(key_schema), "key", ways, keyword_named, window)
        formats.declare(name, values, keys, ways, of_headers)
        note("Formats of '{}': values {}, keys {}, headers {}.", name, values.name, keys.name, of_headers.text)

    @keyword
    def register_schema(
        self,
        subject: Any,
        schema: Any,
        references: Any = None,
        *,
        type: Any = None,  # noqa: A002 - the registry's own word for it
    ) -> int:
        """Registers a schema under ``subject`` in the schema registry, and returns its id.

        A schema that the subject already has keeps its id. ``schema`` is the path of an ``.avsc``, ``.proto``,
        ``.json`` or ``.yaml`` file, tried relative to the suite's folder first, or the text of the schema, or a
        dictionary. A part of a JSON or YAML file may be named after ``#``; what it refers to must be inside it. A
        ``.json`` file is a JSON Schema unless ``type=avro`` is given; ``type`` is ``avro``, ``json`` or ``protobuf``,
        and is needed only if the content does not show it.

        ``references`` is a dictionary of the schemas that this one uses: the name used in it, and its subject, with
        ``:VERSION`` for a version other than the latest.

        Fails if the registry refuses the schema, or if the schema breaks the subject's compatibility level.

        Example (needs a schema registry):
        | ${id}=    `Register Schema`    audit-value    {"type": "record", "name": "Audit", "fields": []}
        | `Register Schema`    addresses    {"type": "object", "properties": {"street": {"type": "string"}}}
        | VAR    &{references}    address.json=addresses
        | VAR    ${customer}    {"type": "object", "properties": {"address": {"$ref": "address.json"}}}
        | `Register Schema`    customers-value    ${customer}    ${references}
        """
        name = _subject(subject)
        kind, text = _schema(schema, type)
        connection = self._session.current
        schema_id = connection.registry.register(name, kind, text, _references(references))
        connection.formats.forget_latest()
        note("The subject '{}' has the schema under the id {}.", name, schema_id)
        return schema_id

    @keyword
    def get_schema(self, subject: Any, version: Any = "latest") -> Any:
        """Returns a schema of the schema registry: by default the latest version of ``subject``.

        The result has ``id``, ``subject``, ``version``, ``type`` (``avro``, ``json-schema`` or ``protobuf``),
        ``schema``, the text, and ``references``, a list of ``name``, ``subject`` and ``version``. Fails if the subject
        or version does not exist, and lists those that do.

        Example (needs a schema registry):
        | `Register Schema`    audit-value    {"type": "record", "name": "Audit", "fields": []}
        | ${schema}=    `Get Schema`    audit-value
        | Should Be Equal    ${schema.type}    avro
        | Should Contain    ${schema.schema}    Audit
        """
        name, known = _subject(subject), self._session.current.registry
        try:
            found = known.latest(name) if _is_latest(version) else known.version(name, _version(version))
        except Undecodable as problem:
            raise KeywordMisused(str(problem)) from None
        note("Version {} of the subject '{}' has the id {}.", found.version, name, found.id)
        return Fields(
            id=found.id,
            subject=found.subject,
            version=found.version,
            type=found.kind,
            schema=found.text,
            references=[
                Fields(name=one.name, subject=one.subject, version=one.version) for one in found.raw_references
            ],
        )

    @keyword
    def schema_should_be_compatible(
        self,
        subject: Any,
        schema: Any,
        references: Any = None,
        *,
        type: Any = None,  # noqa: A002 - the registry's own word for it
    ) -> None:
        """Fails unless the schema registry would accept the schema as the next version of ``subject``.

        The registry decides by its compatibility level for that subject, such as ``BACKWARD``. The failure names that
        level and each change that breaks it. With the level ``NONE`` every schema is accepted, and the log says that
        nothing was compared. Nothing is registered. The arguments are those of `Register Schema`.

        Example (needs a schema registry):
        | `Register Schema`    stock-value    {"type": "record", "name": "Stock", "fields": []}
        | VAR    ${note}    {"name": "note", "type": "string", "default": ""}
        | `Schema Should Be Compatible`    stock-value    {"type": "record", "name": "Stock", "fields": [${note}]}
        """
        name = _subject(subject)
        kind, text = _schema(schema, type)
        found = self._session.current.registry.compatibility(name, kind, text, _references(references))
        if not found.is_compatible:
            raise ExpectationFailed(answers.incompatible(name, found))
        compared = "nothing was compared" if found.level == "NONE" else "the schema is compatible"
        note("The level of the subject '{}' is {}: {}.", name, found.level, compared)


def _window(key: Any, size: Any) -> int | None:
    """The size of windows in milliseconds, where that can be said of the keys."""
    if size is None or size == "":
        return None
    if str(key or "").strip().lower().partition(":")[0] not in topic_formats.OF_SIZE:
        raise KeywordMisused(
            "window_size= is for keys of time windows, whose end is not in their bytes.\n"
            "Give it with key=windowed:text, or another format in place of text."
        )
    milliseconds = round(since_and_timeout.seconds(size, "window_size") * 1000)
    if not milliseconds:
        raise KeywordMisused("window_size= can't be 0: a window has a length.")
    return milliseconds


def _source(schema: Any) -> SchemaSource | None:
    return None if schema is None else arguments.schema(schema)


def _subject(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise KeywordMisused(f"Expected a subject name of the schema registry, not {value!r}.")
    return value.strip()


def _is_latest(version: Any) -> bool:
    return isinstance(version, str) and version.strip().lower() == "latest"


def _version(version: Any) -> int:
    return arguments.whole_number(version, "version", 1)


_LIKE_A_FILE = re.compile(r"""[^\s{}\[\]"';=]+(?:\.\w{1,8}|/[^\s{}\[\]"';=]+)""")
"""A path with another ending than schemas have, such as a misspelt one."""


def _schema(given: Any, kind: Any) -> tuple[str, str]:
    """The kind and the text of a schema that is given as a path, its text or a dictionary."""
    said = schema_kind.named(kind)
    if isinstance(given, Mapping | list):
        return said or schema_kind.of_content(given), json_format.write(given, "schema").decode()
    if isinstance(given, Path) or (isinstance(given, str) and schema_kind.is_file_name(given)):
        path, fragment = schema_kind.file_and_fragment(str(given))
        return _of_file(arguments.file_path(path or given, "the schema"), fragment, said)
    if isinstance(given, str) and _LIKE_A_FILE.fullmatch(given.strip()):
        return _of_file(arguments.file_path(given.strip(), "the schema"), None, said)
    if isinstance(given, str) and given.strip():
        return said or schema_kind.of_text(given), given
    raise KeywordMisused(f"Expected a schema: the path of a file, its text or a dictionary, not {given!r}.")


def _of_file(path: Path, fragment: str | None, said: str | None) -> tuple[str, str]:
    """A file as it is; of YAML, and of a part of a file, the JSON of it."""
    text = _text_of(path)
    kind = said or schema_kind.of_file(path.name) or schema_kind.of_text(text)
    if fragment is not None and kind != "json-schema":
        raise KeywordMisused(f"A file of {kind} is registered as a whole: leave out '#{fragment}'.")
    if fragment is not None or json_and_yaml.is_yaml(path.name):
        text = codecs.codec_of_file(path, kind, fragment).schema.text
    return kind, text


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise KeywordMisused(f"The schema '{path}' can't be read: {problem}.") from None


def _references(given: Any) -> list[Reference]:
    if given is None or given == "":
        return []
    if isinstance(given, str):
        try:
            given = json_format.read(given.encode())
        except Undecodable as problem:
            raise KeywordMisused(f"references= is {problem}.\n{_REFERENCES}") from None
    if not isinstance(given, Mapping):
        raise KeywordMisused(f"references= can't be {type(given).__name__}.\n{_REFERENCES}")
    return [_reference(str(name), subject) for name, subject in given.items()]


def _reference(name: str, given: Any) -> Reference:
    text = _subject(given)
    subject, colon, version = text.rpartition(":")
    if colon and subject and (version.isdigit() or _is_latest(version)):
        return answers.Reference(name, subject, None if _is_latest(version) else _version(version))
    return answers.Reference(name, text)
