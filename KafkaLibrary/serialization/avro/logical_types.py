"""Logical types of Avro (decimal, date, timestamp-millis, uuid ...), or of Kafka Connect: which of them a type has."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from KafkaLibrary.serialization.connect_types import logical as connect_types
from KafkaLibrary.serialization.connect_types.one_type import Logical as OneType
from KafkaLibrary.serialization.connect_types.one_type import Misfit

_OF_KIND = {
    "date": "int",
    "time-millis": "int",
    "time-micros": "long",
    "timestamp-millis": "long",
    "timestamp-micros": "long",
    "timestamp-nanos": "long",
    "local-timestamp-millis": "long",
    "local-timestamp-micros": "long",
    "local-timestamp-nanos": "long",
    "uuid": "string",
}
_DIGITS_A_BYTE = 8 * math.log10(2)


@dataclass(frozen=True, slots=True)
class Logical:
    """``precision`` and ``scale`` are those of a decimal.

    ``connect`` has the type of Connect on which a type of its name stands, with the parameters of that.
    """

    name: str
    precision: int = 0
    scale: int = 0
    connect: tuple[str, tuple[tuple[str, str], ...]] | None = None

    @property
    def of_connect(self) -> OneType | None:
        if self.connect is None:
            return None
        kind, parameters = self.connect
        return connect_types.logical_of(self.name, kind, dict(parameters))


def logical_of(kind: str, content: Mapping[str, Any], size: int = 0) -> Logical | None:
    """The logical type of a schema, ``None`` for one that does not fit its kind: that is to be ignored."""
    name = content.get("logicalType")
    if name == "decimal" and kind in ("bytes", "fixed"):
        found = _decimal(content.get("precision"), content.get("scale", 0), size if kind == "fixed" else None)
        return found or _of_connect(kind, content)
    if name == "uuid" and kind == "fixed":
        return Logical(name) if size == 16 else None
    if isinstance(name, str) and _OF_KIND.get(name) == kind:
        return Logical(name)
    return _of_connect(kind, content)


_CONNECT_KINDS = {"int": "int32", "long": "int64", "string": "string", "bytes": "bytes"}
_MOST_DIGITS = 1000


def _of_connect(kind: str, content: Mapping[str, Any]) -> Logical | None:
    """By the names that Connect's converters put beside a type: they know more types than Avro does."""
    name, given = content.get("connect.name"), content.get("connect.parameters")
    if not isinstance(name, str) or kind not in _CONNECT_KINDS:
        return None
    parameters = {str(one): str(value) for one, value in given.items()} if isinstance(given, Mapping) else {}
    found = Logical(name, connect=(_CONNECT_KINDS[kind], tuple(sorted(parameters.items()))))
    if found.of_connect is None:
        return None
    if kind == "bytes" and name == connect_types.DECIMAL:
        return Logical("decimal", _MOST_DIGITS, connect_types.whole_parameter(parameters.get("scale")) or 0)
    return found


def _decimal(precision: Any, scale: Any, size: int | None) -> Logical | None:
    if type(precision) is not int or type(scale) is not int or precision < 1 or not 0 <= scale <= precision:
        return None
    if size is not None and precision > math.floor(size * _DIGITS_A_BYTE - math.log10(2)):
        return None
    return Logical("decimal", precision, scale)


class _Named(Protocol):
    @property
    def name(self) -> str: ...


def is_scaled_decimal(record: _Named) -> bool:
    """Whether it is Debezium's record of a decimal with a scale of its own."""
    return record.name == connect_types.SCALED_NAME


def type_of_record(record: _Named) -> OneType | None:
    """The type of a connector that is a record, such as a geometry; nothing for other records."""
    return connect_types.logical_of(record.name, "struct", {})


def read_if_it_fits(logical: OneType) -> Callable[[Any], Any]:
    """What does not fit stays as it came."""

    def read(value: Any) -> Any:
        try:
            return logical.read(value)
        except Misfit:
            return value

    return read
