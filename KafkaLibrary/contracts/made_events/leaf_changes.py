"""Changes of one value that have nothing to do with its fields or items: of its type, its limits, its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any

from KafkaLibrary.contracts.made_events import made_texts, numbers_near
from KafkaLibrary.contracts.made_events.changes import Change, Steps, Unmade, put
from KafkaLibrary.matching import show_value

_TYPES: Mapping[str, tuple[Any, ...]] = {
    "string": ("not of its type",), "object": ({"not": "an object"},), "number": (12345,), "boolean": (True,),
    "array": (["not of its type"],),
}  # fmt: skip
_UNKNOWN = "NO_SUCH_VALUE"
_SHOWN = 40
_TRIES = 60


class Place:
    """One place of a valid value, and how a change there is made."""

    def __init__(self, whole: Any, steps: Steps, value: Any) -> None:
        self.whole = whole
        self.steps = steps
        self.value = value

    def valid(self, kind: str, values: Iterable[Any], detail: Any = "", *, quiet: bool = False) -> Change:
        """With the first of the values in its place that is valid there."""
        return Change(kind, self.steps, self._with(values), True, str(detail), quiet, self.whole)

    def broken(self, kind: str, values: Iterable[Any], *, quiet: bool = False) -> Change:
        """With the first that is invalid there."""
        return Change(kind, self.steps, self._with(values), False, "", quiet, self.whole)

    def of(self, kind: str, values: Iterable[Any]) -> Iterator[Change]:
        """Whichever it is."""
        listed = list(values)
        yield self.valid(kind, listed, quiet=True)
        yield self.broken(kind, listed, quiet=True)

    def _with(self, values: Iterable[Any]) -> Callable[[], Iterator[Any]]:
        listed = list(islice(values, _TRIES))
        return lambda: (put(self.whole, self.steps, one) for one in listed)


def of_type(place: Place, rules: Mapping[str, Any], types: list[str]) -> Iterator[Change]:
    """Another type, null, each type of several."""
    named = "type" in rules or "enum" in rules or "const" in rules
    allowed = {"number" if one == "integer" else one for one in types}
    words = rules.get("enum", [rules["const"]] if "const" in rules else [])
    allowed |= {_type_of(one) for one in words if isinstance(words, list)}
    others = [one for kind, values in _TYPES.items() if kind not in allowed for one in values]
    # A text has to be one that no reader takes for another type.
    if isinstance(place.value, str) and "object" not in allowed:
        others.insert(0, {"not": "an object"})
    yield place.broken("wrong type", others, quiet=not named)
    yield from place.of("null", [None])
    if "integer" in types and "number" not in types and isinstance(place.value, int):
        yield place.broken("fraction", [Decimal(place.value) + Decimal("0.5")])
    if isinstance(rules.get("type"), list) and len(types) > 1:
        for kind in types:
            if kind not in ("null", _type_of(place.value)) and kind in _TYPES:
                yield place.valid("another type", [*_TYPES[kind], "", 0, False, [], {}], kind, quiet=True)


def of_words(place: Place, rules: Mapping[str, Any]) -> Iterator[Change]:
    """Each value of an enum, and one that it has not."""
    listed = rules.get("enum")
    if "const" not in rules and not isinstance(listed, list):
        if "boolean" in (rules.get("type") or ()):
            yield from (place.valid("allowed value", [one], show_value(one)) for one in (True, False))
        return
    words = [rules["const"]] if "const" in rules else list(listed or ())
    if "const" not in rules:
        yield from (place.valid("allowed value", [one], show_value(one, _SHOWN)) for one in words if one is not None)
    numbers = [one for one in words if isinstance(one, int | float | Decimal) and not isinstance(one, bool)]
    others: list[Any] = [_UNKNOWN] if any(isinstance(one, str) for one in words) else []
    if numbers:
        others.append(numbers_near.plus(max(map(numbers_near.exact, numbers)), 1))
    others += [not one for one in words if isinstance(one, bool)]
    yield place.broken("unknown enum", [one for one in (*others, _UNKNOWN, -1, {}) if one not in words])


def of_number(place: Place, rules: Mapping[str, Any], types: list[str]) -> Iterator[Change]:
    """At the limits, and beyond them."""
    is_whole = "integer" in types and "number" not in types
    least, most = numbers_near.least_of(rules, is_whole=is_whole), numbers_near.most_of(rules, is_whole=is_whole)
    if least is not None:
        yield place.valid("at minimum", [least[0]])
        yield place.broken("below minimum", [numbers_near.minus(*least)])
    if most is not None:
        yield place.valid("at maximum", [most[0]])
        yield place.broken("above maximum", [numbers_near.plus(*most)])
    if "multipleOf" in rules and isinstance(place.value, int | Decimal) and not isinstance(place.value, bool):
        step = numbers_near.step_of(rules, 0, is_whole=is_whole)
        offsets = [1, *([] if is_whole else [numbers_near.half(step)])]
        near = [change(place.value, one) for one in offsets[::-1] for change in (numbers_near.plus, numbers_near.minus)]
        yield place.broken("not a multiple", near)


def of_text(place: Place, rules: Mapping[str, Any]) -> Iterator[Change | Unmade]:
    """Of its least and largest length, outside of them, and not of its pattern or format."""
    text = place.value if isinstance(place.value, str) else ""
    least, most = _whole(rules.get("minLength")), _whole(rules.get("maxLength"))
    if least is not None:
        yield place.valid("shortest", made_texts.of_length(text, least, rules))
        if least > 0:
            yield place.broken("too short", made_texts.of_length(text, least - 1, rules))
    if most is not None:
        yield place.valid("longest", made_texts.of_length(text, most, rules))
        yield place.broken("too long", made_texts.of_length(text, most + 1, rules))
    if "pattern" in rules:
        yield place.broken("wrong pattern", made_texts.unlike(text, rules["pattern"]))
    name = rules.get("format")
    if isinstance(name, str):
        yield from _of_format(place, name)


def _of_format(place: Place, name: str) -> Iterator[Change | Unmade]:
    edges, others = made_texts.FORMATS.get(name, ()), made_texts.NOT_OF_FORMATS.get(name, ())
    if others:
        yield place.valid("edge of format", edges[:1])
        yield place.broken("wrong format", others)
    else:
        yield Unmade("wrong format", place.steps, f"the format '{name}' is not checked")


def _whole(asked: Any) -> int | None:
    is_number = isinstance(asked, int | float | Decimal) and not isinstance(asked, bool)
    return int(asked) if is_number and asked == int(asked) else None


def _type_of(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    if isinstance(value, int | float | Decimal):
        return "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"
