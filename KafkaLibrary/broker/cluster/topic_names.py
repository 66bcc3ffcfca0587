"""What Kafka takes for a topic's name."""

from __future__ import annotations

import re
from typing import Any

from KafkaLibrary.errors import KeywordMisused, in_own_cells

_TOPIC_NAME = re.compile(r"[A-Za-z0-9._-]{1,249}")
_BETWEEN = re.compile(r"\s*[;|/]\s*|\s+(?:and\s+)?")
_AROUND = " \t\n'\"`"
_ARGUMENT = re.compile(r"([a-z_]+)\s*=")
_NAMES = r"\^\S*|[A-Za-z0-9._*?-]+(?:\s*,\s*[A-Za-z0-9._*?-]+)*"
_AND_ANOTHER_CELL = re.compile(rf"\s*({_NAMES})\s+(\S.*)", re.DOTALL)
_NOT_OF_NAMES = re.compile(r"[=<>~{\[\"$]")
"""What is in conditions, values and named arguments, and hardly where several topics are meant."""
_COMPARISON = re.compile(r"\s*[^\s=<>!]+\s*(?:[=!<>]=|[<>])")
_COMPARES = re.compile(r"[=!<>~^$]*[=<>~]+(?=\s|$)")
_CONDITION_ALONE = (
    "'{}' is not a valid topic name.\nIt is a condition, and the topic before it is missing: write `TOPIC    {}`."
)
_ONE_VARIABLE = "In Robot ${orders} and ${ORDERS} are one variable: was the topic's name replaced?"


def check_topic_cell(cell: str) -> None:
    """Raises ``KeywordMisused`` where more than topics is in a cell: Robot ends one at two blanks, not at one."""
    found = _AND_ANOTHER_CELL.fullmatch(cell)
    if found is not None and _NOT_OF_NAMES.search(found[2]):
        if _COMPARES.match(found[2]):
            raise KeywordMisused(_CONDITION_ALONE.format(cell, cell.strip()))
        raise KeywordMisused(
            f"'{cell}' is not a valid topic name.\n"
            f"The topic and `{found[2]}` are in one cell. {in_own_cells(found[1], found[2])}"
        )
    if _COMPARISON.match(cell) and cell[:1] != "^":
        raise KeywordMisused(_CONDITION_ALONE.format(cell, cell.strip()))


def check_topic_name(name: Any) -> None:
    """Raises ``KeywordMisused`` for what Kafka takes for no topic's name."""
    if isinstance(name, str) and "," in name:
        check_topic_cell(name)
    if isinstance(name, list | tuple | set) or (isinstance(name, str) and "," in name):
        raise KeywordMisused(f"One topic is needed here, not several: {name!r}.\nCall the keyword for each of them.")
    if not isinstance(name, str) or not name.strip():
        of_another = "" if isinstance(name, str) or name is None else f"\n{_ONE_VARIABLE}"
        raise KeywordMisused(f"Expected a topic name, not {name!r}.{of_another}")
    if not _TOPIC_NAME.fullmatch(name) or name in (".", ".."):
        check_topic_cell(name)
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
        several = f"If these are several topics, put commas between them: {', '.join(names)}."
        first, *rest = name.strip(_AROUND).split()
        if not {first, *rest[:1]} <= {*names}:
            return several
        return f"{several}\nIf they are cells of their own: {in_own_cells(first, ' '.join(rest))}"
    return f"Write {names[0]} alone." if names[0] != name else ""
