"""Paths into an event: read once, then followed by a getter made for that path."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Decoded, Event, WindowedKey, as_text
from KafkaLibrary.headers import newest
from KafkaLibrary.matching.one_line_texts import show_path
from KafkaLibrary.matching.paths.grammar import DESCEND, EVERY, OWN, Bracket, Reading, read_path
from KafkaLibrary.matching.paths.plain_paths import Getter, Steps, getter, inside, opening
from KafkaLibrary.matching.paths.similar_names import (
    is_without,
    name_meant,
    names_nearby,
    places_elsewhere,
    roots_meant,
)
from KafkaLibrary.matching.syntax_error import Fault
from KafkaLibrary.matching.values.json_texts import MARK, Null, outside_texts, unfolded
from KafkaLibrary.secrets.robot_secret import ADVICE, SHOWN

if TYPE_CHECKING:
    from KafkaLibrary.matching.paths.jsonpath_filters import Expression

__all__ = ["Path", "parse_path", "show_path"]

Document = Callable[[Event, bool], Any]


class Finder(Protocol):
    """Gives the results of one path in an event."""

    def __call__(self, event: Event, exact: bool = False) -> list[Any]: ...


_FOUND_MOST = 1000
_LENGTHS = ("count", "len", "length", "size")
UNSTRUCTURED = frozenset(("text", "bytes"))
"""Formats whose values have no fields."""


@dataclass(frozen=True, slots=True)
class Path:
    """A path that was read. ``origin`` is the part of the event that it begins at.

    With ``into_texts`` it goes on in a text that is JSON.
    """

    text: str
    origin: str = field(compare=False)
    find: Finder = field(repr=False, compare=False)
    """All results in an event, none where the field is missing.

    Without ``exact`` numbers may be the nearest doubles. Raises ``Undecodable`` where the value
    doesn't fit its format, or has no fields because it is text or bytes.
    """
    _reading: Reading = field(repr=False, compare=False)
    find_bytes: Finder | None = field(default=None, repr=False, compare=False)
    """All results as the bytes that they were read from, of a key as a whole and of headers."""
    into_texts: bool = field(default=True, compare=False)

    @property
    def as_it_stands(self) -> Path:
        """The same path, to which a text is a text whatever is in it."""
        return _path(self.text, self._reading, into_texts=False)

    @property
    def part(self) -> str:
        """``value`` or ``key`` where it is that as Kafka has it, and null means that there is none; else empty."""
        return self.origin if self._reading.is_part else ""

    @property
    def is_document(self) -> bool:
        """Whether it is the whole of what is in the value, ``$``."""
        return self.asks_value and not self._reading.segments and not self.part

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
        if not self.asks_value or _needs_jsonpath(self._reading):
            return None
        if self.part:
            return lambda content: [Null("") if content is None else content]
        return getter(self._reading.steps, opening(False, self.into_texts))

    def found_at(self, event: Event) -> list[Steps]:
        """Where its results stand, the first of them where they are many. Raises ``Undecodable``.

        Of the value and of the headers they are told as steps from there; elsewhere it is the whole of its origin.
        """
        steps = self._reading.steps
        if self.origin == "headers":
            return _headers_at(event, steps)
        if not self.asks_value or not steps:
            return [()]
        exact = _needs_jsonpath(self._reading) and self._expression.picks_exactly
        document = _document(self._reading)(event, exact)
        found = list(dict.fromkeys(outside_texts(document, steps) for steps in self._steps_in(document)))
        return _in_content(event, exact, document, found)

    def texts_entered(self, event: Event) -> list[str]:
        """The texts, as JSON of which it goes on in, as paths. Raises ``Undecodable``."""
        if not self._reading.segments or self.origin not in _DOCUMENTS:
            return []
        document = _document(self._reading)(event, False)
        plain = self.plain_steps
        if plain is not None and outside_texts(document, plain) is plain:
            return []
        ways = self._steps_in(document) if plain is None else [plain]
        entered = (at for way in ways if len(at := outside_texts(document, way)) < len(way))
        return [show_path(at, self._root) for at in dict.fromkeys(entered)]

    @property
    def _expression(self) -> Expression:
        return _expression_of(self._reading)

    @property
    def _root(self) -> str:
        return "$" if self.asks_value else self.origin

    def _steps_in(self, document: Any) -> list[Steps]:
        """The names and indexes that lead to its results, the first of them where they are many."""
        if _needs_jsonpath(self._reading):
            return self._expression.found_at(document, into_texts=self.into_texts)[:_FOUND_MOST]
        found: list[tuple[Steps, Any]] = [((), unfolded(document) if self.into_texts else document)]
        for step in self._reading.steps:
            further = ((there + at, child) for there, parent in found for at, child in inside(parent, step))
            found = list(islice(further, _FOUND_MOST))
        return [there for there, _ in found]

    def near_names(self, event: Event) -> list[str]:
        """Names that the tester may have meant where the path finds nothing, the nearest first."""
        if self.origin == "headers" and (places := _headers_at(event, (*self._reading.steps[:1], EVERY))):
            return [show_path(place, self.origin) for place in places]  # of which none is the one asked for
        return [name for around in self._around(event) for name in names_nearby(*around, self._root)]

    def name_meant(self, event: Event) -> str:
        """The name that stands where the path finds nothing, and is written almost alike; empty where there is none."""
        return next((name_meant(*around) for around in self._around(event)), "")

    def elsewhere(self, event: Event) -> list[Path]:
        """Paths with the same names from the first that is missing on, at other places of the same value.

        Of a header that stands more than once, to those beside the newest, of which the path says nothing.
        """
        if self.origin == "headers" and len(self._reading.steps) == 1:
            places = range(len(event.headers_named(str(self._reading.steps[0]))))
            others = places[1:] if self.newest == "first" else places[:-1]
            return [path_of(f"{self.text}[{place}]") for place in others]
        if not self.asks_value:
            return []
        found = [path_of(path) for around in self._around(event) for path in places_elsewhere(*around)]
        return found if self.into_texts else [path.as_it_stands for path in found]

    @property
    def newest(self) -> str:
        """Which header of several of its name it finds, the ``last`` or the ``first``."""
        return "last" if newest(str(self._reading.steps[0])) else "first"

    def rooted_otherwise(self) -> list[Path]:
        """Paths with fewer names in front, as where an event's own parts were taken for fields, or fields for those."""
        steps = self._reading.steps
        if not all(isinstance(step, str | int) for step in steps) or (self.asks_value and not steps):
            return []
        return [path_of(text) for text in roots_meant(self.origin, steps)]  # type: ignore[arg-type] # checked above

    @property
    def whole_of_length(self) -> Path | None:
        """What the length of may have been meant, by a last name that asks for one; nothing for another path."""
        steps = self.plain_steps
        if not steps or len(steps) == 1 or str(steps[-1]).casefold() not in _LENGTHS:
            return None
        return path_of(show_path(steps[:-1]))

    def is_in(self, other: Path) -> bool:
        """Whether it leads to what the other one finds, or to a part of that."""
        mine, others = self._reading.steps, other._reading.steps
        return self.origin == other.origin and mine[: len(others)] == others

    def lacks_name(self, event: Event) -> bool:
        """Whether the event speaks against a field of that name: there is what it would be in, and no null or list."""
        around = list(self._around(event))
        return bool(around) and all(is_without(document, steps) for document, steps in around)

    def _around(self, event: Event) -> Iterable[tuple[Any, tuple[Any, ...]]]:
        """Where the path begins, and its steps from there; nothing where that can't be read or has no fields."""
        if self.origin == "headers":
            names = [name for name, _ in event.raw_headers]
            yield {name: [None] * names.count(name) for name in names}, self._reading.steps
        elif self.origin in _DOCUMENTS:
            with suppress(Undecodable):
                document = _document(self._reading)(event, False)
                yield unfolded(document) if self.into_texts else document, self._reading.steps

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
    if SHOWN in text:
        raise Fault(f"Robot writes `{SHOWN}` in place of a Secret inside a text.", text.index(SHOWN), ADVICE)
    return _path(text, read_path(text), into_texts=True)


def _path(text: str, reading: Reading, *, into_texts: bool) -> Path:
    find = _FINDERS[reading.origin](reading, into_texts)
    return Path(_shown(text, reading), reading.origin, find, reading, _bytes_finder(reading), into_texts)


def _shown(text: str, reading: Reading) -> str:
    """The path as messages show it: a bare name gets its ``$``."""
    if reading.origin != "value" or text.startswith("$") or not _is_bare(text, reading):
        return text
    return f"${text}" if text[0] in "[." else f"$.{text}"


def _is_bare(text: str, reading: Reading) -> bool:
    return bool(reading.segments) and reading.segments[0].place == 0


# Finders: an event goes in.


def _needs_jsonpath(reading: Reading) -> bool:
    return any(step is DESCEND or isinstance(step, Bracket) for step in reading.steps)


def _finder_in(document: Document, reading: Reading, into_texts: bool) -> Finder:
    """The finder of a path into what ``document`` takes out of an event."""
    if not _needs_jsonpath(reading):
        get, get_exactly = (getter(reading.steps, opening(exact, into_texts)) for exact in (False, True))
        return lambda event, exact=False: (get_exactly if exact else get)(document(event, exact))
    expression = _expression_of(reading)

    def find(event: Event, exact: bool = False) -> list[Any]:
        picked = document(event, expression.picks_exactly) if expression.filters else None
        return expression.find(picked, document(event, exact), exact=exact, into_texts=into_texts)

    return find


def _expression_of(reading: Reading) -> Expression:
    from KafkaLibrary.matching.paths.jsonpath_filters import read_expression  # noqa: PLC0415

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


def _value_finder(reading: Reading, into_texts: bool) -> Finder:
    if not reading.segments:
        return _find_value if reading.is_part else _find_document
    if _needs_jsonpath(reading) or _may_ask_envelope(reading):
        return _finder_in(_document(reading), reading, into_texts)
    get, get_exactly = (getter(reading.steps, opening(exact, into_texts)) for exact in (False, True))

    def find(event: Event, exact: bool = False) -> list[Any]:
        # The same as by `_finder_in`, one call less: every event of a wait comes through here.
        decoded = event.decoded(exact=exact)
        if decoded.format in UNSTRUCTURED and decoded.content is not None:
            raise _without_fields(decoded)
        return get_exactly(decoded.content) if exact else get(decoded.content)

    return find


def _find_value(event: Event, exact: bool = False) -> list[Any]:
    """What Kafka has as the value: null of a tombstone alone."""
    if event.is_tombstone:
        return [None]
    decoded = event.decoded(exact=exact)
    return [Null(decoded.format) if decoded.content is None else decoded.content]


def _find_document(event: Event, exact: bool = False) -> list[Any]:
    """What is in the value, which may be null: a tombstone has nothing there."""
    return [] if has_no_document(event) else [event.decoded(exact=exact).content]


def has_no_document(event: Event) -> bool:
    """Whether it is a tombstone. A CloudEvent without a value has its attributes there."""
    return event.is_tombstone and event.decoded().content is None


_ABSENT = object()


def _key_document(event: Event, exact: bool) -> Any:
    """The key for a path into it; a text is read as JSON, also behind a byte order mark."""
    key = as_text(event.key)
    if not isinstance(key, str):
        return _ABSENT if isinstance(key, bytes) else key
    try:
        return json.loads(key.removeprefix(MARK), parse_float=Decimal if exact else None)
    except (ValueError, ArithmeticError, RecursionError):
        return _ABSENT


def _key_finder(reading: Reading, into_texts: bool) -> Finder:
    if not reading.segments:
        return lambda event, exact=False: [_key_alone(event.key)]
    return _finder_in(_document(reading), reading, into_texts)


def _key_alone(key: Any) -> Any:
    """The key itself, without its window."""
    return key["key"] if isinstance(key, WindowedKey) else key


def _header_finder(reading: Reading, _: bool) -> Finder:
    if not reading.steps:
        return lambda event, exact=False: [dict(event.headers)]
    name, which = str(reading.steps[0]), _which(reading.steps)
    return lambda event, exact=False: event.headers_named(name)[which]


def _which(steps: Sequence[Any]) -> slice:
    """Which of the headers of a name: the newest where nothing is said."""
    step = steps[1] if len(steps) > 1 else newest(str(steps[0]))
    return slice(None) if step is EVERY else slice(step, step + 1 or None)


def _headers_at(event: Event, steps: Sequence[Any]) -> list[Steps]:
    """The name, and which of the headers of that name."""
    if not steps:
        return [()]
    there = range(sum(name == steps[0] for name, _ in event.raw_headers))
    return [(str(steps[0]), place) for place in there[_which(steps)]]


def _bytes_finder(reading: Reading) -> Finder | None:
    steps = reading.steps
    if reading.origin == "key" and not steps:
        return lambda event, exact=False: [event.raw_key]
    if reading.origin != "headers" or not steps:
        return None
    wanted, which = steps[0], _which(steps)
    return lambda event, exact=False: [raw for name, raw in event.raw_headers if name == wanted][which]


def _own(name: str) -> Callable[[Reading, bool], Finder]:
    return lambda reading, into_texts: lambda event, exact=False: [getattr(event, name)]


def _timestamp_finder(reading: Reading, _: bool) -> Finder:
    def find(event: Event, exact: bool = False) -> list[Any]:
        moment = event.timestamp
        if moment is None and event.timestamp_ms >= 0:  # Some producers write microseconds.
            raise Undecodable(f"The timestamp of {event.timestamp_ms} ms is beyond the year 9999.")
        return [moment]

    return find


def _trace_finder(reading: Reading, _: bool) -> Finder:
    from KafkaLibrary.matching.paths.trace_ids import traces_of  # noqa: PLC0415 - few paths are about traces

    return lambda event, exact=False: traces_of(event.raw_headers)


_DOCUMENTS: dict[str, Document] = {"value": value_document, "key": _key_document}

# Around a document: the envelope that it came in. Who wrote its path from the envelope on finds the same.

_OF_ENVELOPES = ("payload", "schema")
_ENVELOPES: dict[str, Document] = {
    "value": lambda event, exact: event.decoded(exact=exact).around,
    "key": lambda event, exact: event.around_key,
}


def _may_ask_envelope(reading: Reading) -> bool:
    return bool(reading.steps) and reading.steps[0] in _OF_ENVELOPES


def _document(reading: Reading) -> Document:
    """What the path leads into: the envelope where it begins as that, and the document has no such field."""
    document = _DOCUMENTS[reading.origin]
    if not _may_ask_envelope(reading):
        return document
    envelope, name = _ENVELOPES[reading.origin], reading.steps[0]

    def asked(event: Event, exact: bool) -> Any:
        inner, around = document(event, exact), envelope(event, exact)
        return inner if around is None or (isinstance(inner, dict) and name in inner) else around

    return asked


def _in_content(event: Event, exact: bool, document: Any, found: list[Steps]) -> list[Steps]:
    """The places in the content of what was found in a document, which may be the envelope around that."""
    if document is not event.decoded(exact=exact).around:
        return found
    return [steps[1:] for steps in found if steps[:1] == ("payload",)]


_FINDERS: dict[str, Callable[[Reading, bool], Finder]] = {
    "value": _value_finder,
    "key": _key_finder,
    "headers": _header_finder,
    **{name: _own(name) for name in OWN},
    "timestamp": _timestamp_finder,
    "trace": _trace_finder,
}
