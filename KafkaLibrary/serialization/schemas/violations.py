"""Violations: what a schema asks of a value and the value does not meet, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from KafkaLibrary.errors import KeywordMisused


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule of the schema asks of the value at ``steps``, and what was found there.

    A missing field has the names that there are instead, an unknown one is ``asked`` for with the names
    that the schema knows. ``inner`` is what the nearest of several alternatives still lacks.
    """

    steps: tuple[str | int, ...]
    rule: str
    asked: Any
    found: Any
    inner: tuple[Violation, ...] = ()


class Misfit(KeywordMisused):
    """A value that can't be written by its schema: all that is wrong with it, each at its place."""

    def __init__(self, schema: str, violations: Sequence[Violation]) -> None:
        self.schema = schema
        self.violations = tuple(violations)
        super().__init__(f"The value does not fit the schema {schema} in {len(violations)} places.")
