"""The parts of a message of Protobuf that values can show. Its descriptor says all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from KafkaLibrary.contracts.coverage.nodes import Node, Places
from KafkaLibrary.serialization.protobuf.descriptors import is_map, is_repeated, is_required

_GOOGLES = "google.protobuf."
"""Times, wrappers and the like: values have them as one text or number."""


class OfProtobuf(Places):
    """A field that is on the wire only where it is not its default is there only then: nobody sends the other."""

    def message(self, descriptor: Any, path: tuple[str | int, ...], around: frozenset[str]) -> Node:
        node = self.place(path)
        if descriptor.full_name in around or descriptor.full_name.startswith(_GOOGLES):
            return node
        inside = around | {descriptor.full_name}
        for field in descriptor.fields:
            name = field.json_name
            child = self._field(field, (*path, name), inside)
            one_of = field.containing_oneof
            if one_of is None or len(one_of.fields) == 1:
                node.fields[name] = child, not is_required(field) and (field.has_presence or is_repeated(field))
                if not field.has_presence:
                    node.defaults[name] = [] if is_repeated(field) else _default(field)
            else:
                branch = self.place(path)
                branch.fields[name] = child, False
                node.branches.append((f"{one_of.name}: {name}", _has(name), branch))
        return node

    def _field(self, field: Any, path: tuple[str | int, ...], around: frozenset[str]) -> Node:
        if is_map(field):
            return self.place(path)
        if is_repeated(field):
            node = self.place(path)
            node.elements.append(self._single(field, (*path, "*"), around))
            return node
        return self._single(field, path, around)

    def _single(self, field: Any, path: tuple[str | int, ...], around: frozenset[str]) -> Node:
        if field.message_type is not None:
            return self.message(field.message_type, path, around)
        node = self.place(path)
        if field.enum_type is not None and not field.enum_type.full_name.startswith(_GOOGLES):
            node.values = [one.name for one in field.enum_type.values]
        elif field.type == field.TYPE_BOOL:
            node.values = [True, False]
        return node


def _default(field: Any) -> Any:
    if field.enum_type is not None:
        found = field.enum_type.values_by_number.get(field.default_value)
        return found.name if found is not None else field.default_value
    return "" if field.type == field.TYPE_BYTES else field.default_value


def _has(name: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, dict) and name in value
