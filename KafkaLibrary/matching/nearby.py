"""Names near to one that is missing in a document."""

from __future__ import annotations

import difflib
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

from KafkaLibrary.matching.shown import show_path, show_text

MOST_NAMES = 10
_MOST_LOOKED_AT = 2000
_MOST_COMPARED = 200
_NEAR = 0.6

Place = tuple[str | int, ...]


def names_nearby(document: Any, steps: tuple[Any, ...], root: str) -> list[str]:
    """Names at the deepest level that ``steps`` reach, and paths to the wanted name elsewhere.

    Near names come first, then the paths; where there is neither, all names of that level.
    """
    level, reached, wanted = _deepest(document, steps)
    if not isinstance(wanted, str):
        return []
    here = [name for name, _ in _fields(level)]
    ranked = sorted(here, key=lambda name: -_likeness(name, wanted))
    near = [name for name in ranked if _likeness(name, wanted) >= _NEAR]
    elsewhere = [show_path(place, root) for place in islice(_places_of(wanted, document, reached), 3)]
    return ([*map(show_text, near), *elsewhere] or [*map(show_text, ranked)])[:MOST_NAMES]


def _deepest(document: Any, steps: tuple[Any, ...]) -> tuple[Any, Place, Any]:
    """The part of the document that the steps reach, the way to it, and the step that failed there."""
    way: list[str | int] = []
    for step in steps:
        fits = isinstance(document, dict if isinstance(step, str) else list)
        if not fits or not isinstance(step, (str, int)):
            return document, tuple(way), step if isinstance(step, str) else _last_name(steps)
        try:
            document = document[step]
        except LookupError:
            return document, tuple(way), step
        way.append(step)
    return document, tuple(way), None


def _last_name(steps: tuple[Any, ...]) -> Any:
    return next((step for step in reversed(steps) if isinstance(step, str)), None)


def _likeness(name: str, wanted: str) -> float:
    one, other = _folded(name), _folded(wanted)
    if one == other:
        return 2.0
    if min(len(one), len(other)) > 1 and (one in other or other in one):
        return 1.0
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _folded(name: str) -> str:
    """The letters and digits of a name: ``order_id``, ``orderID`` and ``order-id`` are the same."""
    return "".join(filter(str.isalnum, name[:100].casefold()))


def _places_of(wanted: str, document: Any, but: Place) -> Iterator[Place]:
    """Ways to fields of this name, shallow ones first; in a list only its first element is looked at."""
    waiting: deque[tuple[Place, Any]] = deque([((), document)])
    looked_at = 0
    while waiting and looked_at < _MOST_LOOKED_AT:
        place, value = waiting.popleft()
        looked_at += 1
        if isinstance(value, dict) and wanted in value and place != but:
            yield (*place, wanted)
        waiting.extend(((*place, name), inner) for name, inner in _fields(value))
        if isinstance(value, list) and value:
            waiting.append(((*place, 0), value[0]))


def _fields(value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, dict):
        return []
    return [(name, inner) for name, inner in islice(value.items(), _MOST_COMPARED) if isinstance(name, str)]
