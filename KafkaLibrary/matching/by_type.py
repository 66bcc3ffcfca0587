"""A table of functions by the type of a value, for what is done otherwise with a number than with a list."""

from __future__ import annotations

from typing import TypeVar

Entry = TypeVar("Entry")


class ByType(dict[type, Entry]):
    """Subclasses find the entry of their nearest base; ``object`` is the entry for all else."""

    def __missing__(self, kind: type) -> Entry:
        entry = next(self[base] for base in kind.__mro__ if base in self)
        self[kind] = entry
        return entry
