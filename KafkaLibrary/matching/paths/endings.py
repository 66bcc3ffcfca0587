"""How far the steps of a path are there in a value, and whether the next one is lacking: a slip, if no event has it."""

from __future__ import annotations

from itertools import islice
from types import NoneType
from typing import Any, NamedTuple

from KafkaLibrary.matching.paths.grammar import DESCEND, EVERY, Step
from KafkaLibrary.matching.paths.paths_meant import children, is_filter, names_in
from KafkaLibrary.matching.paths.plain_paths import children_of

_NAMES_MOST = 3


class Ending(NamedTuple):
    """So many steps of a path are there in a value. It ``lacks`` the next one if something else stands in its place.

    Null and an empty list say nothing of what would be in them.
    """

    steps: int
    lacks: bool


def ending_of(document: Any, steps: tuple[Step, ...]) -> Ending:
    """Where the path ends. A filter is there where all its names are: any element might be picked then."""
    parts = [document]
    for place, step in enumerate(steps):
        inner = children(parts, step)
        if not inner or _names_lacking(inner, step):
            return Ending(place, _is_lacking(parts, inner, step, after_descent=steps[:place][-1:] == (DESCEND,)))
        parts = inner
    return Ending(len(steps), False)


def lacking_in_filter(document: Any, steps: tuple[Step, ...]) -> tuple[str, list[str]]:
    """The first name in a filter that no element has, and some that elements have; empty where all are there."""
    parts = [document]
    for step in steps:
        parts = children(parts, step)
        lacking = _names_lacking(parts, step)
        if lacking:
            there = dict.fromkeys(name for part in parts if isinstance(part, dict) for name in part)
            return lacking[0], list(islice(there, _NAMES_MOST))
    return "", []


def _names_lacking(elements: list[Any], step: Step) -> list[str]:
    """The names in a filter that none of the elements has, if there is one that could."""
    objects = [one for one in elements if isinstance(one, dict)]
    if not objects or not is_filter(step):
        return []
    return [name for name in names_in(step) if not any(name in one for one in objects)]


def _is_lacking(parts: list[Any], inner: list[Any], step: Step, *, after_descent: bool) -> bool:
    """Whether something stands where the step would lead, be it in one of several parts."""
    if inner:
        return True
    if after_descent:
        return bool(parts) and not any(part == [] or None in children_of(part) for part in parts)
    if isinstance(step, str):
        return any(part is not None for part in parts)
    if isinstance(step, int):
        return any(part is not None and part != [] for part in parts)
    return step is EVERY and any(not isinstance(part, (list, NoneType)) for part in parts)
