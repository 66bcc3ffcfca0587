"""Paths into an event: read once, then followed by a getter made for that path."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Decoded, Event
from KafkaLibrary.matching.faults import Fault
from KafkaLibrary.matching.nearby import name_meant, names_nearby, places_elsewhere
from KafkaLibrary.matching.segments import DESCEND, EVERY, Bracket, Reading, read_path
from KafkaLibrary.matching.shown import show_path

if TYPE_CHECKING:
    from KafkaLibrary.matching.expressions import Expression

__all__ = ["Path", "Steps", "parse_path", "show_path"]

Getter = Callable[[Any], list[Any]]
Steps = tuple[str | int, ...]
"""The names and indexes that lead to a part of a value."""
Document = Callable[[Event, bool], Any]


class Finder(Protocol):
    """Gives the results of one path in an event."""

    def __call__(self, event: Event, exact: bool = False) -> list[Any]: ...


_FOUND_MOST = 1000
UNSTRUCTURED = frozenset(("text", "bytes"))
"""Formats whose values have no fields."""


@dataclass(frozen=True, slots=True)
class Path:
    """A path that was read. ``origin`` is the part of the event that it begins at."""

    text: str
    origin: str = field(compare=False)
    find: Finder = field(repr=False, compare=False)
    """All results in an event, none where the field is missing.

    Without ``exact`` numbers may be the nearest doubles. Raises ``Undecodable`` where the value
    doesn't fit its format, or has no fields because it is text or bytes.
    """
    _reading: Reading = field(repr=False, compare=False)

    @property
    def asks_value(self) -> bool:
        """Whether the event's value has to be decoded for it."""
        return self.origin == "value"

    @property
    def may_find_several(self) -> bool:
        """Whether the path has a ``*``, ``..``, a filter, a slice or a union."""
        return any(not isinstance(step, str | int) for step in self._reading.steps)

    @property
    def plain_steps(self) -> tuple[str | int, ...] | None:
        """The names and indexes of a plain path into the value, nothing for another path."""
        steps = tuple(step for step in self._reading.steps if isinstance(step, str | int))
        return steps if self.asks_value and len(steps) == len(self._reading.steps) else None

    @property
    def get_plainly(self) -> Getter | None:
        """What ``find`` does, for a value decoded before; nothing where that needs more than names and places."""
        return None if not self.asks_value or _needs_jsonpath(self._reading) else _getter(self._reading.steps)

    def found_at(self, event: Event) -> list[Steps]:
        """Where its results stand, the first of them where they are many. Raises ``Undecodable``.

        Of the value and of the headers they are told as steps from there; elsewhere it is the whole of its origin.
        """
        steps = self._reading.steps
        if self.origin == "headers":
            return [(str(steps[0]),)]
        if not self.asks_value or not steps:
            return [()]
        if _needs_jsonpath(self._reading):
            expression = _expression_of(self._reading)
            return expression.found_at(value_document(event, expression.picks_exactly))[:_FOUND_MOST]
        found: list[tuple[Steps, Any]] = [((), value_document(event, False))]
        for step in steps:
            inside = ((there + at, child) for there, parent in found for at, child in _inside(parent, step))
            found = list(islice(inside, _FOUND_MOST))
        return [there for there, _ in found]

    def near_names(self, event: Event) -> list[str]:
        """Names that the tester may have meant where the path finds nothing, the nearest first."""
        root = "$" if self.asks_value else self.origin
        return [name for around in self._around(event) for name in names_nearby(*around, root)]

    def name_meant(self, event: Event) -> str:
        """The name that stands where the path finds nothing, and is written almost alike; empty where there is none."""
        return next((name_meant(*around) for around in self._around(event)), "")

    def elsewhere(self, event: Event) -> list[Path]:
        """Paths with the same names from the first that is missing on, at other places of the same value."""
        if not self.asks_value:
            return []
        return [path_of(path) for around in self._around(event) for path in places_elsewhere(*around)]

    def _around(self, event: Event) -> Iterable[tuple[Any, tuple[Any, ...]]]:
        """Where the path begins, and its steps from there; nothing where that can't be read or has no fields."""
        if self.origin == "headers":
            yield dict(event.headers), self._reading.steps[:1]
        elif self.origin in _DOCUMENTS:
            with suppress(Undecodable):
                yield _DOCUMENTS[self.origin](event, False), self._reading.steps

    def __str__(self) -> str:
        return self.text


def parse_path(text: str) -> Path:
    """The path that the text spells. Raises ``KeywordMisused`` with the place marked."""
    stripped = str(text).strip()
    try:
        return path_of(stripped)
    except Fault as fault:
        raise fault.misuse(stripped) from None


@lru_cache(maxsize=1024)
def path_of(text: str) -> Path:
    """As ``parse_path``, for readers that know more of the cell than the path. Raises ``Fault``."""
    reading = read_path(text)
    find = _FINDERS[reading.origin](reading)
    return Path(_shown(text, reading), reading.origin, find, reading)


def _shown(text: str, reading: Reading) -> str:
    """The path as messages show it: a bare name gets its ``$``."""
    if reading.origin != "value" or text.startswith("$") or not _is_bare(text, reading):
        return text
    return f"${text}" if text[0] in "[." else f"$.{text}"


def _is_bare(text: str, reading: Reading) -> bool:
    return bool(reading.segments) and reading.segments[0].place == 0


# Getters: a decoded document goes in, the results come out. None of them recurses.


def _getter(steps: tuple[Any, ...]) -> Getter:
    if not steps:
        return lambda content: [content]
    if all(isinstance(step, str) for step in steps):
        return _names_getter(steps)
    if EVERY not in steps:
        return _places_getter(steps)
    return _branching_getter(steps)


def _names_getter(names: tuple[str, ...]) -> Getter:
    if len(names) == 1:
        (only,) = names
        return lambda content: [content[only]] if isinstance(content, dict) and only in content else []

    def get(content: Any) -> list[Any]:
        for name in names:
            if isinstance(content, dict) and name in content:
                content = content[name]
            else:
                return []
        return [content]

    return get


def _places_getter(steps: tuple[Any, ...]) -> Getter:
    def get(content: Any) -> list[Any]:
        for step in steps:
            if not isinstance(content, dict if isinstance(step, str) else list):
                return []
            try:
                content = content[step]
            except LookupError:
                return []
        return [content]

    return get


def _branching_getter(steps: tuple[Any, ...]) -> Getter:
    stars = [at for at, step in enumerate(steps) if step is EVERY]
    until = [*stars[1:], len(steps)]
    before = _getter(steps[: stars[0]])
    behind = [_getter(steps[star + 1 : end]) for star, end in zip(stars, until, strict=True)]

    def get(content: Any) -> list[Any]:
        found = before(content)
        for go_on in behind:
            found = [one for parent in found for child in _children(parent) for one in go_on(child)]
        return found

    return get


def _children(content: Any) -> Any:
    if isinstance(content, dict):
        return content.values()
    return content if isinstance(content, list) else ()


def _inside(content: Any, step: Any) -> Iterable[tuple[Steps, Any]]:
    """The parts of it that one step leads to."""
    if step is EVERY:
        children = content.items() if isinstance(content, dict) else enumerate(_children(content))
        return (((at,), child) for at, child in children)
    found = _getter((step,))(content)
    at = step % len(content) if found and isinstance(step, int) else step
    return [((at,), child) for child in found]


# Finders: an event goes in.


def _needs_jsonpath(reading: Reading) -> bool:
    return any(step is DESCEND or isinstance(step, Bracket) for step in reading.steps)


def _finder_in(document: Document, reading: Reading) -> Finder:
    """The finder of a path into what ``document`` takes out of an event."""
    if not _needs_jsonpath(reading):
        get = _getter(reading.steps)
        return lambda event, exact=False: get(document(event, exact))
    expression = _expression_of(reading)
    if not expression.filters:
        return lambda event, exact=False: expression.find(None, document(event, exact))
    picks = expression.picks_exactly
    return lambda event, exact=False: expression.find(document(event, picks), document(event, exact))


def _expression_of(reading: Reading) -> Expression:
    from .expressions import read_expression  # noqa: PLC0415

    return read_expression(reading.segments)


def value_document(event: Event, exact: bool) -> Any:
    decoded = event.decoded(exact=exact)
    if decoded.format in UNSTRUCTURED and decoded.content is not None:
        raise _without_fields(decoded)
    return decoded.content


def _without_fields(decoded: Decoded) -> Undecodable:
    if decoded.note:
        return Undecodable(f"The value is {decoded.note}.")
    return Undecodable(f"The value was read as {decoded.format}, which has no fields.")


def _value_finder(reading: Reading) -> Finder:
    if not reading.segments:
        return lambda event, exact=False: [event.decoded(exact=exact).content]
    if _needs_jsonpath(reading):
        return _finder_in(value_document, reading)
    get = _getter(reading.steps)

    def find(event: Event, exact: bool = False) -> list[Any]:
        # The same as by `_finder_in`, one call less: every event of a wait comes through here.
        decoded = event.decoded(exact=exact)
        if decoded.format in UNSTRUCTURED and decoded.content is not None:
            raise _without_fields(decoded)
        return get(decoded.content)

    return find


_ABSENT = object()


def _key_document(event: Event, exact: bool) -> Any:
    """The key for a path into it; a text is read as JSON."""
    key = event.key
    if not isinstance(key, (str, bytes)):
        return key
    try:
        return json.loads(key, parse_float=Decimal if exact else None)
    except (ValueError, ArithmeticError, RecursionError):
        return _ABSENT


def _key_finder(reading: Reading) -> Finder:
    if not reading.segments:
        return lambda event, exact=False: [event.key]
    return _finder_in(_key_document, reading)


def _header_finder(reading: Reading) -> Finder:
    name = str(reading.steps[0])
    if len(reading.steps) > 1:
        return lambda event, exact=False: event.headers.get_all(name)
    return lambda event, exact=False: event.headers.get_all(name)[-1:]


def _own(name: str) -> Callable[[Reading], Finder]:
    return lambda reading: lambda event, exact=False: [getattr(event, name)]


def _timestamp_finder(reading: Reading) -> Finder:
    def find(event: Event, exact: bool = False) -> list[Any]:
        moment = event.timestamp
        if moment is None and event.timestamp_ms >= 0:  # Some producers write microseconds.
            raise Undecodable(f"The timestamp of {event.timestamp_ms} ms is beyond the year 9999.")
        return [moment]

    return find


def _trace_finder(reading: Reading) -> Finder:
    from KafkaLibrary.matching.traces import traces_of  # noqa: PLC0415 - few paths are about traces

    return lambda event, exact=False: traces_of(event.raw_headers)


_DOCUMENTS: dict[str, Document] = {"value": value_document, "key": _key_document}

_FINDERS: dict[str, Callable[[Reading], Finder]] = {
    "value": _value_finder,
    "key": _key_finder,
    "headers": _header_finder,
    **{name: _own(name) for name in ("topic", "partition", "offset")},
    "timestamp": _timestamp_finder,
    "trace": _trace_finder,
}
