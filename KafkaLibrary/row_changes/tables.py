"""Which topics a table's changes are on, as a tester names it: `orders`, `public.orders`, or the topic itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BESIDE = ("__", "outbox.event.")
"""Begin the names of topics that no table has."""
_PART = re.compile(r"[^A-Za-z0-9._-]")


def pattern_of(table: str) -> str:
    """A pattern of the topics that end with the table's name, whatever prefix, database and schema stand before it.

    What a topic's name can't have the connector writes as an underscore.
    """
    name = re.escape(_PART.sub("_", table.replace('"', "")))
    beside = "|".join(map(re.escape, _BESIDE))
    return rf"^(?!{beside})(?:.*\.)?{name}$"


def seen(topics: Iterable[str]) -> list[str]:
    """Names of topics that may be those of tables: a prefix, and a table at least."""
    return sorted(name for name in topics if "." in name and not name.startswith(_BESIDE))
