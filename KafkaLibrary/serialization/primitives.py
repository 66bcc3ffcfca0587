"""The formats of Kafka's own serializers for one number or one UUID, as Java programs use them for keys above all."""

from __future__ import annotations

import decimal
import math
import re
import struct
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.serialization.format import Format

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
_NOT_FINITE = {"nan": math.nan, "infinity": math.inf, "+infinity": math.inf, "-infinity": -math.inf}
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", re.ASCII)
_MOST_DIGITS = 20
"""No whole number of 64 bits has more."""
_SMALLEST_NORMAL_FLOAT = 1.1754943508222875e-38

_float_bytes = struct.Struct(">f")


def shortest_float(number: float) -> float:
    """The shortest decimal that is the same float of 32 bits: 0.1 for the float nearest to it, as Java prints it."""
    if not math.isfinite(number):
        return number
    raw = _float_bytes.pack(number)
    # Six digits survive a float; those next to zero have fewer that mean something.
    for digits in range(6 if abs(number) >= _SMALLEST_NORMAL_FLOAT else 1, 9):
        for shorter in _rounded(number, digits):
            try:
                if _float_bytes.pack(shorter) == raw:
                    return shorter
            except OverflowError:  # Rounded up beyond the largest float.
                continue
    return float(f"{number:.9g}")


def _rounded(number: float, digits: int) -> Iterator[float]:
    yield float(f"{number:.{digits}g}")
    if abs(math.frexp(number)[0]) == 0.5:
        # The floats below a power of two are nearer than those above, so what is rounded up may still be this one.
        yield float(decimal.Context(prec=digits, rounding=decimal.ROUND_UP).create_decimal_from_float(number))


def _integers(name: str, called: str, layout: struct.Struct) -> Format:
    bits = layout.size * 8
    least, most = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1

    def write(value: Any) -> bytes:
        number = _number(value)
        if isinstance(number, Decimal):
            number = _whole(number)
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
    if _UUID.fullmatch(text):
        return text.lower()
    if len(raw) == 36:
        raise Undecodable("not a uuid: its 36 bytes are not the text of one")
    there = f"{len(raw)} byte{'' if len(raw) == 1 else 's'}"
    raise Undecodable(f"not a uuid: {there}, and the text of a uuid has 36")


def _write_uuid(value: Any) -> bytes:
    text = str(value) if isinstance(value, UUID) else value
    if isinstance(text, str) and _UUID.fullmatch(text.strip()):
        return text.strip().lower().encode()
    raise _refusal("uuid", "a UUID such as 123e4567-e89b-12d3-a456-426614174000", value)


def _number(value: Any) -> int | Decimal | None:
    """The number that is meant, exactly; none for anything else. A bare cell of Robot is text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return Decimal(value.strip())
    if isinstance(value, float) and math.isfinite(value):
        return Decimal(repr(float(value)))
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _whole(number: Decimal) -> int | None:
    """The number as an integer where it is whole; a huge exponent is never written out."""
    if number.adjusted() > _MOST_DIGITS or number != number.to_integral_value():
        return None
    return int(number)


def _not_finite(value: Any) -> float | None:
    if isinstance(value, str):
        return _NOT_FINITE.get(value.strip().lower())
    if isinstance(value, Decimal) and not value.is_finite():
        return math.nan if value.is_nan() else float(value)
    return float(value) if isinstance(value, float) and not math.isfinite(value) else None


def _refusal(name: str, asked: str, value: Any) -> KeywordMisused:
    shown = repr(value)
    shown = shown if len(shown) <= 80 else f"{shown[:80]}…"
    return KeywordMisused(f"format={name} needs {asked}, not {shown} ({type(value).__name__}).")


def _format(name: str, write: Callable[[Any], bytes], read: Callable[[bytes], Any]) -> Format:
    return Format(name, write, read, read, read)


_INT = _integers("int", "an int", struct.Struct(">i"))

PRIMITIVES: dict[str, Format] = {
    "long": _integers("long", "a long", struct.Struct(">q")),
    "int": _INT,
    "integer": _INT,
    "short": _integers("short", "a short", struct.Struct(">h")),
    "double": _reals("double", "a double", struct.Struct(">d")),
    "float": _reals("float", "a float", _float_bytes, shortest_float),
    "uuid": _format("uuid", _write_uuid, _read_uuid),
}
