"""Changes between two schemas that stand between a reader and what was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a schema, with the name and the text of each one that it needs."""

    text: str
    references: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed at a place, such as ``$.total`` and ``was added without a default``.

    One that does not ``break`` reading is refused by some registries all the same.
    """

    place: str
    what: str
    breaks: bool = True


def listed(names: Iterable[object]) -> str:
    """Names in their order, with commas between."""
    return ", ".join(map(str, names))
