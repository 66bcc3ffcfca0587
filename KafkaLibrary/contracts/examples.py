"""Which example of a contract is meant, by the name of a message or a topic, and the name of the example."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from KafkaLibrary.contracts.contract import Channel, Contract, Example, Message
from KafkaLibrary.contracts.schemas.parts import Part
from KafkaLibrary.errors import KeywordMisused, did_you_mean
from KafkaLibrary.matching import show_text

_NAMES_MOST = 300


class Shown(NamedTuple):
    """An example, with the message that it is of, and the topic that it is for."""

    contract: Contract
    topic: str
    message: Message
    example: Example


class _Place(NamedTuple):
    contract: Contract
    channel: Channel
    message: Message


def examples_of(message: Message) -> list[Example]:
    """Those with a value: of the message, or where it has none those of the schema of its value."""
    own = [one for one in message.examples if one.has_payload]
    if own or message.payload is None:
        return own
    values = enumerate(_of_schema(message.payload))
    return [Example(str(index), value, {}, message.payload.place) for index, value in values]


def first_of(part: Part | None) -> Any:
    """The first example of a key's or headers' schema; nothing where there is none."""
    return next(iter(_of_schema(part)), None) if part is not None else None


def _of_schema(part: Part) -> list[Any]:
    schema = part.content if part.kind == "json-schema" else None
    if not isinstance(schema, Mapping):
        return []
    listed = schema.get("examples")
    if isinstance(listed, list):
        return listed
    return [schema["example"]] if "example" in schema else []


def chosen(contracts: Sequence[Contract], name: str, example: str = "", topic: str = "") -> Shown:
    """The one that is meant. Raises ``KeywordMisused`` where there is none, or more than one."""
    places = _places(contracts, name, topic)
    goes_to = topic or _topic_of(places, name)
    each = {(id(one.contract), one.message.place.key, one.message.id): one for one in places}
    found = [(place, known) for place in each.values() for known in examples_of(place.message)]
    meant = [(place, known) for place, known in found if not example or known.name == example]
    if not meant:
        raise KeywordMisused(_no_example(name, example, [known.name for _, known in found]))
    place, known = meant[0]
    if any(other.message is not place.message for other, _ in meant):
        whose = _listed(other.message.name for other, _ in meant)
        which = f"an example '{example}'" if example else "examples"
        raise KeywordMisused(f"Several messages for '{name}' have {which}: {whose}.\nGive the name of one of them.")
    return Shown(place.contract, goes_to, place.message, known)


class Meant(NamedTuple):
    """A message of a contract, and the topic that its events are for."""

    contract: Contract
    topic: str
    message: Message


def meant(contracts: Sequence[Contract], name: str, topic: str = "") -> list[Meant]:
    """The messages of that name, or of a topic, each once. Raises ``KeywordMisused`` where there is none."""
    places = _places(contracts, name, topic)
    goes_to = topic or _topic_of(places, name)
    each = {(id(one.contract), one.message.place.key, one.message.id): one for one in places}
    return [Meant(one.contract, goes_to, one.message) for one in each.values()]


def _places(contracts: Sequence[Contract], name: str, topic: str) -> list[_Place]:
    """A topic of that very name counts first, then a message, then an address with parameters that fits."""
    every = [_Place(c, channel, one) for c in contracts for channel in c.channels for one in channel.messages]
    if topic:
        about = {id(channel) for contract in contracts for channel in contract.channels_of(topic)}
        if not about:
            raise KeywordMisused(f"No contract has a channel for the topic '{topic}'.{_near(topic, _topics(every))}")
        every = [one for one in every if id(one.channel) in about]
    exact = [one for one in every if one.channel.topic == name]
    message = [one for one in every if name in (one.message.id, one.message.name)]
    found = exact or message or [one for one in every if name in one.message.names]
    if not found:
        found = [one for one in every if one.channel in one.contract.channels_of(name)]
    if not found:
        messages = [one.message.name for one in every]
        near = _near(name, [*messages, *_topics(every)])
        what = f"The contract has no message '{name}' for the topic '{topic}'." if topic else ""
        said = what or f"No contract has a message or a topic '{name}'."
        raise KeywordMisused(f"{said}{near}\nThe messages are: {_listed(messages)}.")
    return found


def _topic_of(places: Sequence[_Place], name: str) -> str:
    if any(one.channel in one.contract.channels_of(name) for one in places):
        return name
    topics = list(dict.fromkeys(one.channel.topic for one in places if one.channel.topic is not None))
    if len(topics) == 1:
        return topics[0]
    if topics:
        raise KeywordMisused(f"The message '{name}' is for several topics: {_listed(topics)}.\nGive one as topic=.")
    addresses = _listed(one.channel.address.text for one in places if one.channel.address is not None)
    raise KeywordMisused(f"The message '{name}' is for no topic of one name, but {addresses}.\nGive topic=.")


def _topics(places: Iterable[_Place]) -> Iterator[str]:
    return (one.channel.address.text for one in places if one.channel.address is not None)


def _no_example(name: str, example: str, known: Sequence[str]) -> str:
    if not known:
        return f"The contract has no example of '{name}' with a value."
    return f"The contract has no example '{example}' of '{name}'.{_near(example, known)}\nThey are: {_listed(known)}."


def _near(word: str, known: Iterable[str]) -> str:
    near = did_you_mean(word, list(dict.fromkeys(known)))
    return f" {near}" if near else ""


def _listed(names: Iterable[str]) -> str:
    return show_text(", ".join(dict.fromkeys(names)), _NAMES_MOST) or "none"
