"""Types that a tester declares for fields of JSON: ``types=total:decimal(2), at:micros, d:days``.

A path is that of a field in the value. In the envelope of a row change it is a column as well: it is looked for in
``before`` and in ``after``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from KafkaLibrary.errors import KeywordMisused, Undecodable, did_you_mean
from KafkaLibrary.fields import CountedMoment, own_tree
from KafkaLibrary.serialization.connect_types import columns
from KafkaLibrary.serialization.connect_types.logical import (
    DAYS,
    JSON,
    NAMES,
    SCALED,
    clock_times,
    decimal_of_scale,
    logical_of,
    moments,
    whole_parameter,
)
from KafkaLibrary.serialization.connect_types.one_type import Logical, Misfit, Rounded
from KafkaLibrary.serialization.schemaless import json_format

Step = str | int | None
"""A name, a place in a list, or nothing for every element."""
Steps = tuple[Step, ...]
ROWS = ("before", "after")


def _instants(digits: int) -> Logical:
    """Moments since 1970. A column without a zone is counted the same way, so a test may leave the zone out."""
    logical = moments(digits, zoned=True)

    def read(value: Any) -> Any:
        text = logical.read(value)
        return CountedMoment(text) if isinstance(text, str) else text

    local = moments(digits, zoned=False)

    def write(value: Any) -> Any:
        try:
            return logical.write(value)
        except Misfit as misfit:
            try:
                return local.write(value)
            except Misfit:
                raise misfit from None

    return Logical(read, write)


_WORDS: dict[str, Logical] = {
    "days": DAYS,
    "seconds": _instants(0),
    "millis": _instants(3),
    "micros": _instants(6),
    "nanos": _instants(9),
    "time-millis": clock_times(3),
    "time-micros": clock_times(6),
    "time-nanos": clock_times(9),
    "decimal": SCALED,
    "interval": columns.INTERVAL,
    "interval-micros": columns.INTERVAL_MICROS,
    "interval-nanos": columns.INTERVAL_NANOS,
    "geometry": columns.GEOMETRY,
    "json": JSON,
}
_KINDS = ("bytes", "int32", "int64", "string", "struct")
_FORMS = "decimal(SCALE), bits(LENGTH), " + ", ".join(_WORDS)
_ADVICE = (
    "Write such as types=total:decimal(2), at:micros, d:days, or give a dictionary of paths and types.\n"
    f"The types are: {_FORMS}; and the names of Kafka Connect and Debezium, such as io.debezium.time.MicroTimestamp."
)


class Declared(NamedTuple):
    """The type of what is at one path, and how it was written."""

    steps: Steps
    logical: Logical
    text: str


class Types:
    """All that was declared of one topic's values."""

    def __init__(self, declared: Iterable[Declared]) -> None:
        self._declared = tuple(declared)
        self.text = ", ".join(one.text for one in self._declared)
        known = {one.steps for one in self._declared}
        self._in_rows = {
            row: [one for one in self._declared if one.steps[0] not in ROWS and (row, *one.steps) not in known]
            for row in ROWS
        }

    def read(self, take: Callable[[str], Any], depth: str) -> Any:
        """The value that ``take`` gives as JSON, with what a tester meets in its place. Raises ``Undecodable``."""
        try:
            try:
                return self._changed(take(depth), lambda one, value: one.reader(depth)(value))
            except Rounded:
                content = self._changed(take("read_exact"), lambda one, value: one.reader(depth)(value))
                return own_tree(content) if depth == "read_own" else content
        except Misfit as misfit:
            raise Undecodable(f"not what types= says: {misfit.told_from('$')}") from None

    def write(self, content: Any) -> Any:
        """The value as a connector writes it; it is changed in place. Raises ``KeywordMisused``."""
        try:
            return self._changed(content, lambda one, value: one.write(value))
        except Misfit as misfit:
            raise KeywordMisused(f"The value does not fit its types: {misfit.told_from('$')}.") from None

    def _changed(self, content: Any, change: Callable[[Logical, Any], Any]) -> Any:
        for root, way, declared in self._roots(content):
            for one in declared:
                for container, step, there in _places(root, one.steps, way):
                    container[step] = _converted(container[step], one.logical, change, there)
        return content

    def _roots(self, content: Any) -> Iterator[tuple[Any, Steps, Iterable[Declared]]]:
        yield content, (), self._declared
        if isinstance(content, dict) and "op" in content:
            for row in ROWS:
                if isinstance(dict.get(content, row), dict):
                    yield content[row], (row,), self._in_rows[row]


def _places(content: Any, steps: Steps, way: Steps) -> Iterator[tuple[Any, Any, Steps]]:
    """The containers with what is at the steps, how it is called in them, and the whole way there."""
    step, rest = steps[0], steps[1:]
    for at in _children(content, step):
        if not rest:
            yield content, at, (*way, at)
        else:
            yield from _places(content[at], rest, (*way, at))


def _children(content: Any, step: Step) -> Iterable[Any]:
    if isinstance(content, dict):
        return (step,) if step in content else [*content] if step is None else ()
    if isinstance(content, list):
        every = range(len(content))
        return every if step is None else (step,) if step in every else ()
    return ()


def _converted(value: Any, logical: Logical, change: Callable[[Logical, Any], Any], way: Steps) -> Any:
    """Null stays null, and of a list each element is of that type."""
    if value is None:
        return None
    if isinstance(value, list) and logical is not JSON:
        return [_converted(one, logical, change, (*way, place)) for place, one in enumerate(value)]
    try:
        return change(logical, value)
    except Misfit as misfit:
        misfit.steps = [step for step in reversed(way) if step is not None]
        raise


# What is written in a cell


def types_of(given: Any) -> Types:
    """What a dictionary, or a text such as ``total:decimal(2), at:micros``, declares. Raises ``KeywordMisused``."""
    pairs = _pairs(given) if isinstance(given, str) else given
    if not isinstance(pairs, Mapping) or not pairs:
        raise KeywordMisused(f"types= can't be {given!r}.\n{_ADVICE}")
    return Types(_declared(str(path).strip(), str(kind).strip()) for path, kind in pairs.items())


_PAIR = re.compile(r"\s*(?P<path>[^,]+?)\s*:\s*(?P<kind>[\w.-]+\s*(?:\([^()]*\))?)\s*(?:,|\Z)")


def _pairs(text: str) -> dict[str, str]:
    if text.lstrip().startswith("{"):
        try:
            found: Any = json_format.read_whole(text.encode(), str)
        except Undecodable as problem:
            raise KeywordMisused(f"types= is {problem}.\n{_ADVICE}") from None
        return found if isinstance(found, dict) else {}
    pairs: dict[str, str] = {}
    place = 0
    while place < len(text):
        one = _PAIR.match(text, place)
        if one is None:
            raise KeywordMisused(f"types= can't be read from here on: {text[place:].strip()!r}.\n{_ADVICE}")
        if one["path"] in pairs:
            raise KeywordMisused(f"types= has the field '{one['path']}' twice.")
        pairs[one["path"]] = one["kind"]
        place = one.end()
    return pairs


def _declared(path: str, kind: str) -> Declared:
    return Declared(_steps(path), _logical(path, kind), f"{path}:{kind}")


_STEP = re.compile(
    r"(?:\.|\A)(?P<name>[^.\[\]'\"]+)|\[(?P<place>\d+|\*)\]|\[(?P<quote>['\"])(?P<quoted>.*?)(?P=quote)\]"
)


def _steps(path: str) -> Steps:
    text = path[2:] if path.startswith("$.") else path[1:] if path.startswith("$[") else path
    steps: list[Step] = []
    place = 0
    while place < len(text):
        found = _STEP.match(text, place)
        if found is None:
            break
        number = found["place"]
        name = found["name"] if found["name"] is not None else found["quoted"]
        steps.append(name if number is None else None if number == "*" else int(number))
        if name == "*" and found["name"]:
            steps[-1] = None
        place = found.end()
    if place < len(text) or not steps:
        raise KeywordMisused(f"types= has '{path}', which is not a path of names, places and *.\n{_ADVICE}")
    return tuple(steps)


_KIND = re.compile(r"(?P<name>[\w.-]+)\s*(?:\(\s*(?P<parameter>[^()]*?)\s*\))?")


def _logical(path: str, kind: str) -> Logical:
    found = _KIND.fullmatch(kind)
    name, parameter = (found["name"], found["parameter"]) if found else (kind, None)
    known = _by_word(name.lower(), parameter) or _by_name(name, parameter)
    if known is None:
        near = did_you_mean(name, [*_WORDS, "bits", *NAMES])
        raise KeywordMisused(f"types= has no type '{kind}' for '{path}'. {near}".rstrip() + f"\n{_ADVICE}")
    return known


def _by_word(name: str, parameter: str | None) -> Logical | None:
    if parameter is None:
        return _WORDS.get(name)
    number = whole_parameter(parameter)
    if number is not None and name == "decimal":
        return decimal_of_scale(number)
    return logical_of("io.debezium.data.Bits", "bytes", {"length": parameter}) if name == "bits" else None


def _by_name(name: str, parameter: str | None) -> Logical | None:
    parameters = {} if parameter is None else {"scale": parameter, "length": parameter}
    found = (logical_of(name, kind, parameters) for kind in _KINDS)
    return next((one for one in found if one is not None), None)
