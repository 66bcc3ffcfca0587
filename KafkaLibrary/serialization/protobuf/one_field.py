"""One field read out of a Protobuf message: Google's package reads the message, in C; of the rest no value is made.

Most of the events that a wait reads are out by one field.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, TypeAlias

from KafkaLibrary.serialization.protobuf.descriptors import is_repeated, method_of, names_of
from KafkaLibrary.serialization.protobuf.reading import Read, Readers, field_reader, is_well_known

Pick: TypeAlias = Callable[[Any], list[Any]]
"""Gives the value of a message's field in a list, or an empty one."""


def pick_of(readers: Readers, descriptor: Any, steps: Sequence[str | int]) -> Pick | None:
    """What reads the field at these names, nothing where they lead into what is more than a message with its fields."""
    if not steps or is_well_known(descriptor):
        return None
    names = names_of(descriptor)
    field = next((one for one in descriptor.fields if names[one.name] == steps[0]), None)
    if field is None:
        return _nothing
    pick = _content(field_reader(readers, field)) if len(steps) == 1 else _inside(readers, field, steps[1:])
    return pick and _of_field(field, pick)


def _inside(readers: Readers, field: Any, steps: Sequence[str | int]) -> Pick | None:
    if is_repeated(field) or field.type == field.TYPE_STRING:  # a text may be JSON, into which a path goes on
        return None
    return _nothing if field.message_type is None else pick_of(readers, field.message_type, steps)


def _of_field(field: Any, pick: Pick) -> Pick:
    """A field with presence has no value where it is not set."""
    get = attrgetter(field.name)
    if not field.has_presence:
        return lambda message: pick(get(message))
    has, name = method_of(field.containing_type, "HasField"), field.name
    return lambda message: pick(get(message)) if has(message, name) else []


def _content(read: Read | None) -> Pick:
    return (lambda content: [content]) if read is None else (lambda content: [read(content)])


def _nothing(message: Any) -> list[Any]:
    return []
