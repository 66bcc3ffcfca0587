"""What one type of a connector is: a reader and a writer, and what they raise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from KafkaLibrary.serialization.values import phrases

Read = Callable[[Any], Any]
Write = Callable[[Any], Any]


class Misfit(Exception):
    """What does not fit its type or its schema. ``steps`` lead to it, the last of them first."""

    def __init__(self, should: str, found: Any) -> None:
        super().__init__(should)
        self.should = should
        self.found = found
        self.steps: list[str | int] = []

    def told_from(self, root: str) -> str:
        way = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in reversed(self.steps))
        return f"{root}{way} should {self.should}, and is {phrases.short(self.found)}"


class Rounded(Exception):
    """A decimal was met that is a double already: the value has to be read with exact numbers."""


class Logical(NamedTuple):
    """One type. No function gets null.

    ``read`` raises ``Misfit`` and ``Rounded``, ``write`` raises ``Misfit``. ``at_depth`` gives the reader for a depth
    of ``event.Decoder`` where it is not the same for all.
    """

    read: Read
    write: Write
    at_depth: Callable[[str], Read] | None = None

    def reader(self, depth: str) -> Read:
        return self.read if self.at_depth is None else self.at_depth(depth)
