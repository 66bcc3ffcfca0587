"""Cells with one blank between them, which Robot takes for one: the cells that they were meant for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_FIRST = re.compile(
    r"\s*(\$\{\{.*?\}\}|[$%]\{[^{}]*\}(?:\[[^\]]*\])*|[^\s{\[\"'`]\S*)\s+(\S.*)",  # a variable may have blanks
    re.DOTALL,
)
_EQUALS = re.compile(r"==?\s+")


def taken_apart(cell: Any, names: Iterable[str], times: int) -> tuple[list[str], list[tuple[str, str]]]:
    """The cells without a name that this one may be, by its first blanks, and the named arguments at its end."""
    if not isinstance(cell, str):
        return [], []
    rest, named = _without_named(cell, names)
    plain: list[str] = []
    while len(plain) < times and (found := _FIRST.fullmatch(rest)) is not None:
        plain.append(found[1])
        rest = found[2]
    return [*plain, _EQUALS.sub("", rest, count=1) if _EQUALS.match(rest) else rest], named


def _without_named(cell: str, names: Iterable[str]) -> tuple[str, list[tuple[str, str]]]:
    named = re.compile(rf"\s+({'|'.join(map(re.escape, names))})=")
    text, *parts = named.split(cell)
    return text, list(zip(parts[::2], parts[1::2], strict=True))
