"""Which schema of a registry a value is published with: the latest, one that was declared, or one to be registered."""

from __future__ import annotations

import json

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.serialization.registry.answers import Registered
from KafkaLibrary.serialization.registry.known_schemas import KnownSchemas
from KafkaLibrary.serialization.registry.registry import UnknownSubject
from KafkaLibrary.serialization.registry.subject_names import STRATEGIES
from KafkaLibrary.serialization.schemas.codecs import KINDS, Codec
from KafkaLibrary.serialization.schemas.schema_argument import LocalSchemas, SchemaSource

Chosen = tuple[Codec, int]
"""A codec, and the id of its schema."""


class Choices:
    """The schemas that were chosen. Which version of a subject is the latest is kept until ``forget_latest``."""

    def __init__(self, known: KnownSchemas, local: LocalSchemas, *, auto_register: bool) -> None:
        self._known = known
        self._local = local
        self._auto_register = auto_register
        self._latest: dict[tuple[str, int | None, str | None], Chosen] = {}
        self._ids: dict[tuple[str, str], int] = {}

    def forget_latest(self) -> None:
        """Ask anew: somebody may have registered another version."""
        self._latest.clear()

    def choose(self, source: SchemaSource | None, kind: str | None, topic: str, which: str, strategy: str) -> Chosen:
        """The schema that a key or value of this topic is written with. Raises ``KeywordMisused``."""
        if source is not None and source.is_local:
            codec = self._local.codec(source, kind)
            return codec, self._id_of(codec, STRATEGIES[strategy](topic, which, codec.full_name))
        if source is not None and source.schema_id is not None:
            chosen = self._by_id(source.schema_id, source.fragment)
        else:
            chosen = self._of_subject(source or _subject_of(topic, which, strategy))
        if kind is not None and chosen[0].kind != kind:
            raise KeywordMisused(f"The format is {kind}, but the schema {chosen[0].name} is {chosen[0].kind}.")
        return chosen

    def _by_id(self, schema_id: int, fragment: str | None) -> Chosen:
        try:
            found = self._known.registry.find(schema_id)
            return self._known.codec_of(found, fragment), schema_id
        except Undecodable as unknown:
            said = str(unknown)
            raise KeywordMisused(f"{said[:1].upper()}{said[1:]}.") from None

    def _of_subject(self, source: SchemaSource) -> Chosen:
        asked = (source.subject or "", source.version, source.fragment)
        if asked not in self._latest:
            self._latest[asked] = self._asked(*asked)
        return self._latest[asked]

    def _asked(self, subject: str, version: int | None, fragment: str | None) -> Chosen:
        registry = self._known.registry
        try:
            found = registry.latest(subject) if version is None else registry.version(subject, version)
        except UnknownSubject as unknown:
            raise UnknownSubject(
                f"{unknown}\nRegister a schema with 'Register Schema', or name the one with schema=."
            ) from None
        if found.kind not in KINDS:
            raise KeywordMisused(
                f"The schema of '{subject}' is of the kind '{found.kind}', which can't be written here."
            )
        return self._known.codec_of(found, fragment), found.id

    def _id_of(self, codec: Codec, subject: str) -> int:
        asked = (subject, codec.schema.text)
        if asked not in self._ids:
            self._ids[asked] = self._registered(codec, subject)
        return self._ids[asked]

    def _registered(self, codec: Codec, subject: str) -> int:
        registry, text = self._known.registry, codec.schema.text
        found = registry.id_of(subject, codec.kind, text, ())
        if found is not None:
            return found
        latest = self._latest_of(subject)  # it may refer to others, which are not known here
        if latest is not None and _is_same(latest.text, text):
            return latest.id
        if self._auto_register:
            return registry.register(subject, codec.kind, text, ())
        raise KeywordMisused(
            f"The schema {codec.name} is not registered as '{subject}'.\n"
            "Register it with 'Register Schema', or let publishing do that with "
            "schema_registry_auto_register_schemas=True on the connection."
        )

    def _latest_of(self, subject: str) -> Registered | None:
        try:
            return self._known.registry.latest(subject)
        except UnknownSubject:
            return None


def _subject_of(topic: str, which: str, strategy: str) -> SchemaSource:
    if strategy != "topic":
        raise KeywordMisused(
            f"With the subject strategy '{strategy}' the schema decides the subject, so schema= is required."
        )
    return SchemaSource(subject=STRATEGIES[strategy](topic, which, ""))


def _is_same(one: str, other: str) -> bool:
    if one.split() == other.split():
        return True
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False
