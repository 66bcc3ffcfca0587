"""Whether messages of one Protobuf schema can be read by another one: by what Google's compiler makes of both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from google.protobuf.descriptor_pb2 import DescriptorProto

from KafkaLibrary.serialization.protobuf.compiler import compile_schema
from KafkaLibrary.serialization.protobuf.descriptors import is_map, is_repeated, is_required, messages_in
from KafkaLibrary.serialization.registry.compatibility.changes import Change, Source

_ALIKE_ON_THE_WIRE = (
    frozenset(("int32", "uint32", "int64", "uint64", "bool", "enum")),
    frozenset(("sint32", "sint64")),
    frozenset(("string", "bytes")),
    frozenset(("fixed32", "sfixed32")),
    frozenset(("fixed64", "sfixed64")),
)
_ONE_OR_MANY = ("string", "bytes", "message", "group")
"""Types of which several in a row stand in bytes as one does, so that a reader of one takes the last."""


def changes(reader: Source, writer: Source, reader_is_new: bool) -> Iterator[Change]:
    """What keeps a reader from messages of the writer's schema, and what some registries refuse besides."""
    read, written = _messages(reader), _messages(writer)
    for name, message in written.items():
        if name not in read:
            yield Change(name, "was removed" if reader_is_new else "is a new message")
            continue
        yield from _fields(name, read[name], message, reader_is_new)


def _messages(source: Source) -> dict[str, Any]:
    """The descriptors of all messages by name, those inside others with the others' names in front."""
    file = compile_schema(source.text, "of a version", dict(source.references)).file
    top = file.message_types_by_name.values()
    return {_name(one): one for message in top for one in messages_in(message)}


def _fields(name: str, reader: Any, writer: Any, reader_is_new: bool) -> Iterator[Change]:
    for number, one in reader.fields_by_number.items():
        place = f"{name}.{one.name} = {number}"
        other = writer.fields_by_number.get(number)
        if other is None:
            if _label(one) == "required ":
                yield Change(place, "is required now" if reader_is_new else "was removed, and was required")
            continue
        old, new = [f"{_label(field)}{_shown(field)}" for field in ((other, one) if reader_is_new else (one, other))]
        if not _is_read(one, other):
            yield Change(place, f"changed from {old} to {new}")
        elif old.removeprefix("required ") != new.removeprefix("required "):
            yield Change(place, f"changed from {old} to {new}", breaks=False)
        if one.name != other.name:
            names = (other.name, one.name) if reader_is_new else (one.name, other.name)
            yield Change(place, f"changed its name from {names[0]} to {names[1]}", breaks=False)
    if reader_is_new:
        yield from _removed(name, reader, writer)


def _removed(name: str, new: Any, old: Any) -> Iterator[Change]:
    written = DescriptorProto()
    new.CopyToProto(written)
    for number, one in old.fields_by_number.items():
        if number in new.fields_by_number:
            continue
        if one.name not in written.reserved_name or not any(
            numbers.start <= number < numbers.end for numbers in written.reserved_range
        ):
            what = "was removed, and its number and name are not reserved"
            yield Change(f"{name}.{one.name} = {number}", what, breaks=False)


def _is_read(reader: Any, writer: Any) -> bool:
    if is_map(reader) and is_map(writer):
        return all(map(_is_read, reader.message_type.fields, writer.message_type.fields))
    kinds = {_kind(reader), _kind(writer)}
    if len(kinds) > 1:
        if not any(kinds <= group for group in _ALIKE_ON_THE_WIRE):
            return False
    elif reader.message_type is not None and _name(reader.message_type) != _name(writer.message_type):
        return False
    one_and_many = (_label(reader) == "repeated ") != (_label(writer) == "repeated ")
    return not one_and_many or _kind(reader) in _ONE_OR_MANY


def _label(field: Any) -> str:
    if is_required(field):
        return "required "
    return "repeated " if is_repeated(field) and not is_map(field) else ""


def _kind(field: Any) -> str:
    return _KINDS[field.type]


def _shown(field: Any) -> str:
    if is_map(field):
        return f"map<{','.join(_shown(part) for part in field.message_type.fields)}>"
    named = field.message_type or field.enum_type
    return _kind(field) if named is None else _name(named)


def _name(descriptor: Any) -> str:
    """The name of a type without the package of its file."""
    return str(descriptor.full_name).removeprefix(f"{descriptor.file.package}.")


# By the numbers that descriptors have for types, from 1 on.
_KINDS = dict(
    enumerate(
        (
            "double", "float", "int64", "uint64", "int32", "fixed64", "fixed32", "bool", "string", "group", "message",
            "bytes", "uint32", "enum", "sfixed32", "sfixed64", "sint32", "sint64",
        ),
        1,
    )
)  # fmt: skip
