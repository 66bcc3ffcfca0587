"""The messages that an event may be, what it lacks of each, and how near each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from KafkaLibrary.contracts.checking import readings
from KafkaLibrary.contracts.contract import Contract, Message
from KafkaLibrary.contracts.schemas.parts import Role
from KafkaLibrary.serialization.schemas.violations import Violation

_Place = tuple[str, "tuple[str | int, ...]"]


@dataclass(frozen=True, slots=True)
class Lack:
    """What an event lacks of a message: a rule that a part of it does not meet, or why that part can't be read."""

    role: Role
    violation: Violation | None = None
    said: str = ""


@dataclass(slots=True)
class Candidate:
    """A message that the event may be, with what the event lacks of it and what could not be checked."""

    contract: Contract
    message: Message
    lacks: list[Lack] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What is worth a word where it fits."""

    @property
    def fits(self) -> bool:
        return not self.lacks and not self.unchecked


def distances(candidates: Sequence[Candidate]) -> dict[int, tuple[int, int, int]]:
    """How far the event is from each, by its id: first by what can't be read, then by fields that tell another message.

    Such a field has a fixed value, or one of several, and another value there: that of another candidate.
    """
    wrong = {id(one): dict(_other_values(one)) for one in candidates}
    found = {}
    for one in candidates:
        unread = sum(lack.violation is None for lack in one.lacks)
        kinds = sum(
            is_fixed or any(place not in wrong[id(other)] and _lists_values(other, place) for other in candidates)
            for place, is_fixed in wrong[id(one)].items()
        )
        found[id(one)] = unread, kinds, len(one.lacks)
    return found


def _other_values(candidate: Candidate) -> Iterator[tuple[_Place, bool]]:
    """Where a value is none of those that are listed, also within alternatives, and whether one was listed alone."""
    for lack in candidate.lacks:
        left = [lack.violation] if lack.violation is not None else []
        while left:
            one = left.pop()
            left += one.inner
            if one.rule in ("const", "enum"):
                yield (lack.role, one.steps), one.rule == "const" or len(one.asked) == 1


def _lists_values(candidate: Candidate, place: _Place) -> bool:
    role, steps = place
    part = next((one for one in candidate.message.parts if one.role == role), None)
    if part is None or part.kind != "json-schema":
        return False
    schemas = [part.content]
    for step in steps:
        if not isinstance(step, str):
            return False
        schemas = [one for schema in schemas for one in readings.schemas_of_property(step, schema, part.content)]
    return any(readings.lists_values(one, part.content) for one in schemas)
