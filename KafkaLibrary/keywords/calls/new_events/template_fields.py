"""Fields of a template or an example that a test sets, given as ``name=value``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.matching import parse_path


def of(fields: Mapping[str, Any], where: str) -> dict[str, tuple[tuple[str | int, ...], Any]]:
    """What to set, with the steps to it. Raises ``KeywordMisused`` for what is no plain path into a value."""
    return {name: (_steps(name, where), new) for name, new in fields.items()}


def _steps(name: str, where: str) -> tuple[str | int, ...]:
    """The steps of a field. It is nothing but a value, so a bare ``key`` or ``timestamp`` is a field of it."""
    steps = parse_path(_rooted(name.strip())).plain_steps
    if not steps:
        raise KeywordMisused(
            f"'{name}' can't be set in {where}.\n"
            "A field of it is a plain path: names, dots and indexes, such as items[0].sku."
        )
    return steps


def _rooted(name: str) -> str:
    if name.startswith("$"):
        return name
    return f"${name}" if name.startswith(("[", ".")) else f"$.{name}"
