"""`Load Event Template`: a JSON file, with fields set by path."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path as File
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable, did_you_mean
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.values.numbers import NUMBER

_WHOLE_MOST = 30
"""Digits of an integer that is written out; Python takes minutes for millions of them, and hears nothing meanwhile."""
_TRUTHS = {"true": True, "false": False}
Steps = Sequence[str | int]


def filled(path: File, fields: Mapping[str, tuple[Steps, Any]]) -> Any:
    """The value of the file with fields set, each given with the steps of its path.

    Raises ``KeywordMisused`` for a field that the file does not have.
    """
    try:
        value = json_format.read_to_write(path.read_bytes().removeprefix(codecs.BOM_UTF8))
    except OSError as problem:
        raise KeywordMisused(f"The template '{path}' can't be read: {problem}.") from None
    except Undecodable as problem:
        raise KeywordMisused(f"The template '{path}' is {problem}.") from None
    set_fields(value, fields, "template")
    return value


def set_fields(value: Any, fields: Mapping[str, tuple[Steps, Any]], what: str) -> None:
    """Set them in a value, which messages call ``what``. Raises ``KeywordMisused`` for a field that it lacks."""
    for name, (steps, new) in fields.items():
        _set(value, name, steps, new, what)


def _set(value: Any, name: str, steps: Steps, new: Any, what: str) -> None:
    *before, last = steps
    place: Any = value
    for step in before:
        place = _inside(place, step, name, what)
    known = _inside(place, last, name, what)
    place[last] = _typed(new, known, name, what) if isinstance(new, str) else new


def _inside(place: Any, step: str | int, name: str, what: str) -> Any:
    try:
        if isinstance(place, dict if isinstance(step, str) else list):
            found: Any = place
            return found[step]
    except LookupError:
        pass
    names = [str(known) for known in place] if isinstance(place, dict) else []
    raise KeywordMisused(
        f"The {what} has no field '{name}': {step!r} is missing. {did_you_mean(str(step), names)}".rstrip()
    ) from None


def _typed(text: str, known: Any, name: str, what: str) -> Any:
    if known is None or isinstance(known, str):
        return text
    refusal = "not"
    if isinstance(known, bool):
        if text.lower() in _TRUTHS:
            return _TRUTHS[text.lower()]
    elif isinstance(known, int | float | Decimal):
        number = _number(text)
        if number is not None:
            return number
    else:
        try:
            parsed = json_format.read_to_write(text.encode(errors="surrogatepass"))  # to be refused as no UTF-8 there
            if isinstance(parsed, dict | list):
                return parsed
        except Undecodable as problem:
            refusal = str(problem)
    kind = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        Decimal: "a number",
        dict: "an object",
        list: "a list",
    }
    wanted = next((word for cls, word in kind.items() if isinstance(known, cls)), "of its type")
    raise KeywordMisused(
        f"The field '{name}' of the {what} is {wanted}, and '{text}' is {refusal}.\n"
        f"Text takes the type of the {what}; pass a variable to change it."
    )


def _number(text: str) -> Any:
    if not NUMBER.fullmatch(text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent that is beyond all reason
        return None
    if number.is_zero() and number.is_signed():  # Python's whole numbers have no minus zero
        return number
    is_whole = "." not in text and number.adjusted() < _WHOLE_MOST and number == number.to_integral_value()
    return int(number) if is_whole else number
