"""Single values of Protobuf's fields: which a field takes, and why it refuses another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from KafkaLibrary.serialization.protobuf.descriptors import NULL
from KafkaLibrary.serialization.values import phrases
from KafkaLibrary.serialization.values.binary import bytes_of, utf8
from KafkaLibrary.serialization.values.numbers import double, single, whole

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
    asked = phrases.integer(kind, bits, signed=signed)

    def check(value: Any) -> int:
        number = whole(value)
        if number is None or not lowest <= number <= highest:
            raise Unfit(asked)
        return number

    return check


def _converted(convert: Callable[[Any], Any], asked: str) -> Check:
    """``convert`` gives nothing for what does not fit."""

    def check(value: Any) -> Any:
        converted = convert(value)
        if converted is None:
            raise Unfit(asked)
        return converted

    return check


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise Unfit(phrases.BOOLEAN)


def text(value: Any) -> str:
    if utf8(value) is None:
        raise Unfit(phrases.text(value))
    return str(value)


content = _converted(bytes_of, phrases.BYTES)


def _enum(enum: Any) -> Check:
    numbers: dict[str, int] = {value.name: value.number for value in enum.values}
    known = set(numbers.values())
    asked = phrases.one_of(list(numbers), enum.full_name)

    def check(value: Any) -> int:
        if value is None and enum.full_name == NULL:
            return 0
        number = numbers.get(value) if isinstance(value, str) else whole(value)
        if number is None or number not in known:
            raise Unfit(asked)
        return number

    return check


_CHECKS: dict[int, Check] = {
    1: _converted(double, phrases.floating("double", 64)),
    2: _converted(single, phrases.floating("float", 32)),
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
