"""Places of a schema that values can show, and what a value shows of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from KafkaLibrary.matching import show_path, show_value

PARTS_MOST = 2_000
"""Parts of one schema that are counted."""
_NODES_MOST = 3 * PARTS_MOST
"""Places that are looked at for them: a schema whose parts each refer to others twice doubles with each step."""
_TEXT_MOST = 60

Shown = tuple[str, str, str]
"""The kind of a part, where it is, and what it is."""


@dataclass(slots=True)
class Node:
    """One place of a schema."""

    path: tuple[str | int, ...]
    fields: dict[str, tuple[Node, bool]] = field(default_factory=dict)
    """By name, and whether it may be absent."""
    defaults: dict[str, Any] = field(default_factory=dict)
    """Fields that count as absent where they have this value."""
    takes_null: bool = False
    values: list[Any] = field(default_factory=list)
    elements: list[Node] = field(default_factory=list)
    branches: list[tuple[str, Callable[[Any], bool], Node]] = field(default_factory=list)
    beside: list[Node] = field(default_factory=list)
    """What is asked of the same value, too."""

    @property
    def place(self) -> str:
        return show_path(["[*]" if step == "*" else step for step in self.path]).replace("['[*]']", "[*]")

    def all(self) -> Iterator[Shown]:
        """All that values can show."""
        yield from self._own()
        for child, optional in self.fields.values():
            yield "field", child.place, "present"
            if optional:
                yield "absent", child.place, "absent"
            yield from child.all()
        for inner in (*self.elements, *self.beside, *(node for _, _, node in self.branches)):
            yield from inner.all()

    def _own(self) -> Iterator[Shown]:
        if self.takes_null:
            yield "null", self.place, "null"
        yield from (("value", self.place, show_value(value, _TEXT_MOST)) for value in self.values)
        yield from (("branch", self.place, label) for label, _, _ in self.branches)

    def shown_by(self, value: Any) -> Iterator[Shown]:
        """What this value shows."""
        if value is None and self.takes_null:
            yield "null", self.place, "null"
        yield from (("value", self.place, show_value(one, _TEXT_MOST)) for one in self.values if equal(one, value))
        if isinstance(value, Mapping):
            yield from self._fields_of(value)
        if isinstance(value, list):
            yield from (shown for element in self.elements for one in value for shown in element.shown_by(one))
        for other in self.beside:
            yield from other.shown_by(value)
        for label, fits, node in self.branches:
            if fits(value):
                yield "branch", self.place, label
                yield from node.shown_by(value)

    def _fields_of(self, value: Mapping[str, Any]) -> Iterator[Shown]:
        for name, (child, optional) in self.fields.items():
            is_there = name in value and not (name in self.defaults and value[name] in (self.defaults[name], {}))
            if is_there or optional:
                yield ("field", child.place, "present") if is_there else ("absent", child.place, "absent")
            if name in value:
                yield from child.shown_by(value[name])


def equal(one: Any, other: Any) -> bool:
    """As JSON has it: true is not 1, and 1 is 1.0."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(equal(part, other[name]) for name, part in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return bool(one == other)


class TooMany(Exception):
    """There are more places in a schema than are looked at."""


class Places:
    """Makes the places of one schema."""

    def __init__(self) -> None:
        self._made = 0
        self._called: dict[tuple[Any, ...], list[Any]] = {}
        """The branches that have a label at a place."""

    def label(self, path: tuple[str | int, ...], label: str, branch: Any) -> str:
        """With a number where another branch there is called so: one of them shows nothing of the other."""
        alike = self._called.setdefault((path, label), [])
        if not any(one is branch for one in alike):
            alike.append(branch)
        number = next(n for n, one in enumerate(alike, 1) if one is branch)
        return label if number == 1 else f"{label} #{number}"

    def place(self, path: tuple[str | int, ...]) -> Node:
        self._made += 1
        if self._made > _NODES_MOST:
            raise TooMany
        return Node(path)
