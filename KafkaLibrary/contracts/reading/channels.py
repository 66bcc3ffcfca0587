"""Channels and operations of a contract, in 2.x and in 3.x."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from KafkaLibrary.contracts.contract import Channel, Message, Operation, Reply, location_of, once
from KafkaLibrary.contracts.documents.documents import Documents, Found
from KafkaLibrary.contracts.documents.places import Note, Place, Unfollowed
from KafkaLibrary.contracts.reading.messages import MessageReader, with_keys
from KafkaLibrary.contracts.topic_names import Address, Parameter, address_of, parameter_of


class ChannelReader:
    """What both versions have in common."""

    def __init__(
        self,
        documents: Documents,
        messages: MessageReader,
        topics: Mapping[str, str],
        note: Callable[[Note], None],
    ) -> None:
        """``topics`` are those of channels whose address is null, by the channel's id."""
        self._documents = documents
        self._messages = messages
        self._topics = topics
        self._note = note
        self.used: set[str] = set()
        """Names in ``topics`` that a channel has."""

    def read(self) -> tuple[list[Channel], list[Operation]]:
        raise NotImplementedError

    def _found(self, content: Any, place: Place, what: str) -> Found | None:
        """What stands there. What can't be read is noted."""
        try:
            found = self._documents.followed(content, place)
        except Unfollowed as reason:
            self._note(Note(place, f"{reason}. This {what} is not checked.", is_gap=True))
            return None
        if not isinstance(found.content, dict):
            self._note(Note(place, f"the {what} is not an object.", is_gap=True))
            return None
        return found

    def _each(self, name: str) -> Iterator[tuple[str, Found]]:
        main = self._documents.main
        place = Place(main, (name,))
        listed = self._found(main.content.get(name, {}), place, name)
        for one, content in (listed.content if listed else {}).items():
            if str(one).startswith("x-"):
                continue
            found = self._found(content, listed.place.at(one) if listed else place, name.removesuffix("s"))
            if found is not None:
                yield one, found

    def _address(self, name: str, found: Found, usual: Any) -> Address | None:
        if name in self._topics:
            self.used.add(name)
            return Address(self._topics[name])
        bound = self._binding(found).get("topic")
        address = address_of(bound or usual, self._parameters(found))
        if address is None:
            said = (
                "it has no address" if bound is None and usual is None else f"'{bound or usual}' is not a Kafka topic"
            )
            advice = f"Give it one: topics={{'{name}': TOPIC}}"
            self._note(Note(found.place, f"{said}. No event is checked against this channel. {advice}", is_gap=True))
        return address

    def _binding(self, found: Found) -> dict[str, Any]:
        try:
            bindings = self._documents.followed(found.content.get("bindings"), found.place.at("bindings"))
            content = bindings.content if isinstance(bindings.content, dict) else {}
            kafka = self._documents.followed(content.get("kafka"), bindings.place.at("kafka")).content
        except Unfollowed as reason:
            self._note(Note(found.place.at("bindings"), f"{reason}. The topic is taken from the address.", is_gap=True))
            return {}
        return kafka if isinstance(kafka, dict) else {}

    def _parameters(self, found: Found) -> dict[str, Parameter]:
        listed = found.content.get("parameters")
        read: dict[str, Parameter] = {}
        for name, content in (listed if isinstance(listed, dict) else {}).items():
            place = found.place.at("parameters", name)
            try:
                known = self._documents.followed(content, place)
                schema = known.content.get("schema") if isinstance(known.content, dict) else None
                if isinstance(schema, dict) and "$ref" in schema:
                    schema = self._documents.followed(schema, known.place.at("schema")).content
                    read[name] = parameter_of({"schema": schema})
                else:
                    read[name] = parameter_of(known.content)
            except Unfollowed as reason:
                self._note(Note(place, f"{reason}. Any value is taken for this parameter.", is_gap=True))
        return read

    def _channel(self, name: str, found: Found, usual: Any, messages: list[Message]) -> Channel:
        address = self._address(name, found, usual)
        topic = address.topic if address is not None else None
        is_of_handler = topic is not None and name.startswith(f"{topic}:")
        if not messages:
            self._note(Note(found.place, "it has no message. No event fits this channel.", is_gap=True))
        bindings = found.content.get("bindings")
        return Channel(
            name, address, found.place, tuple(messages), bindings if isinstance(bindings, dict) else {}, is_of_handler
        )


class ChannelsOf2(ChannelReader):
    """Operations stand in the channels, and a channel's name is its address."""

    def read(self) -> tuple[list[Channel], list[Operation]]:
        channels, operations = [], []
        for name, found in self._each("channels"):
            parts = [
                (action, operation)
                for action in ("publish", "subscribe")
                if action in found.content
                and (operation := self._found(found.content[action], found.place.at(action), "operation"))
            ]
            messages = [self._messages_of(name, operation) for _, operation in parts]
            channel = self._channel(name, found, name, once(one for several in messages for one in several))
            channels.append(channel)
            for (action, operation), own in zip(parts, messages, strict=True):
                called = str(operation.content.get("operationId") or f"{name}.{action}")
                operations.append(Operation(called, action, channel, operation.place, tuple(own)))
        return channels, operations

    def _messages_of(self, channel: str, operation: Found) -> list[Message]:
        if "message" not in operation.content:
            return []
        return self._messages.read(operation.content["message"], operation.place.at("message"), channel)


class ChannelsOf3(ChannelReader):
    """Operations stand beside the channels, and name some of their messages."""

    def read(self) -> tuple[list[Channel], list[Operation]]:
        read: dict[Any, tuple[Channel, dict[Any, list[Message]]]] = {}
        for name, found in self._each("channels"):
            by_place = self._messages_of(found)
            messages = with_keys(once(one for several in by_place.values() for one in several), self._note)
            usual = found.content.get("address")
            read[found.place.key] = self._channel(name, found, usual, messages), by_place
        operations = [one for name, found in self._each("operations") if (one := self._operation(name, found, read))]
        return [channel for channel, _ in read.values()], operations

    def _messages_of(self, channel: Found) -> dict[Any, list[Message]]:
        listed = channel.content.get("messages")
        return {
            channel.place.at("messages", name).key: self._messages.read(
                content, channel.place.at("messages", name), str(name)
            )
            for name, content in (listed if isinstance(listed, dict) else {}).items()
        }

    def _operation(self, name: str, found: Found, channels: Any) -> Operation | None:
        channel = self._channel_of(found, channels, "operation")
        if channel is None:
            return None
        messages = self._some(found, channel[1]) if "messages" in found.content else list(channel[0].messages)
        reply = self._reply(found, channels)
        action = str(found.content.get("action", ""))
        return Operation(name, action, channel[0], found.place, tuple(messages), reply)

    def _channel_of(self, found: Found, channels: Any, what: str) -> Any:
        place = found.place.at("channel")
        known = self._found(found.content.get("channel"), place, f"channel of the {what}")
        if known is None:
            return None
        if known.place.key not in channels:
            self._note(Note(place, f"the {what} is about a channel that is not among the `channels`."))
            return None
        return channels[known.place.key]

    def _some(self, found: Found, by_place: Any) -> list[Message]:
        messages = []
        listed = found.content.get("messages")
        for index, one in enumerate(listed if isinstance(listed, list) else ()):
            place = found.place.at("messages", index)
            try:
                own = self._own_of(one, place, by_place)
            except Unfollowed as reason:
                self._note(Note(place, f"{reason}."))
                continue
            if not own:
                self._note(Note(place, "it is not a message of the operation's channel."))
            messages += own
        return once(messages)

    def _own_of(self, one: Any, place: Place, by_place: Any) -> list[Message]:
        """The messages of the channel that a reference means: to the channel, or to what its message refers to."""
        seen: Any = Found(one, place)
        while isinstance(seen.content, dict) and isinstance(seen.content.get("$ref"), str):
            seen = self._documents.referred(seen.content["$ref"], seen.place.document)
            if seen.place.key in by_place:
                own: list[Message] = by_place[seen.place.key]
                return own
        return [m for several in by_place.values() for m in several if m.place.key == seen.place.key]

    def _reply(self, found: Found, channels: Any) -> Reply | None:
        if "reply" not in found.content:
            return None
        reply = self._found(found.content["reply"], found.place.at("reply"), "reply")
        if reply is None:
            return None
        channel = self._channel_of(reply, channels, "reply") if "channel" in reply.content else None
        address = None
        if "address" in reply.content:
            where = self._found(reply.content["address"], reply.place.at("address"), "address of the reply")
            address = location_of(where.content.get("location")) if where is not None else None
        messages: list[Message] = []
        if channel is not None:
            messages = self._some(reply, channel[1]) if "messages" in reply.content else list(channel[0].messages)
        return Reply(channel[0] if channel else None, tuple(messages), address, reply.place)
