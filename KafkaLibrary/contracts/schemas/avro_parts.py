"""Avro schemas in a contract: written in it, in files beside or above it, or split over files named as types."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from KafkaLibrary.contracts.documents.documents import Documents, Found
from KafkaLibrary.contracts.documents.places import Place, Unfollowed
from KafkaLibrary.errors import KeywordMisused, did_you_mean
from KafkaLibrary.serialization.avro.types import Types
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.schemas.codecs import Codec, codec_of_text
from KafkaLibrary.serialization.schemas.schema_files import SchemaFile

_NAMED = ("record", "error", "enum", "fixed")


def codec_of(found: Found, documents: Documents) -> tuple[Codec, Any]:
    """The codec, and the schema with all that its references lead to. Raises ``Unfollowed`` and ``KeywordMisused``."""
    content = _Whole(documents).of(found.content, found.place)
    if found.part:
        content = _picked(content, found.part)
    name = f"in {found.place}"
    text = _written(content)
    folders = _folders(found.place, documents)
    return codec_of_text("avro", text, name, _missing(text, name, folders)), content


def _picked(content: Any, part: str) -> Any:
    """The type of that name, of several or of one: as `order.avsc#/Order` is often written."""
    several = content if isinstance(content, list) else [content]
    names = [_full_name(one) for one in several]
    chosen = next((name for name in names if part in (name, name.rpartition(".")[2])), None)
    if chosen is None:
        near = did_you_mean(part, filter(None, names))
        raise Unfollowed(f"there is no type '{part}' in the file. {near}".rstrip(" ."))
    if len(several) == 1:
        return several[0]
    others = [one for one, name in zip(several, names, strict=True) if name != chosen]
    # A type may use the others, which so stand before it, in a union that has the chosen one only in the end.
    return _Nested(others).of(several[names.index(chosen)])


def _full_name(content: Any) -> str:
    if not isinstance(content, dict):
        return ""
    name, space = str(content.get("name", "")), content.get("namespace")
    return f"{space}.{name}" if space and "." not in name else name


class _Nested:
    """Puts types where they are first used by their name."""

    def __init__(self, others: list[Any]) -> None:
        self._others = {_full_name(one): one for one in others if _full_name(one)}

    def of(self, content: Any) -> Any:
        if isinstance(content, str):
            named = next((n for n in self._others if content in (n, n.rpartition(".")[2])), None)
            return content if named is None else self.of(self._others.pop(named))
        if isinstance(content, list):
            return [self.of(one) for one in content]
        if isinstance(content, dict):
            inner = {"type", "items", "values"}
            made = {name: self.of(value) if name in inner else value for name, value in content.items()}
            if isinstance(content.get("fields"), list):
                made["fields"] = [self.of(one) for one in content["fields"]]
            return made
        return content


class _Whole:
    """Puts what a ``$ref`` in the schema leads to in its place: the type at first, then its name."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._around: set[Any] = set()
        self._put: dict[Any, str] = {}

    def of(self, content: Any, place: Place) -> Any:
        if isinstance(content, dict) and isinstance(content.get("$ref"), str):
            return self._referred(content, place)
        if isinstance(content, dict):
            return {name: self.of(value, place.at(name)) for name, value in content.items()}
        if isinstance(content, list):
            return [self.of(one, place.at(index)) for index, one in enumerate(content)]
        return content

    def _referred(self, content: Any, place: Place) -> Any:
        found = self._documents.followed(content, place)
        key = found.place.key
        if key in self._put or key in self._around:
            return self._put.get(key) or _full_name(found.content)
        self._around.add(key)
        whole = self.of(found.content, found.place)
        self._around.discard(key)
        if isinstance(whole, dict) and whole.get("type") in _NAMED:
            self._put[key] = _full_name(whole)
        return whole


def _folders(place: Place, documents: Documents) -> list[Path]:
    """Where files of other types may be: beside this one, beside the contract, beside its other Avro files."""
    others = [one.path.parent for one in documents.all if one.kind == "avro"]
    near = [place.document.path.parent, documents.main.path.parent, *others]
    return list(dict.fromkeys(folder.resolve() for folder in near))


def _missing(text: str, name: str, folders: list[Path]) -> list[tuple[str, str]]:
    """Texts of the types that the schema names and does not define, each in a file that is named as it is."""
    types, found, looked_for = Types(name), list[tuple[str, str]](), set[str]()
    types.add(text)
    while names := [one for one in types.missing() if one not in looked_for]:
        for one in names:
            looked_for.add(one)
            path = _file_of(one, folders)
            if path is not None:
                other = SchemaFile.read(path).text
                types.add(other)
                found.append((path.name, other))
    return found


def _file_of(name: str, folders: list[Path]) -> Path | None:
    short = name.rpartition(".")[2]
    for folder in folders:
        for one in dict.fromkeys((f"{name}.avsc", f"{name.replace('.', '/')}.avsc", f"{short}.avsc")):
            if (folder / one).is_file():
                return folder / one
    return None


def _written(content: Any) -> str:
    if not isinstance(content, dict | list | str):
        raise KeywordMisused("it is not an Avro schema, which is an object, a list or the name of a type")
    return json_format.write(content, "schema").decode() if not isinstance(content, str) else _text(content)


def _text(content: str) -> str:
    """A schema may stand in a text, or be the name of a type."""
    return content if content.lstrip()[:1] in ("{", "[", '"') else f'"{content}"'
