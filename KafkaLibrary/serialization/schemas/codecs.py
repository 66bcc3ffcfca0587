"""Codecs: a schema of any kind with what writes values by it, reads them, and holds them against it.

The packages that this stands on are loaded when the first schema of a kind is read.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path as File
from typing import Any, Protocol

from KafkaLibrary.errors import KeywordMisused, Undecodable, how_to_install
from KafkaLibrary.event import Pick, own_tree
from KafkaLibrary.serialization.connect_types.one_type import Rounded
from KafkaLibrary.serialization.frames import Frame, read_indexes
from KafkaLibrary.serialization.schemaless import formats, json_format, text_format
from KafkaLibrary.serialization.schemas.violations import Misfit, Violation


class Schema(Protocol):
    """A schema that was read. ``name`` is how messages name it, ``text`` what a registry keeps."""

    @property
    def name(self) -> str: ...
    @property
    def text(self) -> str: ...
    def is_current(self) -> bool: ...
    def violations(self, value: Any) -> list[Violation]: ...


class Codec:
    """Values of one schema, which begin at ``start`` of their bytes. Raises ``Undecodable`` and ``Misfit``."""

    kind: str

    def __init__(self, schema: Any) -> None:
        self.schema = schema

    @property
    def name(self) -> str:
        """How messages name its schema."""
        return str(self.schema.name)

    @property
    def full_name(self) -> str:
        """The name that the schema gives to its values, such as ``shop.Order``."""
        return str(self.schema.full_name)

    def read(self, raw: bytes, start: int = 0) -> Any:
        return self.schema.read(raw, start)

    read_exact = read

    def read_own(self, raw: bytes, start: int = 0) -> Any:
        return own_tree(self.read(raw, start))

    def write(self, value: Any) -> bytes:
        """The bytes of a value, given as such or as JSON text."""
        written: bytes = self.schema.write(_tree_of(value, self.schema))
        return written

    def behind(self, raw: bytes, frame: Frame) -> tuple[Codec, int]:
        """The codec of the very message that a frame names, and where it begins."""
        return self, frame.start

    def read_framed(self, raw: bytes) -> Any:
        """The value behind the five bytes of a frame in front of it, fast. ``TypeError`` where that is not enough."""
        return self.read(raw, 5)

    def pick(self, steps: Sequence[str | int]) -> Pick | None:
        """The same for values without a frame."""
        picker = self.picker(steps)
        return None if picker is None else lambda raw: picker(raw, 0)

    def picker(self, steps: Sequence[str | int]) -> Callable[[bytes, int], list[Any]] | None:
        """What reads the field at these names alone, where that costs less than to read all."""
        return None

    def framed_picker(self, steps: Sequence[str | int]) -> Callable[[bytes, int], list[Any]] | None:
        """The same for what begins behind the five bytes of a frame. ``TypeError`` where that is not enough."""
        return self.picker(steps)

    @property
    def indexes(self) -> tuple[int, ...] | None:
        """What the frame says beside the schema's id."""
        return None

    @property
    def is_spelled(self) -> bool:
        """Whether values stand in their bytes as JSON spells what a test asks for."""
        return False


class AvroCodec(Codec):
    kind = "avro"

    def picker(self, steps: Sequence[str | int]) -> Callable[[bytes, int], list[Any]] | None:
        return _picker_of(self.schema, steps)


_NO_TAGS = tuple(bytes([sign]) for sign in range(8))
"""What no field of Protobuf begins with, for its number would be 0: then it is the place of the message."""


class ProtobufCodec(Codec):
    kind = "protobuf"

    def behind(self, raw: bytes, frame: Frame) -> tuple[Codec, int]:
        if frame.rest:
            indexes, start = read_indexes(frame.rest, 0)[0], 0
        elif not frame.in_header or raw[:1] in _NO_TAGS:
            indexes, start = read_indexes(raw, frame.start)
        elif frame.message:
            return ProtobufCodec(self._named(frame.message)), 0
        else:
            indexes, start = (0,), 0
        return ProtobufCodec(self.schema.by_indexes(indexes)), start

    def _named(self, message: str) -> Any:
        try:
            return self.schema.of_message(message)
        except KeywordMisused as problem:
            raise Undecodable(str(problem).split("\n", maxsplit=1)[0]) from None

    @property
    def indexes(self) -> tuple[int, ...]:
        found: tuple[int, ...] = self.schema.message_indexes
        return found

    def read_framed(self, raw: bytes) -> Any:
        if raw[5:6] != b"\0":
            raise TypeError("another message than the first")
        return self._first.read(raw, 6)

    def picker(self, steps: Sequence[str | int]) -> Callable[[bytes, int], list[Any]] | None:
        return _picker_of(self.schema, steps)

    def framed_picker(self, steps: Sequence[str | int]) -> Callable[[bytes, int], list[Any]] | None:
        pick_first = _picker_of(self._first, steps)
        if pick_first is None:
            return None
        of_messages: dict[tuple[int, ...], Callable[[bytes, int], list[Any]]] = {(0,): pick_first}

        def pick(raw: bytes, start: int) -> list[Any]:
            if raw[start : start + 1] == b"\0":
                return pick_first(raw, start + 1)
            indexes, begin = read_indexes(raw, start)
            if indexes not in of_messages:
                of_messages[indexes] = _picker_of(self.schema.by_indexes(indexes), steps) or _all_of_it
            return of_messages[indexes](raw, begin)

        return pick

    @cached_property
    def _first(self) -> Any:
        return self.schema.by_indexes((0,))


class JsonCodec(Codec):
    kind = "json-schema"

    @property
    def is_spelled(self) -> bool:
        return self.schema.named is None

    def read(self, raw: bytes, start: int = 0) -> Any:
        return self._read(raw[start:], "read")

    def read_exact(self, raw: bytes, start: int = 0) -> Any:
        return self._read(raw[start:], "read_exact")

    def read_own(self, raw: bytes, start: int = 0) -> Any:
        return self._read(raw[start:], "read_own")

    def _read(self, raw: bytes, depth: str) -> Any:
        content, named = getattr(json_format, depth)(raw), self.schema.named
        if named is None:
            return content
        try:
            return named.read(content, depth)
        except Rounded:
            content = named.read(json_format.read_exact(raw), depth)
            return own_tree(content) if depth == "read_own" else content

    def write(self, value: Any) -> bytes:
        written = _json_of(value)
        content = formats.read_whole(written)
        violations = self.schema.violations(content)
        if violations:
            raise Misfit(self.name, violations)
        return written if self.schema.named is None else _written_anew(written, self.schema.written(content))


def _written_anew(written: bytes, content: Any) -> bytes:
    """As it is where nothing is written otherwise."""
    anew = json_format.write(content)
    return written if formats.read_whole(anew) == formats.read_whole(written) else anew


def _picker_of(schema: Any, steps: Sequence[str | int]) -> Callable[[bytes, int], list[Any]] | None:
    found: Callable[[bytes, int], list[Any]] | None = schema.picker(steps)
    return found


def _all_of_it(raw: bytes, start: int) -> list[Any]:
    raise TypeError("a message that has to be read whole")


def _json_of(value: Any) -> bytes:
    if isinstance(value, str):
        formats.refuse_broken_json(value, "a JSON Schema")
        return text_format.write(value)
    return json_format.write(value)


def _tree_of(value: Any, schema: Schema) -> Any:
    # A schema may be that of a text; what looks like JSON is JSON unless it is.
    if not isinstance(value, str) or not schema.violations(value):
        return value
    formats.refuse_broken_json(value, "its schema")
    return formats.read_whole(text_format.write(value))


KINDS: Mapping[str, tuple[str, str, type[Codec]]] = {
    "avro": ("avro.schema", "AvroSchema", AvroCodec),
    "protobuf": ("protobuf.schema", "ProtobufSchema", ProtobufCodec),
    "json-schema": ("json_schema.schema", "JsonSchema", JsonCodec),
}
_NEEDED = {
    "avro": ("Avro needs what this library comes with", "avro"),
    "protobuf": ("Protobuf needs the packages protobuf and grpcio-tools", "protobuf"),
    "json-schema": ("A JSON Schema needs the package jsonschema, 4.18 or later", "jsonschema"),
}
"""What is said where packages are missing, and the extra that brings them."""


def _schema_class(kind: str) -> Any:
    module, name, _ = KINDS[kind]
    try:
        return getattr(importlib.import_module(f"KafkaLibrary.serialization.{module}"), name)
    except ImportError as problem:
        needed, extra = _NEEDED[kind]
        raise KeywordMisused(f"{needed}: {problem}.\n{how_to_install(extra)}") from None


def codec_of_text(
    kind: str, text: str, name: str, references: Sequence[tuple[str, str]] = (), fragment: str | None = None
) -> Codec:
    """The codec of a schema in text, or of the part of it that stands behind a ``#``.

    ``references`` are names and texts of what it refers to.
    """
    made = _schema_class(kind)
    if kind == "protobuf":
        return ProtobufCodec(made(text, name, dict(references), fragment))
    if kind == "avro":
        return _avro_codec(made(text, name, [other for _, other in references]), fragment)
    return JsonCodec(made(text, name, references=dict(references), fragment=fragment))


def codec_of_file(path: File, kind: str, fragment: str | None = None) -> Codec:
    """The codec of a schema file, or of the part of it that stands behind a ``#``."""
    made = _schema_class(kind)
    if kind == "avro":
        return _avro_codec(made.of_file(path), fragment)
    return KINDS[kind][2](made.of_file(path, fragment))


def _avro_codec(schema: Any, fragment: str | None) -> AvroCodec:
    """An Avro schema is of one type, whose name may stand behind the ``#`` as those of messages do."""
    name = str(schema.full_name)
    if fragment and fragment.removeprefix("/") not in (name, name.rpartition(".")[2]):
        raise KeywordMisused(
            f"The schema {schema.name} is of the type {name}, and '#{fragment}' can't be taken out of it.\nGive "
            "only the schema of that type, or omit the part."
        )
    return AvroCodec(schema)


def unknown_kind(kind: str) -> Undecodable:
    """A registry may keep schemas of kinds that nobody here can read."""
    return Undecodable(f"Its schema is of the kind '{kind}'; those that can be read are {', '.join(KINDS)}.")
