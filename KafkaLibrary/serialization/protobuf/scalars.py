"""Single values as Protobuf's fields take them."""

from __future__ import annotations

import binascii
import math
import struct
from base64 import b64decode
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from KafkaLibrary.serialization.protobuf.descriptors import NULL

_MOST_NAMES = 20
Check = Callable[[Any], Any]
"""Gives what the field is set to. Raises ``Unfit`` for anything else."""


class Unfit(ValueError):
    """What the value should do instead, as an English phrase: ``be a text``."""

    def __init__(self, asked: str) -> None:
        super().__init__(asked)
        self.asked = asked


def check_of(field: Any) -> Check:
    return _enum(field.enum_type) if field.enum_type is not None else _CHECKS[field.type]


def key_of(field: Any) -> Check:
    """For the keys of a map, which are texts in a value tree."""
    check = _CHECKS[field.type]
    read = _KEYS.get(field.cpp_type, _number_key)

    def check_key(key: Any) -> Any:
        return check(read(key) if isinstance(key, str) else key)

    return check_key


def _number_key(key: str) -> Any:
    try:
        number = int(key)
    except ValueError:
        return key
    return number if str(number) == key else key  # 007 and 7 would be one key


_KEYS: dict[int, Callable[[str], Any]] = {
    7: lambda key: {"true": True, "false": False}.get(key, key),
    9: lambda key: key,
}


def _integer(kind: str, bits: int, signed: bool) -> Check:
    lowest, highest = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    asked = f"be {'an' if kind[0] == 'i' else 'a'} {kind}, a whole number of {bits} bits"
    asked += "" if signed else " that is not negative"

    def check(value: Any) -> int:
        number = whole(value)
        if number is None or not lowest <= number <= highest:
            raise Unfit(asked)
        return number

    return check


def whole(value: Any) -> int | None:
    """The whole number that the value is, if it is one."""
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if (
        isinstance(value, Decimal)
        and value.is_finite()
        and value.adjusted() < 30
        and value == value.to_integral_value()
    ):
        return int(value)
    return None


def _floating(kind: str, bits: int, layout: str) -> Check:
    asked = f"be a {kind}, a number of {bits} bits"

    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise Unfit(asked)
        try:
            number = float(value)
            struct.pack(layout, number)
        except (OverflowError, ValueError):
            raise Unfit(asked) from None
        if math.isinf(number) and not isinstance(value, float) and not _is_infinite(value):
            raise Unfit(asked)
        return number

    return check


def _is_infinite(value: Any) -> bool:
    return isinstance(value, Decimal) and value.is_infinite()


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Unfit("be true or false")


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit("be a text")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Unfit("be a text that UTF-8 can hold") from None
    return str(value)


def content(value: Any) -> bytes:
    """The bytes of a base64 text, or as they are."""
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)
    if not isinstance(value, str):
        raise Unfit("be bytes, or their base64 text")
    try:
        return b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise Unfit("be bytes, or their base64 text") from None


def _enum(enum: Any) -> Check:
    numbers: dict[str, int] = {value.name: value.number for value in enum.values}
    known = set(numbers.values())
    asked = f"be one of {', '.join(list(numbers)[:_MOST_NAMES])}"
    if len(numbers) > _MOST_NAMES:
        asked += f" or the {len(numbers) - _MOST_NAMES} others of {enum.full_name}"

    def check(value: Any) -> int:
        if value is None and enum.full_name == NULL:
            return 0
        number = numbers.get(value) if isinstance(value, str) else whole(value)
        if number is None or number not in known:
            raise Unfit(asked)
        return number

    return check


_CHECKS: dict[int, Check] = {
    1: _floating("double", 64, "<d"),
    2: _floating("float", 32, "<f"),
    3: _integer("int64", 64, True),
    4: _integer("uint64", 64, False),
    5: _integer("int32", 32, True),
    6: _integer("fixed64", 64, False),
    7: _integer("fixed32", 32, False),
    8: _boolean,
    9: text,
    12: content,
    13: _integer("uint32", 32, False),
    15: _integer("sfixed32", 32, True),
    16: _integer("sfixed64", 64, True),
    17: _integer("sint32", 32, True),
    18: _integer("sint64", 64, True),
}
"""By the numbers that Protobuf has for the types of fields."""
