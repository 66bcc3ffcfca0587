"""What Kafka takes for a topic's name."""

from __future__ import annotations

import re
from typing import Any

from KafkaLibrary.errors import KeywordMisused

_TOPIC_NAME = re.compile(r"[A-Za-z0-9._-]{1,249}")
_BETWEEN = re.compile(r"\s*[;|/]\s*|\s+(?:and\s+)?")
_AROUND = " \t\n'\"`"
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
        advice = _meant_by(name) or f"It has ASCII letters, digits, '.', '_' and '-', 249 at most.{meant}"
        raise KeywordMisused(f"'{name}' is not a valid topic name.\n{advice}")


def _meant_by(name: str) -> str:
    """What to write for names with something else than commas between them, in quotes or in the brackets of a list."""
    names = [one for one in _BETWEEN.split(name.strip(_AROUND)) if one]
    if any(sign in name for sign in "${%") or not names or not all(map(_TOPIC_NAME.fullmatch, names)):
        return ""
    if len(names) > 1:
        return f"If these are several topics, put commas between them: {', '.join(names)}."
    return f"Write {names[0]} alone."
