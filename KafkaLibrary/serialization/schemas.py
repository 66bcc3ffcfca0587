"""Schemas that values are held against: from files, one reader a suffix, or from a test itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, NoReturn

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization import json_format

if TYPE_CHECKING:
    from KafkaLibrary.serialization.json_schema import JsonSchema

INSTEAD = "Give a JSON Schema: the path of a .json file, or a dictionary."


class Schemas:
    """The schemas of a run. One that was read from a file is kept until one of its files changes."""

    def __init__(self) -> None:
        self._known: dict[File, JsonSchema] = {}

    def of_file(self, path: File) -> JsonSchema:
        known = self._known.get(path)
        if known is None or not known.is_current():
            known = self._known[path] = _READERS[path.suffix.lower()](path)
        return known


def of_content(content: Mapping[str, Any]) -> JsonSchema:
    """The JSON Schema that is given as a dictionary."""
    return of_text(json_format.write(content, "schema").decode())


def of_text(text: str) -> JsonSchema:
    """The JSON Schema that is given as its text."""
    return _json_schema()(text, "that was given")


def is_file(name: str) -> bool:
    """Whether the name is that of a file with a schema. Raises ``KeywordMisused`` for kinds that can't be used yet."""
    suffix = File(name).suffix.lower()
    if suffix in _LATER:
        _refuse(f"{_LATER[suffix]}, '{name}',")
    return suffix in _READERS


def refuse_subject(name: str) -> NoReturn:
    """What is no file could be a subject of a schema registry."""
    _refuse(f"A subject of a schema registry, '{name}',")


def _refuse(what: str) -> NoReturn:
    raise KeywordMisused(f"{what} needs a version of this library that can read it.\n{INSTEAD}")


def _json_schema() -> type[JsonSchema]:
    try:
        from KafkaLibrary.serialization.json_schema import JsonSchema  # noqa: PLC0415
    except ImportError as problem:
        raise KeywordMisused(
            f"A check against a JSON Schema needs the package jsonschema, 4.18 or later: {problem}.\n"
            "Install it with: pip install 'robotframework-kafka-events[schemas]'"
        ) from None
    return JsonSchema


_READERS: dict[str, Callable[[File], JsonSchema]] = {".json": lambda path: _json_schema().of_file(path)}
_LATER = {".avsc": "An Avro schema", ".proto": "A Protobuf schema"}
