"""What a value may be like only for a slip: ``{"Status": "#notpresent"}`` where it has ``status``, ``#? != paid``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from KafkaLibrary.matching.conditions.lenient_conditions import differs_by_chance
from KafkaLibrary.matching.likeness.markers import AnyOrder, Elements, Kind, Marker
from KafkaLibrary.matching.one_line_texts import show_path, show_value
from KafkaLibrary.matching.paths import path_of
from KafkaLibrary.matching.paths.similar_names import name_meant, places_elsewhere
from KafkaLibrary.matching.values.json_texts import document_in

_PARTS_MOST = 1000
_ABSENT = "#notpresent"

Steps = tuple[str | int, ...]


class Overlooked(NamedTuple):
    """A place that is as expected, what is expected there, and what may have been meant: a path, or a value found."""

    path: str
    expected: str
    name: str = ""
    found: str = ""


class _Parts(NamedTuple):
    """All parts of a value that stand beside one expected value, and the way there."""

    found: Sequence[Any]
    expected: Any
    way: Steps


def overlooked_in(found: Any, expected: Any, markers: Mapping[str, Marker], *, strict: bool) -> Iterator[Overlooked]:
    """Of a value that is like what is expected all that it may be for a slip."""
    waiting = [_Parts([found], expected, ())]
    while waiting:
        pair = waiting.pop()
        opened = pair._replace(found=[_opened(one, strict) for one in islice(pair.found, _PARTS_MOST)])
        if isinstance(pair.expected, dict):
            yield from _names(opened, found, expected)
            waiting += reversed([_below(opened, name) for name in pair.expected])
        elif isinstance(pair.expected, (list, tuple)):
            waiting += reversed([_below(opened, place) for place in range(len(pair.expected))])
        elif isinstance(pair.expected, str) and pair.expected in markers:
            rule = markers[pair.expected].rule
            if isinstance(rule, Kind):
                yield from _differing(pair, rule, strict)
            waiting += reversed([_Parts(_elements(opened), one, pair.way) for one in _inner(rule)])


def _opened(part: Any, strict: bool) -> Any:
    inner = document_in(part, exact=True) if isinstance(part, str) and not strict else None
    return part if inner is None else inner


def _below(pair: _Parts, step: str | int) -> _Parts:
    there = [inner for one in pair.found for inner in _at(one, step)]
    return _Parts(there, pair.expected[step], (*pair.way, step))


def _at(part: Any, step: str | int) -> list[Any]:
    if isinstance(step, str):
        return [part[step]] if isinstance(part, dict) and step in part else []
    return list(part[step : step + 1]) if isinstance(part, (list, tuple)) else []


def _elements(pair: _Parts) -> list[Any]:
    return [inner for one in pair.found if isinstance(one, (list, tuple)) for inner in islice(one, _PARTS_MOST)]


def _inner(rule: Any) -> Sequence[Any]:
    if isinstance(rule, Elements):
        return [rule.each]
    return rule.expected if isinstance(rule, AnyOrder) else []


def _names(pair: _Parts, document: Any, whole: Any) -> Iterator[Overlooked]:
    """Names that the value does not have, and did not have to, where it has one that is nearly written so."""
    objects = [one for one in pair.found if isinstance(one, dict)]
    for name, expected in pair.expected.items():
        if not objects or any(name in one for one in objects):
            continue
        near = (name_meant(one, (name,), "$") for one in objects)
        meant = next((show_path((*pair.way, one)) for one in near if one and one not in pair.expected), "")
        if not meant and not pair.way and expected == _ABSENT:
            elsewhere = places_elsewhere(document, (name,))
            meant = next((one for one in elsewhere if not _is_asked(one, whole)), "")
        if meant:
            yield Overlooked(show_path((*pair.way, name)), show_value(expected), name=meant)


def _is_asked(path: str, expected: Any) -> bool:
    """Whether the expected document has something at this path, too."""
    parts = [expected]
    for step in path_of(path).plain_steps or ():
        parts = [inner for one in parts for inner in _at(one, step)]
    return bool(parts)


def _differing(pair: _Parts, rule: Kind, strict: bool) -> Iterator[Overlooked]:
    if rule.condition is None or strict or not rule.condition.operator.negated:
        return
    for one in pair.found:
        if differs_by_chance(rule.condition, one):
            yield Overlooked(show_path(pair.way), show_value(pair.expected), found=show_value(one))
            return
