"""One message of a contract: its schemas, examples and names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from KafkaLibrary.contracts.contract import Example, Message, location_of
from KafkaLibrary.contracts.documents.documents import Documents, Found
from KafkaLibrary.contracts.documents.places import Note, Place, Unfollowed
from KafkaLibrary.contracts.reading.traits import UNREAD, with_traits
from KafkaLibrary.contracts.schemas.discriminators import field_of
from KafkaLibrary.contracts.schemas.parts import Part, PartReader

_UNSENT = frozenset(
    f"kafka_{name}"
    for name in (
        "acknowledgment", "batchConvertedHeaders", "consumer", "groupId", "messageKey", "offset", "partitionId",
        "receivedMessageKey", "receivedPartitionId", "receivedTimestamp", "receivedTopic", "timestamp",
        "timestampType", "topic",
    )
)  # fmt: skip
"""Headers by which Spring is told where a record goes, or tells where it came from: none of them is ever sent."""
_IN_2 = "2"


class MessageReader:
    """Reads messages of one contract, each once."""

    def __init__(self, version: str, documents: Documents, content_type: str, note: Callable[[Note], None]) -> None:
        self._is_2 = version.startswith(_IN_2)
        self._documents = documents
        self._content_type = content_type
        self._note = note
        self._parts = PartReader(documents, note)
        self._known: dict[Any, Message] = {}

    def read(self, content: Any, place: Place, name: str) -> list[Message]:
        """The message, or all that its ``oneOf`` names. ``name`` is how its channel calls it."""
        each = self._each(content, place, name, frozenset())
        return with_keys([self._one(Found(one, where), called) for one, where, called in each], self._note)

    def _each(
        self, content: Any, place: Place, name: str, around: frozenset[Any]
    ) -> Iterator[tuple[dict[str, Any], Place, str]]:
        try:
            found = self._documents.followed(content, place)
        except Unfollowed as reason:
            meant = self._meant(content, place)
            if meant is None:
                yield self._unread(place, str(reason), name)
            else:
                yield from self._each(meant.content, meant.place, name, around)
            return
        if not isinstance(found.content, dict):
            yield self._unread(found.place, "it is not a message, which is an object", name)
            return
        called = name
        if found.place.key != place.key and found.place.steps and (self._is_2 or not name):
            called = str(found.place.steps[-1])
        several = found.content.get("oneOf")
        if not isinstance(several, list):
            yield found.content, found.place, called
        elif found.place.key in around:
            yield self._unread(place, "its `oneOf` leads back to itself, in a circle", name)
        else:
            for index, one in enumerate(several):
                inner = found.place.at("oneOf", index)
                yield from self._each(one, inner, f"{called}.{index}", around | {found.place.key})

    def _meant(self, content: Any, place: Place) -> Found | None:
        """The message of that name, where a channel refers to itself for it: as eventiq writes all that it receives."""
        known = _object(_object(_object(place.document.content).get("components")).get("messages"))
        name = place.steps[-1]
        if _object(content).get("$ref") != place.pointer or place.steps[:1] != ("channels",):
            return None
        if name not in known:
            return None
        self._note(Note(place, f"it refers to itself; read as the message '{name}' of the components."))
        return Found(known[name], Place(place.document, ("components", "messages", name)))

    def _unread(self, place: Place, reason: str, name: str) -> tuple[dict[str, Any], Place, str]:
        self._note(Note(place, f"{reason}. This message is not checked.", is_gap=True))
        return {UNREAD: reason}, place, name

    def _one(self, found: Found, called: str) -> Message:
        key = (found.place.key, called)
        if key not in self._known:
            self._known[key] = self._read(found, called)
        return self._known[key]

    def _read(self, found: Found, called: str) -> Message:
        place = found.place
        whole = with_traits(found, self._documents, self._note, trait_wins=self._is_2).content
        unread = whole.get(UNREAD)
        known_as = str(whole.get("messageId") or called) if self._is_2 else called
        names = _names(whole, place, known_as)
        if unread:
            gap = Part("value", place, "", gap=str(unread))
            return Message(known_as, known_as, "", place, names, gap)
        form = whole.get("schemaFormat")
        content_type = str(whole.get("contentType") or self._content_type)
        payload = self._payload(whole, place, form, names)
        headers, unsent = self._headers(whole, place)
        return Message(
            id=known_as,
            name=str(whole.get("name") or known_as),
            title=str(whole.get("title") or ""),
            place=place,
            names=names if payload is None or not payload.name else names | {payload.name},
            payload=payload,
            headers=headers,
            key=self._key(whole, place, form, names),
            content_type=content_type,
            examples=tuple(self._examples(whole, place, headers)),
            correlation_id=self._correlation_id(whole, place),
            bindings=_object(whole.get("bindings")),
            discriminator=_discriminator(payload),
            unsent=unsent,
        )

    def _payload(self, whole: dict[str, Any], place: Place, form: Any, names: frozenset[str]) -> Part | None:
        if "payload" not in whole:
            said = "this message has no `payload`. Its value is not checked."
            self._note(Note(place, said, is_gap=True))
            return None
        payload, where = whole["payload"], place.at("payload")
        if self._is_2 and isinstance(payload, dict) and {"schema", "schemaFormat"} <= payload.keys():
            self._note(Note(where, "the schema is in it as in AsyncAPI 3; in 2.x that checks nothing. Read as meant."))
        elif not self._is_2 and form is not None:
            self._note(Note(place.at("schemaFormat"), "it is beside the payload as in AsyncAPI 2. Read as meant."))
        return self._parts.read(payload, where, "value", named=form, of=tuple(names))

    def _headers(self, whole: dict[str, Any], place: Place) -> tuple[Part | None, frozenset[str]]:
        if "headers" not in whole:
            return None, frozenset()
        where = place.at("headers")
        try:
            found = self._documents.followed(whole["headers"], where)
        except Unfollowed:
            found = Found(whole["headers"], where)
        properties = _object(_object(found.content).get("properties"))
        unsent = frozenset(properties) & _UNSENT
        if unsent:
            shown = ", ".join(sorted(unsent))
            self._note(
                Note(found.place.at("properties"), f"{shown} only steers Spring and is never sent: not asked for.")
            )
            return self._parts.read(_without(found.content, unsent), found.place, "headers", named=None), unsent
        return self._parts.read(whole["headers"], where, "headers", named=None), unsent

    def _key(self, whole: dict[str, Any], place: Place, form: Any, names: frozenset[str]) -> Part | None:
        try:
            bindings = self._documents.followed(whole.get("bindings"), place.at("bindings"))
            kafka = self._documents.followed(_object(bindings.content).get("kafka"), bindings.place.at("kafka"))
        except Unfollowed as reason:
            self._note(Note(place.at("bindings"), f"{reason}. The key is not checked.", is_gap=True))
            return Part("key", place.at("bindings"), "", gap=str(reason))
        binding = _object(kafka.content)
        if "key" not in binding:
            return None
        return self._parts.read(binding["key"], kafka.place.at("key"), "key", named=None, of=tuple(names))

    def _examples(self, whole: dict[str, Any], place: Place, headers: Part | None) -> Iterator[Example]:
        listed = whole.get("examples")
        for index, one in enumerate(listed if isinstance(listed, list) else ()):
            where = place.at("examples", index)
            try:
                found = self._documents.followed(one, where)
            except Unfollowed as reason:
                self._note(Note(where, f"{reason}. This example can't be read."))
                continue
            if isinstance(found.content, dict) and {"payload", "headers"} & found.content.keys():
                known = found.content
                self._note_lacks(known, where, headers)
                name = str(known.get("name") or index)
                yield Example(name, known.get("payload"), _object(known.get("headers")), where, "payload" in known)
            elif self._is_2 and not _only_named(found.content):  # up to 2.0 any value could stand here
                yield Example(str(index), found.content, {}, where)
            else:
                said = "this example has neither `payload` nor `headers`, so nothing of it is checked or published."
                self._note(Note(where, said))

    def _note_lacks(self, example: dict[str, Any], where: Place, headers: Part | None) -> None:
        """An example is checked when it is published: what then is wrong with it is told before."""
        if "payload" not in example:
            said = "this example has no `payload`, so it is neither checked nor published, and no event covers it."
            self._note(Note(where, said))
        elif "headers" not in example and headers is not None:
            schema = _object(headers.content)
            asked = schema.get("required")
            if isinstance(asked, list) and asked and not {"example", "examples"} & schema.keys():
                shown = ", ".join(map(str, asked[:5]))
                said = f"this example has no `headers`, though its message requires {shown}. A test has to set them."
                self._note(Note(where, said))

    def _correlation_id(self, whole: dict[str, Any], place: Place) -> Any:
        if "correlationId" not in whole:
            return None
        where = place.at("correlationId")
        try:
            found = self._documents.followed(whole["correlationId"], where)
        except Unfollowed as reason:
            self._note(Note(where, f"{reason}."))
            return None
        location = location_of(_object(found.content).get("location"))
        if location is None:
            self._note(Note(where, "its location can't be read."))
        return location


def _names(whole: dict[str, Any], place: Place, called: str) -> frozenset[str]:
    given = [whole.get(one) for one in ("name", "messageId", "title", "x-parser-message-name")]
    own = [str(one) for one in [*given, called] if one]
    last = place.steps[-1] if place.steps else ""
    return frozenset([*own, last] if isinstance(last, str) and last not in ("message", "") else own)


def _only_named(example: Any) -> bool:
    return isinstance(example, dict) and bool(example) and example.keys() <= {"name", "summary"}


def _object(content: Any) -> dict[str, Any]:
    return content if isinstance(content, dict) else {}


def _without(schema: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    made = {**schema, "properties": {name: one for name, one in schema["properties"].items() if name not in names}}
    if isinstance(schema.get("required"), list):
        made["required"] = [name for name in schema["required"] if name not in names]
    return {rule: asked for rule, asked in made.items() if rule != "required" or asked}


def _discriminator(payload: Part | None) -> str:
    """The field that tells which message is meant: of the schema itself, or of those that it inherits from."""
    whole = _object(payload.content) if payload is not None else {}
    definitions = _object(whole.get("definitions"))
    left: list[Any] = [whole]
    seen = set[str]()
    while left:
        schema = _object(left.pop(0))
        found = field_of(schema)
        if found:
            return found
        reference = schema.get("$ref")
        if isinstance(reference, str) and reference not in seen:
            seen.add(reference)
            left.append(definitions.get(reference.removeprefix("#/definitions/")))
        listed = schema.get("allOf")
        left += listed if isinstance(listed, list) else []
    return ""


def with_keys(messages: Sequence[Message], note: Callable[[Note], None]) -> list[Message]:
    """Key and value of one event, written as two messages: ``OrderKey`` and ``OrderValue``, or ``Order``."""
    by_name = {one.name.lower(): one for one in messages}
    keys: set[int] = set()
    made = []
    for one in messages:
        name = one.name.lower()
        base = name.removesuffix("value").rstrip("-_. ")
        key = next(
            (by_name[k] for k in (f"{base}key", f"{base}-key", f"{base}_key", f"{base}.key") if k in by_name), None
        )
        if key is None or key is one or one.key is not None or key.payload is None:
            made.append(one)
            continue
        keys.add(id(key))
        note(Note(key.place, f"it is read as the key of '{one.name}', which is beside it."))
        part = replace(key.payload, role="key")
        made.append(replace(one, key=part))
    return [one for one in made if id(one) not in keys]
