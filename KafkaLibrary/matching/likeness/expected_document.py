"""Reads the expected document of a comparison: JSON, or a dictionary, with the markers in it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.matching.likeness.markers import Marker, read_marker
from KafkaLibrary.matching.one_line_texts import show_path, show_text
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.json_texts import read_json
from KafkaLibrary.secrets.robot_secret import refuse_hidden

_MOST_NESTED = 20
_PATH_MOST = 200

Way = tuple[Any, str | int] | None
"""The way to a part of a document: the way to what it stands in, and the step from there."""


def steps_of(way: Way) -> tuple[str | int, ...]:
    steps: list[str | int] = []
    while way is not None:
        way, step = way
        steps.append(step)
    return tuple(reversed(steps))


def show_way(way: Way) -> str:
    return show_text(show_path(steps_of(way)), _PATH_MOST)


def read_expected(expected: Any) -> Any:
    """The document that JSON text spells; a dictionary or list as it is. Raises ``KeywordMisused``."""
    refuse_hidden(expected, "The expected value")
    if isinstance(expected, str):
        marker = expected.lstrip()
        if marker.startswith("#"):
            return marker
        try:
            return read_json(expected, "The expected value")
        except SyntaxFault as fault:
            raise fault.misuse(expected) from None
    if isinstance(expected, (dict, list, tuple, int, float, Decimal)):
        return expected
    raise KeywordMisused(
        f"The expected value is JSON text, a dictionary or a list, not {type(expected).__name__} "
        f"({show_text(repr(expected))})."
    )


def read_markers(document: Any) -> dict[str, Marker]:
    """All markers in the document, and in markers themselves, by their texts. Raises ``KeywordMisused``."""
    markers: dict[str, Marker] = {}
    seen: set[int] = set()  # A variable may hold one list twice, or even itself.
    waiting: list[tuple[Way, Any, int]] = [(None, document, 0)]
    while waiting:
        way, value, nested = waiting.pop()
        if isinstance(value, str):
            if value.startswith("#") and value not in markers:
                try:
                    markers[value] = marker = _marker(value, nested)
                except SyntaxFault as fault:
                    raise _refused(fault, value, way) from None
                waiting.extend((way, inner, nested + 1) for inner in reversed(marker.inner))
        elif isinstance(value, (dict, list, tuple)) and id(value) not in seen:
            seen.add(id(value))
            parts = _named_parts(value, way) if isinstance(value, dict) else list(enumerate(value))
            waiting.extend(((way, step), part, nested) for step, part in reversed(parts))
    return markers


def _marker(text: str, nested: int) -> Marker:
    if nested > _MOST_NESTED:
        raise SyntaxFault("Too many markers are nested.", None)
    return read_marker(text)


def _refused(fault: SyntaxFault, marker: str, way: Way) -> KeywordMisused:
    verdict, *rest = str(fault.misuse(marker)).split("\n")
    where = [] if way is None else [_where(way)]
    return KeywordMisused("\n".join([verdict, *where, *rest]))


def _where(way: Way) -> str:
    return f"It is at {show_way(way)} of the expected value."


def _named_parts(value: dict[Any, Any], way: Way) -> list[tuple[str, Any]]:
    for name in value:
        if not isinstance(name, str):
            raise KeywordMisused(
                f"The name of a field is a text, not {type(name).__name__} ({show_text(repr(name))}).\n{_where(way)}"
            )
    return list(value.items())
