"""What was seen of contracts, as data: merged from many processes in any order, written as JSON and read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from KafkaLibrary.errors import KeywordMisused

VERSION = 1
KINDS = ("channel", "operation", "message", "field", "absent", "null", "value", "branch", "example")


class Item(NamedTuple):
    """One thing of a contract that an event can show. ``part`` is where in the message it is, ``shown`` what it is."""

    contract: str
    kind: str
    owner: str
    """The channel, the operation or the message that it belongs to."""
    part: str = ""
    shown: str = ""


class Sighting(NamedTuple):
    """When something was seen first, in seconds since 1970, and in which test."""

    at: float
    test: str


@dataclass(frozen=True, slots=True)
class Sightings:
    """``items`` are all that there are to be seen, the others what was seen of them: of others, and of the test's own.

    ``several`` may have been seen: by events that match several messages, of which one was meant. ``unchecked`` has
    the parts that are not counted, each with the reason.
    """

    items: frozenset[Item] = frozenset()
    seen: Mapping[Item, Sighting] = field(default_factory=dict)
    published: Mapping[Item, Sighting] = field(default_factory=dict)
    unchecked: frozenset[tuple[str, str]] = frozenset()
    several: Mapping[Item, Sighting] = field(default_factory=dict)

    def of(self, item: Item) -> tuple[str, Sighting | None]:
        """``seen``, ``published`` by a test alone, fits ``several``, or ``never``; and the first sighting."""
        for state, found in (("seen", self.seen), ("published", self.published), ("several", self.several)):
            if item in found:
                return state, found[item]
        return "never", None


def union(parts: Iterable[Sightings]) -> Sightings:
    """All that any of them has, with the first sighting of each. The order of the parts does not matter."""
    items: set[Item] = set()
    unchecked: set[tuple[str, str]] = set()
    seen: dict[Item, Sighting] = {}
    published: dict[Item, Sighting] = {}
    several: dict[Item, Sighting] = {}
    for part in parts:
        items |= part.items
        unchecked |= part.unchecked
        for into, found in ((seen, part.seen), (published, part.published), (several, part.several)):
            for item, sighting in found.items():
                into[item] = min(sighting, into.get(item, sighting))
    return Sightings(frozenset(items), seen, published, frozenset(unchecked), several)


def of_contract(found: Sightings, contract: str) -> Sightings:
    """What belongs to one contract."""
    return Sightings(
        frozenset(item for item in found.items if item.contract == contract),
        _of(contract, found.seen),
        _of(contract, found.published),
        frozenset(one for one in found.unchecked if one[0].startswith(f"{contract} ")),
        _of(contract, found.several),
    )


def _of(contract: str, found: Mapping[Item, Sighting]) -> dict[Item, Sighting]:
    return {item: one for item, one in found.items() if item.contract == contract}


class Count(NamedTuple):
    """How many there are, and how many of them were shown: by others than the tests, or by these alone.

    ``several`` are not certain, and count as not covered.
    """

    there: int
    seen: int
    published: int
    several: int = 0

    @property
    def covered(self) -> int:
        return self.seen + self.published

    @property
    def percent(self) -> float:
        """Of nothing, all was seen."""
        return 100.0 if not self.there else 100.0 * self.covered / self.there


def count(sightings: Sightings, items: Iterable[Item]) -> Count:
    """The count of some of the items."""
    states = [sightings.of(item)[0] for item in items]
    return Count(len(states), states.count("seen"), states.count("published"), states.count("several"))


# As JSON.


def written(sightings: Sightings, *, merged: bool = False) -> str:
    """A file of it: the same for the same sightings. ``merged`` says that it was made of other files."""
    total = count(sightings, sightings.items)
    by_kind = {kind: [one for one in sightings.items if one.kind == kind] for kind in KINDS}
    all_items = sorted({*sightings.items, *sightings.seen, *sightings.published, *sightings.several})
    content = {
        "version": VERSION,
        "merged": merged,
        "covered_percent": round(total.percent, 2),
        "kinds": {kind: count(sightings, items)._asdict() for kind, items in by_kind.items() if items},
        "unchecked": [list(one) for one in sorted(sightings.unchecked)],
        "items": [_row(sightings, item) for item in all_items],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def _row(sightings: Sightings, item: Item) -> dict[str, Any]:
    row: dict[str, Any] = {**item._asdict(), "state": sightings.of(item)[0], "counted": item in sightings.items}
    for name, found in (
        ("seen", sightings.seen), ("published", sightings.published), ("several", sightings.several)
    ):  # fmt: skip
        if item in found:
            row[name] = found[item]._asdict()
    return row


def is_merged(text: str) -> bool:
    """Whether a file was made of others, which say more: one of them may have been written anew."""
    try:
        content = json.loads(text)
    except ValueError:
        return False
    return isinstance(content, dict) and content.get("merged") is True


def read(text: str, name: str) -> Sightings:
    """What ``written`` wrote. Raises ``KeywordMisused`` for another text."""
    try:
        content = json.loads(text)
        if content["version"] != VERSION:
            raise KeywordMisused(f"'{name}' is of another version: {content['version']!r}.")
        rows = [(Item(*(row[part] for part in Item._fields)), row) for row in content["items"]]
        return Sightings(
            frozenset(item for item, row in rows if row["counted"]),
            {item: Sighting(**row["seen"]) for item, row in rows if "seen" in row},
            {item: Sighting(**row["published"]) for item, row in rows if "published" in row},
            frozenset((str(place), str(reason)) for place, reason in content["unchecked"]),
            {item: Sighting(**row["several"]) for item, row in rows if "several" in row},
        )
    except (ValueError, KeyError, TypeError) as problem:
        raise KeywordMisused(f"'{name}' has no coverage of contracts: {type(problem).__name__}: {problem}.") from None
