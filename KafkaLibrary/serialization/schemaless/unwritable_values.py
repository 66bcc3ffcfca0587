"""What of a value JSON has no form for: the first of it, at its place."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from KafkaLibrary.errors import unsendable
from KafkaLibrary.serialization.values.phrases import short

_NAME = re.compile(r"[^\W\d]\w*")


def reason(value: Any, is_written: Callable[[Any], bool]) -> str:
    """Where the value can't be written, and why; nothing where each part of it could be, by itself."""
    return _reason(value, "$", is_written)


def _reason(value: Any, place: str, is_written: Callable[[Any], bool]) -> str:
    if isinstance(value, dict):
        for name, part in value.items():
            if not is_written({name: None}):
                return f"a name at {place} is {_described(name)}"
            found = _reason(part, f"{place}{_step(name)}", is_written)
            if found:
                return found
        return ""
    if isinstance(value, list | tuple):
        parts = (_reason(part, f"{place}[{index}]", is_written) for index, part in enumerate(value))
        return next(filter(None, parts), "")
    return "" if is_written(value) else f"{place} is {_described(value)}"


def _step(name: Any) -> str:
    return f".{name}" if isinstance(name, str) and _NAME.fullmatch(name) else f"[{short(name)}]"


def _described(value: Any) -> str:
    if isinstance(value, str):
        return f"a text that {unsendable(value) or 'can not be written'}: {short(value)}"
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        return f"{value}, which is not a JSON number"
    return f"{short(value)} ({type(value).__name__})"
