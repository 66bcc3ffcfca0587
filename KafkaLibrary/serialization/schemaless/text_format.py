"""Text in UTF-8, and bytes as they are."""

from __future__ import annotations

import json
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable


def read(raw: bytes) -> str:
    """The text of the bytes. Raises ``Undecodable`` where they are not UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError as problem:
        raise Undecodable(f"not UTF-8 text: byte {problem.start} is 0x{raw[problem.start]:02x}") from None


def write(value: Any) -> bytes:
    """The text in UTF-8; numbers and booleans as JSON writes them."""
    if isinstance(value, bool | int | float):
        value = _number(value)
    if not isinstance(value, str):
        raise KeywordMisused(
            f"format=text needs a text, not {type(value).__name__}.\n"
            "Dictionaries and lists are published with format=json."
        )
    try:
        return value.encode()
    except UnicodeEncodeError as problem:
        raise KeywordMisused(f"The text can't be written as UTF-8: {problem}.") from None


def _number(value: float) -> str:
    try:
        return json.dumps(value)
    except ValueError:  # of integers
        raise KeywordMisused("The number has more digits than can be written.\nGive it as text.") from None


def read_bytes(raw: bytes) -> bytes:
    """The bytes themselves."""
    return raw


def write_bytes(value: Any) -> bytes:
    """The bytes themselves. Raises ``KeywordMisused`` for anything else."""
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    raise KeywordMisused(
        f"format=bytes needs bytes, not {type(value).__name__}.\n"
        "Robot's 'Convert To Bytes' makes them from text, hex or integers."
    )
