"""What a value does not fit in an Avro schema: gathered while it is written, each with its place.

A function appends to the bytes what it can, and to the findings what it can't: where there are any, the bytes are
of no use. Findings are told from the value that a function was given; who gave it puts the step there in front.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from KafkaLibrary.serialization.schemas.violations import Violation


@dataclass(frozen=True, slots=True)
class Trial:
    """What a value is as one branch of a union. It is kept, so that no other value gets its identity."""

    value: Any
    raw: bytes
    violations: tuple[Violation, ...]


class Findings:
    """Violations of one value, and what was tried for it: each part is tried as each branch of a union once."""

    __slots__ = ("tried", "violations")

    def __init__(self, tried: dict[tuple[int, int], Trial] | None = None) -> None:
        self.violations: list[Violation] = []
        self.tried: dict[tuple[int, int], Trial] = {} if tried is None else tried

    def misfit(self, asked: str, found: Any) -> None:
        self.violations.append(Violation((), "fit", asked, found))

    def move(self, since: int, step: str | int) -> None:
        """Those from ``since`` on were found at this step."""
        for index in range(since, len(self.violations)):
            one = self.violations[index]
            self.violations[index] = dataclasses.replace(one, steps=(step, *one.steps))


Write: TypeAlias = Callable[[Any, bytearray, Findings], None]
