"""The parts of a schema that values can show: fields, nulls, enum values, branches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from KafkaLibrary.contracts.coverage.nodes import PARTS_MOST, Node, Places, TooMany
from KafkaLibrary.contracts.schemas.discriminators import OF_KIND
from KafkaLibrary.contracts.schemas.parts import Part
from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.lazy_module import LazyModule

if TYPE_CHECKING:
    from KafkaLibrary.contracts.coverage import parts_of_protobuf
else:
    # Google's package is there only where Protobuf is used.
    parts_of_protobuf = LazyModule("KafkaLibrary.contracts.coverage.parts_of_protobuf")

_NAMED = ("record", "error", "enum", "fixed")
_PLAIN: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "bytes": (str, bytes), "fixed": (str, bytes), "int": (int,), "long": (int,),
    "float": (float, int, Decimal), "double": (float, int, Decimal), "boolean": (bool,), "array": (list,),
    "map": (dict,),
}  # fmt: skip


def node_of(part: Part) -> tuple[Node | None, str]:
    """The parts of a schema; or why they are not counted."""
    if part.codec is None:
        return None, part.gap or "it has no schema"
    try:
        node = _root_of(part)
    except TooMany:
        node = None
    if node is None or sum(1 for _, _ in zip(node.all(), range(PARTS_MOST + 1), strict=False)) > PARTS_MOST:
        return None, f"its schema has more than {PARTS_MOST:,} parts"
    return node, ""


def _root_of(part: Part) -> Node:
    if part.kind == "avro":
        return _OfAvro().node(part.content, ())
    if part.codec is not None and part.kind == "protobuf":
        return parts_of_protobuf.OfProtobuf().message(part.codec.schema.descriptor, (), frozenset())
    return _OfJson(part).node(part.content, (), frozenset())


class _OfJson(Places):
    def __init__(self, part: Part) -> None:
        super().__init__()
        self._schema: Any = part.codec.schema if part.codec is not None else None
        self._definitions = part.content.get("definitions", {})
        self._root = part.content
        self._needed: dict[int, frozenset[Any]] = {}
        """By the ids of schemas, which are all parts of the whole."""

    def node(
        self, schema: Any, path: tuple[str | int, ...], around: frozenset[str], asked: frozenset[str] = frozenset()
    ) -> Node:
        """``asked`` are fields that what stands around asks of the same value."""
        node = self.place(path)
        if not isinstance(schema, Mapping):
            return node
        required = asked | self._required(schema, around)
        name, inner = self._referred(schema)
        if name not in around and isinstance(inner, Mapping):
            node.beside.append(self.node(inner, path, around | {name}, required))
        types = _listed(schema.get("type"))
        node.takes_null = "null" in types
        if "enum" in schema and schema.get("$comment") != OF_KIND["$comment"]:
            node.values = [one for one in schema["enum"] if one is not None]
            node.takes_null = node.takes_null or None in schema["enum"]
        elif "boolean" in types:
            node.values = [True, False]
        properties = schema.get("properties")
        for name, inner in (properties if isinstance(properties, Mapping) else {}).items():
            node.fields[name] = self.node(inner, (*path, name), around), name not in required
        items = schema.get("items")
        for one in items if isinstance(items, list) else [items] if isinstance(items, Mapping) else []:
            node.elements.append(self.node(one, (*path, "*"), around))
        node.beside += [self.node(one, path, around, required) for one in _schemas(schema.get("allOf"))]
        for rule in ("oneOf", "anyOf"):
            self._add_branches(node, _schemas(schema.get(rule)), path, around, required)
        return node

    def _referred(self, schema: Mapping[str, Any]) -> tuple[str, Any]:
        name = schema.get("$ref")
        if not isinstance(name, str):
            return "", None
        return name, self._root if name == "#" else self._definitions.get(name.removeprefix("#/definitions/"))

    def _required(self, schema: Mapping[str, Any], around: frozenset[str]) -> frozenset[str]:
        """The fields that a value needs by the schema itself or by what is asked beside it: none is ever left out."""
        if id(schema) not in self._needed:
            found = frozenset(_listed(schema.get("required")))
            name, inner = self._referred(schema)
            if name not in around and isinstance(inner, Mapping):
                found |= self._required(inner, around | {name})
            inside = [self._required(one, around) for one in _schemas(schema.get("allOf"))]
            self._needed[id(schema)] = found.union(*inside)
        return self._needed[id(schema)]

    def _add_branches(
        self,
        node: Node,
        branches: Sequence[Any],
        path: tuple[str | int, ...],
        around: frozenset[str],
        asked: frozenset[str],
    ) -> None:
        for number, branch in enumerate(branches, 1):
            if set(_listed(branch.get("type"))) == {"null"}:
                node.takes_null = True
                continue
            _, inner = self._referred(branch)
            meant = inner if isinstance(inner, Mapping) else branch
            label = self.label(path, str(branch.get("title") or meant.get("title") or f"branch {number}"), meant)
            node.branches.append((label, self._fits(branch), self.node(branch, path, around, asked)))

    def _fits(self, branch: Mapping[str, Any]) -> Callable[[Any], bool]:
        schema = self._schema.beside({**branch, "definitions": self._definitions})

        def fits(value: Any) -> bool:
            try:
                return not schema.violations(value)
            except KafkaLibraryError:  # a reference that nobody can follow
                return False

        return fits


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, list) else [] if given is None else [given]


def _schemas(given: Any) -> list[Mapping[str, Any]]:
    return [one for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []


class _OfAvro(Places):
    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Any] = {}

    def node(self, schema: Any, path: tuple[str | int, ...], around: frozenset[str] = frozenset()) -> Node:
        if isinstance(schema, str):
            return self._named(schema, path, around)
        if isinstance(schema, list):
            return self._union(schema, path, around)
        return self._typed(schema, path, around) if isinstance(schema, Mapping) else self.place(path)

    def _named(self, name: str, path: tuple[str | int, ...], around: frozenset[str]) -> Node:
        short = name.rpartition(".")[2]
        if short in self._known and short not in around:
            return self.node(self._known[short], path, around | {short})
        node = self.place(path)
        node.values = [True, False] if name == "boolean" else []
        return node

    def _union(self, schema: list[Any], path: tuple[str | int, ...], around: frozenset[str]) -> Node:
        node = self.place(path)
        node.takes_null = "null" in schema
        others = [one for one in schema if one != "null"]
        if len(others) == 1:
            node.beside.append(self.node(others[0], path, around))
        else:
            node.branches = [
                (self.label(path, _avro_name(one), one), self._fits(one), self.node(one, path, around))
                for one in others
            ]
        return node

    def _typed(self, schema: Mapping[str, Any], path: tuple[str | int, ...], around: frozenset[str]) -> Node:
        kind, node = schema.get("type"), self.place(path)
        short = str(schema.get("name", "")).rpartition(".")[2]
        if short and kind in _NAMED:
            self._known[short] = schema
        if kind in ("record", "error"):
            for one in schema.get("fields", ()):
                node.fields[one["name"]] = self.node(one["type"], (*path, one["name"]), around | {short}), False
        elif kind == "enum":
            node.values = list(schema.get("symbols", ()))
        elif kind == "array":
            node.elements.append(self.node(schema.get("items"), (*path, "*"), around))
        elif kind not in ("map", "fixed"):
            return self.node(kind, path, around)
        return node

    def _fits(self, schema: Any) -> Callable[[Any], bool]:
        def fits(value: Any) -> bool:
            asked = self._known.get(schema.rpartition(".")[2], schema) if isinstance(schema, str) else schema
            kind = asked if isinstance(asked, str) else str(asked.get("type"))
            if kind in ("record", "error"):
                return isinstance(value, Mapping) and set(value) == {one["name"] for one in asked.get("fields", ())}
            if kind == "enum":
                return value in asked.get("symbols", ())
            return isinstance(value, _PLAIN.get(kind, ())) and isinstance(value, bool) == (kind == "boolean")

        return fits


def _avro_name(schema: Any) -> str:
    if isinstance(schema, str):
        return schema
    return str(schema.get("name") or schema.get("type")) if isinstance(schema, Mapping) else "union"
