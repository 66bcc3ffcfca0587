"""From value trees to Protobuf messages, by a writer that is made once for each type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from KafkaLibrary.serialization.protobuf.descriptors import (
    NULL,
    class_of,
    is_map,
    is_map_entry,
    is_repeated,
    is_required,
    method_of,
    names_of,
    types_below,
)
from KafkaLibrary.serialization.protobuf.values import Check, Unfit, check_of, key_of
from KafkaLibrary.serialization.schemas.violations import Violation
from KafkaLibrary.serialization.values import phrases

Steps = tuple[str | int, ...]
Fill = Callable[[Any, Any, Steps, list[Violation]], None]
"""Sets a message, or a field of it, to a value. What does not fit it adds to the violations."""

OBJECT = "be an object with the fields of {}"


class Writers:
    """The writers of all types of one schema. ``find`` gives the descriptor of a type by its name, or None."""

    def __init__(self, find: Callable[[str], Any], well_known: dict[str, Callable[[Writers, Any], Fill]]) -> None:
        self.find = find
        self.well_known = well_known
        self._known: dict[str, Fill] = {}

    def of(self, descriptor: Any) -> Fill:
        name = descriptor.full_name
        if name not in self._known:
            for one in types_below(descriptor):
                if one.full_name not in self._known and not is_map_entry(one):
                    make = self.well_known.get(one.full_name, fields_writer)
                    self._known[one.full_name] = make(self, one)
        return self._known[name]

    def of_inner(self, descriptor: Any) -> Fill:
        """For a message in another one."""
        return self._known.get(descriptor.full_name) or self._later(descriptor.full_name)

    def _later(self, name: str) -> Fill:
        """For a type that has fields of itself."""

        def fill(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
            self._known[name](message, value, steps, found)

        return fill


@dataclass(frozen=True, slots=True)
class _Field:
    key: str
    put: Fill
    oneof: str | None
    can_be_unset: bool
    takes_null: bool


def fields_writer(writers: Writers, descriptor: Any) -> Fill:
    """Of a message by its fields, each by its name in value trees or by that in the schema."""
    keys = names_of(descriptor)
    fields = {field.name: _field(writers, field, keys[field.name]) for field in descriptor.fields}
    by_name = {**fields, **{keys[name]: field for name, field in fields.items()}}
    required = [keys[field.name] for field in descriptor.fields if is_required(field)]
    known = tuple(keys.values())

    def fill(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
        if not isinstance(value, dict):
            found.append(Violation(steps, "fit", OBJECT.format(descriptor.full_name), value))
            return
        given: dict[str, str] = {}
        members: dict[str, str] = {}
        for name, part in dict.items(value):
            place = (*steps, str(name))
            field = by_name.get(name)
            if field is None:
                found.append(Violation(place, "unknown", known, part))
            elif field.key in given:
                asked = f"not be there beside {given[field.key]}, which is the same field"
                found.append(Violation(place, "fit", asked, part))
            else:
                given[field.key] = name
                _put(field, message, part, place, found, members)
        there = tuple(map(str, value))
        found += [
            Violation((*steps, name), "required", None, there)
            for name in required
            if name not in given or value[given[name]] is None
        ]

    return fill


def _put(
    field: _Field, message: Any, value: Any, place: Steps, found: list[Violation], members: dict[str, str]
) -> None:
    """Sets one field. ``members`` are those that are set already, by the choice that they belong to."""
    if value is None and field.can_be_unset and not field.takes_null:
        return
    if field.oneof is not None:
        other = members.setdefault(field.oneof, str(place[-1]))
        if other != place[-1]:
            asked = f"not be there beside {other}: only one field of the oneof {field.oneof} can be set"
            found.append(Violation(place, "fit", asked, value))
            return
    field.put(message, value, place, found)


def _field(writers: Writers, field: Any, key: str) -> _Field:
    oneof = field.containing_oneof
    if is_repeated(field):
        put = _map_writer(writers, field) if is_map(field) else _list_writer(writers, field)
    elif field.message_type is not None:
        put = _message_writer(writers, field)
    else:
        put = _scalar_writer(field.name, check_of(field))
    return _Field(key, put, oneof and oneof.name, field.has_presence, _takes_null(field))


def _takes_null(field: Any) -> bool:
    kind = field.message_type or field.enum_type
    return kind is not None and not is_repeated(field) and kind.full_name in ("google.protobuf.Value", NULL)


def _scalar_writer(name: str, check: Check) -> Fill:
    def put(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
        try:
            setattr(message, name, check(value))
        except Unfit as unfit:
            found.append(Violation(steps, "fit", unfit.asked, value))

    return put


def _message_writer(writers: Writers, field: Any) -> Fill:
    name, fill = field.name, writers.of_inner(field.message_type)
    set_in_parent = method_of(field.message_type, "SetInParent")

    def put(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
        inner = getattr(message, name)
        set_in_parent(inner)
        fill(inner, value, steps, found)

    return put


def _list_writer(writers: Writers, field: Any) -> Fill:
    add = (
        _adds_messages(writers.of_inner(field.message_type))
        if field.message_type is not None
        else _adds(check_of(field))
    )

    def put(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
        if not isinstance(value, list | tuple):
            found.append(Violation(steps, "fit", phrases.LIST, value))
            return
        elements = getattr(message, field.name)
        for index, element in enumerate(value):
            add(elements, element, (*steps, index), found)

    return put


def _adds_messages(fill: Fill) -> Fill:
    return lambda elements, value, steps, found: fill(elements.add(), value, steps, found)


def _adds(check: Check) -> Fill:
    def add(elements: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
        try:
            elements.append(check(value))
        except Unfit as unfit:
            found.append(Violation(steps, "fit", unfit.asked, value))

    return add


def _map_writer(writers: Writers, field: Any) -> Fill:
    entry = field.message_type.fields_by_name
    read_key = key_of(entry["key"])
    kind = entry["value"].message_type
    set_entry = _sets_messages(writers.of_inner(kind)) if kind is not None else _sets(check_of(entry["value"]))

    def put(message: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
        if not isinstance(value, dict):
            found.append(Violation(steps, "fit", phrases.MAP, value))
            return
        entries = getattr(message, field.name)
        for name, part in dict.items(value):
            place = (*steps, str(name))
            try:
                key = read_key(name)
            except Unfit as unfit:
                found.append(Violation(place, "fit", f"have a key that can {unfit.asked}", part))
                continue
            if key in entries:
                found.append(Violation(place, "fit", "not be there beside another form of the same key", part))
            set_entry((entries, key), part, place, found)

    return put


def _sets_messages(fill: Fill) -> Fill:
    return lambda entry, value, steps, found: fill(entry[0][entry[1]], value, steps, found)


def _sets(check: Check) -> Fill:
    def put(entry: Any, value: Any, steps: Steps, found: list[Violation]) -> None:
        entries, key = entry
        try:
            entries[key] = check(value)
        except Unfit as unfit:
            found.append(Violation(steps, "fit", unfit.asked, value))

    return put


def written(descriptor: Any, fill: Fill, value: Any, steps: Steps, found: list[Violation]) -> bytes:
    """The bytes of a value, always the same for the same value; none worth anything where violations were found."""
    message = class_of(descriptor)()
    fill(message, value, steps, found)
    if found:
        return b""
    serialized: bytes = method_of(descriptor, "SerializeToString")(message, deterministic=True)
    return serialized
