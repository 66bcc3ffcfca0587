"""A number for a time that is not so counted: ``createdAt < 2026``, ``createdAt > 1764500000``, ``placed == 20787``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.meanings.found_values import values_at
from KafkaLibrary.matching.conditions.other_meanings import Meaning, asked_as, holds_quickly
from KafkaLibrary.matching.one_line_texts import show_text
from KafkaLibrary.matching.operators import ORDERS
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.epoch_numbers import Count, read_count, read_epoch
from KafkaLibrary.matching.values.times import Moment, read_moment

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_OF_TIME = frozenset(
    "at date datetime time timestamp ts epoch millis created updated modified changed expires since until".split()
)
"""Words in the name of a field that hold a point in time: other numbers may be as large."""


def of_times(condition: Condition, event: Event) -> Iterator[Meaning]:
    """The same time in the unit of this event's field, where that is named as a time."""
    steps, operator = condition.path.plain_steps, condition.operator
    if condition.strict or operator.name not in (*ORDERS, "==", "!=") or type(condition.typed) is not int:
        return
    there = values_at(condition, event)
    yield from _beside_texts(condition, condition.typed, there)
    if not steps or not isinstance(steps[-1], str):
        return
    expected = read_count(condition.typed)
    if expected is None or not _OF_TIME & {word.casefold() for word in _WORD.findall(steps[-1])}:
        return
    for found in there:
        count = read_count(found) if isinstance(found, int) else None
        if count is not None and count.unit not in ("year", expected.unit):
            yield from _in_unit(condition, expected, count)


def _in_unit(condition: Condition, expected: Count, found: Count) -> Iterator[Meaning]:
    with suppress(SyntaxFault):
        meant = asked_as(condition, condition.operator.name, str(expected.counted_as(found)))
        what = "a year" if expected.unit == "year" else f"one of {expected.unit}"
        said = f"It counts {found.unit} since 1970, and {expected.number} looks like {what}: write "
        said += f"`{show_text(meant.text)}`"
        yield Meaning(said, lambda event: holds_quickly(meant, event))


_FIRST_DAY = date(1970, 1, 1).toordinal()
_DAYS = range(date(1990, 1, 1).toordinal() - _FIRST_DAY, date(2100, 1, 1).toordinal() - _FIRST_DAY)
"""From 1990 to 2099: other numbers are as small."""


def _beside_texts(condition: Condition, number: int, there: Sequence[Any]) -> Iterator[Meaning]:
    """The time that a number counts, beside one that is a text here: in the bytes it may be that number."""
    for found in there:
        moment = read_moment(found) if isinstance(found, str) else None
        if moment is None or not moment.real:
            continue
        meant, unit = _counted(number, moment)
        if meant:
            asked = asked_as(condition, condition.operator.name, meant)
            said = f"It is a time as text here, and {number} looks like {unit} since 1970: write "
            said += f"`{show_text(asked.text)}`"
            yield Meaning(said, partial(holds_quickly, asked))


def _counted(number: int, beside: Moment) -> tuple[str, str]:
    """The text of the time so counted, in the form of the other one, and the unit; empty where it is none."""
    if beside.is_day:
        text = date.fromordinal(_FIRST_DAY + number).isoformat() if number in _DAYS else ""
        return text, "days"
    count, epoch = read_count(number), read_epoch(number)
    if count is None or epoch is None or count.unit == "year":
        return "", ""
    return epoch.iso if beside.zoned else epoch.iso.removesuffix("Z"), epoch.unit
