"""Operators for texts beside a list: ``tags contains a, b``, ``notes contains failed``, ``tags ^= al``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.meanings.found_values import values_at
from KafkaLibrary.matching.conditions.other_meanings import Meaning, asked_as, holds_quickly
from KafkaLibrary.matching.one_line_texts import show_text
from KafkaLibrary.matching.operators import equal_to, read_text, without_quotes
from KafkaLibrary.matching.operators.several_values import several_in
from KafkaLibrary.matching.paths import path_of
from KafkaLibrary.matching.syntax_error import SyntaxFault

_OF_TEXTS = ("^=", "$=", "matches")


def of_elements(condition: Condition, event: Event) -> Iterator[Meaning]:
    """What a condition on a text may have been meant for, where this event has a list of texts or numbers there."""
    asks = condition.operator.asks
    if condition.strict or asks not in ("contains", *_OF_TEXTS):
        return
    lists = [one for one in values_at(condition, event) if isinstance(one, (list, tuple)) and one]
    if not lists or any(isinstance(one, (dict, list, tuple)) for each in lists for one in each):
        return
    if asks in _OF_TEXTS:
        yield from _each(condition, event)
    elif isinstance(condition.expected, (list, tuple)) or _is_unquoted(condition.expected):
        yield from _several(condition, lists)
        if isinstance(condition.expected, str):
            yield from _part(condition, condition.expected, lists)


def _is_unquoted(expected: Any) -> bool:
    return isinstance(expected, str) and without_quotes(expected) is None


def _each(condition: Condition, event: Event) -> Iterator[Meaning]:
    """A list has no beginning, no end and no text: its elements have."""
    with suppress(SyntaxFault):
        meant = replace(condition, path=path_of(_elements_of(condition)))
        said = f"It is a list, of which `{condition.operator}` asks nothing. For its elements write `{meant.text}`"
        yield Meaning(said, lambda event: holds_quickly(meant, event))


def _several(condition: Condition, lists: Sequence[Any]) -> Iterator[Meaning]:
    operator, expected = condition.operator, condition.expected
    if isinstance(expected, str):
        members = [one for one in several_in(expected, "contains") if one != expected]
    else:
        members = [one if isinstance(one, str) else str(one) for one in expected]
    if not members or any("," in str(one) for each in lists for one in each):
        return
    is_one = [equal_to(one, False) for one in members]
    if any(check(one, True) is True for each in lists for one in each for check in is_one):
        with suppress(SyntaxFault):
            alone = [asked_as(condition, operator.name, one) for one in members]
            said = "`contains` looks for one element of a list: write "
            said += f"`{'    '.join(one.text for one in alone)}`"
            if len(alone) > 1 and not operator.negated:
                said += f" for all of them, `{_elements_of(condition)} in {show_text(', '.join(members))}` for any"
            yield Meaning(said, lambda event: not operator.negated)


def _part(condition: Condition, expected: str, lists: Sequence[Any]) -> Iterator[Meaning]:
    """That ``contains`` compares whole elements, where this event has a sentence with that word in it.

    An element that equals the text, in any of the events, shows that it is meant. A part of a word says nothing:
    who asks for ``admin`` means no ``superadmin``.
    """
    operator, read = condition.operator, read_text(expected)
    if not read.text or read.typed != read.text or read.text != read.text.strip():
        return
    word = re.compile(rf"(?<!\w){re.escape(read.text)}(?!\w)")
    texts = [one for each in lists for one in each if isinstance(one, str) and " " in one and word.search(one)]
    if not texts:
        return
    path = _elements_of(condition)
    said = (
        f"`{operator}` compares the whole of an element: for a part of it write "
        f"`{show_text(f'{path} {operator} {expected}')}`, for the whole `{show_text(condition.path.text)} {operator} "
        f'"{show_text(expected)}"`'
    )

    def is_whole(event: Event) -> bool:
        lists = [one for one in values_at(condition, event) if isinstance(one, (list, tuple))]
        return any(read.text in each for each in lists)

    yield Meaning(said, lambda event: not operator.negated, rebutted=is_whole)


def _elements_of(condition: Condition) -> str:
    path = condition.path.text
    return f"{'$' if path == 'value' else path}[*]"
