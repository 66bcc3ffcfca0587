"""What to publish: cells with values, keys, headers and files become events on their way out, by a topic's formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import NoneType
from typing import Any

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Decoder, Event, PlainRecord, rows
from KafkaLibrary.keywords.calls import arguments
from KafkaLibrary.keywords.calls.since_and_timeout import timestamp_of
from KafkaLibrary.keywords.calls.token_sources import keyword_named
from KafkaLibrary.matching import Path, parse_path
from KafkaLibrary.reporting.checks.failed_schemas import misfit
from KafkaLibrary.secrets import robot_secret
from KafkaLibrary.serialization import event_files
from KafkaLibrary.serialization.keys_and_values.key_or_value import FOUND, Part, Which, Written
from KafkaLibrary.serialization.schemaless.formats import check_value, read_whole, write_headers
from KafkaLibrary.serialization.schemaless.json_format import read_plainly
from KafkaLibrary.serialization.schemas.violations import Misfit
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats

Headers = Sequence[tuple[str, bytes | None]]
_TAKES_LINES = (FOUND, "json", "text", "json-schema")
"""Formats for which a line of a file is the value as it stands, and for bytes it is too; for others it is JSON."""


SHOWN = robot_secret.SHOWN.encode()
"""In the bytes of a value it is found faster than in the value, whatever its format."""
_BYTES = (bytes, bytearray, memoryview)


class Writer:
    """Makes the events of one keyword from the cells that all share which publish. ``decoder`` reads what it wrote."""

    def __init__(
        self,
        formats: TopicFormats,
        topic: Any,
        key: Any = None,
        headers: Any = None,
        format_name: str | None = None,
        schema: Any = None,
    ) -> None:
        self.topic = arguments.topic(topic)
        declared = formats.of(self.topic)
        self._key_part: Part = declared.key_part
        if format_name is not None or schema is not None:
            source = None if schema is None else arguments.schema(schema)
            declared = formats.with_value(self.topic, format_name, source, keyword_named)
        self._value: Part = declared.value_part
        self.takes_any_text = self._value.name == FOUND
        """Whether no format was asked for, so that a text which is no JSON goes out as it stands."""
        self.decoder: Decoder = declared
        self._key = key
        self._write_header = declared.header_formats.write
        self._headers: Headers = write_headers(headers, self._write_header)

    @property
    def value_name(self) -> str:
        """The name of the format of values."""
        return self._value.name

    def event(self, value: Any, partition: Any = None, timestamp: Any = None) -> Outgoing:
        """The one event of a keyword, with the place and the time that the cells say."""
        bare = self.tombstone(partition, timestamp)
        return self._of_value(value, bare.key)._replace(partition=bare.partition, timestamp=bare.timestamp)

    def answer(self, value: Any, key: Any, headers: Any, carried: Headers) -> Outgoing:
        """One of many events that have values, keys and headers of their own. A key in bytes goes out as it is.

        Of ``carried``, which are of another event, those go out that are not given in ``headers``.
        """
        raw = key if key is None or isinstance(key, bytes) else self._key_bytes(key)
        own = write_headers(headers, self._write_header)
        names = {name.casefold() for name, _ in own}
        made = self._of_value(value, raw)
        names |= {name.casefold() for name, _ in made.headers}
        kept = [one for one in carried if one[0].casefold() not in names]
        return made._replace(headers=(*kept, *own, *made.headers))

    def tombstone(self, partition: Any = None, timestamp: Any = None) -> Outgoing:
        """The one event of a keyword, without a value."""
        key = self._key_bytes(self._key)
        number = arguments.number_if_given(partition, "partition")
        return Outgoing(self.topic, None, key, self._headers, number, timestamp_of(timestamp))

    def events(self, values: Sequence[Any]) -> list[Outgoing]:
        """An event for each of the values. One that can't be written is named by its place."""
        raws = self._encoded(values)
        if raws is None:
            return self._with_keys(self._one_by_one(values))
        nothing = [None] * len(raws)
        headers = [self._headers] * len(raws)
        return self._with_keys(rows(Outgoing, [self.topic] * len(raws), raws, nothing, headers, nothing, nothing))

    def file_events(self, found: Sequence[event_files.FileEvent]) -> list[Outgoing]:
        """The events of a file: saved ones go out as they were. One that can't be written is named by its place."""
        return self._with_keys([self._of_file(one) for one in found])

    def _encoded(self, values: Sequence[Any]) -> list[bytes] | None:
        """The bytes of all values in as few steps as there can be.

        Nothing where there is no value, where headers belong to them, or where one can't be written.
        """
        if not values or any(issubclass(kind, (Event, NoneType)) for kind in set(map(type, values))):
            return None
        try:
            encode = self._value.encoder(self.topic)
            raws = None if encode is None else [encode(value) for value in values]
            return None if raws and [raw for raw in raws if SHOWN in raw] else raws
        except (KeywordMisused, Misfit):
            return None

    def _one_by_one(self, values: Sequence[Any]) -> list[Outgoing]:
        """The same events. Raises ``KeywordMisused`` for the first value that can't be written, with its number."""
        outgoing: list[Outgoing] = []
        for number, value in enumerate(values, 1):
            try:
                outgoing.append(self._of_value(value))
            except KeywordMisused as reason:
                raise KeywordMisused(f"Value {number} of {len(values)} can't be published.\n{reason}") from None
        return outgoing

    def _of_file(self, one: event_files.FileEvent) -> Outgoing:
        if not isinstance(one.value, str):
            return Outgoing(self.topic, one.value, one.key, (*one.headers, *self._headers), None, one.timestamp)
        try:
            return self._of_value(self._value_of(one.value), one.key, of_file=True)
        except (KeywordMisused, Undecodable) as reason:
            place = one.place[:1].upper() + one.place[1:]
            raise KeywordMisused(f"{place} of the file can't be published.\n{reason}") from None

    def _value_of(self, line: str) -> Any:
        is_own = self._value.name.startswith("own:")
        written_by = self._value.name.rpartition(":")[2] if is_own else self._value.name
        if written_by in _TAKES_LINES:
            return line
        if written_by == "bytes":
            return line.encode()
        return read_plainly(line.encode()) if is_own else read_whole(line.encode())

    def _key_bytes(self, key: Any) -> bytes | None:
        return None if key is None else self._written(self._key_part, key, "key").raw

    def _with_keys(self, outgoing: list[Outgoing]) -> list[Outgoing]:
        """The events with their keys: a list of them, or found in each value by a path."""
        if self._key is None:
            return outgoing
        if isinstance(self._key, list | tuple):
            if len(self._key) != len(outgoing):
                raise KeywordMisused(
                    f"Each value needs a key of its own: keys {len(self._key)}, values {len(outgoing)}."
                )
            keys: Sequence[Any] = self._key
        else:
            path = _path_into_values(str(self._key))
            keys = [
                event_files.field_of(self._event(event, index), path, index) for index, event in enumerate(outgoing)
            ]
        return [
            Outgoing(topic, value, self._key_bytes(one), headers, partition, timestamp)
            for (topic, value, _, headers, partition, timestamp), one in zip(outgoing, keys, strict=True)
        ]

    def _event(self, outgoing: Outgoing, index: int) -> Event:
        record = PlainRecord((self.topic, 0, index), (0, -1), None, outgoing.value, outgoing.headers)
        return Event(record, self.decoder)

    def _of_value(self, value: Any, key: bytes | None = None, *, of_file: bool = False) -> Outgoing:
        """The event with this value, and the headers of all in front of those of its format.

        What stands in a file is not of Robot, and has no secrets of its own.
        """
        check_value(value)
        try:
            raw, more = self._written(self._value, value)
            if not of_file and not isinstance(value, _BYTES) and any(SHOWN in one for one in _texts(raw, more)):
                raise robot_secret.refusal("The value", robot_secret.SHOWN)
        except KeywordMisused as reason:
            if robot_secret.hidden_in(value) == "Secret":
                raise robot_secret.refusal("The value", "Secret") from None
            if isinstance(value, _BYTES):
                raise KeywordMisused(f"{reason}\nBytes are published as they are with format=bytes.") from None
            raise
        return Outgoing(self.topic, raw, key, (*self._headers, *more))

    def _written(self, part: Part, value: Any, which: Which = "value") -> Written:
        try:
            return part.write(value, self.topic)
        except Misfit as problem:
            raise _misfit(problem, which) from None


def _texts(raw: bytes | None, headers: Headers) -> Iterator[bytes]:
    yield raw or b""
    for _, value in headers:
        yield value or b""


def _path_into_values(text: str) -> Path:
    """The path of ``key=``. Raises ``KeywordMisused`` for one to another part of an event."""
    path = parse_path(text)
    if not path.asks_value:
        raise KeywordMisused(
            f"key={path} leads to the {path.origin} of an event, not into its value.\n"
            f"For a field of the value write key=$.{path}."
        )
    return parse_path("$") if path.part else path


def _misfit(problem: Misfit, which: Which) -> KeywordMisused:
    return KeywordMisused(misfit(which, problem.schema, problem.violations))
