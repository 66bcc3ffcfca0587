"""The model: a contract with its channels, operations and messages, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from KafkaLibrary.contracts.documents.places import Document, Note, Place
from KafkaLibrary.contracts.schemas.parts import Part
from KafkaLibrary.contracts.topic_names import Address


@dataclass(frozen=True, slots=True)
class Location:
    """Where in an event something stands, as ``$message.header#/x`` says it: a header, or a part of the value."""

    source: Literal["headers", "value"]
    steps: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """An event that the contract shows. ``has_payload`` tells a null from nothing."""

    name: str
    payload: Any
    headers: Mapping[str, Any]
    place: Place
    has_payload: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """What one event may be.

    ``id`` is the name under which the contract keeps it, ``names`` are all that it is called. The parts are missing
    where the contract has nothing on them. ``discriminator`` is the field whose value is one of ``names``.
    """

    id: str
    name: str
    title: str
    place: Place
    names: frozenset[str] = frozenset()
    payload: Part | None = None
    headers: Part | None = None
    key: Part | None = None
    content_type: str = ""
    examples: tuple[Example, ...] = ()
    correlation_id: Location | None = None
    bindings: Mapping[str, Any] = field(default_factory=dict)
    discriminator: str = ""
    unsent: frozenset[str] = frozenset()
    """Headers of the contract that only steer a framework and are never sent."""

    @property
    def parts(self) -> list[Part]:
        return [part for part in (self.payload, self.key, self.headers) if part is not None]

    @property
    def gaps(self) -> list[str]:
        """Why a part of it is not checked."""
        unasked = [] if self.payload is not None else ["the contract has no schema of its value"]
        return [*unasked, *(f"{part.role}: {part.gap}" for part in self.parts if part.gap)]


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """Where messages go. ``address`` is nothing where the contract has none that can be a topic of Kafka."""

    id: str
    address: Address | None
    place: Place
    messages: tuple[Message, ...] = ()
    bindings: Mapping[str, Any] = field(default_factory=dict)
    is_of_handler: bool = False
    """Whether it is named for a topic and who reads it, as FastStream does: then a list may be a batch of events."""

    @property
    def topic(self) -> str | None:
        """The topic, where that is one and not a pattern with parameters."""
        return self.address.topic if self.address is not None else None


@dataclass(frozen=True, slots=True, eq=False)
class Reply:
    """What answers a message of an operation, and where: on a channel, or where the question says."""

    channel: Channel | None
    messages: tuple[Message, ...]
    address: Location | None
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """What the application does with a channel; in 2.x it is seen from the other side, and often written wrongly."""

    id: str
    action: str
    channel: Channel
    place: Place
    messages: tuple[Message, ...] = ()
    reply: Reply | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Contract:
    """One AsyncAPI document with the files that it refers to."""

    path: Path
    title: str
    version: str
    channels: tuple[Channel, ...]
    operations: tuple[Operation, ...]
    notes: tuple[Note, ...]
    documents: tuple[Document, ...]
    _by_topic: dict[str, list[Channel]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How messages name it."""
        return self.path.name

    @property
    def messages(self) -> list[Message]:
        """All that stand on channels, each once."""
        return once(one for channel in self.channels for one in channel.messages)

    @property
    def gaps(self) -> list[Note]:
        """What is not checked."""
        return [note for note in self.notes if note.is_gap]

    def channels_of(self, topic: str) -> list[Channel]:
        """Those that are about the topic: by its very name, else by an address with parameters."""
        if topic not in self._by_topic:
            named = [one for one in self.channels if one.topic == topic]
            patterns = [one for one in self.channels if one.address is not None and one.topic is None]
            self._by_topic[topic] = named or [one for one in patterns if one.address and one.address.fits(topic)]
        return self._by_topic[topic]

    def messages_of(self, topic: str) -> list[Message]:
        """What an event on the topic may be."""
        return once(one for channel in self.channels_of(topic) for one in channel.messages)

    @property
    def topics(self) -> list[str]:
        """The topics that it names, and its addresses with parameters, in their order."""
        return list(dict.fromkeys(one.address.text for one in self.channels if one.address is not None))

    def is_current(self) -> bool:
        """Whether no file of it has changed since it was read."""
        return all(one.file.is_current() for one in self.documents)


def once(messages: Any) -> list[Message]:
    """Each message once, by its place: several channels may refer to one."""
    return list({(message.place.key, message.id): message for message in messages}.values())


def location_of(expression: object) -> Location | None:
    """What a runtime expression means, such as ``$message.header#/correlationId``; nothing where it is none."""
    text = str(expression).strip()
    source, _, pointer = text.partition("#")
    kinds: dict[str, Literal["headers", "value"]] = {
        "$message.header": "headers", "$message.headers": "headers", "$message.payload": "value"
    }  # fmt: skip
    kind = kinds.get(source)
    if kind is None:
        return None
    tokens = pointer.removeprefix("/").split("/") if pointer.strip("/") else []
    steps = tuple(token.replace("~1", "/").replace("~0", "~") for token in tokens)
    return Location(kind, tuple(_index_or_name(step, kind) for step in steps))


def _index_or_name(step: str, kind: str) -> str | int:
    return int(step) if kind == "value" and step.isdecimal() and step.isascii() else step


def named(messages: Sequence[Message], name: str) -> list[Message]:
    """Those that are called so, by any of their names."""
    exact = [one for one in messages if name in (one.id, one.name)]
    return exact or [one for one in messages if name in one.names]
