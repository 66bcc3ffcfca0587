"""What a descriptor says of a message and its fields, in all versions of Google's package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from google.protobuf.message_factory import GetMessageClass

NULL = "google.protobuf.NullValue"


def is_repeated(field: Any) -> bool:
    """Whether it is a list or a map."""
    if hasattr(field, "is_repeated"):
        return bool(field.is_repeated)
    return bool(field.label == field.LABEL_REPEATED)


def is_required(field: Any) -> bool:
    if hasattr(field, "is_required"):
        return bool(field.is_required)
    return bool(field.label == field.LABEL_REQUIRED)


def is_map(field: Any) -> bool:
    return field.message_type is not None and is_map_entry(field.message_type)


def is_map_entry(descriptor: Any) -> bool:
    return bool(descriptor.has_options and descriptor.GetOptions().map_entry)


def names_of(descriptor: Any) -> dict[str, str]:
    """How each field is named in a value tree, by its own name: as in ProtoJSON."""
    return {field.name: field.json_name for field in descriptor.fields}


def class_of(descriptor: Any) -> Any:
    return GetMessageClass(descriptor)


def method_of(descriptor: Any, name: str) -> Any:
    """A method of the messages, also where a field or an inner message has its name."""
    made = class_of(descriptor)
    owner = next(one for one in made.__mro__ if name in vars(one))
    return vars(owner)[name].__get__(None, made)


def messages_in(descriptor: Any) -> Iterator[Any]:
    """The message and those within it, without those that stand for the entries of maps."""
    yield descriptor
    for inner in descriptor.nested_types:
        if not is_map_entry(inner):
            yield from messages_in(inner)


def types_below(descriptor: Any) -> list[Any]:
    """The message and all that can be in it, each behind those in its own fields as far as they don't go in circles."""
    ordered: dict[str, Any] = {}
    seen = {descriptor.full_name}
    path = [(descriptor, iter(descriptor.fields))]
    while path:
        one, fields = path[-1]
        inner = next((field.message_type for field in fields if field.message_type is not None), None)
        if inner is None:
            ordered[one.full_name] = one
            path.pop()
        elif inner.full_name not in seen:
            seen.add(inner.full_name)
            path.append((inner, iter(inner.fields)))
    return list(ordered.values())


def asks_for_fields(descriptor: Any) -> bool:
    """Whether the message, or one that can be in it, has required fields."""
    return any(is_required(field) for one in types_below(descriptor) for field in one.fields)
