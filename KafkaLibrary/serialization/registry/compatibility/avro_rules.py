"""Whether events of one Avro schema can be read by another one: the specification's schema resolution."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from KafkaLibrary.serialization.registry.compatibility.changes import Change, Source, listed

_PROMOTED = {
    "int": ("long", "float", "double"),
    "long": ("float", "double"),
    "float": ("double",),
    "string": ("bytes",),
    "bytes": ("string",),
}
_NAMED = ("record", "error", "enum", "fixed")


@dataclass(frozen=True, slots=True)
class _Type:
    """A type, with the namespace that names inside it belong to."""

    kind: str
    content: Any
    namespace: str

    @property
    def name(self) -> str:
        """The name without its namespace: by that the specification compares."""
        return str(self.content["name"]).rpartition(".")[2]

    @property
    def aliases(self) -> set[str]:
        return {str(alias).rpartition(".")[2] for alias in self.content.get("aliases", ())}

    @property
    def shown(self) -> str:
        if self.kind == "union":
            return "[" + listed(_kind_of(one) for one in self.content) + "]"
        return f"{self.kind} {self.name}" if self.kind in _NAMED else self.kind


@dataclass(slots=True)
class _Schema:
    root: Any
    names: dict[str, _Type] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Source) -> _Schema:
        schema = cls(json.loads(source.text))
        for _, text in source.references:
            schema._learn(json.loads(text), "")
        schema._learn(schema.root, "")
        return schema

    def _learn(self, node: Any, namespace: str) -> None:
        if isinstance(node, list):
            for one in node:
                self._learn(one, namespace)
        if not isinstance(node, dict):
            return
        kind = node["type"]
        if kind in _NAMED:
            full = _full_name(node["name"], node.get("namespace", namespace))
            namespace = full.rpartition(".")[0]
            self.names[full] = _Type("record" if kind == "error" else kind, node, namespace)
            for one in node.get("fields", ()):
                self._learn(one["type"], namespace)
            return
        for inner in ("items", "values"):
            if inner in node:
                self._learn(node[inner], namespace)
        if isinstance(kind, dict | list):
            self._learn(kind, namespace)

    def type_of(self, node: Any, namespace: str) -> _Type:
        if isinstance(node, list):
            return _Type("union", node, namespace)
        if isinstance(node, dict):
            kind = node["type"]
            if kind in _NAMED:
                return self.names[_full_name(node["name"], node.get("namespace", namespace))]
            if isinstance(kind, dict | list) or kind in self.names:
                return self.type_of(kind, namespace)
            return _Type(kind, node, namespace)
        named = self.names.get(_full_name(node, namespace)) or self.names.get(node)
        return named or _Type(str(node), {}, namespace)


def changes(reader: Source, writer: Source, reader_is_new: bool) -> Iterator[Change]:
    """What keeps a reader from events of the writer's schema."""
    read, write = _Schema.of(reader), _Schema.of(writer)
    comparison = _Comparison(read, write, reader_is_new)
    yield from comparison.types(read.type_of(read.root, ""), write.type_of(write.root, ""), "$")


@dataclass(slots=True)
class _Comparison:
    reader: _Schema
    writer: _Schema
    reader_is_new: bool
    under_way: set[tuple[int, int]] = field(default_factory=set)

    def types(self, reader: _Type, writer: _Type, place: str) -> Iterator[Change]:
        if writer.kind == "union":
            yield from self._written_union(reader, writer, place)
        elif reader.kind == "union":
            yield from self._read_union(reader, writer, place)
        elif reader.kind == writer.kind:
            yield from self._alike(reader, writer, place)
        elif reader.kind not in _PROMOTED.get(writer.kind, ()):
            yield self._changed(reader.shown, writer.shown, place)

    def _changed(self, reader: str, writer: str, place: str) -> Change:
        old, new = (writer, reader) if self.reader_is_new else (reader, writer)
        return Change(place, f"changed from {old} to {new}")

    def _written_union(self, reader: _Type, writer: _Type, place: str) -> Iterator[Change]:
        for branch in writer.content:
            written = self.writer.type_of(branch, writer.namespace)
            found = list(self.types(reader, written, place))
            if not found:
                continue
            if reader.kind == "union" and not self._same_named(reader, written):
                does = "no longer takes" if self.reader_is_new else "now takes"
                yield Change(place, f"{does} {written.shown}")
            elif reader.kind == "union" or self._is_same(reader, written):
                yield from found
            else:
                yield self._changed(reader.shown, writer.shown, place)
                return

    def _read_union(self, reader: _Type, writer: _Type, place: str) -> Iterator[Change]:
        branches = [self.reader.type_of(branch, reader.namespace) for branch in reader.content]
        found = [list(self.types(branch, writer, place)) for branch in branches]
        if all(found):
            same = next(
                (one for branch, one in zip(branches, found, strict=True) if self._is_same(branch, writer)), None
            )
            yield from same or [self._changed(reader.shown, writer.shown, place)]

    def _same_named(self, union: _Type, writer: _Type) -> bool:
        return any(self._is_same(self.reader.type_of(one, union.namespace), writer) for one in union.content)

    @staticmethod
    def _is_same(reader: _Type, writer: _Type) -> bool:
        """Whether the one stands for the other, as far as names tell."""
        if reader.kind != writer.kind or reader.kind == "union":
            return False
        return reader.kind not in _NAMED or writer.name in {reader.name, *reader.aliases}

    def _alike(self, reader: _Type, writer: _Type, place: str) -> Iterator[Change]:
        if reader.kind in _NAMED:
            pair = (id(reader.content), id(writer.content))
            if pair in self.under_way:
                return
            self.under_way.add(pair)
            if not self._is_same(reader, writer):
                yield self._changed(reader.shown, writer.shown, place)
                return
        if reader.kind == "record":
            yield from self._records(reader, writer, place)
        elif reader.kind == "enum":
            yield from self._enums(reader, writer, place)
        elif reader.kind == "fixed" and reader.content["size"] != writer.content["size"]:
            sizes = [f"{one.shown} of {one.content['size']} bytes" for one in (reader, writer)]
            yield self._changed(sizes[0], sizes[1], place)
        elif reader.kind in ("array", "map"):
            inner, step = ("items", "[*]") if reader.kind == "array" else ("values", ".*")
            read = self.reader.type_of(reader.content[inner], reader.namespace)
            write = self.writer.type_of(writer.content[inner], writer.namespace)
            yield from self.types(read, write, f"{place}{step}")

    def _records(self, reader: _Type, writer: _Type, place: str) -> Iterator[Change]:
        written = {one["name"]: one for one in writer.content["fields"]}
        for one in reader.content["fields"]:
            names = [one["name"], *one.get("aliases", ())]
            other = next((written[name] for name in names if name in written), None)
            inner = f"{place}.{one['name']}"
            if other is not None:
                read = self.reader.type_of(one["type"], reader.namespace)
                write = self.writer.type_of(other["type"], writer.namespace)
                yield from self.types(read, write, inner)
            elif "default" not in one:
                yield Change(
                    inner, "was added without a default" if self.reader_is_new else "was removed and had no default"
                )

    def _enums(self, reader: _Type, writer: _Type, place: str) -> Iterator[Change]:
        unknown = [symbol for symbol in writer.content["symbols"] if symbol not in reader.content["symbols"]]
        if unknown and "default" not in reader.content:
            if self.reader_is_new:
                yield Change(place, f"lost {listed(unknown)} of its symbols, and has no default for them")
            else:
                yield Change(place, f"got new symbols, {listed(unknown)}, and had no default for them")


def _full_name(name: str, namespace: str) -> str:
    return name if "." in name or not namespace else f"{namespace}.{name}"


def _kind_of(node: Any) -> str:
    if isinstance(node, list):
        return "union"
    if isinstance(node, dict):
        return str(node["name"] if node["type"] in _NAMED else node["type"])
    return str(node)
