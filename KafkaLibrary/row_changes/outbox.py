"""Events that an application wrote into a table, and a connector took from there: their ids, types and rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

ID = "id"
"""The header in which Debezium's router puts the id of the row."""
TYPES = ("eventType", "event_type", "eventtype", "type")
"""Headers in which the type of an event is put; the router puts it nowhere unless it is told to."""


def type_of(headers: Mapping[str, Any]) -> Any:
    """The type of the event; nothing where no header tells it."""
    return next((headers[name] for name in TYPES if name in headers), None)


def plain_key(key: Any) -> Any:
    """A key without the quotes that Connect's JSON puts around a text."""
    if isinstance(key, str) and len(key) > 1 and key[0] == key[-1] == '"':
        try:
            return json.loads(key)
        except (ValueError, RecursionError):
            return key
    return key


def row_keys(key: Any) -> list[str]:
    """The columns of a row's key, as texts."""
    if isinstance(key, str) and key.startswith("{"):
        try:
            key = json.loads(key)
        except (ValueError, RecursionError):
            return []
    return list(map(str, key.values())) if isinstance(key, Mapping) else [] if key is None else [str(plain_key(key))]
