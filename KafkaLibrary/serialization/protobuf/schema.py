"""Protobuf schemas: compiled from their text, and values read and written by them. Nothing is ever fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as File
from types import MappingProxyType
from typing import Any

from google.protobuf.message import DecodeError, EncodeError

from KafkaLibrary.errors import KeywordMisused, Undecodable, did_you_mean
from KafkaLibrary.serialization.protobuf.broken_bytes import first_break
from KafkaLibrary.serialization.protobuf.compiler import compile_schema
from KafkaLibrary.serialization.protobuf.descriptors import asks_for_fields, messages_in, method_of
from KafkaLibrary.serialization.protobuf.imports import find
from KafkaLibrary.serialization.protobuf.one_field import pick_of
from KafkaLibrary.serialization.protobuf.reading import NotText, Readers
from KafkaLibrary.serialization.protobuf.well_known import WELL_KNOWN
from KafkaLibrary.serialization.protobuf.writing import Writers, written
from KafkaLibrary.serialization.schemas.schema_files import SchemaFile
from KafkaLibrary.serialization.schemas.violations import Misfit, Violation

_MOST_NAMES = 20
_NO_REFERENCES: Mapping[str, str] = MappingProxyType({})
_TOO_DEEP = "be nested less deeply: Protobuf reads at most 100 values within each other"


class ProtobufSchema:
    """A Protobuf file with what it imports, and the message of it that values are.

    Which message that is may be open, where the file has several: then reading and writing raise
    ``KeywordMisused``, and ``of_message`` and ``by_indexes`` give the schema of one.
    """

    kind = "protobuf"

    def __init__(
        self, text: str, name: str, references: Mapping[str, str] = _NO_REFERENCES, message: str | None = None
    ) -> None:
        """``references`` are the texts of imported files by import path. ``message`` is a full or a short name."""
        self.text = text
        self.name = name
        self._files: tuple[SchemaFile, ...] = ()
        self._take(_types_of(text, name, references), message)

    @classmethod
    def of_file(cls, path: File, message: str | None = None) -> ProtobufSchema:
        """Imports start from the file's folder, or the nearest of four above it that has them all."""
        found = find(path)
        schema = cls.__new__(cls)
        schema.text, schema.name = found.text, f"'{path.name}'"
        schema._files = found.files
        schema._take(_types_of(found.text, schema.name, found.references, found.path), message)
        return schema

    def _take(self, types: _Types, message: str | None) -> None:
        self._types = types
        only = types.top[0] if len(types.top) == 1 else None
        chosen = types.find(message, self.name) if message is not None else only
        self._message = None if chosen is None else _Message(chosen, types)

    def is_current(self) -> bool:
        """Whether no file of it has changed since it was read."""
        return all(file.is_current() for file in self._files)

    @property
    def message_names(self) -> tuple[str, ...]:
        """The full names of the messages of the main file, those within others too."""
        return tuple(one.full_name for one in self._types.all)

    @property
    def descriptor(self) -> Any:
        """Of the chosen message. Raises ``KeywordMisused`` where none is chosen."""
        return self._chosen().descriptor

    @property
    def full_name(self) -> str:
        return str(self.descriptor.full_name)

    @property
    def message_indexes(self) -> tuple[int, ...]:
        """Where the message stands in its file: its index, after those of the messages around it."""
        return self._types.indexes_of(self.descriptor)

    def of_message(self, message: str) -> ProtobufSchema:
        """The same schema for another of its messages, by its full or a short name."""
        return self._of(self._types.find(message, self.name))

    def by_indexes(self, indexes: tuple[int, ...]) -> ProtobufSchema:
        """The same schema for the message that an event names by its place in the file."""
        known = self._types.by_place.get(indexes)
        if known is None:
            found = self._types.at(indexes)
            if found is None:
                raise Undecodable(
                    f"not protobuf of the schema {self.name}: there is no message at the place {list(indexes)} of it"
                )
            known = self._types.by_place[indexes] = self._of(found)
        return known

    def _of(self, descriptor: Any) -> ProtobufSchema:
        if self._message is not None and self._message.descriptor is descriptor:
            return self
        schema = type(self).__new__(type(self))
        schema.text, schema.name, schema._files, schema._types = self.text, self.name, self._files, self._types
        schema._message = _Message(descriptor, self._types)
        return schema

    def read(self, raw: bytes, start: int = 0) -> Any:
        """The value tree of the bytes from ``start`` on. Raises ``Undecodable`` with the place where they break."""
        message = self._message or self._chosen()
        try:
            parsed = message.parse(raw[start:] if start else raw)
            if message.is_complete is None or message.is_complete(parsed):
                return message.read(parsed)
        except (DecodeError, NotText, UnicodeError, RecursionError) as problem:
            raise self._undecodable(raw, start, message.descriptor, problem) from None
        lacking = ", ".join(method_of(message.descriptor, "FindInitializationErrors")(parsed)[:_MOST_NAMES])
        raise Undecodable(f"not protobuf of the schema {self.name}: it lacks required fields: {lacking}")

    def picker(self, steps: Sequence[str | int]) -> Callable[[bytes, int], list[Any]] | None:
        """What reads the field at these names alone, where that can be done; ``ValueError`` for broken bytes."""
        message = self._message
        pick = None if message is None else pick_of(self._types.readers, message.descriptor, steps)
        if message is None or pick is None:
            return None
        parse, is_complete, found = message.parse, message.is_complete, pick

        def read(raw: bytes, start: int) -> list[Any]:
            try:
                parsed = parse(raw[start:] if start else raw)
                if is_complete is None or is_complete(parsed):
                    return found(parsed)
            except (DecodeError, NotText, UnicodeError, RecursionError) as problem:
                raise ValueError from problem
            raise ValueError("with a missing required field")

        return read

    def write(self, value: Any) -> bytes:
        """The bytes of a value, always the same for the same value. Raises ``Misfit`` with all that is wrong."""
        found, content = self._written(value)
        if found:
            raise Misfit(self.name, found)
        return content

    def violations(self, value: Any) -> list[Violation]:
        """All that the value does not meet."""
        return self._written(value)[0]

    def _written(self, value: Any) -> tuple[list[Violation], bytes]:
        message = self._message or self._chosen()
        found: list[Violation] = []
        try:
            content = written(message.descriptor, self._types.writers.of(message.descriptor), value, (), found)
            if not found:
                message.parse(content)
            return found, content
        except (RecursionError, EncodeError, DecodeError):
            return [Violation((), "fit", _TOO_DEEP, value)], b""

    def _undecodable(self, raw: bytes, start: int, descriptor: Any, problem: Exception) -> Undecodable:
        broken = first_break(raw, start, descriptor, self._types.type_named)
        if broken is None:
            return Undecodable(f"not protobuf of the schema {self.name}: {problem or 'its bytes can not be read'}")
        place = f"in {descriptor.full_name}" if broken.path == "$" else f"at {broken.path} of {descriptor.full_name}"
        return Undecodable(f"not protobuf of the schema {self.name}: {place} {broken}")

    def _chosen(self) -> _Message:
        if self._message is not None:
            return self._message
        raise KeywordMisused(
            f"The schema {self.name} has several messages; name the one of the value.\n{_naming(self.message_names)}"
        )


@dataclass(frozen=True, slots=True)
class _Types:
    """All messages of a schema, with what reads and writes them."""

    pool: Any
    top: tuple[Any, ...]
    all: tuple[Any, ...]
    readers: Readers
    writers: Writers
    type_named: Callable[[str], Any]
    by_place: dict[tuple[int, ...], ProtobufSchema]

    def find(self, message: str, name: str) -> Any:
        """The message with that full name, or the only one that ends in it."""
        fitting = [one for one in self.all if one.full_name == message]
        fitting = fitting or [one for one in self.all if f".{one.full_name}".endswith(f".{message}")]
        outermost = [one for one in fitting if one.containing_type is None]
        if len(fitting) == 1 or len(outermost) == 1:
            return (outermost or fitting)[0]
        names = [one.full_name for one in self.all]
        hint = did_you_mean(message, {*names, *(one.name for one in self.all)})
        verdict = "several messages" if fitting else "no message"
        raise KeywordMisused(
            f"The schema {name} has {verdict} named '{message}'. {hint}".rstrip()
            + f"\n{_naming([one.full_name for one in fitting] or names)}"
        )

    def at(self, indexes: Sequence[int]) -> Any:
        """The message at that place. Some clients count the entries of maps as messages, and some do not."""
        return _at(indexes, self.top, lambda one: [inner for inner in one.nested_types if inner in self.all]) or _at(
            indexes, self.top, lambda one: list(one.nested_types)
        )

    def indexes_of(self, descriptor: Any) -> tuple[int, ...]:
        around = descriptor.containing_type
        if around is None:
            return (self.top.index(descriptor),)
        beside = [inner for inner in around.nested_types if inner in self.all]
        return (*self.indexes_of(around), beside.index(descriptor))


def _at(indexes: Sequence[int], top: Sequence[Any], within: Callable[[Any], Sequence[Any]]) -> Any:
    found, beside = None, top
    for index in indexes:
        if not 0 <= index < len(beside):
            return None
        found = beside[index]
        beside = within(found)
    return found


class _Message:
    """How one message is read."""

    __slots__ = ("descriptor", "is_complete", "parse", "read")

    def __init__(self, descriptor: Any, types: _Types) -> None:
        self.descriptor = descriptor
        self.parse: Callable[[bytes], Any] = method_of(descriptor, "FromString")
        self.read = types.readers.of(descriptor)
        self.is_complete = method_of(descriptor, "IsInitialized") if asks_for_fields(descriptor) else None


def _types_of(text: str, name: str, references: Mapping[str, str], path: str = "") -> _Types:
    compiled = compile_schema(text, name, references, path)
    top = tuple(compiled.file.message_types_by_name.values())
    if not top:
        raise KeywordMisused(f"The schema {name} has no message, and so nothing that a value could be.")

    def type_named(wanted: str) -> Any:
        try:
            return compiled.pool.FindMessageTypeByName(wanted)
        except KeyError:
            return None

    everything = tuple(inner for one in top for inner in messages_in(one))
    return _Types(compiled.pool, top, everything, Readers(type_named), Writers(type_named, WELL_KNOWN), type_named, {})


def _naming(names: Iterable[str]) -> str:
    known = list(names)
    more = f" and {len(known) - _MOST_NAMES} more" if len(known) > _MOST_NAMES else ""
    return f"The messages are: {', '.join(known[:_MOST_NAMES])}{more}."
