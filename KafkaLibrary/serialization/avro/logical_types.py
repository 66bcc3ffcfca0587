"""Logical types of Avro (decimal, date, timestamp-millis, uuid ...): which of them a type has."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    """``precision`` and ``scale`` are those of a decimal."""

    name: str
    precision: int = 0
    scale: int = 0


def logical_of(kind: str, content: Mapping[str, Any], size: int = 0) -> Logical | None:
    """The logical type of a schema, ``None`` for one that does not fit its kind: that is to be ignored."""
    name = content.get("logicalType")
    if name == "decimal" and kind in ("bytes", "fixed"):
        return _decimal(content.get("precision"), content.get("scale", 0), size if kind == "fixed" else None)
    if name == "uuid" and kind == "fixed":
        return Logical(name) if size == 16 else None
    return Logical(name) if isinstance(name, str) and _OF_KIND.get(name) == kind else None


def _decimal(precision: Any, scale: Any, size: int | None) -> Logical | None:
    if type(precision) is not int or type(scale) is not int or precision < 1 or not 0 <= scale <= precision:
        return None
    if size is not None and precision > math.floor(size * _DIGITS_A_BYTE - math.log10(2)):
        return None
    return Logical("decimal", precision, scale)
