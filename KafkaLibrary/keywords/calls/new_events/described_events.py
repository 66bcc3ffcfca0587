"""What describes the events of a topic: a message of a contract, or the schema that the topic was given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.contracts.checking import readings, verdicts
from KafkaLibrary.contracts.contract import Contract, Example, Message
from KafkaLibrary.contracts.documents.places import Place
from KafkaLibrary.contracts.examples import Meant, Shown, examples_of, first_of
from KafkaLibrary.contracts.made_events.avro_changes import AvroChanges
from KafkaLibrary.contracts.made_events.changes import Change, Judgement, Unmade
from KafkaLibrary.contracts.made_events.json_changes import JsonChanges
from KafkaLibrary.contracts.made_events.made_values import NotMade
from KafkaLibrary.contracts.schemas.parts import Part
from KafkaLibrary.errors import KafkaLibraryError, KeywordMisused, Undecodable
from KafkaLibrary.event import Decoder, Event, PlainRecord
from KafkaLibrary.keywords.calls.new_events import contract_examples
from KafkaLibrary.keywords.calls.new_events.contract_examples import Given
from KafkaLibrary.keywords.calls.new_events.outgoing_events import Writer
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.checks import failed_contracts, failed_schemas
from KafkaLibrary.serialization.frames import read_indexes
from KafkaLibrary.serialization.keys_and_values.key_or_value import BySchema, Framed
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.schemas.codecs import Codec
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats

if TYPE_CHECKING:
    from KafkaLibrary.contracts.made_events import protobuf_changes
else:  # it needs packages that a test without Protobuf may not have
    protobuf_changes = LazyModule("KafkaLibrary.contracts.made_events.protobuf_changes")

_ID = 5
"""Bytes of a schema's id in front of a value."""


class Described(Protocol):
    """One description of events."""

    name: str
    topic: str

    def is_called(self, name: str) -> bool: ...
    @property
    def value_codec(self) -> Codec | None: ...
    @property
    def parts_beside(self) -> Sequence[Part]: ...
    def good(self, given: Given) -> tuple[Outgoing, Decoder]:
        """A valid event. Raises ``KeywordMisused`` where none is found."""

    def judge(self, outgoing: Outgoing, decoder: Decoder) -> Judgement: ...


class OfContract:
    """A message of a contract. An event is broken where it is no other message of the topic either."""

    def __init__(self, formats: TopicFormats, contracts: Sequence[Contract], meant: Meant) -> None:
        self._formats = formats
        self._contracts = contracts
        self._meant = meant
        self._message: Message = meant.message
        self.name = meant.message.name
        self.topic = meant.topic

    def is_called(self, name: str) -> bool:
        return name in (self.name, self._message.id, *self._message.names)

    @property
    def value_codec(self) -> Codec | None:
        return None if self._message.payload is None else self._message.payload.codec

    @property
    def parts_beside(self) -> list[Part]:
        """Its key and headers, where they are described."""
        key, headers = self._message.key, self._message.headers
        found = [key] if key is not None and key.codec is not None else []
        is_read = headers is not None and headers.codec is not None and headers.kind == "json-schema"
        return [*found, headers] if headers is not None and is_read else found

    def good(self, given: Given) -> tuple[Outgoing, Decoder]:
        reasons = []
        for example in self._examples():
            shown = Shown(self._meant.contract, self.topic, self._message, example)
            try:
                made = contract_examples.made(self._formats, shown, self._completed(given))
            except KeywordMisused as reason:
                reasons.append(str(reason))
                continue
            judged = self.judge(made.event, made.decoder)
            if judged.is_valid:
                return made.event, made.decoder
            reasons.append(f"Its example '{example.name}' was not checked: {judged.why}.")
        why = reasons[0] if reasons else "It has no example, and none could be made of its schema."
        raise KeywordMisused(f"No valid event of '{self.name}' was found to begin with.\n{why}")

    def _examples(self) -> Iterator[Example]:
        yield from examples_of(self._message)
        codec = self.value_codec
        if codec is not None:
            try:
                yield Example("made of its schema", small_value(codec), self._headers(), self._place)
            except (NotMade, KafkaLibraryError, RecursionError):
                return

    @property
    def _place(self) -> Place:
        return self._message.place

    def _completed(self, given: Given) -> Given:
        """With a key, where the contract shows none."""
        part = self._message.key
        if given.key is not None or part is None or part.codec is None or first_of(part) is not None:
            return given
        try:
            if part.kind != "json-schema":
                return given._replace(key=small_bytes(part.codec))
            key = small_value(part.codec)
        except NotMade:
            return given
        return given._replace(key=key if key is None else as_text(key))

    def _headers(self) -> dict[str, Any]:
        part = self._message.headers
        if part is None or part.codec is None or part.kind != "json-schema":
            return {}
        made = small_value(part.codec)
        return made if isinstance(made, dict) else {}

    def judge(self, outgoing: Outgoing, decoder: Decoder) -> Judgement:
        verdict = verdicts.judge(event_of(outgoing, decoder), self._contracts)
        own = next((one for one in verdict.candidates if one.message is self._message), None)
        if verdict.state == "fits":
            first = verdict.fitting[0]
            if own is not None and own.fits:
                return Judgement(True, "the contract allows it")
            return Judgement(None, f"it is what '{first.message.name}' asks for")
        if verdict.state != "wrong":
            return Judgement(None, next(iter(verdicts.unchecked(verdict)), "it could not be checked"))
        nearest = own or verdict.candidates[0]
        return Judgement(False, failed_contracts.lacks_of(nearest))


class OfSchema:
    """The schema of a topic's values."""

    def __init__(self, writer: Writer, codec: Codec) -> None:
        self._writer = writer
        self._codec = codec
        self.name = codec.name
        self.topic = writer.topic
        self.parts_beside: tuple[Part, ...] = ()

    def is_called(self, name: str) -> bool:
        return name == self.name

    @property
    def value_codec(self) -> Codec:
        return self._codec

    def good(self, given: Given) -> tuple[Outgoing, Decoder]:
        try:
            value = small_value(self._codec)
        except (NotMade, RecursionError) as reason:
            raise KeywordMisused(f"No valid value of the schema {self.name} was made: {reason}.") from None
        return self._writer.event(value), self._writer.decoder

    def judge(self, outgoing: Outgoing, decoder: Decoder) -> Judgement:
        if outgoing.value is None:
            return Judgement(None, "a schema says nothing of a tombstone")
        event = event_of(outgoing, decoder)
        try:
            content = event.decoded(exact=True)
            if content.format in ("text", "bytes"):
                return Judgement(False, content.note or "it can't be read by its schema")
            if self._codec.kind == "json-schema":
                raw = outgoing.value[_ID if outgoing.value[:1] == b"\0" else 0 :]
                found = self._codec.schema.violations_as_sent(json_format.read_exact(raw))
            else:
                found = self._codec.schema.violations(content.content)
        except Undecodable as reason:
            return Judgement(False, str(reason).split("\n", maxsplit=1)[0].rstrip("."))
        except KafkaLibraryError as reason:
            return Judgement(None, str(reason).split("\n", maxsplit=1)[0].rstrip("."))
        lines = [line.strip() for one in found for line in failed_schemas.lines_of(one)]
        return Judgement(not found, lines[0] if lines else "the schema allows it")


def of_declared_schema(writer: Writer) -> OfSchema | None:
    """The schema that was given for the topic; nothing where none was."""
    decoder: Any = writer.decoder
    part = decoder.value_part
    return OfSchema(writer, part.codec_for(writer.topic)) if isinstance(part, BySchema | Framed) else None


def event_of(outgoing: Outgoing, decoder: Decoder) -> Event:
    """The event as it will be read."""
    return Event(PlainRecord((outgoing.topic, 0, 0), (1, 0), outgoing.key, outgoing.value, outgoing.headers), decoder)


def start_of(raw: bytes, codec: Codec, *, is_framed: bool) -> int | None:
    """Where in the bytes a value begins, behind the id of its schema; nothing where they are not written by it."""
    if codec.kind == "json-schema":
        return _ID if raw[:1] == b"\0" else 0
    behind = _ID
    try:
        if codec.kind == "protobuf" and raw[:1] == b"\0" and len(raw) > _ID:
            behind = read_indexes(raw, _ID)[1]
    except Undecodable:
        behind = _ID
    for start in (behind,) if is_framed else (0, behind):
        try:
            content = codec.read(raw, start)
            # Protobuf passes over fields that it does not know: then the bytes may be anything.
            if codec.kind == "avro" or len(codec.write(content)) == len(raw) - start:
                return start
        except KafkaLibraryError:
            continue
    return None


def is_framed(part: Any) -> bool:
    """Whether the id of a schema is in front of what a format writes, as a registry asks."""
    return isinstance(part, Framed)


def small_bytes(codec: Codec) -> bytes:
    """The bytes of a small value of Avro or Protobuf. Raises ``NotMade``."""
    return AvroChanges(codec.schema).made() if codec.kind == "avro" else _protobuf(codec).made()


def small_value(codec: Codec) -> Any:
    """A small value that fits a schema. Raises ``NotMade``, ``RecursionError`` and what reading raises."""
    if codec.kind == "json-schema":
        return JsonChanges(codec.schema).maker.value(codec.schema.rules)
    return codec.read(small_bytes(codec))


def value_changes(codec: Codec, raw: bytes) -> tuple[Iterator[Change | Unmade], Callable[[Any], bytes]]:
    """Changes of the bytes of a value, and what makes bytes of what they give. Raises ``LookupError`` without any."""
    if codec.kind == "avro":
        return AvroChanges(codec.schema).of(raw), bytes
    if codec.kind == "protobuf":
        return _protobuf(codec).of(raw), bytes
    write: Callable[[Any], bytes] = json_format.write
    try:
        value = json_format.read_exact(raw)
    except Undecodable:
        value, write = raw.decode(errors="replace"), _text_bytes
    if codec.schema.violations_as_sent(value):
        raise LookupError
    return JsonChanges(codec.schema).of(value), write


def _text_bytes(content: Any) -> bytes:
    if not isinstance(content, str):
        raise TypeError
    return content.encode()


def _protobuf(codec: Codec) -> protobuf_changes.ProtobufChanges:
    return protobuf_changes.ProtobufChanges(codec.schema)


def readings_of(part: Part, event: Event) -> list[Any]:
    """What the key is, or the headers are, as the types that are asked for."""
    return readings.keys_of(event, part) if part.role == "key" else list(readings.headers_of(event, part))


def base_of(part: Part, event: Event) -> Any:
    """The reading that fits. Raises ``LookupError`` where none does."""
    schema = part.codec.schema if part.codec is not None else None
    for one in readings_of(part, event):
        if schema is not None and not schema.violations(one):
            return one
    raise LookupError


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else json_format.write(value).decode()
