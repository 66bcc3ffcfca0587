"""The guard of contracts: judges every event on their topics when a test ends, and keeps those that are wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from KafkaLibrary.contracts.checking.verdicts import Verdict, judge, unchecked
from KafkaLibrary.contracts.contract import Contract
from KafkaLibrary.event import Event
from KafkaLibrary.watching.across_topics.topic_guard import TopicGuard
from KafkaLibrary.watching.obstacles_to_proof import Findings

_KEPT = 20
"""Wrong events that are told; the others are counted."""
_EXEMPT_MOST = 100_000


class Found(NamedTuple):
    """What came of one test: wrong events, why others could not be checked, and why more is not known."""

    wrong: list[Verdict]
    more: int
    unchecked: Mapping[str, int]
    """Events by the reason why they were not checked, which was not told before."""
    judged: int
    began: datetime | None
    problems: list[str]
    findings: list[Findings]


class ContractGuard(TopicGuard):
    """Holds events against contracts. ``fails`` says whether a test fails for a wrong one, or is warned of it."""

    def __init__(self, contracts: Mapping[str, Contract], *, fails: bool) -> None:
        super().__init__(topics_of(contracts.values()))
        self._contracts = contracts
        self.fails = fails
        self._exempt: dict[str, None] = {}
        self.told: Callable[[Verdict], None] | None = None
        """Is told each verdict, where the coverage is counted."""
        self._told: set[str] = set()
        self._periods: list[datetime] = []
        self.takes = self._judged = _Judged(self)

    def enter(self, kind: Literal["test", "suite"], started: datetime) -> None:
        """A test or suite begins."""
        self._periods.append(started)
        self._had_test |= kind == "test"

    def leave(self) -> None:
        """It ended."""
        del self._periods[-1:]

    def add(self, contract: Contract) -> tuple[str, ...]:
        """A contract was read while a run is under way. Gives its topics, which are to be watched."""
        topics = topics_of([contract])
        self.topics = tuple(dict.fromkeys([*self.topics, *topics]))
        return topics

    def exempt(self, event: Event) -> None:
        """The test broke this event on purpose."""
        self._exempt[event.place] = None
        while len(self._exempt) > _EXEMPT_MOST:
            del self._exempt[next(iter(self._exempt))]

    def deleted(self, name: str, *, looked_at: bool) -> None:
        self._exempt = {place: None for place in self._exempt if place.rpartition("[")[0] != name}
        super().deleted(name, looked_at=looked_at)

    def verdict_on(self, event: Event) -> Verdict | None:
        """What an event is that was not broken on purpose."""
        return None if event.place in self._exempt else judge(event, list(self._contracts.values()))

    def verdict(self, *, keep: bool = False) -> Found:
        """What was found since the last verdict. ``keep`` leaves the wrong events to the next one, too."""
        problems, findings = self.found()
        judged = self._judged
        if not keep:
            self.takes = self._judged = _Judged(self)
        # What is exempt may have been read before that was known.
        wrong = [one for one in judged.wrong if one.event.place not in self._exempt]
        new = {reason: count for reason, count in judged.unchecked.items() if reason not in self._told}
        self._told.update(new)
        began = self._periods[-1] if self._periods else None
        return Found(wrong, judged.more, new, judged.count, began, problems, findings)


class _Judged:
    def __init__(self, guard: ContractGuard) -> None:
        self._guard = guard
        self.wrong: list[Verdict] = []
        self.more = self.count = 0
        self.unchecked: dict[str, int] = {}

    def take(self, event: Event) -> None:
        verdict = self._guard.verdict_on(event)
        if verdict is None or verdict.state == "no channel":
            return
        self.count += 1
        if self._guard.told is not None:
            self._guard.told(verdict)
        if verdict.state == "wrong":
            if len(self.wrong) < _KEPT:
                self.wrong.append(verdict)
            else:
                self.more += 1
        elif verdict.state == "not checked":
            reason = f"'{event.topic}': {next(unchecked(verdict), 'its channel has no message')}"
            self.unchecked[reason] = self.unchecked.get(reason, 0) + 1


def topics_of(contracts: Iterable[Contract]) -> tuple[str, ...]:
    """The topics of contracts as they can be watched: by name, or by a pattern where the address has parameters."""
    addresses = [one.address for contract in contracts for one in contract.channels if one.address is not None]
    return tuple(dict.fromkeys(one.topic or one.pattern for one in addresses))
