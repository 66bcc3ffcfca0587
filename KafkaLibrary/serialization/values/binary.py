"""Bytes as Base64 texts, and UUIDs."""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING, Any

from KafkaLibrary.lazy_module import LazyModule

if TYPE_CHECKING:
    import uuid
else:
    uuid = LazyModule("uuid")

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)


def base64_text(raw: bytes) -> str:
    return binascii.b2a_base64(raw, newline=False).decode("ascii")


def bytes_of(value: Any) -> bytes | None:
    """Bytes as they are, or those of their base64 text."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    if not isinstance(value, str):
        return None
    try:
        raw = binascii.a2b_base64(value.encode("ascii"))
    except ValueError:
        return None
    return raw if base64_text(raw) == value else None  # Python leaves out what is not base64.


def utf8(value: Any) -> bytes | None:
    """The bytes of a text."""
    if not isinstance(value, str):
        return None
    try:
        return value.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return None


def uuid_text(raw: bytes) -> str:
    return str(uuid.UUID(bytes=raw))


def lower_uuid(text: str) -> str:
    """A text that is no UUID stays as it is."""
    return text.lower() if _UUID.fullmatch(text) else text


def uuid_of(value: Any) -> str | None:
    if isinstance(value, uuid.UUID):
        return str(value)
    return value.lower() if isinstance(value, str) and _UUID.fullmatch(value) else None
