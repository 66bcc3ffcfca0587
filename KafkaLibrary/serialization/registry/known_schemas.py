"""Schemas of a registry by the ids that events name, each read once and kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Decoded, Pick
from KafkaLibrary.serialization.frames import Frame, SchemaId, first_bytes
from KafkaLibrary.serialization.registry.answers import Registered
from KafkaLibrary.serialization.registry.registry import Registry
from KafkaLibrary.serialization.schemaless.json_format import AFTER_MARK, MARK
from KafkaLibrary.serialization.schemas.codecs import KINDS, Codec, codec_of_text, unknown_kind

_PREFIX = 5


class KnownSchemas:
    """What is known of a registry's schemas."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._codecs: dict[SchemaId, Codec] = {}
        self._fast: dict[bytes, Codec] = {}
        self._picks: dict[tuple[str | None, tuple[str | int, ...]], Pick] = {}
        self._unusable: dict[SchemaId, str] = {}

    def codec(self, schema: SchemaId) -> Codec:
        """The codec of a schema, by its id.

        Raises ``Undecodable`` where the registry does not know it, and where it is no schema that can be used.
        """
        known = self._codecs.get(schema)
        if known is None:
            if schema in self._unusable:
                raise Undecodable(self._unusable[schema])
            found = self.registry.find(schema)
            try:
                known = self._codecs[schema] = _codec_of(found, None)
            except KeywordMisused as problem:
                self._unusable[schema] = str(problem).split("\n", maxsplit=1)[0]
                raise Undecodable(self._unusable[schema]) from None
        return known

    def codec_of(self, found: Registered, fragment: str | None) -> Codec:
        """The codec of a schema that the registry gave, made once for all that has its id."""
        if fragment is not None:
            return _codec_of(found, fragment)
        if found.id not in self._codecs:
            self._codecs[found.id] = _codec_of(found, None)
        return self._codecs[found.id]

    def read(self, raw: bytes, frame: Frame, depth: str, kind: str | None = None) -> Decoded:
        """The value behind a frame. Only a ``kind`` of schema that was asked for is taken."""
        try:
            codec = self.codec(frame.schema)
            _check_kind(codec, kind)
            codec, start = codec.behind(raw, frame)
            content = getattr(codec, depth)(raw, start)
        except Undecodable as reason:
            said = str(reason).rstrip(".")
            raise Undecodable(f"{said}. It names schema {frame.schema}, and begins with {first_bytes(raw)}") from None
        if not frame.in_header:
            self._fast[raw[:_PREFIX]] = self._codecs[frame.schema]
        is_marked = codec.kind == "json-schema" and raw[start : start + 3] == MARK
        note = AFTER_MARK if is_marked else ""
        return Decoded(content, codec.kind, note, f"schema {frame.schema} ({codec.full_name})")

    def read_fast(self, raw: bytes, kind: str | None = None) -> Any:
        """The value behind a frame in front of it, where its schema was read before, and is of that kind.

        Raises ``TypeError`` where that is not so, and ``Undecodable``.
        """
        codec = self._fast.get(raw[:_PREFIX])
        if codec is None or (kind is not None and codec.kind != kind):
            raise TypeError("an unknown schema, or one that was not declared")
        return codec.read_framed(raw)

    def pick(self, steps: Sequence[str | int], kind: str | None = None) -> Pick:
        """Reads one field behind a frame in front of a value; nothing where all has to be read for that."""
        key = kind, tuple(steps)
        if key not in self._picks:
            self._picks[key] = self._picking(*key)
        return self._picks[key]

    def _picking(self, kind: str | None, steps: tuple[str | int, ...]) -> Pick:
        pickers: dict[bytes, Callable[[bytes, int], list[Any]] | None] = {}

        def pick(raw: Any) -> list[Any] | None:
            if not raw or raw[0]:
                return None
            prefix = raw[:_PREFIX]
            picker = pickers.get(prefix)
            if picker is None:
                codec = self._fast.get(prefix)
                if codec is None or prefix in pickers:
                    return None
                is_declared = kind is None or codec.kind == kind
                picker = pickers[prefix] = codec.framed_picker(steps) if is_declared else None
            return None if picker is None else picker(raw, _PREFIX)

        return pick


def _codec_of(found: Registered, fragment: str | None) -> Codec:
    if found.kind not in KINDS:
        raise unknown_kind(found.kind)
    return codec_of_text(found.kind, found.text, _named(found), found.references, fragment)


def _named(found: Registered) -> str:
    if found.subject is None:
        return f"with id {found.id}" if found.id else "with a GUID"
    return f"'{found.subject}' in version {found.version} (id {found.id})"


def _check_kind(codec: Codec, declared: str | None) -> None:
    if declared is not None and codec.kind != declared:
        raise Undecodable(f"not {declared}, as was declared: it is {codec.kind}")
