"""The schema registry of a connection: schemas by id and by subject, registered and compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from KafkaLibrary.errors import (
    ExpectationFailed,
    KafkaUnusable,
    KeywordMisused,
    Undecodable,
    did_you_mean,
    how_to_install,
)
from KafkaLibrary.serialization.frames import GlobalId, SchemaId
from KafkaLibrary.serialization.registry.answers import (
    Compatibility,
    Reference,
    Refusal,
    Registered,
    incompatible,
    told,
)

if TYPE_CHECKING:
    from KafkaLibrary.serialization.registry.client import RegistryClient

TYPES = {"avro": "AVRO", "protobuf": "PROTOBUF", "json-schema": "JSON"}
"""Kinds of schemas by the registry's names for them."""

_KINDS = {name: kind for kind, name in TYPES.items()}
_AWAY_FOR = 2.0
"""Seconds for which a registry that can't be used is not asked again about a schema of an event."""
_UNKNOWN_FOR = 5.0
"""Seconds for which an id is not asked about again that the registry does not know."""
_NO_SUBJECT, _NO_VERSION = 40401, 40402


class UnknownSubject(KeywordMisused):
    """The registry has no such subject."""


class UnknownVersion(KeywordMisused):
    """The subject has no such version."""


class UnknownSchema(Undecodable):
    """The registry has no schema of the id that stands in an event."""


class Incompatible(ExpectationFailed):
    """The registry does not take a schema beside the versions that its subject has."""


class Registry:
    """A schema registry. Nothing is asked before it is needed; what has an id is asked once."""

    def __init__(self, properties: Mapping[str, Any], masked: Callable[[str], str]) -> None:
        """``properties`` are those of Confluent's client, ``masked`` hides secrets in a text."""
        if not str(properties.get("url") or "").strip():
            raise KeywordMisused(
                "No schema registry was given.\n"
                "Give schema_registry=URL when the library is imported, or to 'Connect To Kafka'."
            )
        self._properties = properties
        self._masked = masked
        self._asking: RegistryClient | None = None
        self._found: dict[SchemaId, Registered] = {}
        self._unknown: dict[SchemaId, tuple[float, str]] = {}
        self._away: tuple[float, str] = (0.0, "")

    @property
    def url(self) -> str:
        """Its address for messages, without a login."""
        return self._client.url

    def close(self) -> None:
        """Let the connections to it go."""
        if self._asking is not None:
            self._asking.close()
            self._asking = None

    # Schemas by id

    def find(self, key: SchemaId) -> Registered:
        """The schema of that id. Raises ``UnknownSchema`` where there is none."""
        return self._found.get(key) or self._find(key)

    def _find(self, key: SchemaId) -> Registered:
        until, message = self._unknown.get(key, (0.0, ""))
        if time.monotonic() < until:
            raise UnknownSchema(message)
        until, message = self._away
        if time.monotonic() < until:
            raise KafkaUnusable(message)
        try:
            found = self._found[key] = self._read_by(key)
        except UnknownSchema as problem:
            self._unknown[key] = (time.monotonic() + _UNKNOWN_FOR, str(problem))
            raise
        except KafkaUnusable as problem:
            # Each of a thousand events would wait as long for the same answer.
            self._away = (time.monotonic() + _AWAY_FOR, str(problem))
            raise
        return found

    def _read_by(self, key: SchemaId) -> Registered:
        if isinstance(key, GlobalId):
            return self.find(self._content_id(key.number))
        if isinstance(key, str):
            return self._read_by_id(key, f"guid {key}", f"schemas/guids/{_quoted(key)}")
        return self._read_by_id(key, f"id {key}", f"schemas/ids/{key}")

    def _content_id(self, number: int) -> int:
        """The id of the schema that an Apicurio registry knows as a version with this globalId."""
        called = f"the schema registry at {self.url} has no schema with the globalId {number}"
        try:
            answer = self._client.get(f"../../registry/v3/search/versions?globalId={number}", optional=True)
        except Refusal as refusal:
            if refusal.status != 404:
                raise self._unexpected(refusal) from None
            answer = None
        if not isinstance(answer, dict):
            raise UnknownSchema(f"{called}: it is not an Apicurio Registry 3 with an address such as /apis/ccompat/v7")
        for version in answer.get("versions") or ():
            if isinstance(version, dict) and isinstance(version.get("contentId"), int):
                return int(version["contentId"])
        raise UnknownSchema(called)

    def _read_by_id(self, key: int | str, called: str, path: str) -> Registered:
        by_guid = isinstance(key, str)
        try:
            answer = self._client.get(path, optional=by_guid)
        except Refusal as refusal:
            if refusal.status != 404:
                raise self._unexpected(refusal) from None
            raise UnknownSchema(f"the schema registry at {self.url} has no schema with the {called}") from None
        if answer is None:
            self._client.get("subjects?limit=1")  # fails where the address is that of no registry
            raise UnknownSchema(
                f"the schema registry at {self.url} has no schema with the {called}, or finds schemas by their ids only"
            )
        try:
            # Not every registry says the id beside a GUID, and nothing is read by it.
            known = answer.get("id", 0) if isinstance(answer, dict) else 0
            return self._registered(answer, known if isinstance(key, str) else key)
        except (UnknownSubject, UnknownVersion) as problem:
            raise UnknownSchema(
                f"the schema with the {called} of the schema registry at {self.url} needs another one: {problem}"
            ) from None

    # Schemas by subject

    def latest(self, subject: str) -> Registered:
        """The latest version of a subject, asked each time. Raises ``UnknownSubject``."""
        return self._registered(self._version(subject, "latest"))

    def version(self, subject: str, number: int) -> Registered:
        """That version of a subject. Raises ``UnknownSubject`` or ``UnknownVersion``."""
        return self._registered(self._version(subject, str(number)))

    def versions(self, subject: str) -> list[int]:
        """The versions that a subject has, in their order. Raises ``UnknownSubject``."""
        try:
            answer = self._client.get(f"subjects/{_quoted(subject)}/versions")
        except Refusal as refusal:
            raise self._of_subject(subject, refusal) from None
        if not isinstance(answer, list):
            raise self._no_registry()
        return sorted(answer)

    def subjects(self) -> list[str]:
        """All subjects by name."""
        answer = self._client.get("subjects")
        if not isinstance(answer, list):
            raise self._no_registry()
        return sorted(map(str, answer))

    def _version(self, subject: str, version: str, *, deleted: bool = False) -> Mapping[str, Any]:
        asked = "?deleted=true" if deleted else ""
        try:
            answer = self._client.get(f"subjects/{_quoted(subject)}/versions/{version}{asked}")
        except Refusal as refusal:
            if refusal.code == _NO_VERSION or (refusal.status == 422 and version != "latest"):
                raise self._no_version(subject, version) from None
            raise self._of_subject(subject, refusal) from None
        if not isinstance(answer, dict):
            raise self._no_registry()
        return answer

    def _of_subject(self, subject: str, refusal: Refusal) -> Exception:
        if refusal.code != _NO_SUBJECT:
            return self._unexpected(refusal)
        hint = did_you_mean(subject, self.subjects())
        return UnknownSubject(f"The schema registry at {self.url} has no subject '{subject}'. {hint}".rstrip())

    def _no_version(self, subject: str, version: str) -> UnknownVersion:
        there = ", ".join(map(str, self.versions(subject)))
        return UnknownVersion(f"The subject '{subject}' has no version {version}.\nThe versions are: {there}.")

    # Registering and comparing

    def id_of(self, subject: str, kind: str, text: str, references: Sequence[Reference] = ()) -> int | None:
        """The id of an identical schema of the subject, nothing where there is none."""
        try:
            answer = self._client.post(f"subjects/{_quoted(subject)}", self._body(kind, text, references))
        except Refusal as refusal:
            if refusal.status == 404:
                return None
            raise self._of_schema(kind, text, refusal) from None
        return self._id(answer)

    def register(
        self, subject: str, kind: str, text: str, references: Sequence[Reference] = (), normalize: bool = False
    ) -> int:
        """The id under which the subject has the schema now.

        Raises ``Incompatible`` where it breaks the subject's rule, ``KeywordMisused`` for what is no schema.
        """
        asked = "?normalize=true" if normalize else ""
        body = self._body(kind, text, references)
        try:
            answer = self._client.post(f"subjects/{_quoted(subject)}/versions{asked}", body)
        except Refusal as refusal:
            if refusal.status == 409:
                raise self._incompatible(subject, kind, text, references, refusal.words) from None
            raise self._of_schema(kind, text, refusal) from None
        return self._id(answer)

    def compatibility(self, subject: str, kind: str, text: str, references: Sequence[Reference] = ()) -> Compatibility:
        """Whether the subject would take the schema as its next version. Raises ``UnknownSubject``."""
        versions = self.versions(subject)
        level = self.level(subject)
        answer = self._compared(subject, kind, text, references, versions, level)
        if answer.get("is_compatible"):
            return Compatibility(True, level)
        given = tuple(told(answer.get("messages") or ()))
        return Compatibility(False, level, given or self._reasons(subject, kind, text, references, versions, level))

    def level(self, subject: str) -> str:
        """By which rule the versions of the subject are compared."""
        try:
            answer = self._client.get(f"config/{_quoted(subject)}?defaultToGlobal=true")
        except Refusal as refusal:
            if refusal.status != 404:
                raise self._unexpected(refusal) from None
            answer = self._client.get("config")
        if not isinstance(answer, dict):
            raise self._no_registry()
        return str(answer.get("compatibilityLevel") or "NONE").upper()

    def _compared(
        self,
        subject: str,
        kind: str,
        text: str,
        references: Sequence[Reference],
        versions: Sequence[int],
        level: str,
    ) -> Mapping[str, Any]:
        body = self._body(kind, text, references)
        path = f"compatibility/subjects/{_quoted(subject)}/versions"
        try:
            answer = self._client.post(f"{path}?verbose=true", body, optional=True)
            if answer is None:  # some registries compare with one version at a time
                against = versions if level.endswith("_TRANSITIVE") else versions[-1:]
                answers = [self._client.post(f"{path}/{number}?verbose=true", body) for number in against]
                answer = next((one for one in answers if not one.get("is_compatible")), {"is_compatible": True})
        except Refusal as refusal:
            raise self._of_schema(kind, text, refusal) from None
        if not isinstance(answer, dict) or "is_compatible" not in answer:
            raise self._no_registry()
        return answer

    def _reasons(
        self,
        subject: str,
        kind: str,
        text: str,
        references: Sequence[Reference],
        versions: Sequence[int],
        level: str,
    ) -> tuple[str, ...]:
        """What breaks the rule, worked out here: some registries say no and nothing more."""
        from KafkaLibrary.serialization.registry.compatibility import reasons  # noqa: PLC0415
        from KafkaLibrary.serialization.registry.compatibility.changes import Source  # noqa: PLC0415

        against = versions if level.endswith("_TRANSITIVE") else versions[-1:]
        known = [self.version(subject, number) for number in against]
        olds = [reasons.Version(one.version or 0, one.kind, Source(one.text, one.references)) for one in known]
        needed = tuple(self._resolved(self._body(kind, text, references), {}))
        return reasons.reasons(kind, Source(text, needed), olds, level)

    def _incompatible(
        self, subject: str, kind: str, text: str, references: Sequence[Reference], words: str
    ) -> Incompatible:
        versions, level = self.versions(subject), self.level(subject)
        reasons = [*self._reasons(subject, kind, text, references, versions, level), f"the registry says: {words}"]
        return Incompatible(incompatible(subject, Compatibility(False, level, tuple(reasons))))

    def _of_schema(self, kind: str, text: str, refusal: Refusal) -> Exception:
        if refusal.status != 422:
            return self._unexpected(refusal)
        untold = kind == "json-schema" and '"$schema"' not in text
        hint = "\nSome registries know a JSON Schema only by its $schema or its properties." if untold else ""
        return KeywordMisused(
            f"The schema registry at {self.url} refuses the schema: {refusal.words.rstrip('.')}.{hint}"
        )

    def _body(self, kind: str, text: str, references: Sequence[Reference]) -> dict[str, Any]:
        body: dict[str, Any] = {"schema": text, "schemaType": TYPES[kind]}
        if references:
            body["references"] = [
                {"name": one.name, "subject": one.subject, "version": self._number(one)} for one in references
            ]
        return body

    def _number(self, reference: Reference) -> int:
        if reference.version is not None:
            return reference.version
        return int(self._version(reference.subject, "latest")["version"])

    # Reading answers

    def _registered(self, answer: Any, schema_id: int | None = None) -> Registered:
        if not isinstance(answer, dict) or not isinstance(answer.get("schema"), str):
            raise self._no_registry()
        name = str(answer.get("schemaType") or "AVRO")
        return Registered(
            id=self._id(answer) if schema_id is None else schema_id,
            kind=_KINDS.get(name, name.lower()),
            text=answer["schema"],
            references=tuple(self._resolved(answer, {})),
            subject=answer.get("subject"),
            version=answer.get("version"),
            raw_references=tuple(_references(answer)),
        )

    def _resolved(self, answer: Mapping[str, Any], under_way: dict[str, None]) -> Iterator[tuple[str, str]]:
        for reference in _references(answer):
            if reference.name in under_way:
                continue
            under_way[reference.name] = None
            version = "latest" if reference.version is None else str(reference.version)
            needed = self._version(reference.subject, version, deleted=True)
            yield from self._resolved(needed, under_way)
            yield reference.name, str(needed.get("schema"))

    def _id(self, answer: Any) -> int:
        found = answer.get("id") if isinstance(answer, dict) else None
        if not isinstance(found, int):
            raise self._no_registry()
        return found

    def _unexpected(self, refusal: Refusal) -> Exception:
        words = refusal.words or "nothing more"
        return self._client.unusable(f"it answers {refusal.status} with its code {refusal.code}: {words}", _TRY_LOG)

    def _no_registry(self) -> Exception:
        return self._client.unusable(
            "it answers, but not as a schema registry does", "Check the address that is given as schema_registry=."
        )

    @property
    def _client(self) -> RegistryClient:
        if self._asking is None:
            try:
                from KafkaLibrary.serialization.registry.client import RegistryClient  # noqa: PLC0415
            except ImportError as problem:
                raise KeywordMisused(
                    f"A schema registry needs more packages: {problem}.\n{how_to_install('registry')}"
                ) from None
            self._asking = RegistryClient(self._properties, self._masked)
        return self._asking


_TRY_LOG = "The log of the registry may say more."


def _references(answer: Mapping[str, Any]) -> Iterator[Reference]:
    given = answer.get("references")
    for one in given if isinstance(given, list) else ():
        if isinstance(one, dict):
            version = one.get("version")
            known = version if isinstance(version, int) and version > 0 else None
            yield Reference(str(one.get("name")), str(one.get("subject")), known)


def _quoted(subject: str) -> str:
    return quote(subject, safe="")
