"""Paths that may have been meant where one finds nothing: ``$..sku`` for ``$..SKU``, ``$.status`` for its own `value`.

Names in filters, after ``..`` and in each element of a list are compared as those of plain paths are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, TypeGuard

from KafkaLibrary.matching.one_line_texts import show_path
from KafkaLibrary.matching.paths.grammar import DESCEND, EVERY, Bracket, Step
from KafkaLibrary.matching.paths.plain_paths import children_of, inside
from KafkaLibrary.matching.paths.similar_names import name_meant

_PARTS_MOST = 2000
_FILTER = re.compile(r"\[\s*\?")
_ASKED = re.compile(
    r"""@(?:\.(?P<plain>[\w$@-]+)|\[\s*(?P<mark>['"])(?P<quoted>.*?)(?P=mark)\s*\])"""
    r"""(?P<compared>\s*==\s*(?P<quote>['"])(?P<text>.*?)(?P=quote))?"""
)
"""A field of an element in a filter, and a text that it is compared with."""

Steps = tuple[Step, ...]


def steps_meant(document: Any, steps: Steps) -> Steps | None:
    """The steps with their names as the document writes them; nothing where it has these, or none like them."""
    return _followed(document, steps, _with_names)


def steps_in_other_case(document: Any, steps: Steps) -> Steps | None:
    """The steps with the texts in their filters in the case of the document; nothing where that is the same."""
    return _followed(document, steps, _with_texts)


def show_steps(steps: Steps) -> str:
    """The path text of steps of any kind."""
    return "$" + "".join(_shown(step, before is DESCEND) for step, before in zip(steps, (None, *steps), strict=False))


def _shown(step: Step, descended: bool) -> str:
    if step is DESCEND:
        return ".."
    if step is EVERY:
        return "*" if descended else "[*]"
    text = step.text if isinstance(step, Bracket) else show_path([step], "")  # type: ignore[list-item] # all others are handled above
    return text.removeprefix(".") if descended else text


_Correct = Callable[[list[Any], Step], "Step | None"]
"""Gives the step as parts of a document write it; nothing where they write it so, or have none like it."""


def _followed(document: Any, steps: Steps, correct: _Correct) -> Steps | None:
    parts, found = [document], list[Step]()
    for step in steps:
        meant = correct(parts, step) or step
        found.append(meant)
        parts = children(parts, meant)
        if not parts:
            break
    meant_steps = (*found, *steps[len(found) :])
    return meant_steps if meant_steps != steps else None


def children(parts: list[Any], step: Step) -> list[Any]:
    """What a step leads to; a filter and a slice may lead to any element."""
    if step is DESCEND:
        return list(islice(_at_any_depth(parts), _PARTS_MOST))
    if isinstance(step, Bracket):
        found = (child for part in parts for child in children_of(part))
    else:
        found = (child for part in parts for _, child in inside(part, step))
    return list(islice(found, _PARTS_MOST))


def _at_any_depth(parts: list[Any]) -> Iterator[Any]:
    waiting = list(parts)
    while waiting:
        part = waiting.pop(0)
        yield part
        waiting.extend(one for one in children_of(part) if isinstance(one, (dict, list)))


def _with_names(parts: list[Any], step: Step) -> Step | None:
    if isinstance(step, str):
        return _name_in(parts, step)
    if not is_filter(step):
        return None
    elements = children(parts, step)

    def corrected(asked: re.Match[str]) -> str:
        start, end = asked.span("plain" if asked["plain"] else "quoted")
        name = _name_in(elements, _name_of(asked))
        if name is None:
            return asked[0]
        return f"{asked[0][: start - asked.start()]}{name}{asked[0][end - asked.start() :]}"

    text = _ASKED.sub(corrected, step.text)
    return Bracket(text) if text != step.text else None


def _with_texts(parts: list[Any], step: Step) -> Step | None:
    if not is_filter(step):
        return None
    elements = [one for one in children(parts, step) if isinstance(one, dict)]

    def corrected(asked: re.Match[str]) -> str:
        text = asked["text"]
        there = [one.get(_name_of(asked)) for one in elements] if text else []
        if text in there:
            return asked[0]
        other = next((one for one in there if isinstance(one, str) and one.casefold() == text.casefold()), text)
        start, end = asked.span("text")
        return f"{asked[0][: start - asked.start()]}{other}{asked[0][end - asked.start() :]}" if text else asked[0]

    text = _ASKED.sub(corrected, step.text)
    return Bracket(text) if text != step.text else None


def _name_of(asked: re.Match[str]) -> str:
    return asked["plain"] or asked["quoted"] or ""


def steps_into_lists(document: Any, steps: Steps) -> Steps | None:
    """The steps with `[*]` for each list where a name stands; nothing where there is none, or it finds nothing."""
    parts, found = [document], list[Step]()
    for step in steps:
        if isinstance(step, str) and parts and all(isinstance(part, list) for part in parts):
            found.append(EVERY)
            parts = children(parts, EVERY)
        found.append(step)
        parts = children(parts, step)
    return tuple(found) if parts and len(found) > len(steps) else None


def is_filter(step: Step) -> TypeGuard[Bracket]:
    """Whether it picks elements by what is in them."""
    return isinstance(step, Bracket) and _FILTER.match(step.text) is not None


def _name_in(parts: list[Any], name: str) -> str | None:
    """The name that one of the parts has instead, where none has this one."""
    objects = [part for part in parts if isinstance(part, dict)]
    if any(name in one for one in objects):
        return None
    return next(filter(None, (name_meant(one, (name,), "$") for one in objects)), None)
