"""The keys or the values of one topic between bytes and what a tester sees: JSON, text, or what each event tells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

import orjson

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Decoded, FirstLook, Record, as_text
from KafkaLibrary.serialization.cloud_events import binding as cloud_events
from KafkaLibrary.serialization.connect.envelope import Envelopes
from KafkaLibrary.serialization.frames import (
    Frame,
    RawHeaders,
    first_bytes,
    frame_of,
    framed,
    telling_header,
    tells_schema,
)
from KafkaLibrary.serialization.schemaless import formats, json_format
from KafkaLibrary.serialization.schemaless.format import Format

if TYPE_CHECKING:
    from KafkaLibrary.serialization.registry.known_schemas import KnownSchemas
    from KafkaLibrary.serialization.schemas.codecs import Codec

Depth = Literal["read", "read_exact", "read_own"]
"""How far a part is read: fast, with exact numbers, or as the tester's own copy; see ``event.Decoder``."""
Which = Literal["value", "key"]
FOUND = "by each event"
"""The name of what was not declared."""


class Written(NamedTuple):
    """A part as bytes, and the headers that belong to it."""

    raw: bytes | None
    headers: tuple[tuple[str, bytes | None], ...] = ()


class Part(Protocol):
    """How keys or values are written and read. Immutable."""

    @property
    def name(self) -> str:
        """The format's name, as testers write it."""

    @property
    def first_look(self) -> FirstLook: ...

    def write(self, value: Any, topic: str) -> Written:
        """Raises ``KeywordMisused`` for what does not fit."""

    def encoder(self, topic: str) -> Callable[[Any], bytes] | None:
        """What makes the bytes of many values of a topic; nothing where headers belong to them. It raises the same."""

    def read(self, raw: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        """Raises ``Undecodable`` for what does not fit."""


class _WithoutHeaders:
    """A part whose bytes say all."""

    def encoder(self, topic: str) -> Callable[[Any], bytes]:
        raise NotImplementedError

    def write(self, value: Any, topic: str) -> Written:
        return Written(self.encoder(topic)(value))


class Plain(_WithoutHeaders):
    """A format that needs no schema."""

    def __init__(self, format_: Format) -> None:
        self._format = format_
        self.name = format_.name
        is_json = format_.name == "json"
        # A text or bytes have no fields, which only an event can say.
        unread = format_.name in ("text", "bytes")
        self._note = _note_on_json if is_json else _no_note
        self.first_look = FirstLook(None if unread else orjson.loads if is_json else format_.read, is_json)

    def encoder(self, topic: str) -> Callable[[Any], bytes]:
        return self._format.write

    def read(self, raw: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        try:
            return Decoded(getattr(self._format, depth)(raw), self.name, self._note(raw))
        except Undecodable as reason:
            raise beginning(reason, raw) from None


class Found(_WithoutHeaders):
    """Nothing was declared: each value tells what it is.

    By the frame of a schema registry, by the envelope of Kafka Connect where ``envelopes`` are looked for, as JSON,
    else as text, else as bytes. A key is text unless it is framed or in an envelope.
    """

    name = FOUND

    def __init__(self, which: Which, known: KnownSchemas | None, *, envelopes: bool = True) -> None:
        self._which = which
        self._known = known
        self._envelopes = Envelopes() if envelopes else None
        read = orjson.loads if known is None else _framed_or_json(known)
        pick = None if known is None else known.pick
        enveloped = self._envelopes.found_by_form if self._envelopes else None
        self.first_look = FirstLook(read, is_json=True, apart=told_by_headers, pick=pick, enveloped=enveloped)

    def encoder(self, topic: str) -> Callable[[Any], bytes]:
        return formats.write_value if self._which == "value" else formats.write_key

    def read(self, raw: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        note = ""
        frame = frame_of(raw, headers, self._which)
        if frame is not None:
            try:
                return self._framed(raw, frame, headers, depth)
            except Undecodable as reason:
                said = str(reason).rstrip(".")
                return Decoded(raw, "bytes", said if said.startswith("not ") else f"not readable: {said}")
        enveloped = self._envelopes and self._envelopes.read(raw, depth)
        if enveloped:
            return enveloped
        if self._which == "value":
            try:
                return Decoded(getattr(json_format, depth)(raw), "json", _note_on_json(raw))
            except Undecodable as reason:
                note = str(reason)
        content = as_text(raw)
        return Decoded(content, "text" if isinstance(content, str) else "bytes", note)

    def _framed(self, raw: bytes, frame: Frame, headers: RawHeaders, depth: Depth) -> Decoded:
        if self._known is not None:
            return self._known.read(raw, frame, depth)
        mark = json_format.other_mark(raw)
        if mark or not frame.in_header:
            raise Undecodable(
                mark
                or f"not JSON: it looks like a value of schema {frame.schema} in a schema registry, but "
                "schema_registry= is not set"
            )
        name = telling_header(headers, self._which)
        told = f"its header {name} names schema {frame.schema} of a registry, but schema_registry= is not set"
        if raw.lstrip()[:1] in (b"{", b"["):  # JSON is what it is without its schema, too
            with suppress(Undecodable):
                return Decoded(getattr(json_format, depth)(raw), "json", told)
        raise Undecodable(told)


def _note_on_json(raw: bytes) -> str:
    return json_format.AFTER_MARK if raw[:3] == json_format.MARK else ""


def _no_note(raw: bytes) -> str:
    return ""


def _framed_or_json(known: KnownSchemas) -> Callable[[Any], Any]:
    read_framed, read_json = known.read_fast, orjson.loads

    def read(raw: Any) -> Any:
        return read_framed(raw) if raw and raw[0] == 0 else read_json(raw)

    return read


def told_by_headers(records: Sequence[Record], values: Sequence[bytes | None]) -> Collection[int]:
    """The places of events whose headers tell what their value is."""
    if not records:
        return ()
    kind: Any = type(records[0])
    columns = list(map(kind.headers, records))
    if not any(columns):
        return ()
    return [place for place, headers in enumerate(columns) if headers and _tell(headers)]


def _tell(headers: RawHeaders) -> bool:
    return any(tells_schema(name, "value") for name, _ in headers) or cloud_events.mode_of(headers) is not None


class BySchema(_WithoutHeaders):
    """A schema alone: the bytes are those of its format and nothing else.

    Where a registry is ``known``, a header may name another schema that a value was written with.
    """

    def __init__(self, codec: Codec, which: Which = "value", known: KnownSchemas | None = None) -> None:
        self.name = codec.kind
        self._codec = codec
        self._which = which
        self._known = known
        apart = None if known is None else told_by_headers
        self.first_look = FirstLook(codec.read, is_json=codec.is_spelled, apart=apart, pick=codec.pick)

    def codec_for(self, topic: str) -> Codec:
        """What values of a topic are written with."""
        return self._codec

    def encoder(self, topic: str) -> Callable[[Any], bytes]:
        return self._codec.write

    def read(self, raw: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        frame = frame_of(raw, headers, self._which) if headers and self._known else None
        if frame is not None and frame.in_header and self._known is not None:
            return self._known.read(raw, frame, depth, self.name)
        try:
            note = _note_on_json(raw) if self.name == "json-schema" else ""
            return Decoded(getattr(self._codec, depth)(raw), self.name, note, f"schema {self._codec.name}")
        except Undecodable as reason:
            raise beginning(reason, raw) from None


class Framed(_WithoutHeaders):
    """Values in the frame of a schema registry, which tells the schema that each was written with.

    ``choose`` gives the codec and the id of the schema that values of a topic are written with.
    """

    def __init__(
        self, which: Which, known: KnownSchemas, kind: str | None, choose: Callable[[str], tuple[Codec, int]]
    ) -> None:
        self.name = kind or "by the schema"
        self._which = which
        self._known = known
        self._kind = kind
        self._choose = choose
        read, pick = partial(known.read_fast, kind=kind), partial(known.pick, kind=kind)
        self.first_look = FirstLook(read, is_json=False, apart=told_by_headers, pick=pick)

    def codec_for(self, topic: str) -> Codec:
        """What values of a topic are written with."""
        return self._choose(topic)[0]

    def encoder(self, topic: str) -> Callable[[Any], bytes]:
        codec, schema_id = self._choose(topic)
        return lambda value: framed(schema_id, codec.write(value), codec.indexes)

    def read(self, raw: bytes, headers: RawHeaders, depth: Depth) -> Decoded:
        frame = frame_of(raw, headers, self._which)
        if frame is None:
            raise beginning(
                Undecodable(
                    f"not {self._kind or 'a value'} in the frame of a schema registry, "
                    "which is 00 and the id of a schema in 4 bytes"
                ),
                raw,
            )
        return self._known.read(raw, frame, depth, self._kind)


def beginning(reason: Undecodable, raw: bytes) -> Undecodable:
    """The reason, with how the bytes begin."""
    shown = f"it begins with {first_bytes(raw)}" if raw else "there are no bytes"
    return Undecodable(f"{str(reason).rstrip('.')}; {shown}")
