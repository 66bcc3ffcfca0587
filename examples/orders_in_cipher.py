"""A format of one's own: orders as JSON, each byte changed by a key. Real ciphers come from a package of their own."""

import json
from typing import Any

KEY = 0x2A


def decode(raw: bytes) -> Any:
    """The order of these bytes."""
    return json.loads(bytes(byte ^ KEY for byte in raw))


def encode(order: Any) -> bytes:
    """The bytes of an order."""
    return bytes(byte ^ KEY for byte in json.dumps(order).encode())
