"""What the topic of transactions tells: that one ended, and how many rows of each table it changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

_COUNT = re.compile(r"\s*([^\s:=,]+)\s*[:=]\s*([0-9]+)\s*")


def counts_of_end(content: Any) -> dict[str, int]:
    """How many rows of each table changed, of the event that says that a transaction ended."""
    collections = content.get("data_collections") if isinstance(content, Mapping) else None
    found = collections if isinstance(collections, list) else []
    named = [one for one in found if isinstance(one, Mapping) and "data_collection" in one]
    return {str(one["data_collection"]): int(one.get("event_count") or 0) for one in named}


def read_counts(given: Any) -> dict[str, int]:
    """How many rows of each table are meant, of a dictionary or a text such as `orders: 1, lines: 2`.

    Raises ``ValueError``.
    """
    if isinstance(given, Mapping):
        pairs = [(str(name), str(count)) for name, count in given.items()]
    else:
        found = [_COUNT.fullmatch(part) for part in str(given).split(",")]
        pairs = [(one[1], one[2]) for one in found if one]
        if len(pairs) < len(found):
            raise ValueError(str(given))
    counts = {name: int(count) for name, count in pairs}
    if not counts or len(counts) < len(pairs) or min(counts.values()) < 1:
        raise ValueError(str(given))
    return counts


def doubled(rows: Iterable[tuple[str, Any]]) -> list[str]:
    """The places of rows that came more than once, from where each is, and what tells it from the others."""
    known: dict[Any, str] = {}
    again = []
    for place, identity in rows:
        if identity in known:
            again.append(f"{place} is {known[identity]} once more")
        known.setdefault(identity, place)
    return again


def lacking(wanted: Mapping[str, int], found: Mapping[str, int]) -> list[str]:
    """A line for each table of which not as many rows came as the transaction has."""
    there = Counter(found)
    return [f"{name}: {there[name]} of {count}" for name, count in wanted.items() if there[name] != count]
