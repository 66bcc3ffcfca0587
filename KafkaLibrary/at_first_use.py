"""Modules that are imported when something of them is first asked for: a suite that passes needs the fewest."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class AtFirstUse:
    """Stands for a module, under the name that its import would have.

    >>> json = AtFirstUse("json")
    """

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)

    def __repr__(self) -> str:
        return f"AtFirstUse({self._name!r})"
