"""A row change as a plain implementation of Connect's types in Python reads it: each event's schema, then by it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_PLAIN = {
    **dict.fromkeys(("int8", "int16", "int32", "int64"), int),
    **dict.fromkeys(("float", "double"), float),
    "string": str,
    "boolean": bool,
}


@dataclass(frozen=True)
class Schema:
    """A type of Connect."""

    type: str
    name: str | None = None
    version: int | None = None
    optional: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Schema] = field(default_factory=dict)
    items: Schema | None = None

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> Schema:
        return cls(
            content["type"],
            content.get("name"),
            content.get("version"),
            content.get("optional", False),
            content.get("parameters", {}),
            {one["field"]: cls.of(one) for one in content.get("fields", ())},
            cls.of(content["items"]) if "items" in content else None,
        )

    def value(self, content: Any) -> Any:
        """The value that is written so in JSON."""
        if content is None:
            if not self.optional:
                raise ValueError(f"{self.name} may not be null")
            return None
        logical = _LOGICAL.get(self.name or "")
        if logical is not None:
            return logical(content, self)
        if self.type == "struct":
            return {name: schema.value(content.get(name)) for name, schema in self.fields.items()}
        if self.items is not None:
            return [self.items.value(item) for item in content]
        if self.type == "bytes":
            return base64.b64decode(content)
        if not isinstance(content, _PLAIN[self.type]):
            raise TypeError(f"{content!r} is no {self.type}")
        return content


def _decimal(value: str, schema: Schema) -> Decimal:
    unscaled = int.from_bytes(base64.b64decode(value), "big", signed=True)
    return Decimal(unscaled).scaleb(-int(schema.parameters["scale"]))


_LOGICAL: dict[str, Callable[[Any, Schema], Any]] = {
    "org.apache.kafka.connect.data.Decimal": _decimal,
    "io.debezium.time.Date": lambda value, _: date.fromordinal(date(1970, 1, 1).toordinal() + value),
    "io.debezium.time.MicroTimestamp": lambda value, _: _EPOCH + timedelta(microseconds=value),
    "io.debezium.time.ZonedTimestamp": lambda value, _: datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%f%z"),
    "io.debezium.data.Json": lambda value, _: json.loads(value),
}


def read(raw: bytes) -> Any:
    """The change that is in the bytes of a value."""
    envelope = json.loads(raw)
    return Schema.of(envelope["schema"]).value(envelope["payload"])
