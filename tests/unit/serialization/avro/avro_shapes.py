"""Avro schemas for tests."""

from __future__ import annotations

import json
from typing import Any

from KafkaLibrary.serialization.avro.schema import AvroSchema

UUID = "123e4567-e89b-12d3-a456-426614174000"


def schema_of(content: Any) -> AvroSchema:
    return AvroSchema(json.dumps(content), "'order.avsc'")


def logical(kind: str, name: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "logicalType": name, **more}


def fixed(size: int, **more: Any) -> dict[str, Any]:
    return {"type": "fixed", "name": "F", "size": size, **more}


def record(*fields: dict[str, Any], name: str = "shop.Order") -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": list(fields)}


def field(name: str, kind: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


ORDER = record(
    field("orderId", "long"),
    field("status", {"type": "enum", "name": "Status", "symbols": ["NEW", "PAID"], "default": "NEW"}),
    field("created", logical("long", "timestamp-millis")),
    field("customer", record(field("id", "string"), field("mail", ["null", "string"], default=None), name="Customer")),
    field("items", {"type": "array", "items": record(field("sku", "string"), field("price", "double"), name="Item")}),
    field("labels", {"type": "map", "values": "int"}),
    field("paid", "boolean"),
)
A_VALUE = {
    "orderId": 42,
    "status": "PAID",
    "created": "2026-05-31T17:03:11.120Z",
    "customer": {"id": "c-7", "mail": None},
    "items": [{"sku": "P-7", "price": 9.99}, {"sku": "P-8", "price": 1.5}],
    "labels": {"größe": 2},
    "paid": True,
}
