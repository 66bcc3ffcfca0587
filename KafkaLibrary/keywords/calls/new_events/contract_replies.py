"""Answers as contracts describe them: where replies go, examples, and ids that they have in common with questions.

Contracts are asked when an answering begins. What is left for each question asks neither Robot nor a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, NamedTuple

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.contracts import examples
from KafkaLibrary.contracts.checking import verdicts
from KafkaLibrary.contracts.contract import Contract, Example, Location, Message, Reply, once
from KafkaLibrary.contracts.examples import Shown
from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Decoder, Event, PlainRecord
from KafkaLibrary.keywords.calls.new_events import contract_examples
from KafkaLibrary.matching import show_path
from KafkaLibrary.reporting.checks import failed_contracts
from KafkaLibrary.serialization.schemaless import json_format
from KafkaLibrary.serialization.topics.topic_formats import TopicFormats

_PLAIN_NAME = re.compile(r"[\w-]+")


class Correlated(NamedTuple):
    """What tells which question an answer belongs to: as it stands in the question, and where in the answer it goes."""

    value: Any
    to: Location


@dataclass(frozen=True, slots=True)
class Sample:
    """An example of a contract that is sent as an answer, and how it is written."""

    contract: Contract
    message: Message
    example: Example
    channel: str
    value: Callable[[], Any]
    headers: Sequence[tuple[str, Any]]
    format_name: str | None
    schema: Any

    def check(self, made: Outgoing, decoder: Decoder) -> None:
        """Raises ``KeywordMisused`` where the answer is not what the contract asks."""
        event = Event(PlainRecord((made.topic, 0, 0), (1, 0), made.key, made.value, made.headers), decoder)
        verdict = verdicts.judge(event, [self.contract], as_message=self.message.id, channel=self.channel)
        own = [one for one in verdict.candidates if one.message.place.key == self.message.place.key]
        if own and own[0].lacks:
            raise KeywordMisused(failed_contracts.of_example(self.example, own[0], event))


class Replies:
    """What contracts say of the answers to questions on some topics."""

    def __init__(self, contracts: Sequence[Contract], topics: Sequence[str]) -> None:
        self._contracts = contracts
        self._topics = topics
        self._found = [
            (contract, operation.reply)
            for contract in contracts
            for operation in contract.operations
            if operation.reply is not None and any(operation.channel in contract.channels_of(one) for one in topics)
        ]
        asked = [one for contract in contracts for name in topics for one in contract.messages_of(name)]
        self._asked = list(dict.fromkeys(one.correlation_id for one in asked if one.correlation_id is not None))
        self._told: list[Location] = []

    def addresses(self) -> list[str]:
        """Where replies go: where the question says, else on a channel of the contract. Empty where it says nothing.

        Raises ``KeywordMisused`` where operations have their replies on several topics.
        """
        said = {_path_to(reply.address): None for _, reply in self._found if reply.address is not None}
        fixed = {topic: None for _, reply in self._found if (topic := _topic_of(reply))}
        if len(said) > 1 or len(fixed) > 1:
            each = ", ".join([*said, *fixed])
            raise KeywordMisused(f"The contract has several places for replies: {each}.\nGive one as to=.")
        return [*said, *fixed]

    def sample(self, name: str, to: str, formats: TopicFormats, format_name: str | None, schema: Any) -> Sample:
        """The example for answers on a topic. Raises ``KeywordMisused`` where there is none, or more than one."""
        shown, channel = self._shown(name, to)
        value = deepcopy(shown.example.payload)
        if value is None:
            raise KeywordMisused(f"The example '{shown.example.name}' has no value (null): an answer needs one.")
        given = contract_examples.Given(None, None, {}, format_name, schema)
        written_as, by = contract_examples.format_of(formats, shown, value, given)
        known = written_as or formats.of(shown.topic).value_part.name
        self._told = [shown.message.correlation_id] if shown.message.correlation_id is not None else []
        return Sample(
            shown.contract,
            shown.message,
            shown.example,
            channel,
            lambda: contract_examples.written(deepcopy(value), known),
            contract_examples.headers_of(shown.message, shown.example.headers, None),
            written_as,
            by,
        )

    def answered_by(self, to: str) -> None:
        """Answers are no example: they are any of the messages of their topic, where all of these correlate alike."""
        messages = [one for contract in self._contracts for one in contract.messages_of(to)] if "{" not in to else []
        messages = messages or [one for _, reply in self._found for one in reply.messages]
        found = list(dict.fromkeys(one.correlation_id for one in messages))
        self._told = [one for one in found if one is not None] if len(found) == 1 else []

    def correlated(self, question: Event, *, is_needed: bool) -> Correlated | None:
        """What an answer has in common with its question, by their places in the contract.

        Raises ``KeywordMisused`` where it ``is_needed`` and the question lacks it.
        """
        if not self._asked or not self._told:
            return None
        for place in self._asked:
            found = _found(question, place)
            if found is not None:
                return Correlated(found, self._told[0])
        if not is_needed:
            return None
        where = " or ".join(_shown(one) for one in self._asked)
        raise KeywordMisused(f"by the contract the answer takes {where} from the question, and it is missing")

    def _shown(self, name: str, to: str) -> tuple[Shown, str]:
        replies = [(contract, reply) for contract, reply in self._found if "{" in to or _topic_of(reply) in ("", to)]
        for contract, reply in replies:
            meant = _of_messages(reply.messages, name)
            if meant:
                topic = to if "{" not in to else _topic_of(reply) or contract.name
                return Shown(contract, topic, *_single(meant, to)), reply.channel.id if reply.channel else ""
        if "{" in to:
            raise KeywordMisused(f"The contract has no example of an answer{_called(name)} to {self._shown_topics}.")
        messages = once(one for contract in self._contracts for one in contract.messages_of(to))
        meant = _of_messages(messages, name)
        if not meant:
            shown = examples.chosen(self._contracts, to, name, to)  # it says what there is
            return shown, ""
        message, example = _single(meant, to)
        contract = next(one for one in self._contracts if message in one.messages_of(to))
        return Shown(contract, to, message, example), ""

    @property
    def _shown_topics(self) -> str:
        return ", ".join(f"'{one}'" for one in self._topics)


def with_value(correlated: Correlated, value: Any, *, replaces: bool) -> Any:
    """The value with what correlates, where that belongs into it: in place of what an example has there."""
    if correlated.to.source != "value" or not correlated.to.steps:
        return value
    new = correlated.value.decode(errors="replace") if isinstance(correlated.value, bytes) else correlated.value
    return _set(value, correlated.to.steps, new, replaces=replaces)


def header_of(correlated: Correlated) -> tuple[str, Any] | None:
    """The header that correlates, where it is one."""
    if correlated.to.source != "headers" or len(correlated.to.steps) != 1:
        return None
    value = correlated.value
    sent = value if isinstance(value, str | bytes) else json_format.write(value).decode()
    return str(correlated.to.steps[0]), sent


def _topic_of(reply: Reply) -> str:
    return (reply.channel.topic or "") if reply.channel is not None else ""


def _of_messages(messages: Sequence[Message], name: str) -> list[tuple[Message, Example]]:
    """Their examples, or those of the one example or message that is called so."""
    every = [(message, one) for message in messages for one in examples.examples_of(message)]
    if not name:
        return every
    return [(m, one) for m, one in every if one.name == name] or [(m, one) for m, one in every if name in m.names]


def _single(meant: Sequence[tuple[Message, Example]], to: str) -> tuple[Message, Example]:
    """The first one. Raises ``KeywordMisused`` where several messages have some."""
    names = list(dict.fromkeys(message.name for message, _ in meant))
    if len(names) > 1:
        where = "the replies" if "{" in to else f"'{to}'"
        raise KeywordMisused(
            f"Several messages of {where} have examples: {', '.join(names)}.\n"
            f"Give the name of one of them, or of an example: with=example: {names[0]}."
        )
    return meant[0]


def _called(name: str) -> str:
    return f" '{name}'" if name else ""


def _found(question: Event, place: Location) -> Any:
    """What is there: a header's bytes, or a part of the value. Nothing where it is missing or null."""
    if place.source == "headers":
        name = str(place.steps[0]) if len(place.steps) == 1 else ""
        listed = [value for known, value in question.raw_headers if known == name]
        return listed[-1] if listed else None
    try:
        found = question.decoded(exact=True).content
    except Undecodable:
        return None
    for step in place.steps:
        is_inside = isinstance(found, Mapping if isinstance(step, str) else list)
        try:
            found = found[step] if is_inside else None
        except LookupError:
            return None
    return found


def _set(value: Any, steps: Sequence[str | int], new: Any, *, replaces: bool) -> Any:
    """A copy with the field set. What is no object stays as it is."""
    if not steps:
        return new if replaces or value is None else value
    first, *rest = steps
    if value is None and isinstance(first, str):
        value = {}
    if isinstance(value, Mapping) and isinstance(first, str):
        return {**value, first: _set(value.get(first), rest, new, replaces=replaces)}
    if isinstance(value, list) and isinstance(first, int) and first < len(value):
        made = list(value)
        made[first] = _set(value[first], rest, new, replaces=replaces)
        return made
    return value


def _path_to(place: Location) -> str:
    """The location as a placeholder of answers. Raises ``KeywordMisused`` where it can be none."""
    if place.source == "value":
        return f"{{{show_path(list(place.steps))}}}"
    name = str(place.steps[0]) if len(place.steps) == 1 else ""
    if not _PLAIN_NAME.fullmatch(name):
        raise KeywordMisused(f"The contract has replies where {_shown(place)} says.\nGive to=.")
    return f"{{headers.{name}}}"


def _shown(place: Location) -> str:
    if place.source == "value":
        return show_path(list(place.steps))
    return ".".join(["headers", *map(str, place.steps)])
