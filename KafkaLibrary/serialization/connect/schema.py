"""Schemas of Kafka Connect (Decimal, Date, Timestamp, Debezium's): how a payload becomes what a tester meets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.serialization.values import phrases, times
from KafkaLibrary.serialization.values.binary import bytes_of
from KafkaLibrary.serialization.values.numbers import decimal_of

Read = Callable[[Any], Any]


class Misfit(Exception):
    """What does not fit its schema. ``steps`` lead to it, the last of them first."""

    def __init__(self, should: str, found: Any) -> None:
        super().__init__(should)
        self.should = should
        self.found = found
        self.steps: list[str | int] = []

    @property
    def told(self) -> str:
        way = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in reversed(self.steps))
        return f"$.payload{way} should {self.should}, and is {phrases.short(self.found)}"


class Rounded(Exception):
    """A decimal was met that is a double already: the payload has to be read with exact numbers."""


class Kind(NamedTuple):
    """Values of these types stay as they are; of others ``read`` makes what they are for the tester.

    It may change them in place. It raises ``Misfit`` and ``Rounded``.
    """

    plain: frozenset[type]
    read: Read

    def of(self, value: Any) -> Any:
        return value if type(value) in self.plain else self.read(value)


class Schema(NamedTuple):
    """A schema by its JSON. ``name`` is empty where it has none."""

    content: Any
    kind: Kind
    name: str

    def read(self, payload: Any) -> Any:
        """The value that is in a payload, which is changed in place. Raises ``Misfit`` and ``Rounded``."""
        try:
            return self.kind.of(payload)
        except RecursionError:
            raise Misfit("be nested less deeply", payload) from None


def read_schema(content: Any) -> Schema:
    """Raises ``Undecodable`` for what is no schema of Connect."""
    try:
        return Schema(content, _kind(content), _name(content))
    except RecursionError:
        raise Undecodable("the schema is nested too deeply") from None


def _kind(schema: Any) -> Kind:
    if schema is None:  # of values that have none
        return _AS_IT_IS
    kind = schema.get("type") if isinstance(schema, Mapping) else None
    if not isinstance(kind, str) or kind not in _MAKERS:
        raise Undecodable(f"{phrases.short(schema)} is not a Kafka Connect schema")
    logical = _LOGICAL.get((_name(schema), kind))
    made = logical(schema) if logical else None
    return made or _MAKERS[kind](schema)


def _name(schema: Any) -> str:
    name = schema.get("name") if isinstance(schema, Mapping) else None
    return name if isinstance(name, str) else ""


# Types


def _refusing(should: str) -> Read:
    def read(value: Any) -> Any:
        raise Misfit(should, value)

    return read


def _only(should: str, *plain: type) -> Kind:
    # Null always fits: converters write it for what has a default, too.
    return Kind(frozenset((type(None), *plain)), _refusing(should))


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


def _struct(schema: Mapping[str, Any]) -> Kind:
    fields = [(_field_name(field), *_kind(field)) for field in _list(schema, "fields")]
    get = dict.get

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Misfit("be an object", value)
        for name, plain, read_field in fields:
            found = get(value, name)  # an object may have fields that are named as its methods
            if type(found) not in plain:
                try:
                    value[name] = read_field(found)
                except Misfit as misfit:
                    misfit.steps.append(name)
                    raise
        return value

    return Kind(frozenset((type(None),)), read)


def _field_name(field: Any) -> str:
    name = field.get("field") if isinstance(field, Mapping) else None
    if not isinstance(name, str):
        raise Undecodable(f"{phrases.short(field)} is not a field of a Kafka Connect struct")
    return name


def _array(schema: Mapping[str, Any]) -> Kind:
    plain, read_item = _kind(_part(schema, "items"))

    def read(value: Any) -> Any:
        if not isinstance(value, list):
            raise Misfit(phrases.LIST, value)
        return _read_items(value, enumerate(value), plain, read_item)

    return Kind(frozenset((type(None),)), read)


def _map(schema: Mapping[str, Any]) -> Kind:
    keys, (plain, read_item) = _kind(_part(schema, "keys")), _kind(_part(schema, "values"))
    if schema["keys"]["type"] != "string":
        return Kind(frozenset((type(None),)), _pairs(keys, Kind(plain, read_item)))

    def read(value: Any) -> Any:
        if not isinstance(value, dict):
            raise Misfit("be an object", value)
        return _read_items(value, dict.items(value), plain, read_item)

    return Kind(frozenset((type(None),)), read)


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


def _part(schema: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = schema.get(name)
    if not isinstance(found, Mapping):
        raise Undecodable(f"{phrases.short(schema)} is not a Kafka Connect schema: it has no {name}")
    return found


_MAKERS: dict[str, Callable[[Mapping[str, Any]], Kind]] = {
    "boolean": lambda schema: _BOOLEAN,
    **dict.fromkeys(("int8", "int16", "int32", "int64"), lambda schema: _INTEGER),
    **dict.fromkeys(("float", "double"), lambda schema: _DOUBLE),
    "string": lambda schema: _TEXT,
    "bytes": lambda schema: _BYTES,
    "struct": _struct,
    "array": _array,
    "map": _map,
}

# Logical types: by their name, and the type that they stand on. Others are read as what they stand on.

_SCALE_MOST = 2**31


def _decimal(schema: Mapping[str, Any]) -> Kind | None:
    parameters = schema.get("parameters")
    scale = _scale(parameters.get("scale")) if isinstance(parameters, Mapping) else None
    if scale is None:
        return None

    def read(value: Any) -> Any:
        if isinstance(value, str):
            return _from_unscaled(value, scale)
        if isinstance(value, float):
            raise Rounded
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return Decimal(value)
        raise Misfit("be a decimal: base64 text or a number", value)

    return Kind(frozenset((type(None),)), read)


def _scale(value: Any) -> int | None:
    """Connect has parameters as texts."""
    try:
        scale = int(value) if isinstance(value, (str, int)) and len(str(value)) <= len(str(-_SCALE_MOST)) else None
    except ValueError:
        return None
    return scale if scale is not None and abs(scale) < _SCALE_MOST else None


def _from_unscaled(text: Any, scale: int) -> Decimal:
    raw = bytes_of(text)
    if not raw:
        raise Misfit("be the unscaled bytes of a decimal as base64 text", text)
    return decimal_of(raw, scale)


def _scaled(schema: Mapping[str, Any]) -> Kind:
    """Debezium's form of a decimal that has a scale of its own."""

    def read(value: Any) -> Any:
        scale = _scale(dict.get(value, "scale")) if isinstance(value, dict) else None
        if scale is None:
            raise Misfit("be an object with a scale and a value", value)
        return _from_unscaled(dict.get(value, "value"), scale)

    return Kind(frozenset((type(None),)), read)


def _counted(text_of: Callable[[int], Any]) -> Callable[[Mapping[str, Any]], Kind]:
    """A time as a number of units; one that no calendar has, as PostgreSQL's infinity, stays that number."""

    def read(value: Any) -> Any:
        if type(value) is not int:
            raise Misfit("be a whole number", value)
        return text_of(value)

    kind = Kind(frozenset((type(None),)), read)
    return lambda schema: kind


_CONNECT = "org.apache.kafka.connect.data."
_DEBEZIUM = "io.debezium."
_LOGICAL: dict[tuple[str, str], Callable[[Mapping[str, Any]], Kind | None]] = {
    (f"{_CONNECT}Decimal", "bytes"): _decimal,
    (f"{_CONNECT}Date", "int32"): _counted(times.date_text),
    (f"{_CONNECT}Time", "int32"): _counted(times.time_text(3)),
    (f"{_CONNECT}Timestamp", "int64"): _counted(times.units_text(3, "Z")),
    (f"{_DEBEZIUM}time.Date", "int32"): _counted(times.date_text),
    (f"{_DEBEZIUM}time.Time", "int32"): _counted(times.time_text(3)),
    (f"{_DEBEZIUM}time.MicroTime", "int64"): _counted(times.time_text(6)),
    (f"{_DEBEZIUM}time.NanoTime", "int64"): _counted(times.time_text(9)),
    # These are what a column without a zone shows; one with a zone comes as text.
    (f"{_DEBEZIUM}time.Timestamp", "int64"): _counted(times.units_text(3, "")),
    (f"{_DEBEZIUM}time.MicroTimestamp", "int64"): _counted(times.units_text(6, "")),
    (f"{_DEBEZIUM}time.NanoTimestamp", "int64"): _counted(times.units_text(9, "")),
    (f"{_DEBEZIUM}data.VariableScaleDecimal", "struct"): _scaled,
}
