"""What `Event Should Be Like` says when it fails: the differences, each with its path."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching import (
    MISSING,
    Difference,
    Likeness,
    around_difference,
    kind_of,
    outside_texts,
    show_path,
    show_text,
    show_value,
    similar_names_in,
    unfolded,
)
from KafkaLibrary.reporting.checks.failed_checks import because, named, value_line, value_of

_DIFFERENCES_MOST = 15
_EXPECTED_MOST = 100
_NAMES_MOST = 3


def unlike(event: Event, likeness: Likeness, differences: Iterable[Difference], message: str | None) -> str:
    """All places where the event differs, the first of them with what was there and what was expected."""
    remaining = iter(differences)
    shown = list(islice(remaining, _DIFFERENCES_MOST))
    more = sum(1 for _ in remaining)
    count = len(shown) + more
    lines = [message] if message else []
    places = f"{count:,} place{'s' * (count != 1)}"
    lines.append(
        f"Event {named(event)} differs from the expected value in {places}{', with types compared' * likeness.strict}:"
    )
    content = event.decoded(exact=True).content
    for difference in shown:
        lines.append(f"    {difference.path}")
        lines.append(
            f"        {_told(difference, content)}{'' if likeness.strict else _text_around(difference, content)}"
        )
    if more:
        lines.append(f"    and {more:,} more")
    if any(map(_differs_in_type, shown)):
        lines.append("In a dictionary of Robot Framework a number is written as ${42}, true as ${True}.")
    lines.append(value_line(event))
    return "\n".join(lines)


def incomparable(event: Event, reason: Undecodable, message: str | None) -> str:
    """The failure for an event whose value has no fields."""
    lines = [message] if message else []
    lines.append(f"Event {named(event)} differs from the expected value: {because(str(reason))}.")
    if not event.is_tombstone:
        lines.append(f"Its value is {value_of(event)}")
    return "\n".join(lines)


def _differs_in_type(difference: Difference) -> bool:
    found, expected = difference.found, difference.expected
    return isinstance(expected, str) and not isinstance(found, str) and show_value(found) == expected.lower()


def _text_around(difference: Difference, content: Any) -> str:
    """Where the place is in JSON that stands in a text."""
    text = outside_texts(content, difference.steps)
    return f" ({show_text(show_path(text))} is JSON in a text)" if len(text) < len(difference.steps) else ""


def _told(difference: Difference, content: Any) -> str:
    found, expected = around_difference(difference.found, difference.expected)
    return f"{_instead(difference, found, content)}, expected {show_value(expected, _EXPECTED_MOST)}"


def _instead(difference: Difference, found: Any, content: Any) -> str:
    if difference.text:
        return difference.text
    if found is MISSING:
        near = similar_names_in(unfolded(content), difference.steps, "$")[:_NAMES_MOST]
        hint = f" (there {'is' if len(near) == 1 else 'are'} {', '.join(near)})" if near else ""
        return f"is missing{hint}"
    return "was null" if found is None else f"was {show_value(found)}{kind_of(found)}"
