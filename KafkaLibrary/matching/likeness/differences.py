"""Compares a value with an expected document, deep and in part, and gives all differences at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.matching.by_type import ByType
from KafkaLibrary.matching.likeness.any_order import Places, assign
from KafkaLibrary.matching.likeness.expected_document import Way, read_expected, read_markers, show_way, steps_of
from KafkaLibrary.matching.likeness.markers import MISSING, AnyOrder, Elements, Kind, Marker, Rule
from KafkaLibrary.matching.one_line_texts import show_value, show_values
from KafkaLibrary.matching.operators import same
from KafkaLibrary.matching.paths import value_document
from KafkaLibrary.matching.values.decisions import Unjudged
from KafkaLibrary.matching.values.json_texts import document_in

if TYPE_CHECKING:
    from KafkaLibrary.matching.likeness.overlooked import Overlooked

MOST_TRIED = 2_000_000
"""Comparisons that lists in any order may take: a few seconds, or a thousand objects the other way round."""


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """One place where a value is not as expected.

    ``found`` is ``MISSING`` where there is no such field. ``text`` is what a message tells instead of
    ``found`` where that says more.
    """

    found: Any
    expected: Any
    text: str = ""
    _way: Way = field(default=None, repr=False)

    @property
    def steps(self) -> tuple[str | int, ...]:
        """Names and indexes that lead to the place."""
        return steps_of(self._way)

    @property
    def path(self) -> str:
        return show_way(self._way)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What an event's value should be like."""

    expected: Any
    strict: bool
    _markers: Mapping[str, Marker] = field(repr=False, compare=False)

    def differences(self, found: Any) -> Iterator[Difference]:
        """Every place where ``found``, with exact numbers, is not as expected; in the order of what is expected.

        Raises ``KeywordMisused`` where lists are too long to be compared in any order.
        """
        return _Comparison(self._markers, self.strict).differences(_Pair(found, self.expected, None))

    def differences_of(self, event: Event) -> Iterator[Difference]:
        """The same for an event. Raises ``Undecodable`` where its value is not of a format with fields."""
        if event.is_tombstone:
            raise Undecodable("It is a tombstone, an event without a value.")
        return self.differences(value_document(event, True))

    def overlooked_in(self, event: Event) -> Iterator[Overlooked]:
        """Of an event without a difference all that it may be like for a slip."""
        from KafkaLibrary.matching.likeness.overlooked import overlooked_in  # noqa: PLC0415 - behind all that may differ

        return overlooked_in(value_document(event, True), self.expected, self._markers, strict=self.strict)

    @property
    def text(self) -> str:
        """What is expected, as messages show it."""
        return show_value(self.expected, 100)


def parse_likeness(expected: Any, *, strict: bool = False) -> Likeness:
    """What JSON text, a dictionary or a list asks of a value.

    Raises ``KeywordMisused`` where it can't be read, or has a marker that is none, with the place.
    """
    document = read_expected(expected)
    return Likeness(document, strict, read_markers(document))


class _Pair(NamedTuple):
    """A part of the value, what is expected of it, and the way there."""

    found: Any
    expected: Any
    way: Way

    def opened(self, strict: bool) -> _Pair:
        """The same with what a text is the JSON of, unless types count."""
        inner = document_in(self.found, exact=True) if isinstance(self.found, str) and not strict else None
        return self if inner is None else self._replace(found=inner)

    def difference(self, text: str = "", expected: Any = MISSING) -> Difference:
        return Difference(self.found, self.expected if expected is MISSING else expected, text, self.way)


class _Compared(NamedTuple):
    """What a look at one pair gives: a difference, if there is one, and the pairs to look at next."""

    difference: Difference | None = None
    further: Sequence[_Pair] = ()


_DIFFERENCES_MOST = 3
_NEAREST_AMONG = 100
_FITS = _Compared()
_UNKNOWN, _ALIKE, _UNLIKE = range(3)


class _Comparison:
    """One value under comparison. Nothing in it recurses with the depth of a document."""

    def __init__(self, markers: Mapping[str, Marker], strict: bool) -> None:
        self._markers = markers
        self._strict = strict
        self._left = MOST_TRIED
        self._compare: ByType[Callable[[_Pair], _Compared]] = ByType(
            {dict: self._object, list: self._list, tuple: self._list, str: self._text, object: self._leaf}
        )
        self._rules: dict[type[Rule], Callable[[_Pair, Any], _Compared]] = {
            Kind: self._kind,
            Elements: self._elements,
            AnyOrder: self._any_order,
        }

    def differences(self, pair: _Pair, tried_for: _Pair | None = None) -> Iterator[Difference]:
        waiting = [pair]
        while waiting:
            if tried_for is not None:
                self._count(tried_for)
            one = waiting.pop()
            difference, further = self._compare[type(one.expected)](one)
            if difference is not None:
                yield difference
            waiting.extend(reversed(further))

    def _object(self, pair: _Pair) -> _Compared:
        found, expected, way = pair.opened(self._strict)
        if not isinstance(found, dict):
            return _Compared(pair.difference())
        return _Compared(None, [_Pair(found.get(name, MISSING), one, (way, name)) for name, one in expected.items()])

    def _list(self, pair: _Pair) -> _Compared:
        found, expected, way = pair.opened(self._strict)
        if not isinstance(found, (list, tuple)):
            return _Compared(pair.difference())
        both = zip(found, expected, strict=False)
        further = [_Pair(one, other, (way, place)) for place, (one, other) in enumerate(both)]
        if len(found) == len(expected):
            return _Compared(None, further)
        return _Compared(pair.difference(f"has {_in_words(len(found))}", len(expected)), further)

    def _text(self, pair: _Pair) -> _Compared:
        marker = self._markers.get(pair.expected)
        if marker is None:
            return self._leaf(pair)
        if marker.optional and (pair.found is None or pair.found is MISSING):
            return _FITS
        return self._rules[type(marker.rule)](pair, marker.rule)

    def _leaf(self, pair: _Pair) -> _Compared:
        decision = same(pair.found, pair.expected, self._strict, exact=True)
        if isinstance(decision, Unjudged):
            return _Compared(pair.difference(f"could not be judged: {decision.reason}"))
        return _FITS if decision else _Compared(pair.difference())

    def _kind(self, pair: _Pair, rule: Kind) -> _Compared:
        return _FITS if rule.meets(pair.found) else _Compared(pair.difference())

    def _elements(self, pair: _Pair, rule: Elements) -> _Compared:
        found, _, way = pair
        if not isinstance(found, (list, tuple)):
            return _Compared(pair.difference())
        further = [_Pair(one, rule.each, (way, place)) for place, one in enumerate(found)]
        if rule.count is None or rule.count == len(found):
            return _Compared(None, further)
        return _Compared(pair.difference(f"has {_in_words(len(found))}"), further)

    def _any_order(self, pair: _Pair, rule: AnyOrder) -> _Compared:
        found, expected = pair.found, rule.expected
        if not isinstance(found, (list, tuple)):
            return _Compared(pair.difference())
        places = Places(found)
        known = [bytearray() for _ in expected]

        def alike(one: int, place: int) -> bool:
            self._count(pair)
            answers = known[one] = known[one] or bytearray(len(found))
            if answers[place] == _UNKNOWN:
                differences = self.differences(_Pair(found[place], expected[one], pair.way), pair)
                answers[place] = _ALIKE if next(differences, None) is None else _UNLIKE
            return answers[place] == _ALIKE

        def candidates(one: int) -> Sequence[int]:
            is_marker = isinstance(expected[one], str) and expected[one] in self._markers
            return places.all if is_marker else places.of(expected[one])

        assigned = assign(len(expected), len(found), candidates, alike)
        lacking = [one for number, one in enumerate(expected) if number not in assigned]
        taken = set(assigned.values())
        free = [place for place in places.all if place not in taken]
        told = [f"lacks {show_values(lacking)}{self._nearest(pair, lacking[0], free)}"] if lacking else []
        if rule.only and free:
            told.append(f"has also {show_values(found[place] for place in free)}")
        return _Compared(pair.difference(", ".join(told))) if told else _FITS

    def _nearest(self, pair: _Pair, expected: Any, free: Sequence[int]) -> str:
        """The element that has most of the fields of an expected object, and the places where it differs."""
        if not isinstance(expected, dict):
            return ""
        most = min(_DIFFERENCES_MOST + 1, len(expected))
        fewest: list[Difference] = []
        for place in [place for place in free if isinstance(pair.found[place], dict)][:_NEAREST_AMONG]:
            near = self.differences(_Pair(pair.found[place], expected, (pair.way, place)), pair)
            differences = list(islice(near, most))
            if len(differences) < most:
                most, fewest, nearest = len(differences), differences, place
        if not fewest:
            return ""
        paths = ", ".join(difference.path for difference in fewest)
        return f" ({show_way((pair.way, nearest))} is like it but for {paths})"

    def _count(self, pair: _Pair) -> None:
        self._left -= 1
        if self._left < 0:
            raise KeywordMisused(
                f"The list at {show_way(pair.way)} is too long to compare in any order.\n"
                "Give the expected elements in the order that they have, without a marker."
            )


def _in_words(count: int) -> str:
    return f"{count} element{'s' * (count != 1)}"
