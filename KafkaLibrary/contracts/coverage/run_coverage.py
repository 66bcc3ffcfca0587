"""The coverage of one run: events that tests publish, that waits find and that are held against contracts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from KafkaLibrary.contracts.checking import readings
from KafkaLibrary.contracts.checking.verdicts import Verdict, judge
from KafkaLibrary.contracts.contract import Contract, Message
from KafkaLibrary.contracts.coverage.coverage import Coverage
from KafkaLibrary.contracts.coverage.sightings import Sighting, Sightings, of_contract
from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.event import Event

_A_TEST = 2_000
"""Events of one test that are looked at for the coverage alone; those that are judged anyhow count besides."""

Place = tuple[str, int, int]


class RunCoverage:
    """What the events of this process showed. ``contracts`` may grow while the run goes on."""

    def __init__(self, contracts: Mapping[str, Contract], is_own: Callable[[Event], bool]) -> None:
        """``is_own`` tells of answers that are published beside the tests."""
        self._contracts = contracts
        self._is_own = is_own
        self._coverage = Coverage()
        self._published: dict[Place, int] = {}
        self._test = ""
        self._left = _A_TEST
        self.passed_over = 0
        """Events that were not looked at, since a test had so many."""

    def begin(self, test: str) -> None:
        """A test begins, or with an empty name what is between tests."""
        self._test, self._left = test, _A_TEST

    def published(self, events: Iterable[Event]) -> None:
        """The test published these."""
        for event in events:
            if self._is_in_contract(event):
                self._published[_place(event)] = _fingerprint(event)
                self._look(event)

    def found(self, events: Iterable[Event]) -> None:
        """A wait of the test found these."""
        for event in events:
            if self._is_in_contract(event):
                self._look(event)

    def judged(self, verdict: Verdict) -> None:
        """An event was held against contracts."""
        self._add_contracts()
        place, mark = _place(verdict.event), _fingerprint(verdict.event)
        # One that fits nothing is counted if it is held against another message later.
        if not verdict.fitting or self._coverage.is_counted((*place, mark)):
            return
        is_own = self._published.get(place) == mark or self._is_own(verdict.event)
        sighting = Sighting(round(time.time(), 3), self._test)
        for contract in {id(one.contract): one.contract for one in verdict.fitting}.values():
            messages = [one.message for one in verdict.fitting if one.contract is contract]
            channels = contract.channels_of(verdict.event.topic)
            fitting = [(message, _read(verdict.event, message)) for message in messages]
            self._coverage.note(contract, channels, fitting, sighting, published=is_own)

    @property
    def sightings(self) -> Sightings:
        """All of it as data."""
        self._add_contracts()
        return self._coverage.sightings

    def sightings_of(self, contract: Contract) -> Sightings:
        """What belongs to one contract."""
        return of_contract(self.sightings, self._coverage.name_of(contract))

    def _is_in_contract(self, event: Event) -> bool:
        return any(one.channels_of(event.topic) for one in self._contracts.values())

    def _look(self, event: Event) -> None:
        if self._coverage.was_counted((*_place(event), _fingerprint(event))):
            return
        if self._left <= 0:
            self.passed_over += 1
            return
        self._left -= 1
        try:
            self.judged(judge(event, list(self._contracts.values())))
        except KafkaLibraryError:  # what can't be judged shows nothing
            self.passed_over += 1

    def _add_contracts(self) -> None:
        for contract in self._contracts.values():
            self._coverage.add(contract)


def _place(event: Event) -> Place:
    return event.topic, event.partition, event.offset


def _fingerprint(event: Event) -> int:
    """Tells it from another event at the same place: a topic may be deleted and made again."""
    return hash((event.raw_key, event.raw_value))


def _read(event: Event, message: Message) -> dict[str, Any]:
    """Its value, key and headers by the message, as far as they can be read."""
    found: dict[str, Any] = {}
    for part in message.parts:
        try:
            if part.role == "headers":
                found["headers"] = _fitting(part.codec, readings.headers_of(event, part))
            elif part.role == "key":
                found["key"] = _fitting(part.codec, readings.keys_of(event, part))
            else:
                found["value"] = _fitting(part.codec, readings.values_of(event, part, message.content_type))
        except (readings.Unfit, readings.NotRead, KafkaLibraryError):
            continue
    return found


def _fitting(codec: Any, values: list[Any]) -> Any:
    """The reading that the schema takes."""
    if codec is None or len(values) == 1:
        return values[0]
    return next((one for one in values if not codec.schema.violations(one)), values[0])
