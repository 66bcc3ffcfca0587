"""Headers as numbers, texts and bytes, and back: as they were declared, else by their names.

A header that was declared has its format or is unreadable. One whose name is known has it where its bytes fit; a text
of digits stays a text there, for other frameworks write the same numbers so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from KafkaLibrary.dead_letters.conventions import OWN_TYPES
from KafkaLibrary.errors import KeywordMisused, Undecodable, did_you_mean
from KafkaLibrary.headers import Integer, ReadHeader, Unread, as_text
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.schemaless.format import Format
from KafkaLibrary.serialization.schemaless.formats import FORMATS, write_header
from KafkaLibrary.serialization.schemaless.numbers_and_uuids import BIGINT
from KafkaLibrary.serialization.topics.framework_headers import FRAMEWORKS

DECLARABLE: dict[str, Format] = {**FORMATS, BIGINT.name: BIGINT}
"""Formats that a header may be said to have."""

_DECIMAL = re.compile(rb"-?[0-9]+")
_ELASTIC = re.compile(rb"\x00\x00(.{16})\x01(.{8})\x02(.)", re.DOTALL)
_TRACE_PARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")


def _read_trace(raw: bytes) -> str:
    found = _ELASTIC.fullmatch(raw)
    if found is None:
        raise Undecodable("not a trace of Elastic APM")
    return "00-" + "-".join(part.hex() for part in found.groups())


def _write_trace(value: Any) -> bytes:
    found = _TRACE_PARENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise KeywordMisused("A trace is written as 00-TRACE-SPAN-FLAGS, all in hexadecimal digits.")
    trace, span, flags = map(bytes.fromhex, found.groups())
    return b"\0\0" + trace + b"\1" + span + b"\2" + flags


_TRACE = Format("elastic-trace", _write_trace, *[_read_trace] * 3)
_OF_KNOWN = {**DECLARABLE, _TRACE.name: _TRACE}


class _Known(NamedTuple):
    format: Format
    why: str


_KNOWN = {
    name: _Known(_OF_KNOWN[kind], f"as {framework.name} writes it")
    for framework in FRAMEWORKS
    for name, kind in framework.formats.items()
}


def _own(name: str) -> _Known | None:
    kind = OWN_TYPES.get(name)
    return None if kind is None else _Known(DECLARABLE[kind], "as dead_letter_conventions= says")


_AT_MOST = 8
"""Bytes of a number whose length says nothing."""


@dataclass(frozen=True, slots=True)
class HeaderFormats:
    """The formats of one topic's headers. ``declared`` are those of which something was said, by their names."""

    declared: Mapping[str, Format] = field(default_factory=dict)

    def read(self, name: str, raw: bytes | None) -> ReadHeader:
        """Raises nothing: what does not fit what was declared is ``Unread``."""
        if raw is None:
            return ReadHeader(None)
        format_ = self.declared.get(name)
        if format_ is not None:
            return _read_declared(format_, raw)
        known = _KNOWN.get(name) or (OWN_TYPES and _own(name))
        return (known and _read_known(known, raw)) or ReadHeader(as_text(raw))

    def write(self, name: str, value: Any) -> bytes | None:
        """Null and bytes are written as they are; else as declared, or a number as the name tells.

        Raises ``KeywordMisused``.
        """
        if value is None or isinstance(value, bytes):
            return value and bytes(value)
        format_, known = self.declared.get(name), _KNOWN.get(name) or _own(name)
        if format_ is None and known is not None and _is_as_it_was_read(known.format, value):
            format_ = known.format
        if format_ is None:
            return write_header(name, value)
        try:
            return format_.write(value)
        except KeywordMisused as reason:
            raise KeywordMisused(f"The header '{name}' can't be published.\n{reason}") from None

    @property
    def text(self) -> str:
        """What was declared, for the log."""
        return ", ".join(f"{name}={format_.name}" for name, format_ in self.declared.items()) or "by their names"

    def and_of(self, others: HeaderFormats) -> HeaderFormats:
        """These, and those of the others that are not among them."""
        return HeaderFormats({**others.declared, **self.declared}) if others.declared else self


def _read_declared(format_: Format, raw: bytes) -> ReadHeader:
    try:
        return ReadHeader(format_.read_own(raw), format_.name)
    except Undecodable as reason:
        return ReadHeader(Unread(raw, str(reason)), format_.name)


def _read_known(known: _Known, raw: bytes) -> ReadHeader | None:
    format_ = known.format
    if format_ is BIGINT and len(raw) > _AT_MOST:
        return None
    if format_.name != "bytes" and _DECIMAL.fullmatch(raw):
        return None
    try:
        content = format_.read_own(raw)
    except Undecodable:
        return None
    return ReadHeader(Integer(content, raw) if isinstance(content, int) else content, format_.name, known.why)


def _is_as_it_was_read(format_: Format, value: Any) -> bool:
    """Whether it is such a value as is read from a header of a known name; a text of digits goes out as a text."""
    if format_ is _TRACE:
        return isinstance(value, str) and _TRACE_PARENT.fullmatch(value) is not None
    return isinstance(value, int) and not isinstance(value, bool) and format_.name != "bytes"


def declared_formats(given: Any) -> HeaderFormats:
    """What a dictionary, or a text such as ``attempts=int, sentAt=long``, declares. Raises ``KeywordMisused``."""
    if given is None or given == "":
        return HeaderFormats()
    pairs = _pairs(given) if isinstance(given, str) else given
    if not isinstance(pairs, Mapping):
        raise KeywordMisused(f"headers= can't be {type(given).__name__}.\n{_ADVICE}")
    return HeaderFormats({_name(name): _format(name, kind) for name, kind in pairs.items()})


_ADVICE = "Give a dictionary of names and formats, or a text such as attempts=int, sentAt=long."


def _pairs(text: str) -> Any:
    if text.lstrip().startswith("{"):
        try:
            return json_format.read_whole(text.encode(), str)
        except Undecodable as problem:
            raise KeywordMisused(f"headers= is {problem}.\n{_ADVICE}") from None
    pairs = [one.partition("=") for one in text.split(",")]
    if not all(equals for _, equals, _ in pairs):
        raise KeywordMisused(f"headers= can't be read: {text!r}.\n{_ADVICE}")
    return {name.strip(): kind.strip() for name, _, kind in pairs}


def _name(name: Any) -> str:
    if not isinstance(name, str) or not name:
        raise KeywordMisused(f"A header's name is a text, not {name!r}.\n{_ADVICE}")
    return name


def _format(name: str, kind: Any) -> Format:
    known = DECLARABLE.get(str(kind).strip().lower())
    if known is None:
        raise KeywordMisused(
            f"There is no format '{kind}' for the header '{name}'. {did_you_mean(str(kind), DECLARABLE)}".rstrip()
            + f"\nThe formats of headers are: {', '.join(DECLARABLE)}."
        )
    return known
