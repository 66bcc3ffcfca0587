"""`Events Should Be Unique`: the events that have the same value at a path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from KafkaLibrary.event import Event, as_text
from KafkaLibrary.matching.by_type import ByType
from KafkaLibrary.matching.operators import same
from KafkaLibrary.matching.paths import Path
from KafkaLibrary.matching.sequences.order import WithoutValue, one_value
from KafkaLibrary.matching.values.numbers import double
from KafkaLibrary.matching.values.times import aware, read_moment


@dataclass(frozen=True, slots=True)
class Shared:
    """A value and the events that have it, in their order."""

    value: Any
    events: list[Event]


def shared_values(events: Iterable[Event], *paths: Path) -> tuple[list[Shared], list[WithoutValue]]:
    """Each value that more than one event has, and the events that have none to compare.

    By several paths it is a list of what is at each of them.
    """
    unread: list[WithoutValue] = []
    known: list[Shared] = []
    by_fingerprint: dict[int, list[Shared]] = {}
    for event in events:
        value = _value(event, paths)
        if isinstance(value, WithoutValue):
            unread.append(value)
            continue
        alike = by_fingerprint.setdefault(fingerprint(value), [])
        one = next((one for one in alike if same(value, one.value, False, True) is True), None)
        if one is None:
            one = Shared(value, [])
            alike.append(one)
            known.append(one)
        one.events.append(event)
    return [one for one in known if len(one.events) > 1], unread


def _value(event: Event, paths: Sequence[Path]) -> Any:
    values = [one_value(event, path) for path in paths]
    lacking = next((one for one in values if isinstance(one, WithoutValue)), None)
    return lacking or (values[0] if len(values) == 1 else values)


def fingerprint(value: Any) -> int:
    """A number that equal values have in common, and others hardly ever: so not all pairs have to be compared."""
    total = 0
    waiting: list[tuple[int, Any]] = [(0, value)]
    while waiting:
        place, part = waiting.pop()
        if isinstance(part, dict):
            total += hash((place, "object", len(part)))
            waiting += ((hash((place, name)), inner) for name, inner in part.items())
        elif isinstance(part, (list, tuple)):
            total += hash((place, "list", len(part)))
            waiting += ((hash((place, index)), inner) for index, inner in enumerate(part))
        else:
            total += hash((place, _LEAVES[type(part)](part)))
    return total


def _leaf_of_decimal(number: Decimal) -> Any:
    # Equal to an integer it counts as that; a fraction as the double that another format may have for it.
    nearest = double(number)
    return number if nearest.is_integer() else nearest


def _leaf_of_bytes(raw: bytes) -> Any:
    text = as_text(raw)
    return _leaf_of_text(text) if isinstance(text, str) else text


def _leaf_of_text(text: str) -> Any:
    moment = read_moment(text)
    return text if moment is None else moment.key


_LEAVES: ByType[Callable[[Any], Any]] = ByType(
    {
        bool: lambda truth: ("boolean", truth),
        Decimal: _leaf_of_decimal,
        bytes: _leaf_of_bytes,
        datetime: aware,
        str: _leaf_of_text,
        object: lambda other: other,
    }
)
