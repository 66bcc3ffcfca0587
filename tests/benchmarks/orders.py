"""The events that are published: an order of about 300 bytes, as text, as a tester writes it in a cell."""

from __future__ import annotations

import json

_ORDER = {
    "type": "OrderPlaced",
    "status": "NEW",
    "customer": {"id": "C-17", "name": "Ada Lovelace"},
    "items": [{"sku": "P-7", "quantity": 2, "price": 12.5}, {"sku": "P-8", "quantity": 1, "price": 99.95}],
    "note": "Please leave the parcel with the neighbours, thank you.",
}


def order(number: int) -> str:
    return json.dumps({"orderId": number, **_ORDER})
