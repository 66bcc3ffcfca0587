"""Envelopes of Kafka Connect's JSON: ``{"schema": ..., "payload": ...}``, known by their form and read by their schema.

The schema is most of an envelope, and the same in all events of a topic: each is read once, and known again by its
bytes, up to where the payload begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Decoded, Enveloped, own_tree
from KafkaLibrary.serialization.connect.schema import Schema
from KafkaLibrary.serialization.connect_types.one_type import Misfit, Rounded
from KafkaLibrary.serialization.schemaless import json_format

CONNECT_JSON = "connect-json"
_MEMBERS = frozenset(("schema", "payload"))
_NO_ENVELOPE = "not JSON of Kafka Connect, which is an object of only a schema and a payload"

_BLANKS = b" \t\n\r"
_BEGINNING = re.compile(rb'[ \t\n\r]*\{[ \t\n\r]*"(?:schema|payload)"[ \t\n\r]*:')
"""With which name it begins can be told by the first bytes, since there are two only."""
_SCHEMA = re.compile(rb'[ \t\n\r]*\{[ \t\n\r]*"schema"[ \t\n\r]*:')
_PAYLOAD = re.compile(rb'"payload"[ \t\n\r]*:')
_MOST_PLACES = 8
"""A schema has the word in defaults at most; one that has it more often is read with each of its events."""
_KEPT_MOST = 200
_LONGEST_KEPT = 200_000

Take = Callable[[str], Any]
"""Gives a payload as JSON, read as far as is said."""


class _Front(NamedTuple):
    """All of an envelope up to its payload; without a schema where what stands there is none of Connect's."""

    raw: bytes
    schema: Schema | None


class _Opened(NamedTuple):
    schema: Schema
    content: Any
    misfit: str = ""

    @property
    def decoded(self) -> Decoded:
        named = self.schema.name and f"schema {self.schema.name}"
        if self.misfit:
            named = f"{named or 'a schema'} that the payload does not fit: {self.misfit}"
        around = {"schema": self.schema.content, "payload": self.content}
        return Decoded(self.content, CONNECT_JSON, schema=named, around=around, misfit=self.misfit)


def schema_in(content: Any) -> Any:
    """The schema in an envelope, as JSON; nothing where it is none, or has no schema of Connect."""
    if not isinstance(content, Mapping) or content.keys() != _MEMBERS or content["schema"] is None:
        return None
    return None if _schema(content["schema"]) is None else content["schema"]


class Envelopes:
    """Reads them. What it learns of schemas is kept for those that follow."""

    def __init__(self) -> None:
        self._known: dict[bytes, _Front] = {}
        self._last: _Front | None = None
        self.found_by_form = Enveloped(may_be_envelopes, self.content, _MEMBERS)
        self.declared = Enveloped(_all_with_value, self.declared_content, _MEMBERS)

    def read(self, raw: bytes, depth: str) -> Decoded | None:
        """The value in an envelope; nothing for what has not its form.

        A payload that does not fit its schema stays what it is as JSON.
        """
        if not _BEGINNING.match(raw):
            return None
        try:
            opened = self._opened(raw, depth)
        except Undecodable:
            return None
        return None if opened.schema.content is None else opened.decoded

    def read_declared(self, raw: bytes, depth: str) -> Decoded:
        """The same for what has to be one. Raises ``Undecodable`` with the reason where it is none."""
        opened = self._opened(raw, depth)
        if opened.misfit:
            raise Undecodable(f"not JSON of Kafka Connect: the payload does not fit its schema, {opened.misfit}")
        return opened.decoded

    def content(self, raw: bytes) -> Any:
        """What ``read`` reads, fast. Raises ``TypeError`` for what has not the form, and what ``read`` would."""
        opened = self._opened(raw, "read")
        if opened.schema.content is None:
            raise TypeError("a value without a schema")
        return opened.content

    def declared_content(self, raw: bytes) -> Any:
        """The same for what has to be one."""
        opened = self._opened(raw, "read")
        if opened.misfit:
            raise TypeError(opened.misfit)
        return opened.content

    def _opened(self, raw: bytes, depth: str) -> _Opened:
        front = self._front(raw)
        payload = b"" if front is None else raw[len(front.raw) :].rstrip(_BLANKS)
        if front is not None and payload.endswith(b"}"):
            if front.schema is None:
                raise Undecodable(_NO_ENVELOPE)
            behind = payload[:-1]
            try:
                return _open(front.schema, lambda depth: getattr(json_format, depth)(behind), depth)
            except Undecodable:  # there is more than the payload
                pass
        whole = json_format.read(raw)
        if not isinstance(whole, dict) or whole.keys() != _MEMBERS:
            raise Undecodable(_NO_ENVELOPE)
        return _open(Schema(whole["schema"]), lambda depth: getattr(json_format, depth)(raw)["payload"], depth)

    def _front(self, raw: bytes) -> _Front | None:
        if self._last is not None and raw.startswith(self._last.raw):
            return self._last
        begins = _SCHEMA.match(raw)
        if begins is None:
            return None
        places = list(islice(_payloads(raw, begins.end()), _MOST_PLACES))
        fronts = (self._known.get(raw[:start]) for _, start in places)
        found = next(filter(None, fronts), None) or self._learned(raw, begins.end(), places)
        self._last = found or self._last
        return found

    def _learned(self, raw: bytes, begin: int, places: Sequence[tuple[int, int]]) -> _Front | None:
        for end, start in places:
            try:
                content = json_format.read(raw[begin:end])
            except Undecodable:  # the word stands inside the schema
                continue
            front = _Front(raw[:start], _schema(content))
            if start <= _LONGEST_KEPT:
                if len(self._known) >= _KEPT_MOST:
                    del self._known[next(iter(self._known))]
                self._known[front.raw] = front
            return front
        return None


def _payloads(raw: bytes, begin: int) -> Iterator[tuple[int, int]]:
    """Where the schema may end, and the payload begin."""
    place = raw.find(b'"payload"', begin)
    while place >= 0:
        before = raw[begin:place].rstrip(_BLANKS)
        named = _PAYLOAD.match(raw, place)
        if named and before.endswith(b","):
            yield begin + len(before) - 1, named.end()
        place = raw.find(b'"payload"', place + 1)


def _schema(content: Any) -> Schema | None:
    try:
        return Schema(content)
    except Undecodable:
        return None


def _open(schema: Schema, take: Take, depth: str) -> _Opened:
    try:
        try:
            return _Opened(schema, schema.read(take(depth), depth))
        except Rounded:
            content = schema.read(take("read_exact"), depth)
            return _Opened(schema, own_tree(content) if depth == "read_own" else content)
    except Misfit as misfit:  # what was read so far may have been changed
        return _Opened(schema, take(depth), misfit.told_from("$.payload"))


# A look at many values: which of them may be envelopes. Nearly never any, and then it costs a byte or two of each.

_SHORTEST = len(b'{"schema":')
_SECOND, _FIFTH = itemgetter(1), itemgetter(4)
_QUOTE = ord('"')
_FIFTHS = frozenset(name[2] for name in (b"schema", b"payload"))
"""The fifth signs of what begins without a blank."""
_BEHIND_BLANKS = frozenset(b' \t\n\r{"sp' + b"ca")
"""And of what begins with one, or has one behind its bracket: few or many of them."""


def _all_with_value(values: Sequence[bytes | None]) -> Collection[int]:
    return range(len(values))


def may_be_envelopes(values: Sequence[bytes | None]) -> Collection[int]:
    """The places of those that begin as one."""
    if not _any_may_be(values):
        return ()
    return [place for place, raw in enumerate(values) if raw and _BEGINNING.match(raw)]


def _any_may_be(values: Sequence[Any]) -> bool:
    try:
        fifths = set(map(_FIFTH, values))
    except (TypeError, IndexError):  # a tombstone, or less than an envelope needs
        values = [raw for raw in values if raw is not None and len(raw) >= _SHORTEST]
        fifths = set(map(_FIFTH, values))
    if not fifths.isdisjoint(_FIFTHS):
        return True
    return not fifths.isdisjoint(_BEHIND_BLANKS) and not set(map(_SECOND, values)) <= {_QUOTE}
