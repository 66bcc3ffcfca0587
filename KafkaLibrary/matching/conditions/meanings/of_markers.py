"""Markers of an expected document in a condition, where they are texts: ``id == #number``, ``id == #notnull``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.meanings.found_values import values_at
from KafkaLibrary.matching.conditions.other_meanings import Meaning
from KafkaLibrary.matching.one_line_texts import show_text
from KafkaLibrary.matching.operators.cell_splitting import find_operator
from KafkaLibrary.matching.values.numbers import is_number

_MARKER = re.compile(r"#?(#(?:[a-z]+|\?|\[\d*\]))(?:\s+(.*))?", re.DOTALL)
_KINDS: dict[str, Callable[[Any], bool]] = {
    "#number": is_number,
    "#string": lambda found: isinstance(found, str),
    "#boolean": lambda found: isinstance(found, bool),
    "#array": lambda found: isinstance(found, (list, tuple)),
    "#object": lambda found: isinstance(found, dict),
    "#null": lambda found: found is None,
    **dict.fromkeys(("#present", "#ignore"), lambda found: True),
    **dict.fromkeys(
        ("#notnull", "#uuid", "#date", "#datetime", "#regex", "#equals", "#contains", "#only", "#?"),
        lambda found: found is not None,
    ),
}
"""Whether a value may be what a marker stands for."""
_WRITTEN = {
    "#present": ("exists", "does not exist"),
    "#ignore": ("exists", "does not exist"),
    "#notpresent": ("does not exist", "exists"),
    "#null": ("== null", "!= null"),
    "#notnull": ("!= null", "== null"),
    "#regex": ("matches", "not matches"),
    "#equals": ("==", "!="),
}


def of_markers(condition: Condition) -> Iterator[Meaning]:
    """What the marker stands for. ``strict=True``, or double quotes, say that it is a text like any other."""
    operator, expected = condition.operator, condition.expected
    found = _MARKER.fullmatch(expected.strip()) if isinstance(expected, str) and not condition.strict else None
    if not found or operator.asks not in ("==", "matches"):
        return
    marker, argument = found[1], (found[2] or "").strip()
    fits = _KINDS.get("#array" if marker.startswith("#[") else marker)
    if fits is None and marker != "#notpresent":
        return

    def holds(event: Event) -> bool:
        values = values_at(condition, event)
        return (any(map(fits, values)) if fits else not values) is not operator.negated

    yield Meaning(_said(condition, marker, argument), holds)


def _said(condition: Condition, marker: str, argument: str) -> str:
    path = show_text(condition.path.text)
    asked = _WRITTEN.get(marker, ("", ""))[condition.operator.negated]
    if marker == "#?" and not condition.operator.negated and find_operator(f"x {argument}"):
        asked = argument
    elif asked and argument:
        asked = f"{asked} {argument}"
    write = f"write `{path} {show_text(asked)}`" if asked else "ask with `Event Should Be Like`"
    return f"`{marker}` is a text here, and a marker only in an expected document: {write}; double quotes keep the text"
