"""`Set Topic Format`: how each topic's keys and values are read and written, as declared or by each event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from KafkaLibrary.errors import KeywordMisused, did_you_mean
from KafkaLibrary.event import Decoded, Event, FirstLook
from KafkaLibrary.headers import ReadHeader
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.serialization.cloud_events import binding as cloud_events
from KafkaLibrary.serialization.connect.envelope import CONNECT_JSON
from KafkaLibrary.serialization.frames import RawHeaders
from KafkaLibrary.serialization.keys_and_values import own_formats
from KafkaLibrary.serialization.keys_and_values.cloud_event_values import CloudEvent, FoundValue
from KafkaLibrary.serialization.keys_and_values.key_or_value import BySchema, Depth, Found, Framed, Part, Plain, Which
from KafkaLibrary.serialization.registry.subject_names import STRATEGIES
from KafkaLibrary.serialization.schemaless.formats import FORMATS
from KafkaLibrary.serialization.schemas.codecs import KINDS
from KafkaLibrary.serialization.topics.header_formats import HeaderFormats

if TYPE_CHECKING:
    from KafkaLibrary.serialization.connect_types import declared
    from KafkaLibrary.serialization.keys_and_values import connect_values, typed_json, windowed_keys
    from KafkaLibrary.serialization.registry import known_schemas, writer_schema
    from KafkaLibrary.serialization.registry.known_schemas import KnownSchemas
    from KafkaLibrary.serialization.registry.registry import Registry
    from KafkaLibrary.serialization.schemas import schema_argument
    from KafkaLibrary.serialization.schemas.codecs import Codec
    from KafkaLibrary.serialization.schemas.schema_argument import LocalSchemas, SchemaSource
else:
    connect_values = LazyModule("KafkaLibrary.serialization.keys_and_values.connect_values")
    declared = LazyModule("KafkaLibrary.serialization.connect_types.declared")
    typed_json = LazyModule("KafkaLibrary.serialization.keys_and_values.typed_json")
    schema_argument = LazyModule("KafkaLibrary.serialization.schemas.schema_argument")
    windowed_keys = LazyModule("KafkaLibrary.serialization.keys_and_values.windowed_keys")
    writer_schema = LazyModule("KafkaLibrary.serialization.registry.writer_schema")
    known_schemas = LazyModule("KafkaLibrary.serialization.registry.known_schemas")

CLOUD_EVENTS = ("cloudevents", "cloudevents-structured")
NAMES = (*FORMATS, *KINDS, *CLOUD_EVENTS, CONNECT_JSON, own_formats.OWN)
OF_SIZE = ("windowed", "windowed-store")
WINDOWED = (*OF_SIZE, "session-windowed")
"""Formats of keys, with the one inside behind a colon. Windows of the first ones have a size that is not written."""
ALL_TOPICS = "*"
"""Stands for every topic where the formats of headers are said."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How schemas are used for a topic: the strategy that names subjects, and whether values are in frames.

    Without a word on frames they are where there is a registry.
    """

    strategy: str = "topic"
    is_framed: bool | None = None

    def __post_init__(self) -> None:
        if self.strategy not in STRATEGIES:
            raise KeywordMisused(
                f"There is no subject strategy '{self.strategy}'. {did_you_mean(self.strategy, STRATEGIES)}\n"
                f"The strategies are: {', '.join(STRATEGIES)}."
            )


USUAL = Ways()
KNOWN_HEADERS = HeaderFormats()


class TopicDecoder:
    """How the bytes of one topic's events become keys and values; see ``event.Decoder``."""

    def __init__(self, value: Part, key: Part, headers: HeaderFormats = KNOWN_HEADERS) -> None:
        self.value_part = value
        self.key_part = key
        self.header_formats = headers

    @property
    def first_look(self) -> FirstLook:
        return self.value_part.first_look

    @property
    def is_of_tester(self) -> bool:
        """Whether values are read by functions of the tester's."""
        return isinstance(self.value_part, own_formats.Own)

    def key(self, event: Event) -> Any:
        raw = event.raw_key
        return None if raw is None else self.key_part.read(raw, event.raw_headers, "read_own").content

    def header(self, name: str, raw: bytes | None) -> ReadHeader:
        return self.header_formats.read(name, raw)

    def around_key(self, event: Event) -> Any:
        raw = event.raw_key
        return None if raw is None else self.key_part.read(raw, event.raw_headers, "read_own").around

    def value(self, event: Event) -> Decoded:
        return self._read(event, "read")

    def exact_value(self, event: Event) -> Decoded:
        return self._read(event, "read_exact")

    def own_value(self, event: Event) -> Any:
        return self._read(event, "read_own").content

    def _read(self, event: Event, depth: Depth) -> Decoded:
        raw, headers = event.raw_value, event.raw_headers
        if raw is None and not self._may_be_cloud_event(headers):
            return Decoded(None, "tombstone")
        return self.value_part.read(raw, headers, depth)  # type: ignore[arg-type] # CloudEvents may have no value

    def _may_be_cloud_event(self, headers: RawHeaders) -> bool:
        reads_them = isinstance(self.value_part, CloudEvent | FoundValue)
        return bool(headers) and reads_them and cloud_events.mode_of(headers) is not None


class FoundDecoder(TopicDecoder):
    """For a topic without declared formats: each event tells."""

    def __init__(self, known: KnownSchemas | None = None, headers: HeaderFormats = KNOWN_HEADERS) -> None:
        super().__init__(FoundValue(known), Found("key", known), headers)


def no_events(topic: str, which: Which) -> Iterable[bytes]:
    return ()


class TopicFormats:
    """The formats of a connection's topics."""

    def __init__(
        self,
        registry: Registry | None,
        *,
        auto_register: bool = False,
        latest: Callable[[str, Which], Iterable[bytes]] = no_events,
    ) -> None:
        """``latest`` gives the values or keys of a topic's last events, the newest first."""
        self._latest = latest
        self._known = None if registry is None else known_schemas.KnownSchemas(registry)
        self._choices = None
        if self._known is not None:
            self._choices = writer_schema.Choices(self._known, self.local, auto_register=auto_register)
        self._found = FoundDecoder(self._known)
        self._declared: dict[str, TopicDecoder] = {}
        self._headers: dict[str, HeaderFormats] = {}
        self._ways: dict[str, Ways] = {}

    @cached_property
    def local(self) -> LocalSchemas:
        """Schemas of files and of texts."""
        return schema_argument.LocalSchemas()

    def ways(self, topic: str) -> Ways:
        """How schemas are used for the topic."""
        return self._ways.get(topic, USUAL)

    def of(self, topic: str) -> TopicDecoder:
        """How the topic's events are written and read."""
        return self._declared.get(topic, self._found)

    def reading(
        self,
        topics: Sequence[str],
        name: str | None,
        source: SchemaSource | None,
        keyword_named: own_formats.KeywordNamed = own_formats.no_keyword,
    ) -> Callable[[str], TopicDecoder] | None:
        """How events are read whose values are in this format whatever was declared; nothing where none is given."""
        if name is None and source is None:
            return None
        decoders: dict[str, TopicDecoder] = {}

        def reading(topic: str) -> TopicDecoder:
            if topic not in decoders:
                decoders[topic] = self.with_value(topic, name, source, keyword_named)
            return decoders[topic]

        for topic in topics:  # what can't be read is told before anything else; what a pattern means is known later
            reading(topic)
        return reading

    def with_value(
        self,
        topic: str,
        name: str | None,
        source: SchemaSource | None,
        keyword_named: own_formats.KeywordNamed = own_formats.no_keyword,
    ) -> TopicDecoder:
        """As declared for the topic, but for the format of the values."""
        declared = self.of(topic)
        value = self.part(name, source, "value", self.ways(topic), keyword_named)
        return TopicDecoder(value, declared.key_part, declared.header_formats)

    def declare(
        self, topic: str, value: Part, key: Part, ways: Ways | None = None, headers: HeaderFormats = KNOWN_HEADERS
    ) -> None:
        """From now on."""
        self._headers[topic] = headers
        self._declared[topic] = TopicDecoder(value, key, headers.and_of(self._headers_of_all))
        self._ways[topic] = ways or USUAL

    def declare_headers_of_all(self, headers: HeaderFormats) -> None:
        """From now on, for every topic; what is declared for one of them by name counts more."""
        self._headers[ALL_TOPICS] = headers
        self._found = FoundDecoder(self._known, headers)
        for topic, known in self._declared.items():
            formats = self._headers[topic].and_of(headers)
            self._declared[topic] = TopicDecoder(known.value_part, known.key_part, formats)

    @property
    def _headers_of_all(self) -> HeaderFormats:
        return self._headers.get(ALL_TOPICS, KNOWN_HEADERS)

    def forget_latest(self) -> None:
        """Ask anew which version of a subject is the latest."""
        if self._choices is not None:
            self._choices.forget_latest()

    def part(
        self,
        name: str | None,
        source: SchemaSource | None,
        which: Which,
        ways: Ways | None = None,
        keyword_named: own_formats.KeywordNamed = own_formats.no_keyword,
        window: int | None = None,
    ) -> Part:
        """The format of that name, for keys or values. Raises ``KeywordMisused`` where that is not possible.

        ``keyword_named`` gives the keywords that formats of the tester's own may name; ``window`` is the size of time
        windows in milliseconds.
        """
        if name is None and source is None:
            return self._found.value_part if which == "value" else self._found.key_part
        if name is None:
            return self._by_schema(None, source, which, ways or USUAL)
        return self._named(name, source, which, ways, keyword_named, window)

    def typed(self, name: Any, source: SchemaSource | None, types: Any) -> Part:
        """JSON with fields of types that are given. Raises ``KeywordMisused``."""
        if (name is not None and _split(name)[0] != "json") or source is not None:
            raise KeywordMisused(
                "types= is for JSON without a schema, value=json: a schema tells its types by itself.\n"
                "Leave out types=, or the schema."
            )
        return typed_json.TypedJson(declared.types_of(types))

    def _named(
        self,
        name: Any,
        source: SchemaSource | None,
        which: Which,
        ways: Ways | None,
        keyword_named: own_formats.KeywordNamed,
        window: int | None,
    ) -> Part:
        first, colon, data = _split(name)
        if first == own_formats.OWN:
            return self._own(name, data, source, which, ways, keyword_named)
        if first in CLOUD_EVENTS and which == "value":
            inside: Part = Found("value", self._known, envelopes=False)
            if colon or source is not None:
                named = data.strip() or None
                inside = self.part(named, source, which, ways, keyword_named)
            return CloudEvent(inside, structured=first != "cloudevents")
        if first in WINDOWED and which == "key":
            return windowed_keys.Windowed(
                first, self.part(data.strip() or None, source, which, ways, keyword_named), window
            )
        if not colon and first in KINDS:
            return self._by_schema(first, source, which, ways or USUAL)
        if not colon and first == CONNECT_JSON:
            return connect_values.ConnectJson(connect_values.choice(source, which, self._latest))
        if colon or first not in FORMATS:
            raise _unknown(str(name), which)
        if source is not None:
            raise KeywordMisused(f"schema= needs a format with schemas, {', '.join(KINDS)}, not {first}.")
        return Plain(FORMATS[first])

    def _own(
        self,
        name: Any,
        rest: str,
        source: SchemaSource | None,
        which: Which,
        ways: Ways | None,
        keyword_named: own_formats.KeywordNamed,
    ) -> Part:
        """By functions of the tester's; what stands behind their names is the format of what these give as bytes."""
        names, _, behind = rest.partition(":")
        if isinstance(name, str):
            functions = own_formats.Functions.named(names, keyword_named)
        else:
            functions = own_formats.Functions.of(name, getattr(name, "__qualname__", type(name).__name__))
        inside: Part = Found(which, self._known)
        if behind.strip() or source is not None:
            inside = self.part(behind.strip() or None, source, which, ways, keyword_named)
        return own_formats.Own(functions, inside, which)

    def registered(self, source: SchemaSource) -> Codec:
        """The codec of a schema that a registry has, by its id or subject. Raises ``KeywordMisused``."""
        if self._choices is None:
            raise KeywordMisused(_without_registry(None, source))
        return self._choices.choose(source, None, "", "value", "topic")[0]

    def _by_schema(self, kind: str | None, source: SchemaSource | None, which: Which, ways: Ways) -> Part:
        is_local = source is not None and source.is_local
        if self._known is not None and self._choices is not None and ways.is_framed is not False:
            if source is not None and is_local:
                kind = self.local.codec(source, kind).kind  # what is no schema shows now
            chosen_by, asked_kind = self._choices, kind
            return Framed(
                which,
                self._known,
                kind,
                lambda topic: chosen_by.choose(source, asked_kind, topic, which, ways.strategy),
            )
        if ways.is_framed:
            raise KeywordMisused("framed=True needs a schema registry.\nGive schema_registry=URL on the connection.")
        if source is None or (not is_local and self._choices is None):
            raise KeywordMisused(_WITHOUT_FRAME if self._known is not None else _without_registry(kind, source))
        if is_local or self._choices is None:
            return BySchema(self.local.codec(source, kind), which, self._known)
        return BySchema(self._choices.choose(source, kind, "", which, ways.strategy)[0], which, self._known)


def _split(name: Any) -> tuple[str, str, str]:
    """The first word of a format's name, and what stands behind it; functions themselves are of the tester's own."""
    if not isinstance(name, str):
        return own_formats.OWN, "", ""
    first, colon, data = name.strip().partition(":")
    return first.strip().lower(), colon, data


_WITHOUT_FRAME = (
    "Values without a registry's frame are read by one schema.\n"
    "Give schema= with a subject or an id of the registry, the path of a schema file, or the schema itself."
)


def _unknown(name: str, which: Which) -> KeywordMisused:
    first = name.strip().lower().partition(":")[0]
    if which == "value" and first in WINDOWED:
        return KeywordMisused(f"The format {first} is for keys.\nGive it as key={name}.")
    known = NAMES if which == "value" else (*FORMATS, *KINDS, CONNECT_JSON, *WINDOWED, own_formats.OWN)
    more = (
        "cloudevents:avro and the like name the format of a CloudEvent's data"
        if which == "value"
        else "windowed:text and the like name the format of the key before its window"
    )
    return KeywordMisused(
        f"There is no format '{name}'. {did_you_mean(name, known)}\nThe formats are: {', '.join(known)}; {more}, "
        "own:MODULE.FUNCTION your own function that reads."
    )


def _without_registry(kind: str | None, source: SchemaSource | None) -> str:
    if source is None:
        return (
            f"The format {kind} needs a schema.\n"
            "Give schema= with the path of a schema file, or schema_registry=URL on the connection."
        )
    asked = f"subject '{source.subject}'" if source.subject else f"schema {source.schema_id}"
    return (
        f"The {asked} needs a schema registry, and this connection has none.\n"
        "Give schema_registry=URL on the connection, or schema= with the path of a schema file."
    )
