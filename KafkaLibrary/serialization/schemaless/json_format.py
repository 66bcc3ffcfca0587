"""JSON: read fast, read again exactly where a digit matters, written without losing one."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import orjson

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Fields, OneField
from KafkaLibrary.json_errors import each_once, json_problem, no_constant
from KafkaLibrary.serialization.schemaless import unwritable_values

_BEGINS = b'{["-0123456789tfn'
_DUMP_OPTIONS = orjson.OPT_NON_STR_KEYS
_ONE_MORE = orjson.OPT_APPEND_NEWLINE

_LEAST, _MOST = -(2**63), 2**64 - 1
_TOO_DEEP = "it is nested too deeply or contains itself"
MARK = b"\xef\xbb\xbf"
"""The byte order mark in UTF-8, which some programs write in front of a text."""
AFTER_MARK = "after a byte order mark"
_OTHER_MARKS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
"""The longer ones first."""

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

    That is a name that is twice in one object, and a word for a number that JSON does not have. ``fraction``
    makes the numbers that have a fraction or an exponent.
    """
    return _loads(raw, parse_float=fraction, parse_constant=no_constant, object_pairs_hook=each_once)


def read_own(raw: bytes) -> Any:
    """A copy for the tester: ``Fields`` for objects, exact integers, doubles."""
    return _loads(raw, object_hook=Fields)


def read_to_write(raw: bytes) -> Any:
    """As ``read_own``, for a value that is written again: a ``Decimal`` where a double would be another number.

    What could not be written again is refused: NaN, and a name that is twice in one object.
    """
    return _loads(raw, object_pairs_hook=_fields, parse_float=_double_or_exact, parse_constant=no_constant)


def read_plainly(raw: bytes) -> Any:
    """The same of plain dictionaries, for functions that are not of this library."""
    return read_whole(raw, _double_or_exact)


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
    raw = raw.removeprefix(MARK)
    first = raw.lstrip()[:1]
    if not first or first not in _BEGINS or raw.strip() == b"-Infinity":  # a word alone is text
        hooks["parse_constant"] = no_constant
    try:
        return json.loads(raw.decode(), **hooks)
    except RecursionError:
        raise Undecodable("not readable as JSON: nested too deeply") from None
    except (ValueError, ArithmeticError) as problem:  # UnicodeDecodeError and JSONDecodeError among them
        raise Undecodable(other_mark(raw) or json_problem(problem)) from None


def other_mark(raw: bytes) -> str:
    """What a text is that begins with the byte order mark of another encoding; empty for all others."""
    for mark, encoding in _OTHER_MARKS.items():
        if raw.startswith(mark):
            return f"not JSON: it begins with the byte order mark of {encoding}, and JSON is in UTF-8"
    return ""


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
    try:
        json.dumps(value, allow_nan=False, default=str)
    except TypeError:  # of a name that is a date or a UUID, which orjson writes
        _refuse_what_is_not_finite(value)


def _refuse_what_is_not_finite(value: Any) -> None:
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            _refuse_what_is_not_finite(part)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError("it is not a JSON number")


def _write_slowly(value: Any, what: str) -> bytes:
    # To ask for names that are no texts takes as much time again, for all names.
    try:
        return _written_whole(value)
    except (TypeError, ValueError, RecursionError):
        pass
    try:
        return _written_whole(_with_large_integers(value))
    except (TypeError, ValueError, RecursionError) as problem:
        refusal = str(problem).rstrip(".")
    raise KeywordMisused(
        f"The {what} can't be written as JSON: {_what_can_not(value) or refusal}.\n"
        "JSON has texts, numbers, true, false, null, lists and objects; pass another type as text."
    )


def _written_whole(value: Any) -> bytes:
    """The text of a value. Raises ``TypeError`` and others."""
    written = orjson.dumps(value, _more_types, _DUMP_OPTIONS)
    if b"null" in written:
        _refuse_what_became_null(value)
    return written


def _what_can_not(value: Any) -> str:
    try:
        return unwritable_values.reason(value, _is_written) or _TOO_DEEP  # each part could, by itself
    except RecursionError:
        return _TOO_DEEP


def _is_written(value: Any) -> bool:
    try:
        _written_whole(_with_large_integers(value))
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def _with_large_integers(value: Any) -> Any:
    """The value with integers beyond 64 bits in the form in which orjson takes them."""
    if isinstance(value, dict):
        return {_name(name): _with_large_integers(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_with_large_integers(part) for part in value]
    if isinstance(value, int) and not _LEAST <= value <= _MOST:
        return orjson.Fragment(str(value).encode())
    return value


def _name(name: Any) -> Any:
    return str(name) if isinstance(name, int) and not _LEAST <= name <= _MOST else name


def _fields(pairs: list[tuple[str, Any]]) -> Fields:
    return Fields(each_once(pairs))
