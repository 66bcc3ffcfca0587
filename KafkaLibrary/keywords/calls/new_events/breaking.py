"""Which broken event is meant: one that was made before, one of a contract or a schema, or one of an event's bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.contracts import contract as model
from KafkaLibrary.errors import KeywordMisused, how_to_install
from KafkaLibrary.event import Decoder
from KafkaLibrary.keywords.calls.new_events import broken_events
from KafkaLibrary.keywords.calls.new_events.outgoing_events import Writer
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats

if TYPE_CHECKING:
    from KafkaLibrary.keywords.calls.new_events import made_events
    from KafkaLibrary.keywords.calls.new_events.described_events import Described
else:
    made_events = LazyModule("KafkaLibrary.keywords.calls.new_events.made_events")

_WITHOUT_SCHEMA = ("by each event", "bytes", "json", "text")
"""Formats of which no schema says anything: what describes events is not loaded for them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a test asks to be broken, and of what. ``event`` is nothing where one is to be made."""

    writer: Writer
    event: Outgoing | None
    kind: str
    field: Any = None
    size: Any = None
    as_message: str = ""
    key: Any = None
    headers: Any = None


class Broken(NamedTuple):
    event: Outgoing
    what: str
    decoder: Decoder


def broken(formats: TopicFormats, contracts: Sequence[model.Contract], asked: Asked) -> Broken:
    """The broken event. Raises ``KeywordMisused`` where none can be made of that kind, or nothing would be broken."""
    wish = broken_events.wish_of(asked.kind, asked.field, asked.size)
    decoder, why = asked.writer.decoder, ""
    good = asked.event
    if good is None or asked.kind not in broken_events.OF_BYTES:
        described = _described(formats, contracts, asked)
        if asked.kind not in broken_events.OF_BYTES and described:
            made, why = _of_descriptions(described, asked)
            if made is not None:
                return made
        if good is None:
            good, decoder = _good(described, asked)
    if why and asked.kind in broken_events.OF_SCHEMAS:
        raise KeywordMisused(f"kind={asked.kind}: the event is not valid to begin with.\n{why}")
    found = broken_events.broken(good, asked.kind, wish)
    return Broken(found.event, f"{found.what}{f' (it was not valid before: {why})' if why else ''}", decoder)


def _described(formats: TopicFormats, contracts: Sequence[model.Contract], asked: Asked) -> list[Described]:
    topic = asked.writer.topic
    about = [one for one in contracts if one.channels_of(topic)]
    if about:
        found = made_events.of_contracts(formats, about, topic)
    else:
        found = [] if asked.writer.value_name in _WITHOUT_SCHEMA else made_events.of_schema(asked.writer)
    if not asked.as_message:
        return found
    meant = [one for one in found if one.is_called(asked.as_message)]
    if not meant:
        names = ", ".join(one.name for one in found)
        raise KeywordMisused(f"'{topic}' has no message '{asked.as_message}' in the contract.\nThey are: {names}.")
    return meant


def _of_descriptions(described: Sequence[Described], asked: Asked) -> tuple[Broken | None, str]:
    """One that is proved; or why the event that was given can't be taken for valid."""
    wanted = made_events.Wanted(False, asked.kind, made_events.path_of(asked.field))
    given = made_events.given_of(asked.key, asked.headers, None, None)
    makings, reasons = [], []
    for one in described:
        try:
            good, decoder = (asked.event, asked.writer.decoder) if asked.event is not None else one.good(given)
        except KeywordMisused as reason:
            makings.append(made_events.Making(missing=[made_events.Missing(one.name, _in_one_line(reason))]))
            continue
        judged = one.judge(good, decoder)
        if not judged.is_valid:
            reasons.append(judged.why)
            continue
        making = made_events.made(one, good, decoder, wanted, most=1)
        if making.events:
            event = making.events[0]
            return Broken(event.outgoing, f"{event.name}, for {event.why}", decoder), ""
        makings.append(making)
        found = _broken_otherwise(one, good, decoder, asked)
        if found is not None:
            return found, ""
    if makings:
        raise made_events.not_made(wanted, makings, [one.name for one in described])
    return None, next(iter(reasons), "")


def _broken_otherwise(described: Described, good: Outgoing, decoder: Decoder, asked: Asked) -> Broken | None:
    """As JSON, where it is described in Avro or Protobuf and sent as JSON; this is proved, too."""
    codec = described.value_codec
    if asked.kind not in broken_events.KINDS or codec is None or codec.kind == "json-schema":
        return None
    try:
        found = broken_events.broken(good, asked.kind, broken_events.wish_of(asked.kind, asked.field, asked.size))
    except KeywordMisused:
        return None
    judged = described.judge(found.event, decoder)
    return Broken(found.event, f"{found.what}: {judged.why}", decoder) if judged.is_valid is False else None


def _good(described: Sequence[Described], asked: Asked) -> tuple[Outgoing, Decoder]:
    if not described:
        raise KeywordMisused(
            f"There is no event to break: no contract describes '{asked.writer.topic}', and it has no schema.\n"
            "Give an event or a value."
        )
    given, reasons = made_events.given_of(asked.key, asked.headers, None, None), []
    for one in described:
        try:
            return one.good(given)
        except KeywordMisused as reason:
            reasons.append(reason)
    raise reasons[0]


def _in_one_line(reason: KeywordMisused) -> str:
    return " ".join(str(reason).splitlines())


def without_packages(problem: ImportError) -> KeywordMisused:
    return KeywordMisused(
        f"Events of a contract or a schema need packages: {problem}.\n{how_to_install('jsonschema', 'yaml')}"
    )
