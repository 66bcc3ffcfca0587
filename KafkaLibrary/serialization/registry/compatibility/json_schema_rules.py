"""Whether values of one JSON Schema are valid by another one, as far as the usual rules tell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from KafkaLibrary.serialization.registry.compatibility.changes import Change, Source, listed

_LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
_MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
_SAME = ("pattern", "multipleOf", "const")
_ALTERNATIVES = ("anyOf", "oneOf")


def changes(reader: Source, writer: Source, reader_is_new: bool) -> Iterator[Change]:
    """What of the writer's values a reader does not take."""
    read, write = _Document.of(reader), _Document.of(writer)
    yield from _Comparison(read, write, reader_is_new).schemas(read.root, write.root, "$")


@dataclass(frozen=True, slots=True)
class _Document:
    root: Any
    others: Mapping[str, Any]

    @classmethod
    def of(cls, source: Source) -> _Document:
        return cls(json.loads(source.text), {name: json.loads(text) for name, text in source.references})

    def resolved(self, schema: Any) -> Any:
        """What a chain of references leads to; everything where it leads nowhere."""
        for _ in range(32):
            if not isinstance(schema, dict) or "$ref" not in schema:
                return schema
            schema = self._target(str(schema["$ref"]))
        return True

    def _target(self, reference: str) -> Any:
        name, _, pointer = reference.partition("#")
        found: Any = self.others.get(name, True) if name else self.root
        for step in filter(None, pointer.split("/")):
            part = step.replace("~1", "/").replace("~0", "~")
            found = found[int(part)] if isinstance(found, list) else found.get(part, True)
        return found


@dataclass(slots=True)
class _Comparison:
    reader: _Document
    writer: _Document
    reader_is_new: bool
    under_way: set[tuple[int, int]] = field(default_factory=set)

    def schemas(self, read: Any, written: Any, place: str) -> Iterator[Change]:
        reader, writer = _rules(self.reader.resolved(read)), _rules(self.writer.resolved(written))
        if reader is None or writer is None:
            if reader is None and writer is not None:
                yield self._said(place, "no longer takes any value", "took nothing before")
            return
        pair = (id(reader), id(writer))
        if pair in self.under_way:
            return
        self.under_way.add(pair)
        for compare in (self._types, self._values, self._limits, self._fields, self._elements, self._alternatives):
            yield from compare(reader, writer, place)

    def _said(self, place: str, narrowed: str, widened: str) -> Change:
        """A reader that is new takes less than before; one that is old takes less than what is written now."""
        return Change(place, narrowed if self.reader_is_new else widened)

    def _types(self, reader: dict[str, Any], writer: dict[str, Any], place: str) -> Iterator[Change]:
        read, written = _types(reader), _types(writer)
        if read is None or (written is not None and all(_is_within(one, read) for one in written)):
            return
        shown = [" or ".join(types) if types else "any type" for types in (read, written)]
        old, new = reversed(shown) if self.reader_is_new else shown
        yield Change(place, f"changed from {old} to {new}")

    def _values(self, reader: dict[str, Any], writer: dict[str, Any], place: str) -> Iterator[Change]:
        if "enum" in reader:
            written = writer.get("enum", [writer["const"]] if "const" in writer else None)
            if written is None:
                yield self._said(place, "takes the values of an enum only", "is no longer an enum")
                return
            lost = [json.dumps(value) for value in written if value not in reader["enum"]]
            if lost:
                yield self._said(place, f"no longer takes {listed(lost)}", f"takes {listed(lost)} now")

    def _limits(self, reader: dict[str, Any], writer: dict[str, Any], place: str) -> Iterator[Change]:
        for rule, sign in (*((rule, 1) for rule in _LEAST), *((rule, -1) for rule in _MOST)):
            limit: Any = reader.get(rule)
            other: Any = writer.get(rule)
            if _is_number(limit) and (not _is_number(other) or sign * limit > sign * other):
                yield self._ruled(rule, limit, other, place)
        for rule in _SAME:
            if rule in reader and reader[rule] != writer.get(rule):
                yield self._ruled(rule, reader[rule], writer.get(rule), place)
        if reader.get("uniqueItems") is True and writer.get("uniqueItems") is not True:
            yield self._ruled("uniqueItems", True, writer.get("uniqueItems"), place)

    def _ruled(self, rule: str, reader: Any, writer: Any, place: str) -> Change:
        old, new = (writer, reader) if self.reader_is_new else (reader, writer)
        shown = [f"{rule} {json.dumps(value)}" if value is not None else f"no {rule}" for value in (old, new)]
        return Change(place, f"changed from {shown[0]} to {shown[1]}")

    def _fields(self, reader: dict[str, Any], writer: dict[str, Any], place: str) -> Iterator[Change]:
        read, written = reader.get("properties", {}), writer.get("properties", {})
        for name in reader.get("required", ()):
            if name not in writer.get("required", ()) and not _has_default(self.reader.resolved(read.get(name))):
                yield self._said(f"{place}.{name}", "is required now", "is no longer required")
        for name, schema in read.items():
            if name in written:
                yield from self.schemas(schema, written[name], f"{place}.{name}")
            elif _is_open(writer) and self.reader.resolved(schema) not in (True, {}):
                yield self._said(
                    f"{place}.{name}",
                    "has rules now, and could have any value before",
                    "no longer has rules, and can have any value",
                )
        yield from self._closing(reader, writer, place)

    def _closing(self, reader: dict[str, Any], writer: dict[str, Any], place: str) -> Iterator[Change]:
        if _is_open(reader) or reader.get("additionalProperties") is not False:
            return
        for name in writer.get("properties", {}):
            if name not in reader.get("properties", {}) and "patternProperties" not in reader:
                yield self._said(f"{place}.{name}", "is no longer allowed", "is new, and was not allowed before")
        if _is_open(writer):
            yield self._said(place, "no longer takes additional fields", "takes additional fields now")

    def _elements(self, reader: dict[str, Any], writer: dict[str, Any], place: str) -> Iterator[Change]:
        read = reader.get("items")
        if isinstance(read, dict):
            yield from self.schemas(read, writer.get("items", {}), f"{place}[*]")

    def _alternatives(self, reader: dict[str, Any], writer: dict[str, Any], place: str) -> Iterator[Change]:
        for rule in _ALTERNATIVES:
            if rule not in reader:
                continue
            written = next((writer[one] for one in _ALTERNATIVES if one in writer), [writer])
            for number, one in enumerate(written, 1):
                if not any(self._takes(branch, one, place) for branch in reader[rule]):
                    which = f"alternative {number} of {rule}" if len(written) > 1 else "all of its values"
                    yield self._said(place, f"no longer takes {which}", f"now takes {which} that it did not")

    def _takes(self, read: Any, written: Any, place: str) -> bool:
        apart = _Comparison(self.reader, self.writer, self.reader_is_new, set(self.under_way))
        return next(apart.schemas(read, written, place), None) is None


def _rules(schema: Any) -> dict[str, Any] | None:
    """The rules of a schema, nothing for the one that takes no value."""
    if schema is False:
        return None
    return schema if isinstance(schema, dict) else {}


def _types(schema: dict[str, Any]) -> list[str] | None:
    types = schema.get("type")
    if types is None:
        return None
    return [types] if isinstance(types, str) else list(types)


def _is_within(one: str, types: list[str]) -> bool:
    return one in types or (one == "integer" and "number" in types)


def _is_open(schema: dict[str, Any]) -> bool:
    return schema.get("additionalProperties", True) in (True, {})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _has_default(schema: Any) -> bool:
    return isinstance(schema, dict) and "default" in schema
