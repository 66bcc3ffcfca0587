"""The parts of a schema that values can show: fields, nulls, enum values, branches; and which ones a value shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from KafkaLibrary.contracts.schemas.parts import Part
from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.matching import show_path, show_value

_NAMED = ("record", "error", "enum", "fixed")
_MOST = 2_000
"""Parts of one schema that are counted."""
_NODES_MOST = 3 * _MOST
"""Places that are looked at for them: a schema whose parts each refer to others twice doubles with each step."""
_TEXT_MOST = 60
_PLAIN: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "bytes": (str, bytes), "fixed": (str, bytes), "int": (int,), "long": (int,),
    "float": (float, int, Decimal), "double": (float, int, Decimal), "boolean": (bool,), "array": (list,),
    "map": (dict,),
}  # fmt: skip

Shown = tuple[str, str, str]
"""The kind of a part, where it is, and what it is."""


@dataclass(slots=True)
class Node:
    """One place of a schema."""

    path: tuple[str | int, ...]
    fields: dict[str, tuple[Node, bool]] = field(default_factory=dict)
    """By name, and whether it may be absent."""
    takes_null: bool = False
    values: list[Any] = field(default_factory=list)
    elements: list[Node] = field(default_factory=list)
    branches: list[tuple[str, Callable[[Any], bool], Node]] = field(default_factory=list)
    beside: list[Node] = field(default_factory=list)
    """What is asked of the same value, too."""

    @property
    def place(self) -> str:
        return show_path(["[*]" if step == "*" else step for step in self.path]).replace("['[*]']", "[*]")

    def all(self) -> Iterator[Shown]:
        """All that values can show."""
        yield from self._own()
        for child, optional in self.fields.values():
            yield "field", child.place, "present"
            if optional:
                yield "absent", child.place, "absent"
            yield from child.all()
        for inner in (*self.elements, *self.beside, *(node for _, _, node in self.branches)):
            yield from inner.all()

    def _own(self) -> Iterator[Shown]:
        if self.takes_null:
            yield "null", self.place, "null"
        yield from (("value", self.place, show_value(value, _TEXT_MOST)) for value in self.values)
        yield from (("branch", self.place, label) for label, _, _ in self.branches)

    def shown_by(self, value: Any) -> Iterator[Shown]:
        """What this value shows."""
        if value is None and self.takes_null:
            yield "null", self.place, "null"
        yield from (("value", self.place, show_value(one, _TEXT_MOST)) for one in self.values if equal(one, value))
        if isinstance(value, Mapping):
            yield from self._fields_of(value)
        if isinstance(value, list):
            yield from (shown for element in self.elements for one in value for shown in element.shown_by(one))
        for other in self.beside:
            yield from other.shown_by(value)
        for label, fits, node in self.branches:
            if fits(value):
                yield "branch", self.place, label
                yield from node.shown_by(value)

    def _fields_of(self, value: Mapping[str, Any]) -> Iterator[Shown]:
        for name, (child, optional) in self.fields.items():
            if name in value:
                yield "field", child.place, "present"
                yield from child.shown_by(value[name])
            elif optional:
                yield "absent", child.place, "absent"


def equal(one: Any, other: Any) -> bool:
    """As JSON has it: true is not 1, and 1 is 1.0."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(equal(part, other[name]) for name, part in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return bool(one == other)


def node_of(part: Part) -> tuple[Node | None, str]:
    """The parts of a schema; or why they are not counted."""
    if part.codec is None:
        return None, part.gap or "it has no schema"
    if part.kind not in ("json-schema", "avro"):
        return None, f"the fields of a schema of {part.kind} are not counted"
    try:
        is_json = part.kind == "json-schema"
        node = _OfJson(part).node(part.content, (), frozenset()) if is_json else _OfAvro().node(part.content, ())
    except _TooMany:
        node = None
    if node is None or sum(1 for _, _ in zip(node.all(), range(_MOST + 1), strict=False)) > _MOST:
        return None, f"its schema has more than {_MOST:,} parts"
    return node, ""


class _TooMany(Exception):
    """There are more places in a schema than are looked at."""


class _Places:
    """Makes the places of one schema."""

    def __init__(self) -> None:
        self._made = 0
        self._called: dict[tuple[Any, ...], list[Any]] = {}
        """The branches that have a label at a place."""

    def _label(self, path: tuple[str | int, ...], label: str, branch: Any) -> str:
        """With a number where another branch there is called so: one of them shows nothing of the other."""
        alike = self._called.setdefault((path, label), [])
        if not any(one is branch for one in alike):
            alike.append(branch)
        number = next(n for n, one in enumerate(alike, 1) if one is branch)
        return label if number == 1 else f"{label} #{number}"

    def _place(self, path: tuple[str | int, ...]) -> Node:
        self._made += 1
        if self._made > _NODES_MOST:
            raise _TooMany
        return Node(path)


class _OfJson(_Places):
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
        node = self._place(path)
        if not isinstance(schema, Mapping):
            return node
        required = asked | self._required(schema, around)
        name, inner = self._referred(schema)
        if name not in around and isinstance(inner, Mapping):
            node.beside.append(self.node(inner, path, around | {name}, required))
        types = _listed(schema.get("type"))
        node.takes_null = "null" in types
        if "enum" in schema:
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
            label = self._label(path, str(branch.get("title") or meant.get("title") or f"branch {number}"), meant)
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


class _OfAvro(_Places):
    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Any] = {}

    def node(self, schema: Any, path: tuple[str | int, ...], around: frozenset[str] = frozenset()) -> Node:
        if isinstance(schema, str):
            return self._named(schema, path, around)
        if isinstance(schema, list):
            return self._union(schema, path, around)
        return self._typed(schema, path, around) if isinstance(schema, Mapping) else self._place(path)

    def _named(self, name: str, path: tuple[str | int, ...], around: frozenset[str]) -> Node:
        short = name.rpartition(".")[2]
        if short in self._known and short not in around:
            return self.node(self._known[short], path, around | {short})
        node = self._place(path)
        node.values = [True, False] if name == "boolean" else []
        return node

    def _union(self, schema: list[Any], path: tuple[str | int, ...], around: frozenset[str]) -> Node:
        node = self._place(path)
        node.takes_null = "null" in schema
        others = [one for one in schema if one != "null"]
        if len(others) == 1:
            node.beside.append(self.node(others[0], path, around))
        else:
            node.branches = [
                (self._label(path, _avro_name(one), one), self._fits(one), self.node(one, path, around))
                for one in others
            ]
        return node

    def _typed(self, schema: Mapping[str, Any], path: tuple[str | int, ...], around: frozenset[str]) -> Node:
        kind, node = schema.get("type"), self._place(path)
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
