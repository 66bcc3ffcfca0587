"""Whether a schema is Avro, Protobuf or JSON Schema: as it was said, by its file's suffix, or by its content."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path as File
from typing import Any

from KafkaLibrary.errors import KeywordMisused, did_you_mean

_NAMES = {
    "avro": "avro",
    "protobuf": "protobuf",
    "proto": "protobuf",
    "json": "json-schema",
    "json-schema": "json-schema",
    "jsonschema": "json-schema",
}
_SUFFIXES = {
    ".avsc": "avro",
    ".proto": "protobuf",
    ".json": "json-schema",
    ".yaml": "json-schema",
    ".yml": "json-schema",
}
_SAY = "Set type=avro, type=json or type=protobuf."
_PROTOBUF = re.compile(
    r"^\s*(syntax\s*=|edition\s*=|package\s+[\w.]+\s*;|import\s+|(message|enum)\s+\w+\s*\{)", re.MULTILINE
)
_OF_AVRO_ALONE = frozenset(("record", "error", "enum", "fixed", "map", "int", "long", "float", "double", "bytes"))
_OF_JSON_SCHEMA_ALONE = frozenset(("object", "integer", "number"))
_RULES = frozenset((
    "$schema", "$id", "$ref", "$defs", "definitions", "properties", "required", "additionalProperties", "enum",
    "const", "anyOf", "oneOf", "allOf", "not", "pattern", "minimum", "maximum", "minLength", "maxLength",
))  # fmt: skip


def named(name: Any) -> str | None:
    """The kind of that name, nothing for none. Raises ``KeywordMisused`` with the names there are."""
    if name is None or str(name).strip() == "":
        return None
    word = str(name).strip().lower().replace("_", "-").replace(" ", "-")
    if word not in _NAMES:
        hint = did_you_mean(word, _NAMES)
        raise KeywordMisused(
            f"Unknown schema type '{name}'. {hint}".rstrip() + "\nThe types are: avro, json, protobuf."
        )
    return _NAMES[word]


def of_file(name: str) -> str | None:
    """The kind that a file's suffix stands for; JSON Schema for ``.json`` and YAML."""
    return _SUFFIXES.get(File(name).suffix.lower())


def is_file_name(text: str) -> bool:
    """Whether a text names a file with a schema and is none itself."""
    return "\n" not in text and text.lstrip()[:1] not in ("{", "[", '"') and bool(file_and_fragment(text)[0])


def file_and_fragment(text: str) -> tuple[str, str | None]:
    """The path of a schema file and what stands behind its ``#``; an empty one where the text names no such file.

    A folder may have that sign in its name.
    """
    whole = text.strip()
    for sign in re.finditer("#|$", whole):
        if of_file(whole[: sign.start()]):
            return whole[: sign.start()], whole[sign.end() :] or None
    return "", None


def of_text(text: str) -> str:
    """The kind of a schema by its text. Raises ``KeywordMisused`` where it could be several, or is none."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        if _PROTOBUF.search(text):
            return "protobuf"
        raise KeywordMisused(
            f"Expected a schema: the path of an .avsc, .proto or .json file, or its text.\n{_SAY}"
        ) from None
    return of_content(content)


def of_content(content: Any) -> str:
    """The kind of a schema that is JSON."""
    if isinstance(content, str | list):
        return "avro"
    if isinstance(content, Mapping):
        for kind, is_it in (("avro", _is_avro), ("json-schema", _is_json_schema)):
            if is_it(content):
                return kind
    raise KeywordMisused(f"The schema could be Avro or JSON Schema.\n{_SAY}")


def _is_avro(content: Mapping[str, Any]) -> bool:
    kind = content.get("type")
    if isinstance(kind, Mapping):  # a named type inside another
        return _is_avro(kind)
    if kind in ("enum", "fixed", "record", "error"):
        return "name" in content
    return isinstance(kind, str) and kind in _OF_AVRO_ALONE


def _is_json_schema(content: Mapping[str, Any]) -> bool:
    kinds = content.get("type")
    named = kinds if isinstance(kinds, list) else [kinds]
    types = {one for one in named if isinstance(one, str)}
    return bool(types & _OF_JSON_SCHEMA_ALONE or content.keys() & _RULES)
