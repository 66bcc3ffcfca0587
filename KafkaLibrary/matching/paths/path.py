"""A path such as ``$.order.id``: what it finds and where, and where else it may have been meant to lead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from types import NoneType
from typing import TYPE_CHECKING, Any

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.headers import newest
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.matching.one_line_texts import show_path
from KafkaLibrary.matching.paths.finders import (
    DOCUMENTS,
    FINDERS,
    Finder,
    bytes_finder,
    document_of,
    expression_of,
    headers_at,
    in_content,
    needs_jsonpath,
)
from KafkaLibrary.matching.paths.grammar import EVERY, ParsedPath, is_own, read_path
from KafkaLibrary.matching.paths.plain_paths import Getter, Steps, getter, inside, opening
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.json_texts import Null, outside_texts, unfolded
from KafkaLibrary.secrets.robot_secret import ADVICE, SHOWN

if TYPE_CHECKING:
    from KafkaLibrary.matching.paths import endings, paths_meant, similar_names
    from KafkaLibrary.matching.paths.endings import Ending
    from KafkaLibrary.matching.paths.jsonpath_filters import Expression
else:
    endings = LazyModule("KafkaLibrary.matching.paths.endings")
    paths_meant = LazyModule("KafkaLibrary.matching.paths.paths_meant")
    similar_names = LazyModule("KafkaLibrary.matching.paths.similar_names")  # no path that finds something needs it

_BETWEEN_COMMAS = re.compile(r"""(?:\[[^\]]*\]|'[^']*'|"[^"]*"|[^,])+""")
_FOUND_MOST = 1000
_NEVER_ROUNDED = (str, int, bytes, NoneType)
_LENGTHS = ("count", "len", "length", "size")


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
    _parsed: ParsedPath = field(repr=False, compare=False)
    find_bytes: Finder | None = field(default=None, repr=False, compare=False)
    """All results as the bytes that they were read from, of a key as a whole and of headers."""
    into_texts: bool = field(default=True, compare=False)

    @property
    def as_it_stands(self) -> Path:
        """The same path, to which a text is a text whatever is in it."""
        return _path(self.text, self._parsed, into_texts=False)

    @property
    def part(self) -> str:
        """``value`` or ``key`` where it is that as Kafka has it, and null means that there is none; else empty."""
        return self.origin if self._parsed.is_part else ""

    @property
    def is_without_types(self) -> bool:
        """Whether it leads to bytes that may have no type: a header, or a key as a whole."""
        return (self.origin == "headers" and bool(self._parsed.steps)) or self.part == "key"

    @property
    def is_document(self) -> bool:
        """Whether it is the whole of what is in the value, ``$``."""
        return self.asks_value and not self._parsed.segments and not self.part

    @property
    def asks_value(self) -> bool:
        """Whether the event's value has to be decoded for it."""
        return self.origin == "value"

    @property
    def may_find_several(self) -> bool:
        """Whether the path has a ``*``, ``..``, a filter, a slice or a union."""
        return any(not isinstance(step, str | int) for step in self._parsed.steps)

    @property
    def plain_steps(self) -> tuple[str | int, ...] | None:
        """The names and indexes of a plain path into the value, nothing for another path."""
        steps = tuple(step for step in self._parsed.steps if isinstance(step, str | int))
        return steps if self.asks_value and len(steps) == len(self._parsed.steps) else None

    @property
    def get_plainly(self) -> Getter | None:
        """What ``find`` does, for a value decoded before; nothing where that needs more than names and places."""
        if not self.asks_value or needs_jsonpath(self._parsed):
            return None
        if self.part:
            return lambda content: [Null("") if content is None else content]
        return getter(self._parsed.steps, opening(False, self.into_texts))

    def find_exactly(self, event: Event) -> list[Any]:
        """All results with no number rounded: an event is read once more only where one may be. Raises as ``find``."""
        found = self.find(event)
        return found if all(isinstance(one, _NEVER_ROUNDED) for one in found) else self.find(event, True)

    def found_at(self, event: Event) -> list[Steps]:
        """Where its results stand, the first of them where they are many. Raises ``Undecodable``.

        Of the value and of the headers they are told as steps from there; elsewhere it is the whole of its origin.
        """
        steps = self._parsed.steps
        if self.origin == "headers":
            return headers_at(event, steps)
        if not self.asks_value or not steps:
            return [()]
        exact = needs_jsonpath(self._parsed) and self._expression.picks_exactly
        document = document_of(self._parsed)(event, exact)
        found = list(dict.fromkeys(outside_texts(document, steps) for steps in self._steps_in(document)))
        return in_content(event, exact, document, found)

    def texts_entered(self, event: Event) -> list[str]:
        """The texts, as JSON of which it goes on in, as paths. Raises ``Undecodable``."""
        if not self._parsed.segments or self.origin not in DOCUMENTS:
            return []
        document = document_of(self._parsed)(event, False)
        plain = self.plain_steps
        if plain is not None and outside_texts(document, plain) is plain:
            return []
        ways = self._steps_in(document) if plain is None else [plain]
        entered = (at for way in ways if len(at := outside_texts(document, way)) < len(way))
        return [show_path(at, self._root) for at in dict.fromkeys(entered)]

    @property
    def _expression(self) -> Expression:
        return expression_of(self._parsed)

    @property
    def _root(self) -> str:
        return "$" if self.asks_value else self.origin

    def _steps_in(self, document: Any) -> list[Steps]:
        """The names and indexes that lead to its results, the first of them where they are many."""
        if needs_jsonpath(self._parsed):
            return self._expression.found_at(document, into_texts=self.into_texts)[:_FOUND_MOST]
        found: list[tuple[Steps, Any]] = [((), unfolded(document) if self.into_texts else document)]
        for step in self._parsed.steps:
            further = ((there + at, child) for there, parent in found for at, child in inside(parent, step))
            found = list(islice(further, _FOUND_MOST))
        return [there for there, _ in found]

    def near_names(self, event: Event) -> list[str]:
        """Names that the tester may have meant where the path finds nothing, the nearest first."""
        if self.origin == "headers" and (places := headers_at(event, (*self._parsed.steps[:1], EVERY))):
            return [show_path(place, self.origin) for place in places]  # of which none is the one asked for
        if self.may_find_several and self.asks_value and (meant := self.name_meant(event)):
            return [meant]
        return [name for around in self._around(event) for name in similar_names.similar_names_in(*around, self._root)]

    def wrapped_otherwise(self, event: Event) -> str:
        """The path to its field where only what is put around a value differs; empty where there is none."""
        around = self._around(event) if self.asks_value else ()
        return next((similar_names.wrapped_otherwise(*one) for one in around), "")

    def null_on_the_way(self, event: Event) -> str:
        """The path to a null in which it ends before its last step; empty where there is none, or it is the key."""
        around = self._around(event) if self.asks_value else ()
        return next((similar_names.null_on_the_way(*one, self._root) for one in around), "")

    def name_meant(self, event: Event) -> str:
        """The name that stands where the path finds nothing, and is written almost alike; empty where there is none."""
        for document, steps in self._around(event):
            if self.may_find_several and self.asks_value:
                return self._path_meant(event, document, steps)
            name = similar_names.name_meant(document, steps, self._root)
            return f"$.{name}" if self.asks_value and is_own(name) else name
        return ""

    def _path_meant(self, event: Event, document: Any, steps: tuple[Any, ...]) -> str:
        """The same as a whole path, for one that may find several, and for a text in its filters in another case."""
        meant = paths_meant.steps_meant(document, steps)
        if meant is not None:
            return paths_meant.show_steps(meant)
        meant = paths_meant.steps_in_other_case(document, steps)
        text = paths_meant.show_steps(meant) if meant else ""
        with suppress(Undecodable):
            return text if text and path_of(text).find(event) else ""
        return ""

    @property
    def as_field(self) -> Path | None:
        """The path to a field that is named like the part of the event that it begins at; nothing for another path."""
        with suppress(SyntaxFault):  # headers may have any name
            return None if self.text.startswith("$") else path_of(f"$.{self.text}")
        return None

    def found_otherwise(self, event: Event) -> str:
        """A path that finds something where this one does not, and may have been meant; empty where there is none.

        It has the same names, but for how they are written, or from another place on: where what a field should be in
        is there, the name alone stands elsewhere for something else.
        """
        for document, steps in self._around(event):
            meant = paths_meant.steps_meant(document, steps) or paths_meant.steps_in_other_case(document, steps)
            if meant is not None:
                text = paths_meant.show_steps(meant) if self.asks_value else self.name_meant(event)
                return text if text and self._finds(path_of(text), event) else ""
            if similar_names.reaches(document, steps):
                inside = paths_meant.steps_into_lists(document, steps) if self.asks_value else None
                return paths_meant.show_steps(inside) if inside else ""
        places = [*self.rooted_otherwise(), *self.elsewhere(event)] if self.asks_value else []
        return next((one.text for one in places if self._finds(one, event)), "")

    @staticmethod
    def _finds(path: Path, event: Event) -> bool:
        """Null at another place is no field that was meant."""
        with suppress(Undecodable):
            return any(one is not None for one in path.find(event))
        return False

    def near_name(self, event: Event) -> str:
        """A name that stands where the path finds nothing, and is rather like the one asked for; empty for none."""
        return next((similar_names.near_name(*around, self._root) for around in self._around(event)), "")

    def short_list(self, event: Event) -> tuple[int, str] | None:
        """The size of the list in which the path asks for an element that it has not, and the path to it."""
        return next((similar_names.short_list(*around, self._root) for around in self._around(event)), None)

    def elsewhere(self, event: Event) -> list[Path]:
        """Paths with the same names from the first that is missing on, at other places of the same value.

        Of a header that stands more than once, to those beside the newest, of which the path says nothing.
        """
        if self.origin == "headers" and len(self._parsed.steps) == 1:
            places = range(len(event.headers_named(str(self._parsed.steps[0]))))
            others = places[1:] if self.newest == "first" else places[:-1]
            return [path_of(f"{self.text}[{place}]") for place in others]
        if not self.asks_value:
            return []
        found = [path_of(path) for around in self._around(event) for path in similar_names.places_elsewhere(*around)]
        return found if self.into_texts else [path.as_it_stands for path in found]

    @property
    def newest(self) -> str:
        """Which header of several of its name it finds, the ``last`` or the ``first``."""
        return "last" if newest(str(self._parsed.steps[0])) else "first"

    def rooted_otherwise(self) -> list[Path]:
        """Paths with fewer names in front, as where an event's own parts were taken for fields, or fields for those."""
        steps = self._parsed.steps
        if not all(isinstance(step, str | int) for step in steps) or (self.asks_value and not steps):
            return []
        return [path_of(text) for text in similar_names.roots_meant(self.origin, steps)]  # type: ignore[arg-type] # checked above

    @property
    def whole_of_length(self) -> Path | None:
        """What the length of may have been meant, by a last name that asks for one; nothing for another path."""
        steps = self.plain_steps
        if not steps or len(steps) == 1 or str(steps[-1]).casefold() not in _LENGTHS:
            return None
        return path_of(show_path(steps[:-1]))

    def is_in(self, other: Path) -> bool:
        """Whether it leads to what the other one finds, or to a part of that."""
        mine, others = self._parsed.steps, other._parsed.steps
        return self.origin == other.origin and mine[: len(others)] == others

    def ending(self, event: Event) -> Ending | None:
        """How far it leads in the event; nothing where that can't be read or has no fields."""
        with suppress(Undecodable):
            return next((endings.ending_of(*around) for around in self._around(event)), None)
        return None

    def fault_of_filter(self, event: Event, *, of_names: bool = True) -> str:
        """Why a filter can pick none of the elements there are, whatever their values; empty where it could."""
        if not self.may_find_several:
            return ""
        with suppress(Undecodable):
            around = next(iter(self._around(event)), None)
            return endings.fault_of_filter(*around, of_names=of_names) if around else ""
        return ""

    def _around(self, event: Event) -> Iterable[tuple[Any, tuple[Any, ...]]]:
        """Where the path begins, and its steps from there; nothing where that can't be read or has no fields."""
        if self.origin == "headers":
            names = [name for name, _ in event.raw_headers]
            yield {name: [None] * names.count(name) for name in names}, self._parsed.steps
        elif self.origin in DOCUMENTS:
            with suppress(Undecodable):
                document = document_of(self._parsed)(event, False)
                yield unfolded(document) if self.into_texts else document, self._parsed.steps

    def __str__(self) -> str:
        return self.text


def parse_path(text: str) -> Path:
    """The path that the text spells. Raises ``KeywordMisused`` with the place marked."""
    stripped = str(text).strip()
    try:
        return path_of(stripped)
    except SyntaxFault as fault:
        raise fault.misuse(stripped) from None


def parse_paths(text: str) -> list[Path]:
    """One path or several with commas between them. Raises ``KeywordMisused`` with the place marked."""
    return [parse_path(one) for one in _BETWEEN_COMMAS.findall(str(text))] or [parse_path(text)]


@lru_cache(maxsize=1024)
def path_of(text: str) -> Path:
    """As ``parse_path``, for readers that know more of the cell than the path. Raises ``SyntaxFault``."""
    if SHOWN in text:
        raise SyntaxFault(f"Robot writes `{SHOWN}` for a Secret inside a text.", text.index(SHOWN), ADVICE)
    return _path(text, read_path(text), into_texts=True)


def _path(text: str, parsed: ParsedPath, *, into_texts: bool) -> Path:
    find = FINDERS[parsed.origin](parsed, into_texts)
    return Path(_shown(text, parsed), parsed.origin, find, parsed, bytes_finder(parsed), into_texts)


def _shown(text: str, parsed: ParsedPath) -> str:
    """The path as messages show it: a bare name gets its ``$``."""
    if parsed.origin != "value" or text.startswith("$") or not _is_bare(text, parsed):
        return text
    return f"${text}" if text[0] in "[." else f"$.{text}"


def _is_bare(text: str, parsed: ParsedPath) -> bool:
    return bool(parsed.segments) and parsed.segments[0].place == 0
