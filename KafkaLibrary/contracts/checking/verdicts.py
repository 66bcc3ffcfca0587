"""Whether an event is what a contract says: the messages that it fits, or what it lacks of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from KafkaLibrary.contracts.checking import readings
from KafkaLibrary.contracts.checking.candidates import Candidate, Lack, distances
from KafkaLibrary.contracts.checking.selection import is_another, record_of, selected
from KafkaLibrary.contracts.contract import Channel, Contract, Message, named
from KafkaLibrary.contracts.schemas.parts import Part, Role
from KafkaLibrary.errors import KafkaLibraryError, KafkaUnusable
from KafkaLibrary.event import Event
from KafkaLibrary.serialization.schemas.codecs import Codec

State = Literal["fits", "wrong", "not checked", "no channel"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one event. ``candidates`` have the nearest first; those that fit stand in front."""

    event: Event
    state: State
    candidates: tuple[Candidate, ...] = ()
    said: str = ""
    """What told which messages are meant."""
    contracts: tuple[Contract, ...] = ()

    @property
    def fitting(self) -> list[Candidate]:
        return [one for one in self.candidates if one.fits]


def judge(event: Event, contracts: Sequence[Contract], *, as_message: str = "", channel: str = "") -> Verdict:
    """Hold an event against all messages that the contracts have for its topic, or those of that name or channel."""
    candidates: list[Candidate] = []
    said = ""
    for contract in contracts:
        channels = [one for one in contract.channels_of(event.topic) if not channel or one.id == channel]
        if channel and not channels:
            channels = [one for one in contract.channels if one.id == channel]
        messages = list({id(one): one for known in channels for one in known.messages}.values())
        if as_message:
            chosen = tuple(named(messages, as_message))
        else:
            chosen, told = selected(event, messages)
            said = said or told
        candidates += [_checked(event, contract, one, channels) for one in chosen]
    about = tuple(one for one in contracts if one.channels_of(event.topic))
    if not candidates and not about:
        return Verdict(event, "no channel", contracts=tuple(contracts))
    if len(candidates) > 1:
        far = distances(candidates)
        candidates.sort(key=lambda one: (bool(one.lacks), bool(one.unchecked), far[id(one)]))
    return Verdict(event, _state(candidates), tuple(candidates), said, about or tuple(contracts))


def _state(candidates: Sequence[Candidate]) -> State:
    if any(one.fits for one in candidates):
        return "fits"
    return "not checked" if any(not one.lacks for one in candidates) else "wrong"


def _checked(event: Event, contract: Contract, message: Message, channels: Sequence[Channel]) -> Candidate:
    candidate = Candidate(contract, message)
    if message.payload is None:
        candidate.unchecked.append("the contract has no schema of its value")
    for part in message.parts:
        if part.codec is None:
            told = candidate.remarks if part.asks_nothing and part.role != "value" else candidate.unchecked
            told.append(f"{part.role}: {part.gap}")
            continue
        try:
            candidate.lacks += _lacks(event, message, part, part.codec, channels, candidate)
        except readings.NotRead as reason:
            candidate.unchecked.append(f"{part.role}: {reason}")
        except readings.Unfit as reason:
            candidate.lacks.append(Lack(part.role, said=str(reason)))
        except KafkaUnusable:  # nothing of the contract: with Kafka or the registry there it may be wrong
            raise
        except KafkaLibraryError as reason:  # a reference that nobody can follow, a schema without end
            candidate.unchecked.append(f"{part.role}: {_first_line(reason)}")
    return candidate


def _lacks(
    event: Event, message: Message, part: Part, codec: Codec, channels: Sequence[Channel], candidate: Candidate
) -> list[Lack]:
    if part.role == "headers":
        headers = readings.headers_of(event, part)
        plain = all(isinstance(one, str | int | Decimal | None) for one in headers[0].values())
        certain = codec.schema.certainly_fits if plain and codec.kind == "json-schema" else None
        return _nearest("headers", codec, headers, certain)
    if part.role == "key":
        keys = readings.keys_of(event, part)
        plain = isinstance(keys[0], str | int) and codec.kind == "json-schema"
        return _nearest("key", codec, keys, codec.schema.certainly_fits if plain else None)
    values = readings.values_of(event, part, message.content_type)
    record = record_of(event) if part.kind != "json-schema" else ""
    if record and part.name and is_another(record, part):
        return [Lack("value", said=f"its schema says that it is '{record}', and not '{part.name}'")]
    is_as_sent = codec.kind == "json-schema" and event.decoded(exact=True).format == "json"
    # What tells fast that a value fits is for JSON: numbers of other values may be doubles.
    certain = codec.schema.certainly_fits if is_as_sent else None
    lacks = _nearest("value", codec, values, certain, is_as_sent=is_as_sent)
    if lacks and any(one.is_of_handler for one in channels) and _is_of_a_batch(part, values):
        candidate.remarks.append("it fits as one event of a batch, which the contract describes as a list")
        return []
    return lacks


def _is_of_a_batch(part: Part, values: Sequence[Any]) -> bool:
    if part.element is None or any(isinstance(value, list) for value in values):
        return False
    return not _nearest("value", part.element, values)


def _nearest(
    role: Role, codec: Codec, values: Sequence[Any], certain: Any = None, *, is_as_sent: bool = False
) -> list[Lack]:
    """What the likeliest reading lacks; nothing where any of them fits."""
    if certain is not None and certain(values[0]):
        return []
    check = codec.schema.violations_as_sent if is_as_sent else codec.schema.violations
    found = [check(value) for value in values]
    return [] if any(not one for one in found) else [Lack(role, one) for one in found[0]]


def _first_line(problem: Exception) -> str:
    return str(problem).split("\n", maxsplit=1)[0].rstrip(".")


def unchecked(verdict: Verdict) -> Iterator[str]:
    """Why the event could not be checked, each reason once."""
    reasons = (
        f"'{one.message.name}': {reason}" for one in verdict.candidates if not one.lacks for reason in one.unchecked
    )
    yield from dict.fromkeys(reasons)
