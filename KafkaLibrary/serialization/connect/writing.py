"""Values into payloads: by a schema of Kafka Connect, as its JsonConverter writes them, with all that does not fit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.serialization.connect.schema import fields_of, logical_type, name_of, part_of, type_of
from KafkaLibrary.serialization.connect_types.one_type import Logical, Misfit
from KafkaLibrary.serialization.schemas.violations import Violation
from KafkaLibrary.serialization.values import binary, numbers, phrases

Found = list[Violation]
Write = Callable[[Any, Found], Any]
"""Gives the payload of a value, and adds what does not fit."""


class Writer:
    """Writes the payloads of one schema."""

    def __init__(self, schema: Any) -> None:
        """Raises ``Undecodable`` for what is no schema of Connect."""
        self.name = name_of(schema) or "that was given"
        try:
            self._write = writer(schema)
        except RecursionError:
            raise Undecodable("the schema is nested too deeply") from None

    def write(self, value: Any) -> tuple[Any, Found]:
        """The payload, and all that does not fit: with any of it the payload is of no use."""
        found: Found = []
        try:
            return self._write(value, found), found
        except RecursionError:
            raise KeywordMisused(
                f"The value can't be written with the schema {self.name}: it is nested too deeply or contains itself."
            ) from None


def writer(schema: Any) -> Write:
    """The function that writes values of a schema."""
    if schema is None:
        return lambda value, found: value
    make = _MAKERS[type_of(schema)]
    logical = logical_type(schema)
    write = make(schema) if logical is None else _by_logical(logical)
    if schema.get("optional") is True:
        return lambda value, found: None if value is None else write(value, found)
    if "default" in schema:  # which stands there as it is written
        return lambda value, found: schema["default"] if value is None else write(value, found)
    return write


def _by_logical(logical: Logical) -> Write:
    def write(value: Any, found: Found) -> Any:
        if value is None:
            return _misfit("not be null", value, found)
        try:
            return logical.write(value)
        except Misfit as misfit:
            return _misfit(misfit.should, value, found)

    return write


def _misfit(asked: str, value: Any, found: Found) -> Any:
    found.append(Violation((), "fit", asked, value))
    return None


def _move(found: Found, since: int, step: str | int) -> None:
    """Those from ``since`` on were found at this step."""
    found[since:] = [dataclasses.replace(one, steps=(step, *one.steps)) for one in found[since:]]


def _leaf(of: Callable[[Any], Any], asked: str) -> Callable[[Mapping[str, Any]], Write]:
    def write(value: Any, found: Found) -> Any:
        written = of(value)
        return _misfit(asked, value, found) if written is None else written

    return lambda schema: write


def _integer(bits: int) -> Callable[[Mapping[str, Any]], Write]:
    most = 2 ** (bits - 1)

    def of(value: Any) -> int | None:
        number = numbers.whole(value)
        return number if number is not None and -most <= number < most else None

    return _leaf(of, phrases.integer(f"int{bits}", bits))


_NOT_FINITE = {"NaN": "NaN", "Infinity": "Infinity", "-Infinity": "-Infinity", "nan": "NaN", "inf": "Infinity"}
_NOT_FINITE["-inf"] = "-Infinity"


def _floating(value: Any) -> Any:
    """JSON has no number for some doubles, and the converter writes texts."""
    if isinstance(value, str):
        return _NOT_FINITE.get(value)
    if isinstance(value, float | Decimal) and not Decimal(value).is_finite():
        return _NOT_FINITE[str(float(value))]
    number = numbers.double(value)
    return number if number is None or not isinstance(value, int) else value


def _bytes(value: Any) -> str | None:
    raw = binary.bytes_of(value)
    return None if raw is None else binary.base64_text(raw)


def _struct(schema: Mapping[str, Any]) -> Write:
    fields = [(name, writer(field), field) for name, field in fields_of(schema)]
    names = [name for name, _, _ in fields]
    known = frozenset(names)
    shown = f" with the fields {', '.join(names[:10])}{', ...' if len(names) > 10 else ''}" if names else ""

    def write(value: Any, found: Found) -> Any:
        if not isinstance(value, Mapping):
            return _misfit(f"be an object{shown}", value, found)
        payload = {}
        for name, write_field, field in fields:
            if name in value:
                before = len(found)
                payload[name] = write_field(value[name], found)
                _move(found, before, name)
            elif "default" in field or field.get("optional") is True:
                payload[name] = field.get("default")
            else:
                found.append(Violation((name,), "required", None, list(value)))
        found += [Violation((str(name),), "unknown", names, value[name]) for name in value if name not in known]
        return payload

    return write


def _array(schema: Mapping[str, Any]) -> Write:
    return _items(writer(part_of(schema, "items")))


def _items(write_item: Write) -> Write:
    def write(value: Any, found: Found) -> Any:
        if not isinstance(value, list | tuple):
            return _misfit(phrases.LIST, value, found)
        payload = []
        for place, item in enumerate(value):
            before = len(found)
            payload.append(write_item(item, found))
            _move(found, before, place)
        return payload

    return write


def _map(schema: Mapping[str, Any]) -> Write:
    keys, values = part_of(schema, "keys"), part_of(schema, "values")
    write_key, write_value = writer(keys), writer(values)

    def write_pair(value: Any, found: Found) -> Any:
        if not isinstance(value, list | tuple) or len(value) != 2:
            return _misfit("be a list of a key and a value", value, found)
        return [write_key(value[0], found), write_value(value[1], found)]

    write_pairs = _items(write_pair)
    if type_of(keys) != "string":
        # What a map is in Python may be given as one.
        return lambda value, found: write_pairs(
            [[*pair] for pair in value.items()] if isinstance(value, Mapping) else value, found
        )

    def write(value: Any, found: Found) -> Any:
        if not isinstance(value, Mapping):
            return _misfit(phrases.MAP, value, found)
        payload = {}
        for name, item in value.items():
            before = len(found)
            payload[write_key(name, found)] = write_value(item, found)
            _move(found, before, str(name))
        return payload

    return write


_MAKERS: dict[str, Callable[[Mapping[str, Any]], Write]] = {
    "boolean": _leaf(lambda value: value if isinstance(value, bool) else None, phrases.BOOLEAN),
    **{f"int{bits}": _integer(bits) for bits in (8, 16, 32, 64)},
    "float": _leaf(_floating, "be a number"),
    "double": _leaf(_floating, "be a number"),
    "string": _leaf(lambda value: value if isinstance(value, str) else None, phrases.text(None)),
    "bytes": _leaf(_bytes, phrases.BYTES),
    "struct": _struct,
    "array": _array,
    "map": _map,
}
