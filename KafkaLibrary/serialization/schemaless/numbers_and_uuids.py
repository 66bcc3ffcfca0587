"""Kafka's own serializers for one number or one UUID (`long`, `int`, `double` ...), used for keys above all."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.serialization.schemaless.format import Format
from KafkaLibrary.serialization.values.binary import uuid_of
from KafkaLibrary.serialization.values.numbers import NUMBER, shortest_float, whole
from KafkaLibrary.serialization.values.phrases import short

_NOT_FINITE = {"nan": math.nan, "infinity": math.inf, "+infinity": math.inf, "-infinity": -math.inf}


def _integers(name: str, called: str, layout: struct.Struct) -> Format:
    bits = layout.size * 8
    least, most = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1

    def write(value: Any) -> bytes:
        number = whole(_number(value))
        if number is None or not least <= number <= most:
            raise _refusal(name, f"a whole number from {least} to {most}", value)
        return layout.pack(number)

    return _format(name, write, partial(_read_number, called, layout))


def _reals(name: str, called: str, layout: struct.Struct, read: Callable[[float], float] | None = None) -> Format:
    bits = layout.size * 8

    def write(value: Any) -> bytes:
        number = _not_finite(value)
        if number is None:
            exact = _number(value)
            try:
                number = math.inf if exact is None else float(exact)
                written = layout.pack(number)
            except OverflowError:
                number = math.inf
            if math.isinf(number):
                raise _refusal(name, f"a number that {bits} bits can hold", value)
            return written
        return layout.pack(number)

    def read_and_shorten(raw: bytes) -> Any:
        number = _read_number(called, layout, raw)
        return number if read is None else read(number)

    return _format(name, write, read_and_shorten)


def _read_number(called: str, layout: struct.Struct, raw: bytes) -> Any:
    try:
        return layout.unpack(raw)[0]
    except struct.error:
        there = f"{len(raw)} byte{'' if len(raw) == 1 else 's'}"
        raise Undecodable(f"not {called}: {there}, and {called} has {layout.size}") from None


def _read_uuid(raw: bytes) -> str:
    try:
        text = raw.decode("ascii")
    except UnicodeDecodeError:
        text = ""
    uuid = uuid_of(text)
    if uuid is not None:
        return uuid
    if len(raw) == 36:
        raise Undecodable("not a uuid: its 36 bytes are not the text of one")
    there = f"{len(raw)} byte{'' if len(raw) == 1 else 's'}"
    raise Undecodable(f"not a uuid: {there}, and the text of a uuid has 36")


def _write_uuid(value: Any) -> bytes:
    uuid = uuid_of(value.strip() if isinstance(value, str) else value)
    if uuid is not None:
        return uuid.encode()
    raise _refusal("uuid", "a UUID such as 123e4567-e89b-12d3-a456-426614174000", value)


def _number(value: Any) -> int | Decimal | None:
    """The number that is meant, exactly; none for anything else. A bare cell of Robot is text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        return _decimal(value.strip())
    if isinstance(value, float) and math.isfinite(value):
        return Decimal(repr(float(value)))
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all that even Decimal holds
        return None


def _not_finite(value: Any) -> float | None:
    if isinstance(value, str):
        return _NOT_FINITE.get(value.strip().lower())
    if isinstance(value, Decimal) and not value.is_finite():
        return math.nan if value.is_nan() else float(value)
    return float(value) if isinstance(value, float) and not math.isfinite(value) else None


def _refusal(name: str, asked: str, value: Any) -> KeywordMisused:
    return KeywordMisused(f"format={name} needs {asked}, not {short(value)} ({type(value).__name__}).")


def _format(name: str, write: Callable[[Any], bytes], read: Callable[[bytes], Any]) -> Format:
    return Format(name, write, read, read, read)


def _read_big(raw: bytes) -> int:
    if not raw:
        raise Undecodable("not a bigint: there are no bytes, and a bigint has one at least")
    return int.from_bytes(raw, "big", signed=True)


def _write_big(value: Any) -> bytes:
    number = whole(_number(value))
    if number is None:
        raise _refusal("bigint", "a whole number", value)
    # As Java's BigInteger gives its bytes: no more of them than the number and its sign need.
    return number.to_bytes((number if number >= 0 else ~number).bit_length() // 8 + 1, "big", signed=True)


BIGINT = _format("bigint", _write_big, _read_big)
"""A whole number in as many bytes as it needs; of headers, since no serializer of Kafka writes it."""

_INT = _integers("int", "an int", struct.Struct(">i"))

PRIMITIVES: dict[str, Format] = {
    "long": _integers("long", "a long", struct.Struct(">q")),
    "int": _INT,
    "integer": _INT,
    "short": _integers("short", "a short", struct.Struct(">h")),
    "double": _reals("double", "a double", struct.Struct(">d")),
    "float": _reals("float", "a float", struct.Struct(">f"), shortest_float),
    "uuid": _format("uuid", _write_uuid, _read_uuid),
}
