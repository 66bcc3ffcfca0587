"""Types that converters of Kafka Connect name in a JSON Schema: ``connect.type``, ``connect.parameters`` and a name.

The name is that of ``connect.name``, or the title where there is any other key of theirs. What the value is in JSON is
what the connector wrote; a tester meets what the table shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from KafkaLibrary.serialization.connect_types.logical import logical_of
from KafkaLibrary.serialization.connect_types.one_type import Logical, Misfit

_KINDS = {
    "integer": ("int32", "int64"),
    "string": ("string", "bytes"),
    "number": ("bytes",),
    "object": ("struct",),
}
"""What a type of JSON may be to Connect, where the schema does not say it."""
Change = Callable[[Logical, Any], Any]


class NamedTypes:
    """Where in a value such types are."""

    def __init__(self, schema: Any) -> None:
        self._root = schema
        self._referred: dict[str, _Node] = {}
        self._node = self._of(schema)

    @classmethod
    def in_schema(cls, schema: Any) -> NamedTypes | None:
        """Those of a schema, where it names any."""
        named = cls(schema)
        return named if named._node.leads_somewhere(set()) else None

    def read(self, content: Any, depth: str) -> Any:
        """The value for the tester, changed in place. Raises ``Rounded``; what does not fit stays as it came."""

        def change(logical: Logical, value: Any) -> Any:
            try:
                return logical.reader(depth)(value)
            except Misfit:
                return value

        return self._node.changed(content, change)

    def written(self, content: Any) -> Any:
        """A copy as the connector writes it; what does not fit stays, and the schema says what is wrong with it."""

        def change(logical: Logical, value: Any) -> Any:
            try:
                return logical.write(value)
            except Misfit:
                return value

        return self._node.changed(_copy(content), change)

    def _of(self, schema: Any) -> _Node:
        if not isinstance(schema, Mapping):
            return _Node()
        reference = schema.get("$ref")
        if isinstance(reference, str):
            return self._at(reference)
        alone = _one_beside_null(schema)
        if alone is not None:
            return self._of(alone)
        node = _Node(_logical(schema))
        properties, items, others = (schema.get(name) for name in ("properties", "items", "additionalProperties"))
        if isinstance(properties, Mapping):
            node.fields = {str(name): self._of(one) for name, one in properties.items()}
        node.items, node.others = self._of(items), self._of(others)
        return node

    def _at(self, reference: str) -> _Node:
        """What a reference inside of the schema leads to, which may be what it stands in."""
        if reference in self._referred:
            return self._referred[reference]
        node = self._referred[reference] = _Node()
        target = self._root
        for step in reference.removeprefix("#").strip("/").split("/") if reference.startswith("#") else ("",):
            name = step.replace("~1", "/").replace("~0", "~")
            target = target.get(name) if isinstance(target, Mapping) and name else target if reference == "#" else None
        found = self._of(target)
        node.logical, node.fields, node.items, node.others = found.logical, found.fields, found.items, found.others
        return node


class _Node:
    """One part of a schema: the type that it names, or the parts that may have some."""

    def __init__(self, logical: Logical | None = None) -> None:
        self.logical = logical
        self.fields: Mapping[str, _Node] = {}
        self.items: _Node | None = None
        self.others: _Node | None = None

    def leads_somewhere(self, seen: set[int]) -> bool:
        if id(self) in seen:
            return False
        seen.add(id(self))
        return self.logical is not None or any(part.leads_somewhere(seen) for part in self._parts())

    def _parts(self) -> Iterable[_Node]:
        return (part for part in (*self.fields.values(), self.items, self.others) if part is not None)

    def changed(self, value: Any, change: Change) -> Any:
        if value is None:
            return None
        if self.logical is not None:
            return change(self.logical, value)
        if isinstance(value, dict):
            for name, part in dict.items(value):
                node = self.fields.get(name, self.others)
                if node is not None and part is not None:
                    value[name] = node.changed(part, change)
        elif isinstance(value, list) and self.items is not None:
            value[:] = [self.items.changed(part, change) for part in value]
        return value


def _one_beside_null(schema: Mapping[str, Any]) -> Any:
    """What may be null has two alternatives, one of which is null."""
    for rule in ("oneOf", "anyOf"):
        alternatives = schema.get(rule)
        if isinstance(alternatives, list):
            others = [one for one in alternatives if not isinstance(one, Mapping) or one.get("type") != "null"]
            return others[0] if len(others) == 1 else None
    return None


def _logical(schema: Mapping[str, Any]) -> Logical | None:
    if not any(isinstance(key, str) and key.startswith("connect.") for key in schema):
        return None
    name, said = schema.get("connect.name", schema.get("title")), schema.get("connect.type")
    types = schema.get("type")
    kinds = [said] if isinstance(said, str) else []
    for one in types if isinstance(types, list) else [types]:
        kinds += _KINDS.get(one, ()) if isinstance(one, str) else ()
    found = (logical_of(str(name), kind, schema.get("connect.parameters")) for kind in kinds)
    logical = next((one for one in found if one is not None), None)
    # A decimal may be written as a number, and then the schema says so.
    return Logical(logical.read, _number) if logical is not None and types == "number" else logical


def _number(value: Any) -> Any:
    try:
        return Decimal(value) if isinstance(value, str) else value
    except ArithmeticError:
        raise Misfit("be a number", value) from None


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copy(part) for name, part in value.items()}
    return [_copy(part) for part in value] if isinstance(value, list | tuple) else value
