"""What comes from outside, in a request or in an event: the same is good enough for both."""

from __future__ import annotations

import json
import reprlib
from collections.abc import Mapping
from typing import Any

from examples.shop.errors import Unreadable

# So far below what SQLite and Kafka can take that nothing made of it is ever too large for them.
LONGEST_TEXT = 1000
LARGEST_NUMBER = 10**9

Fields = Mapping[str, Any]


def read(value: bytes | None) -> Fields:
    try:
        fields = json.loads(value or b"")
    except RecursionError:
        raise Unreadable("the value is nested too deeply") from None
    except ValueError as error:
        raise Unreadable(f"the value is not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise Unreadable("the value is not an object")
    return fields


def text(fields: Fields, name: str) -> str:
    value = _given(fields, name)
    if not isinstance(value, str):
        raise _unlike(name, value, "a text")
    if len(value) > LONGEST_TEXT:
        raise _unlike(name, value, f"a text of at most {LONGEST_TEXT} characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        # JSON can escape half of a character, which nobody can write down.
        raise _unlike(name, value, "a text that UTF-8 can say") from None
    return value


def whole_number(fields: Fields, name: str, least: int) -> int:
    value = _given(fields, name)
    # To Python true is an integer.
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= LARGEST_NUMBER:
        raise _unlike(name, value, f"a whole number from {least} to {LARGEST_NUMBER}")
    return value


def _given(fields: Fields, name: str) -> Any:
    if name not in fields:
        raise Unreadable(f"the field '{name}' is missing")
    return fields[name]


def _unlike(name: str, value: Any, expected: str) -> Unreadable:
    return Unreadable(f"the field '{name}' is {reprlib.repr(value)}, not {expected}")
