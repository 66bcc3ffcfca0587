"""Patterns that name topics: ``orders-*``, or a regular expression that begins with ``^``.

Kafka takes neither as a topic's name, so a text is always one or the other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from KafkaLibrary.errors import KeywordMisused

_INTERNAL = "__"
_WILD = {"*": ".*", "?": "."}
_OTHER_THAN_NAMES_HAVE = re.compile(r"[^A-Za-z0-9._*?-]")


def is_pattern(topic: object) -> bool:
    """Whether this names topics by what they have in common."""
    return isinstance(topic, str) and (topic.startswith("^") or not _WILD.keys().isdisjoint(topic))


def check_pattern(pattern: str) -> None:
    """Raises ``KeywordMisused`` for a pattern that no topic can match, or that can't be read."""
    if pattern.startswith("^"):
        reason = _no_expression(pattern)
        if reason:
            raise KeywordMisused(
                f"'{pattern}' is not a regular expression for topic names: {reason}.\n"
                "A pattern without ^ is simpler: orders-* are all topics whose name begins with 'orders-'."
            )
    elif found := _OTHER_THAN_NAMES_HAVE.search(pattern):
        raise KeywordMisused(
            f"'{pattern}' is not a pattern for topic names: no name has {found[0]!r} in it.\n"
            "In a pattern * stands for any characters and ? for one; a text that begins with ^ is a regular expression."
        )


def _no_expression(pattern: str) -> str:
    if " " in pattern:
        return "no name has a blank in it"
    try:
        _compiled(pattern)
    except (re.error, OverflowError, RecursionError) as problem:
        return str(problem)
    return ""


def matches(pattern: str, name: str) -> bool:
    """Whether a topic is meant by a pattern. Internal topics are so by those alone that begin as they do."""
    if name.startswith(_INTERNAL) and not pattern.lstrip("^").startswith(_INTERNAL):
        return False
    return _compiled(pattern).search(name) is not None


def matching(patterns: Collection[str], names: Iterable[str]) -> list[str]:
    """Those of the names that one of the patterns means, in the order of the alphabet."""
    return sorted(name for name in names if any(matches(one, name) for one in patterns))


@lru_cache
def _compiled(pattern: str) -> re.Pattern[str]:
    if pattern.startswith("^"):
        return re.compile(pattern)
    return re.compile("^" + "".join(_WILD.get(one) or re.escape(one) for one in pattern) + "$")


@dataclass(frozen=True, slots=True)
class Listing:
    """The topics that a pattern meant at one moment."""

    pattern: str
    names: frozenset[str]
    at: datetime

    def lacks(self, name: str) -> bool:
        """Whether the pattern means this topic, and it was not there at that moment."""
        return name not in self.names and matches(self.pattern, name)
