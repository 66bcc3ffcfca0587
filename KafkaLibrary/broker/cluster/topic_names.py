"""What Kafka takes for a topic's name."""

from __future__ import annotations

import re
from typing import Any

from KafkaLibrary.errors import KeywordMisused

_TOPIC_NAME = re.compile(r"[A-Za-z0-9._-]{1,249}")

_ARGUMENT = re.compile(r"([a-z_]+)\s*=")


def check_topic_name(name: Any) -> None:
    """Raises ``KeywordMisused`` for what Kafka takes for no topic's name."""
    if isinstance(name, list | tuple | set) or (isinstance(name, str) and "," in name):
        raise KeywordMisused(f"One topic is needed here, not several: {name!r}.\nCall the keyword for each of them.")
    if not isinstance(name, str) or not name.strip():
        raise KeywordMisused(f"Expected a topic name, not {name!r}.")
    if not _TOPIC_NAME.fullmatch(name) or name in (".", ".."):
        argument = _ARGUMENT.match(name)
        meant = f" If {argument[1]}= is meant as an argument: this keyword has none of that name." if argument else ""
        raise KeywordMisused(
            f"'{name}' is not a valid topic name.\nIt has ASCII letters, digits, '.', '_' and '-', 249 at most.{meant}"
        )
