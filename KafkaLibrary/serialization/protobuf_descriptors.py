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
    """How each field is named in a value tree, by its own name: as in ProtoJSON, if that is one name for each."""
    names = {field.name: field.json_name for field in descriptor.fields}
    return names if len(set(names.values())) == len(names) else {name: name for name in names}


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


def asks_for_fields(descriptor: Any) -> bool:
    """Whether the message, or one that can be in it, has required fields."""
    seen: set[str] = set()
    todo = [descriptor]
    while todo:
        one = todo.pop()
        if one.full_name in seen:
            continue
        seen.add(one.full_name)
        if any(is_required(field) for field in one.fields):
            return True
        todo += [field.message_type for field in one.fields if field.message_type is not None]
    return False
