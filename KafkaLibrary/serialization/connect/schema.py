"""Schemas of Kafka Connect (Decimal, Date, Timestamp, Debezium's): how a payload becomes what a tester meets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.serialization.connect_types.logical import logical_of
from KafkaLibrary.serialization.connect_types.one_type import Logical, Misfit, Read
from KafkaLibrary.serialization.values import phrases


class Kind(NamedTuple):
    """Values of these types stay as they are; of others ``read`` makes what they are for the tester.

    It may change them in place. It raises ``Misfit`` and ``Rounded``.
    """

    plain: frozenset[type]
    read: Read

    def of(self, value: Any) -> Any:
        return value if type(value) in self.plain else self.read(value)


class Schema:
    """A schema by its JSON. ``name`` is empty where it has none."""

    def __init__(self, content: Any) -> None:
        """Raises ``Undecodable`` for what is no schema of Connect."""
        self.content = content
        self.name = name_of(content)
        self._kinds: dict[str, Kind] = {}
        self._of("read")

    def read(self, payload: Any, depth: str) -> Any:
        """The value that is in a payload, which is changed in place. Raises ``Misfit`` and ``Rounded``."""
        try:
            return self._of(depth).of(payload)
        except RecursionError:
            raise Misfit("be nested less deeply", payload) from None

    def _of(self, depth: str) -> Kind:
        kind = self._kinds.get(depth)
        if kind is None:
            try:
                kind = self._kinds[depth] = _Kinds(depth).of(self.content)
            except RecursionError:
                raise Undecodable("the schema is nested too deeply") from None
        return kind


def name_of(schema: Any) -> str:
    name = schema.get("name") if isinstance(schema, Mapping) else None
    return name if isinstance(name, str) else ""


def logical_type(schema: Mapping[str, Any]) -> Logical | None:
    """What its name says of its type; nothing where that is not known."""
    return logical_of(name_of(schema), schema["type"], schema.get("parameters"))


def type_of(schema: Any) -> str:
    """The type of a schema. Raises ``Undecodable`` for what is none of Connect's."""
    kind = schema.get("type") if isinstance(schema, Mapping) else None
    if not isinstance(kind, str) or kind not in _MAKERS:
        raise Undecodable(f"{phrases.short(schema)} is not a Kafka Connect schema")
    return kind


# Types


def _refusing(should: str) -> Read:
    def read(value: Any) -> Any:
        raise Misfit(should, value)

    return read


def _only(should: str, *plain: type) -> Kind:
    # Null always fits: converters write it for what has a default, too.
    return Kind(frozenset((type(None), *plain)), _refusing(should))


_NULL = frozenset((type(None),))
_AS_IT_IS = Kind(frozenset(), lambda value: value)
_BOOLEAN = _only(phrases.BOOLEAN, bool)
_INTEGER = _only("be a whole number", int)
_TEXT = _only("be a text", str)
_BYTES = _only("be bytes as base64 text", str)
_NOT_FINITE = ("NaN", "Infinity", "-Infinity")


def _double(value: Any) -> Any:
    if isinstance(value, Decimal):  # its digits are those of the nearest double, which is what was sent
        return float(value)
    if value in _NOT_FINITE:
        return value
    raise Misfit("be a number", value)


_DOUBLE = Kind(frozenset((type(None), int, float)), _double)


_SHAPES_MOST = 200


def _struct(kinds: _Kinds, schema: Mapping[str, Any]) -> Kind:
    fields = [(name, *kinds.of(field)) for name, field in fields_of(schema)]
    names = [name for name, _, _ in fields]
    take = itemgetter(*names) if len({*names}) > 1 else None
    # Rows of a table have the same types nearly always: which of their fields are to be read is found once for all.
    shapes: dict[tuple[type, ...], list[tuple[str, Read]]] = {}

    def to_read(value: dict[str, Any]) -> list[tuple[str, Read]]:
        if take is not None:
            try:
                shape = tuple(map(type, take(value)))
            except KeyError:
                shape = ()
            found = shapes.get(shape)
            if found is not None:
                return found
        # An object may have fields that are named as its methods.
        found = [(name, read_field) for name, plain, read_field in fields if type(dict.get(value, name)) not in plain]
        if take is not None and shape and len(shapes) < _SHAPES_MOST:
            shapes[shape] = found
        return found

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Misfit("be an object", value)
        for name, read_field in to_read(value):
            try:
                value[name] = read_field(dict.get(value, name))
            except Misfit as misfit:
                misfit.steps.append(name)
                raise
        return value

    return Kind(_NULL, read)


def fields_of(schema: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The names and schemas of a struct's fields."""
    return [(_field_name(field), field) for field in _list(schema, "fields")]


def _field_name(field: Any) -> str:
    name = field.get("field") if isinstance(field, Mapping) else None
    if not isinstance(name, str):
        raise Undecodable(f"{phrases.short(field)} is not a field of a Kafka Connect struct")
    return name


def _array(kinds: _Kinds, schema: Mapping[str, Any]) -> Kind:
    plain, read_item = kinds.of(part_of(schema, "items"))

    def read(value: Any) -> Any:
        if not isinstance(value, list):
            raise Misfit(phrases.LIST, value)
        return _read_items(value, enumerate(value), plain, read_item)

    return Kind(_NULL, read)


def _map(kinds: _Kinds, schema: Mapping[str, Any]) -> Kind:
    keys, (plain, read_item) = kinds.of(part_of(schema, "keys")), kinds.of(part_of(schema, "values"))
    if schema["keys"]["type"] != "string":
        return Kind(_NULL, _pairs(keys, Kind(plain, read_item)))

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Misfit("be an object", value)
        return _read_items(value, dict.items(value), plain, read_item)

    return Kind(_NULL, read)


def _pairs(keys: Kind, values: Kind) -> Read:
    """A map whose keys are no texts comes as a list of its pairs, and stays one."""

    def pair(value: Any) -> Any:
        if not isinstance(value, list) or len(value) != 2:
            raise Misfit("be a list of a key and a value", value)
        return [keys.of(value[0]), values.of(value[1])]

    def read(value: Any) -> Any:
        if not isinstance(value, list):
            raise Misfit("be a list of pairs", value)
        return _read_items(value, enumerate(value), frozenset(), pair)

    return read


def _read_items(container: Any, items: Iterable[tuple[Any, Any]], plain: frozenset[type], read: Read) -> Any:
    for at, item in items:
        if type(item) not in plain:
            try:
                container[at] = read(item)
            except Misfit as misfit:
                misfit.steps.append(at)
                raise
    return container


def _list(schema: Mapping[str, Any], name: str) -> list[Any]:
    found = schema.get(name)
    if not isinstance(found, list):
        raise Undecodable(f"{phrases.short(schema)} is not a Kafka Connect schema: it has no list of {name}")
    return found


def part_of(schema: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = schema.get(name)
    if not isinstance(found, Mapping):
        raise Undecodable(f"{phrases.short(schema)} is not a Kafka Connect schema: it has no {name}")
    return found


_Maker = Callable[["_Kinds", Mapping[str, Any]], Kind]
_MAKERS: dict[str, _Maker] = {
    "boolean": lambda kinds, schema: _BOOLEAN,
    **dict.fromkeys(("int8", "int16", "int32", "int64"), lambda kinds, schema: _INTEGER),
    **dict.fromkeys(("float", "double"), lambda kinds, schema: _DOUBLE),
    "string": lambda kinds, schema: _TEXT,
    "bytes": lambda kinds, schema: _BYTES,
    "struct": _struct,
    "array": _array,
    "map": _map,
}


class _Kinds:
    """The kinds of schemas for one depth of reading."""

    def __init__(self, depth: str) -> None:
        self._depth = depth

    def of(self, schema: Any) -> Kind:
        if schema is None:  # of values that have none
            return _AS_IT_IS
        make = _MAKERS[type_of(schema)]
        logical = logical_type(schema)
        # Others are read as what they stand on.
        return make(self, schema) if logical is None else Kind(_NULL, logical.reader(self._depth))
