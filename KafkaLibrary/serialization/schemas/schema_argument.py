"""What `schema=` means in a cell: a file, a text, an id, or a subject of a schema registry."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.schemas import schema_kind
from KafkaLibrary.serialization.schemas.codecs import Codec, JsonCodec, codec_of_file, codec_of_text

FORMS = (
    "Give the path of a .avsc, .proto, .json or .yaml file, the schema itself as text or a dictionary, "
    "a subject of the schema registry such as orders-value or orders-value:3, or the id of a schema."
)
_PROTOBUF = re.compile(r"\s*(?:syntax|edition)\s*=|[^{]*\bmessage\s+\w+\s*\{")
_PROTOBUF_MESSAGE = re.compile(r"(?P<line>[^\n]*[};]\s*)(?P<sign>#)\s*(?P<name>[\w.]+)\s*\Z")
"""The name of a message behind the text of a Protobuf schema, which itself has that sign in texts and comments only."""
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_COMMENT = re.compile(r"//|/\*(?!.*\*/)")
_VERSION = re.compile(r"(.+):([0-9]+|latest)")
_LARGEST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class SchemaSource:
    """Where a schema comes from: one of the first four is given.

    ``fragment`` is what stands behind ``#``: a message of a Protobuf schema with several, a JSON pointer or an anchor
    in JSON or YAML. Without a ``version`` it is the latest.
    """

    path: File | None = None
    text: str | None = None
    schema_id: int | None = None
    subject: str | None = None
    version: int | None = None
    fragment: str | None = None

    @property
    def kind(self) -> str | None:
        """The kind of schema, where the source itself tells."""
        if self.path is not None:
            return schema_kind.of_file(self.path.name)
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
        raise KeywordMisused(f"Expected a schema, not {schema!r}.\n{FORMS}")
    return _of_text(schema, find)


def _of_text(schema: str, find: Callable[[str], File]) -> SchemaSource:
    if schema.lstrip()[:1] in ("{", "[") or "\n" in schema.strip() or _PROTOBUF.match(schema):
        text, fragment = _text_and_fragment(schema)
        return SchemaSource(text=text, fragment=fragment)
    if schema.strip().isdecimal():
        return _by_id(int(schema))
    path, part = schema_kind.file_and_fragment(schema)
    if path:
        return SchemaSource(path=find(path), fragment=part)
    name, _, behind = schema.strip().partition("#")
    fragment = behind or None
    versioned = _VERSION.fullmatch(name)
    if versioned:
        number = None if versioned[2] == "latest" else int(versioned[2])
        return SchemaSource(subject=versioned[1], version=number, fragment=fragment)
    return SchemaSource(subject=name, fragment=fragment)


def _text_and_fragment(schema: str) -> tuple[str, str | None]:
    """A schema's text, and what stands behind a ``#`` behind it."""
    start = len(schema) - len(schema.lstrip())
    if schema[start : start + 1] in ("{", "["):
        try:
            _, end = json.JSONDecoder().raw_decode(schema, start)
        except (ValueError, RecursionError):  # its reader tells what is wrong
            return schema, None
        behind = schema[end:].strip()
        return (schema[:end], behind[1:] or None) if behind[:1] == "#" else (schema, None)
    named = _PROTOBUF_MESSAGE.search(schema)
    if named is None or _COMMENT.search(_QUOTED.sub("", named["line"])):
        return schema, None
    return schema[: named.start("sign")], named["name"]


def _by_id(number: int) -> SchemaSource:
    if not 0 < number <= _LARGEST_ID:
        raise KeywordMisused(f"{number} is not a schema id: a registry counts from 1.\n{FORMS}")
    return SchemaSource(schema_id=number)


def _kind_of(text: str) -> str:
    try:
        return schema_kind.of_text(text)
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
        codec = codec_of_file(source.path, kind, source.fragment)
    else:
        codec = codec_of_text(kind, str(source.text), "that was given", fragment=source.fragment)
    if isinstance(codec, JsonCodec):
        codec.schema.check_spelling()
    return codec
