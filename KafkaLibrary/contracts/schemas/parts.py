"""The schema of one part of a message: of its value, its key or its headers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from KafkaLibrary.contracts.documents.documents import Documents, Found
from KafkaLibrary.contracts.documents.places import Note, Place, Unfollowed
from KafkaLibrary.contracts.schemas import avro_parts, protobuf_parts, schema_formats
from KafkaLibrary.contracts.schemas.asking import asks
from KafkaLibrary.contracts.schemas.bundles import Bundle
from KafkaLibrary.contracts.schemas.discriminators import Discriminators
from KafkaLibrary.contracts.schemas.schema_formats import SchemaFormat
from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.serialization.json_schema.schema import JsonSchema
from KafkaLibrary.serialization.schemas.codecs import Codec, JsonCodec
from KafkaLibrary.serialization.schemas.schema_kind import of_content

Role = Literal["value", "key", "headers"]
_WRAPPED = frozenset(("description", "schema", "schemaFormat", "title"))


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What a contract asks of a value, a key or the headers.

    ``codec`` reads, writes and checks it; there is none where nothing is asked, or what is asked is not known: then
    ``gap`` says why. ``asks_nothing`` tells the one from the other. ``content`` is the schema: a JSON Schema stands
    alone, with what it refers to under ``definitions``. ``name`` is that of the schema, where it has one.
    """

    role: Role
    place: Place
    kind: str
    content: Any = None
    codec: Codec | None = None
    gap: str = ""
    asks_nothing: bool = False
    name: str = ""
    element: Codec | None = None
    """Where it is the schema of a list: that of one element."""

    @property
    def is_checked(self) -> bool:
        return self.codec is not None


class PartReader:
    """Reads parts of one contract. ``note`` is told what they leave unasked."""

    def __init__(self, documents: Documents, note: Callable[[Note], None]) -> None:
        self._documents = documents
        self._discriminators = Discriminators(documents)
        self._note = note
        self._known: dict[Any, tuple[Part, Any]] = {}
        """With the content, so that no id is given away."""

    def read(self, content: Any, place: Place, role: Role, *, named: str | None, of: tuple[str, ...] = ()) -> Part:
        """``named`` is the `schemaFormat` beside it, ``of`` the names of the message: a file may have several types."""
        key = (*place.key, role, named, id(content))
        if key not in self._known:
            self._known[key] = self._read(content, place, role, named, of), content
        return self._known[key][0]

    def _read(self, content: Any, place: Place, role: Role, named: Any, of: tuple[str, ...]) -> Part:
        form: SchemaFormat | None = None
        try:
            wrapped = self._documents.followed(content, place)
            if _is_wrapped(wrapped.content):
                named = wrapped.content.get("schemaFormat", named)
                inner = wrapped.place.at("schema")
                wrapped = self._documents.followed(wrapped.content["schema"], inner)
            form = schema_formats.schema_format(named)
            if form is None:
                return self._gap(role, place, "", f"the schema format '{named}' is not known")
            form = _by_content(form, wrapped, named)
            return self._of_form(wrapped, place, role, form, of)
        except Unfollowed as reason:
            return self._gap(role, place, "" if form is None else form.kind, str(reason))
        except KeywordMisused as problem:
            said = str(problem).split("\n", maxsplit=1)[0].rstrip(".")
            return self._gap(role, place, "" if form is None else form.kind, said)
        except RecursionError:
            return self._gap(role, place, "" if form is None else form.kind, "it is nested too deeply")

    def _of_form(self, found: Found, place: Place, role: Role, form: SchemaFormat, of: tuple[str, ...]) -> Part:
        if form.kind == "avro":
            codec, content = avro_parts.codec_of(found, self._documents)
            return Part(role, place, "avro", content, codec, name=codec.full_name)
        if form.kind == "protobuf":
            codec = protobuf_parts.codec_of(found, of)
            return Part(role, place, "protobuf", found.content, codec, name=codec.full_name)
        bundle = Bundle(found, form, self._documents, self._discriminators, self._note)
        if not asks(bundle.content, of_headers=role == "headers"):
            part = f"The schema of the {role}"
            self._note(Note(place, f"{part} asks nothing, so the {role} {_are(role)} not checked.", is_gap=True))
            return Part(role, place, "json-schema", bundle.content, gap="its schema asks nothing", asks_nothing=True)
        schema = JsonSchema.of_bundle(bundle.content, f"in {found.place}", bundle.draft, bundle.unfollowed)
        name = str(found.place.steps[-1]) if found.place.key != place.key and found.place.steps else ""
        element = _element_of(bundle, f"in {found.place}")
        return Part(role, place, "json-schema", bundle.content, JsonCodec(schema), name=name, element=element)

    def _gap(self, role: Role, place: Place, kind: str, reason: str) -> Part:
        self._note(Note(place, f"{reason}. The {role} {_are(role)} not checked.", is_gap=True))
        return Part(role, place, kind, gap=reason)


def _element_of(bundle: Bundle, name: str) -> Codec | None:
    """The schema of one element, where a list is described."""
    inner = bundle.content.get("items")
    if bundle.content.get("type") != "array" or not isinstance(inner, dict) or bundle.refers_to_root:
        return None
    element = {**inner, "definitions": bundle.content.get("definitions", {})}
    return JsonCodec(JsonSchema.of_bundle(element, name, bundle.draft, bundle.unfollowed)) if asks(element) else None


def _is_wrapped(content: Any) -> bool:
    """Whether it is a schema with its format around it, in the form of AsyncAPI 3."""
    if not isinstance(content, dict) or "schema" not in content:
        return False
    return all(name in _WRAPPED or str(name).startswith("x-") for name in content)


def _are(role: Role) -> str:
    return "are" if role == "headers" else "is"


def _by_content(form: SchemaFormat, found: Found, named: Any) -> SchemaFormat:
    """The format that a file or the schema itself tells, where nothing else was said of it."""
    kind = found.place.document.kind
    if kind and (named is None or form.kind == "json-schema"):
        return schema_formats.AVRO if kind == "avro" else schema_formats.PROTOBUF
    if named is None and isinstance(found.content, (dict, list)) and found.content:
        try:
            is_avro = of_content(found.content) == "avro"
        except KeywordMisused:
            return form
        return schema_formats.AVRO if is_avro else form
    return form
