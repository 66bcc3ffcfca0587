"""Follows plain paths of names, indexes and ``*`` in a decoded document, through texts that are JSON as well.

No getter recurses. A text is opened only where the path leads into it, so that all others cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.matching.paths.grammar import EVERY
from KafkaLibrary.matching.values.json_texts import document_in
from KafkaLibrary.matching.values.not_sent import REASON, is_in_other_form, is_not_sent

Getter = Callable[[Any], list[Any]]
Steps = tuple[str | int, ...]
"""The names and indexes that lead to a part of a value."""
Open = Callable[[Any], Any]
"""Gives what a path goes on in, where it meets something else than an object or a list."""


def opening(exact: bool, into_texts: bool) -> Open:
    """What opens texts that are JSON, with ``exact`` numbers, or nothing at all.

    It raises ``Undecodable`` for a value that was not sent: nobody knows what is in it.
    """
    return partial(_opened, document_in if into_texts else as_it_stands, exact)


def _opened(inner: Callable[[Any, bool], Any], exact: bool, content: Any) -> Any:
    if is_not_sent(content):
        raise Undecodable(REASON)
    return inner(content, exact)


def as_it_stands(content: Any, exact: bool = False) -> Any:
    """For a path that goes into no text."""
    return content


def getter(steps: tuple[Any, ...], opened: Open) -> Getter:
    """The function that follows these names, indexes and ``*``."""
    if not steps:
        return lambda content: [content]
    if all(isinstance(step, str) for step in steps):
        return _names_getter(steps, opened)
    if EVERY not in steps:
        return _places_getter(steps, opened)
    return _branching_getter(steps, opened)


def _names_getter(names: tuple[str, ...], opened: Open) -> Getter:
    if len(names) == 1:
        (only,) = names

        def get_only(content: Any) -> list[Any]:
            found = content if isinstance(content, dict) else opened(content)
            return [found[only]] if isinstance(found, dict) and only in found else []

        return get_only

    def get(content: Any) -> list[Any]:
        for name in names:
            if not isinstance(content, dict):
                content = opened(content)
            if isinstance(content, dict) and name in content:
                content = content[name]
            elif isinstance(content, dict) and len(content) == 1 and is_not_sent(content):
                raise Undecodable(REASON)
            else:
                return []
        return [content]

    return get


def _places_getter(steps: tuple[Any, ...], opened: Open) -> Getter:
    kinds = [(step, dict if isinstance(step, str) else list) for step in steps]

    def get(content: Any) -> list[Any]:
        for step, kind in kinds:
            if not isinstance(content, kind):
                content = opened(content)
                if not isinstance(content, kind):
                    return []
            if isinstance(content, list) and is_in_other_form(content):
                raise Undecodable(REASON)
            try:
                content = content[step]
            except LookupError:
                if is_not_sent(content):
                    raise Undecodable(REASON) from None
                return []
        return [content]

    return get


def _branching_getter(steps: tuple[Any, ...], opened: Open) -> Getter:
    stars = [at for at, step in enumerate(steps) if step is EVERY]
    until = [*stars[1:], len(steps)]
    before = getter(steps[: stars[0]], opened)
    behind = [getter(steps[star + 1 : end], opened) for star, end in zip(stars, until, strict=True)]

    def children(content: Any) -> Any:
        if isinstance(content, list) and is_in_other_form(content):
            raise Undecodable(REASON)
        return children_of(opened(content) if isinstance(content, str) else content)

    def get(content: Any) -> list[Any]:
        found = before(content)
        for go_on in behind:
            found = [one for parent in found for child in children(parent) for one in go_on(child)]
        return found

    return get


def children_of(content: Any) -> Any:
    if isinstance(content, dict):
        return content.values()
    return content if isinstance(content, list) else ()


def inside(content: Any, step: Any) -> Iterable[tuple[Steps, Any]]:
    """The parts of it that one step leads to."""
    if step is EVERY:
        children = content.items() if isinstance(content, dict) else enumerate(children_of(content))
        return (((at,), child) for at, child in children)
    found = getter((step,), as_it_stands)(content)
    at = step % len(content) if found and isinstance(step, int) else step
    return [((at,), child) for child in found]
