"""How far the steps of a path are there in a value, and whether the next one is lacking: a slip, if no event has it."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from types import NoneType
from typing import Any, NamedTuple

from KafkaLibrary.matching.one_line_texts import show_text
from KafkaLibrary.matching.paths.grammar import DESCEND, EVERY, Step, read_path
from KafkaLibrary.matching.paths.paths_meant import children, is_filter
from KafkaLibrary.matching.paths.plain_paths import as_it_stands, children_of, getter
from KafkaLibrary.matching.syntax_error import SyntaxFault

_NAMES_MOST = 3
_ASKED = re.compile(
    r"""@(?P<path>(?:\.[\w$-]+|\[\s*(?:'[^']*'|"[^"]*"|\d+)\s*\])+)"""
    r"""(?:\s*(?P<sign>==|=|<=|>=|<|>)\s*(?P<quote>['"])(?P<text>.*?)(?P=quote))?"""
)
"""A field of an element in a filter, and a text that it is compared with."""


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
        if not inner or _fault(inner, step, of_names=True):
            return Ending(place, _is_lacking(parts, inner, step, after_descent=steps[:place][-1:] == (DESCEND,)))
        parts = inner
    return Ending(len(steps), False)


def fault_of_filter(document: Any, steps: tuple[Step, ...], *, of_names: bool = True) -> str:
    """Why a filter can pick none of the elements there are, whatever their values; empty where it could.

    Without ``of_names`` it is not told that a name is lacking.
    """
    parts = [document]
    for step in steps:
        parts = children(parts, step)
        fault = _fault(parts, step, of_names=of_names)
        if fault:
            return fault
    return ""


def _fault(elements: list[Any], step: Step, *, of_names: bool) -> str:
    objects = [one for one in elements if isinstance(one, dict)]
    if not objects or not is_filter(step):
        return ""
    faults = (_fault_of_field(objects, asked, of_names=of_names) for asked in _ASKED.finditer(step.text))
    return next(filter(None, faults), "")


def _fault_of_field(objects: list[Any], asked: re.Match[str], *, of_names: bool) -> str:
    """That no element has the field, or has a text there where a text in quotes is asked."""
    try:
        steps = read_path(f"${asked['path']}").steps
    except SyntaxFault:
        return ""
    endings = [ending_of(one, steps) for one in objects]
    farthest = max(one.steps for one in endings)
    if farthest == len(steps):
        found = [value for one in objects for value in getter(steps, as_it_stands)(one) if value is not None]
        return _fault_of_text(found, asked) if asked["text"] is not None and found else ""
    if not of_names or not any(one.lacks for one in endings if one.steps == farthest):
        return ""
    there = dict.fromkeys(name for one in objects for name in one)
    beside = f"there {'is' if len(there) == 1 else 'are'} {', '.join(map(show_text, islice(there, _NAMES_MOST)))}"
    return f"No element has `{_named(asked)}`, by which the filter picks: {beside}"


def _fault_of_text(found: list[Any], asked: re.Match[str]) -> str:
    text, bare = asked["text"], " ".join(asked["text"].split())
    if all(isinstance(one, (bool, int, float, Decimal)) for one in found):
        kind = "true or false" if isinstance(found[0], bool) else "a number"
        meant = f"@{asked['path']} {asked['sign']} {text.lower()}"
        return f"`{_named(asked)}` is {kind} there: in a filter that is written without quotes, `{show_text(meant)}`"
    if text not in found and bare != text and bare in found:
        return f"A filter compares blanks, too: `{show_text(text)}` is `{show_text(bare)}` there"
    return ""


def _named(asked: re.Match[str]) -> str:
    return show_text(asked["path"].removeprefix("."))


def _has_empty(part: Any) -> bool:
    """Whether there is a place in it that says nothing of what would be in it."""
    return any(one is None or one == [] for one in children_of(part))


def _is_lacking(parts: list[Any], inner: list[Any], step: Step, *, after_descent: bool) -> bool:
    """Whether something stands where the step would lead, be it in one of several parts."""
    if inner:
        return True
    if after_descent:
        return any(isinstance(part, dict) and part and not _has_empty(part) for part in parts)
    if isinstance(step, str):
        return any(part is not None for part in parts)
    if isinstance(step, int):
        return any(part is not None and part != [] for part in parts)
    return step is EVERY and any(not isinstance(part, (list, NoneType)) for part in parts)
