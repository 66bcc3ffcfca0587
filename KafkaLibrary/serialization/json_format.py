"""JSON: read fast, read again exactly where that matters, written without losing a digit."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import orjson

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Fields, OneField
from KafkaLibrary.json_slips import each_once, json_problem, no_constant

_BEGINS = b'{["-0123456789tfn'
_DUMP_OPTIONS = orjson.OPT_NON_STR_KEYS
_ONE_MORE = orjson.OPT_APPEND_NEWLINE

read_fast = orjson.loads
"""As ``read``, or an exception: some texts that are JSON all the same are refused."""


def read(raw: bytes) -> Any:
    """The value of a JSON text. Fractions, and integers beyond 64 bits, may become the nearest doubles."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        # It refuses some texts that are JSON all the same (1e400, lone surrogates) or nearly so (NaN inside).
        return _loads(raw)


def read_exact(raw: bytes) -> Any:
    """The same with a ``Decimal`` for every number that has a fraction or an exponent."""
    return _loads(raw, parse_float=Decimal)


def read_whole(raw: bytes, fraction: Callable[[str], Any] = Decimal) -> Any:
    """As ``read_exact``, for what a tester wrote: ``Undecodable`` also where something of it would be lost.

    That is a name that stands twice in one object, and a word for a number that JSON does not have. ``fraction``
    makes the numbers that have a fraction or an exponent.
    """
    return _loads(raw, parse_float=fraction, parse_constant=no_constant, object_pairs_hook=each_once)


def read_own(raw: bytes) -> Any:
    """A copy for the tester: ``Fields`` for objects, exact integers, doubles."""
    return _loads(raw, object_hook=Fields)


def read_to_write(raw: bytes) -> Any:
    """As ``read_own``, for a value that is written again: a ``Decimal`` where a double would be another number.

    What could not be written again is refused: NaN, and a name that stands twice in one object.
    """
    return _loads(raw, object_pairs_hook=_fields, parse_float=_double_or_exact, parse_constant=no_constant)


def _double_or_exact(text: str) -> float | Decimal:
    number, exact = float(text), Decimal(text)
    return number if Decimal(repr(number)) == exact else exact


def write(value: Any, what: str = "value") -> bytes:
    """The JSON text of a Python value, in UTF-8. Raises ``KeywordMisused`` where JSON has no form for it."""
    try:
        written = orjson.dumps(value, _more_types, _ONE_MORE)
        if b"null" in written:
            _refuse_what_became_null(value)
    except (TypeError, ValueError, RecursionError):
        return _write_slowly(value, what)
    # What orjson gives has room for a longer text behind it, and keeps that for as long as the event is kept. To take
    # the last sign off makes a copy without, faster than any other way to ask for one.
    return written[:-1]


def check_text(text: str) -> None:
    """Raises ``ValueError`` with the place where the text stops being JSON."""
    try:
        orjson.loads(text)
    except ValueError:
        json.loads(text, parse_int=str, parse_constant=no_constant)  # numbers may be of any length


def _loads(raw: bytes, **hooks: Any) -> Any:
    first = raw.lstrip()[:1]
    if not first or first not in _BEGINS or raw.strip() == b"-Infinity":  # a word alone is text
        hooks["parse_constant"] = no_constant
    try:
        return json.loads(raw.decode(), **hooks)
    except RecursionError:
        raise Undecodable("not readable as JSON: nested too deeply") from None
    except (ValueError, ArithmeticError) as problem:  # UnicodeDecodeError and JSONDecodeError among them
        raise Undecodable(json_problem(problem)) from None


def _more_types(value: Any) -> Any:
    if isinstance(value, Decimal) and value.is_finite():
        return orjson.Fragment(str(value).encode())
    if isinstance(value, float) and math.isfinite(value):  # one of a class of its own, as fields named "values" are
        return float(value)
    if isinstance(value, OneField):
        return value.value
    raise TypeError(f"{type(value).__name__} has no JSON form")


def _refuse_what_became_null(value: Any) -> None:
    """Raises ``ValueError`` for NaN and infinities, which orjson writes as null: that would lose them."""
    json.dumps(value, allow_nan=False, default=str)


def _write_slowly(value: Any, what: str) -> bytes:
    # To ask for names that are no texts takes as much time again, for all names.
    try:
        written = orjson.dumps(value, _more_types, _DUMP_OPTIONS)
        if b"null" in written:
            _refuse_what_became_null(value)
        return written
    except (TypeError, ValueError, RecursionError) as problem:
        refusal = str(problem).rstrip(".")
    # Integers beyond 64 bits are JSON, but not to orjson.
    try:
        return orjson.dumps(_with_large_integers(value), _more_types, _DUMP_OPTIONS)
    except RecursionError:
        refusal = "it is nested too deeply or contains itself"
    except (TypeError, ValueError):
        pass
    raise KeywordMisused(
        f"The {what} can't be written as JSON: {refusal}.\n"
        "JSON has texts, numbers, true, false, null, lists and objects; give another type as text."
    ) from None


def _with_large_integers(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _with_large_integers(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_with_large_integers(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("JSON has no such number")
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return orjson.Fragment(str(value).encode())
    return value


def _fields(pairs: list[tuple[str, Any]]) -> Fields:
    return Fields(each_once(pairs))
