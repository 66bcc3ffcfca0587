"""Which schema a tester means: a file, a text, an id, or a subject of a schema registry."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization import json_format, kinds
from KafkaLibrary.serialization.codecs import Codec, codec_of_file, codec_of_text

FORMS = (
    "Give the path of a .avsc, .proto or .json file, the schema itself as text or a dictionary, "
    "a subject of the schema registry such as orders-value or orders-value:3, or the id of a schema."
)
_PROTOBUF = re.compile(r"\s*(?:syntax|edition)\s*=|[^{]*\bmessage\s+\w+\s*\{")
_VERSION = re.compile(r"(.+):([0-9]+|latest)")
_LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class SchemaSource:
    """Where a schema comes from: one of the first four is given.

    ``message`` is that of a Protobuf schema with several; without a ``version`` it is the latest.
    """

    path: File | None = None
    text: str | None = None
    schema_id: int | None = None
    subject: str | None = None
    version: int | None = None
    message: str | None = None

    @property
    def kind(self) -> str | None:
        """The kind of schema, where the source itself tells."""
        if self.path is not None:
            return kinds.of_file(self.path.name)
        return None if self.text is None else _kind_of(self.text)

    @property
    def is_local(self) -> bool:
        """Whether no registry has to be asked for it."""
        return self.path is not None or self.text is not None


def source_of(schema: Any, find: Callable[[str], File]) -> SchemaSource:
    """The schema that a cell means; ``find`` gives the file of a path. Raises ``KeywordMisused``."""
    if isinstance(schema, Mapping):
        return SchemaSource(text=json_format.write(schema, "schema").decode())
    if isinstance(schema, int) and not isinstance(schema, bool):
        return _by_id(schema)
    if isinstance(schema, File):
        schema = str(schema)
    if not isinstance(schema, str) or not schema.strip():
        raise KeywordMisused(f"A schema is needed, not {schema!r}.\n{FORMS}")
    return _of_text(schema, find)


def _of_text(schema: str, find: Callable[[str], File]) -> SchemaSource:
    if schema.lstrip()[:1] in ("{", "[") or "\n" in schema.strip() or _PROTOBUF.match(schema):
        return SchemaSource(text=schema)
    if schema.strip().isdecimal():
        return _by_id(int(schema))
    name, _, message = schema.strip().partition("#")
    if kinds.of_file(name):
        return SchemaSource(path=find(name), message=message or None)
    versioned = _VERSION.fullmatch(name)
    if versioned:
        number = None if versioned[2] == "latest" else int(versioned[2])
        return SchemaSource(subject=versioned[1], version=number, message=message or None)
    return SchemaSource(subject=name, message=message or None)


def _by_id(number: int) -> SchemaSource:
    if not 0 < number <= _LARGEST_ID:
        raise KeywordMisused(f"{number} is no id of a schema: a registry counts from 1.\n{FORMS}")
    return SchemaSource(schema_id=number)


def _kind_of(text: str) -> str:
    try:
        return kinds.of_text(text)
    except KeywordMisused:  # what is wrong with it, its reader tells better
        return "json-schema"


class LocalSchemas:
    """Schemas that were given as files or texts. One from files is kept until one of them changes."""

    def __init__(self) -> None:
        self._known: dict[tuple[SchemaSource, str | None], Codec] = {}

    def codec(self, source: SchemaSource, kind: str | None = None) -> Codec:
        """The codec of a local schema. Raises ``KeywordMisused`` where it is no usable one."""
        known = self._known.get((source, kind))
        if known is None or not known.schema.is_current():
            known = self._known[source, kind] = _made(source, kind or str(source.kind))
        return known


def _made(source: SchemaSource, kind: str) -> Codec:
    if source.path is not None:
        return codec_of_file(source.path, kind, source.message)
    return codec_of_text(kind, str(source.text), "that was given", message=source.message)
