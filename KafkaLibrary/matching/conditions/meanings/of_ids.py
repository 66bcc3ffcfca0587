"""A number beside an id with a word in front, ``key == 42`` beside ``order-42``, and ``${id}`` that is only a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from KafkaLibrary.event import Event
from KafkaLibrary.matching.conditions.condition import Condition
from KafkaLibrary.matching.conditions.meanings.found_values import asked_for_one, expected_values, values_at
from KafkaLibrary.matching.conditions.other_meanings import Meaning
from KafkaLibrary.matching.one_line_texts import show_text
from KafkaLibrary.matching.syntax_error import SyntaxFault

_WITH_WORD = re.compile(r"[^\W\d]+[-_:/#.]([0-9]+)")
_BEGINNING = 2
"""Digits that a beginning has at least: `code ^= 1` may well mean no `A-12`."""
_VARIABLE = re.compile(r"[$@&%]\{[^{}]+\}")
_OF_PARTS = ("==", "^=", "$=", "contains", "in")


def of_ids(condition: Condition, event: Event) -> Iterator[Meaning]:
    """The id that this event has, of which the number alone is asked. A bare number in any event shows it is meant."""
    operator = condition.operator
    if condition.strict or operator.asks not in ("==", "^=", "in") or operator.of_length:
        return
    least = _BEGINNING if operator.asks == "^=" else 1
    texts = map(str, expected_values(condition))
    numbers = [one for one in texts if one.isascii() and one.isdecimal() and len(one) >= least]
    for found in values_at(condition, event) if numbers else ():
        written = _WITH_WORD.match(found) if isinstance(found, str) else None
        if written is None or (operator.asks != "^=" and written.end() < len(found)):
            continue
        fits = written[1].startswith if operator.asks == "^=" else written[1].__eq__
        number = next(filter(fits, numbers), None)
        with suppress(SyntaxFault):
            if number is not None:
                front = found[: written.start(1)]
                meant = asked_for_one(condition, f"{front}{number}")
                said = f"Such an id begins with `{show_text(front)}` there: write `{show_text(meant.text)}`"
                yield Meaning(said, lambda event: not operator.negated, rebutted=partial(_has_number, condition))
                return


def _has_number(condition: Condition, event: Event) -> bool:
    return any(str(found).isdecimal() for found in values_at(condition, event))


def of_variables(condition: Condition) -> Iterator[Meaning]:
    """That a variable was not replaced, as behind a backslash: whatever it should have been might be there."""
    operator, expected = condition.operator, condition.expected
    variable = _VARIABLE.search(expected) if isinstance(expected, str) and operator.asks in _OF_PARTS else None
    if variable is None or condition.strict:
        return
    front, back = expected[: variable.start()], expected[variable.end() :]

    def is_written_so(event: Event) -> bool:
        return any(_VARIABLE.search(one) for one in values_at(condition, event) if isinstance(one, str))

    def may_be(found: Any) -> bool:
        text = found if isinstance(found, str) else str(found)
        return found is not None and text.startswith(front) and text.endswith(back)

    said = (
        f"`{show_text(variable[0])}` is a text here: after a backslash Robot replaces no variable. Write it without. "
        f'For the text write `{show_text(condition.path.text)} {operator} "{show_text(expected)}"`'
    )
    yield Meaning(
        said,
        lambda event: any(map(may_be, values_at(condition, event))) is not operator.negated,
        rebutted=is_written_so,
    )
