"""The coverage of contracts in one process: what there is to be seen, and what the events show of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from KafkaLibrary.contracts.contract import Channel, Contract, Message, Operation
from KafkaLibrary.contracts.coverage.names import contract_name, key_of, message_names
from KafkaLibrary.contracts.coverage.nodes import Node, equal
from KafkaLibrary.contracts.coverage.parts_of_schemas import node_of
from KafkaLibrary.contracts.coverage.sightings import Item, Sighting, Sightings
from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.matching import show_text

_EVENTS_MOST = 200_000
"""Events that are remembered as counted: one that is met again shows nothing new anyhow."""


class Coverage:
    """What was seen of some contracts."""

    def __init__(self) -> None:
        self._items: dict[Item, None] = {}
        self._nodes: dict[int, tuple[Message, dict[str, Node]]] = {}
        self._seen: dict[Item, Sighting] = {}
        self._published: dict[Item, Sighting] = {}
        self._several: dict[Item, Sighting] = {}
        self._unchecked: dict[tuple[str, str], None] = {}
        self._contracts: dict[int, tuple[Contract, str, dict[tuple[Any, ...], str]]] = {}
        """Each with its name, and those of its messages."""
        self._paths: dict[str, Path] = {}
        self._added: set[int] = set()
        self._counted: dict[tuple[Any, ...], None] = {}

    @property
    def sightings(self) -> Sightings:
        """All of it as data."""
        unchecked = frozenset(self._unchecked)
        return Sightings(
            frozenset(self._items), dict(self._seen), dict(self._published), unchecked, dict(self._several)
        )

    def add(self, contract: Contract) -> None:
        """Count what this contract has, too."""
        if id(contract) in self._added:
            return
        self._added.add(id(contract))
        name = self.name_of(contract)
        for channel in contract.channels:
            self._items[_of_channel(name, channel)] = None
        for operation in contract.operations:
            self._items[_of_operation(name, operation)] = None
        for message in contract.messages:
            self._items.update(dict.fromkeys(self._of_message(contract, message)))

    def name_of(self, contract: Contract) -> str:
        """How the items of a contract name it."""
        return self._named(contract)[1]

    def is_counted(self, place: tuple[Any, ...]) -> bool:
        """Whether the event of this place was counted before; from now on it was."""
        if place in self._counted:
            return True
        if len(self._counted) >= _EVENTS_MOST:
            self._counted.clear()
        self._counted[place] = None
        return False

    def was_counted(self, place: tuple[Any, ...]) -> bool:
        """Whether the event of this place was counted before."""
        return place in self._counted

    def note(
        self,
        contract: Contract,
        channels: Sequence[Channel],
        fitting: Sequence[tuple[Message, dict[str, Any]]],
        sighting: Sighting,
        *,
        published: bool,
    ) -> None:
        """An event fits these messages. With each is its value, key and headers, as far as they could be read.

        Of several messages one was meant: certain is only what all of them show. One that channels refer to by
        several names is one.
        """
        by_place: dict[Any, set[Item]] = {}
        for message, content in fitting:
            by_place.setdefault(message.place.key, set()).update(self._shown(contract, channels, message, content))
        shown = list(by_place.values())
        certain = set.intersection(*shown) if shown else set()
        into = self._published if published else self._seen
        for item in set().union(*shown) & self._items.keys():
            found = into if item in certain else self._several
            found[item] = min(sighting, found.get(item, sighting))

    def _shown(
        self, contract: Contract, channels: Sequence[Channel], message: Message, content: dict[str, Any]
    ) -> Iterator[Item]:
        name, owner = self._names(contract, message)
        about = [one for one in channels if message in one.messages]
        yield from (_of_channel(name, one) for one in about)
        for operation in contract.operations:
            if operation.channel in about and (not operation.messages or message in operation.messages):
                yield _of_operation(name, operation)
        yield Item(name, "message", owner)
        for role, node in self._nodes_of(contract, message).items():
            if role in content:
                yield from _items(name, owner, role, node.shown_by(content[role]))
        if "value" in content:
            examples = _examples(name, owner, message)
            yield from (item for item, payload in examples if equal(_read_back(message, payload), content["value"]))

    def _of_message(self, contract: Contract, message: Message) -> Iterator[Item]:
        name, owner = self._names(contract, message)
        yield Item(name, "message", owner)
        for role, node in self._nodes_of(contract, message).items():
            yield from _items(name, owner, role, node.all())
        yield from (item for item, _ in _examples(name, owner, message))

    def _names(self, contract: Contract, message: Message) -> tuple[str, str]:
        _, name, messages = self._named(contract)
        return name, messages[key_of(message)]

    def _named(self, contract: Contract) -> tuple[Contract, str, dict[tuple[Any, ...], str]]:
        if id(contract) not in self._contracts:
            name = contract_name(contract, self._paths)
            self._paths[name] = contract.path.resolve()
            self._contracts[id(contract)] = contract, name, message_names(contract)
        return self._contracts[id(contract)]

    def _nodes_of(self, contract: Contract, message: Message) -> dict[str, Node]:
        if id(message) not in self._nodes:
            nodes: dict[str, Node] = {}
            called = " ".join(self._names(contract, message))
            if message.payload is None:
                self._unchecked[called, "the contract has no schema of its value"] = None
            for part in message.parts:
                node, why_not = node_of(part)
                if node is None:
                    self._unchecked[f"{called}, {part.role}", why_not] = None
                else:
                    nodes[part.role] = node
            self._nodes[id(message)] = message, nodes
        return self._nodes[id(message)][1]


def _of_channel(contract: str, channel: Channel) -> Item:
    return Item(contract, "channel", channel.id)


def _of_operation(contract: str, operation: Operation) -> Item:
    return Item(contract, "operation", operation.id)


def _examples(contract: str, owner: str, message: Message) -> Iterator[tuple[Item, Any]]:
    names: list[str] = []
    for number, example in enumerate(message.examples, 1):
        if example.has_payload:
            called = show_text(example.name or f"example {number}")
            names.append(called)
            alike = names.count(called)
            called = called if alike == 1 else f"{called} #{alike}"
            yield Item(contract, "example", owner, "", called), example.payload


def _read_back(message: Message, payload: Any) -> Any:
    """An example as events have it: a binary format has numbers of its own."""
    part = message.payload
    if part is None or part.codec is None or part.kind == "json-schema":
        return payload
    try:
        return part.codec.read(part.codec.write(payload))
    except KafkaLibraryError:  # the example is not right, and no event is like it
        return payload


def _items(contract: str, owner: str, role: str, shown: Iterable[tuple[str, str, str]]) -> Iterator[Item]:
    for kind, place, what in shown:
        where = place if role == "value" else f"{role} {place}"
        yield Item(contract, kind, owner, where, what)
