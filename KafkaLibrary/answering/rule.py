"""One answering: which events are questions, how they are answered, and what became of each."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import quantiles
from typing import Any

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.event import Event
from KafkaLibrary.matching import Conditions
from KafkaLibrary.watching.marks import TopicMark, now

_NUMBERS = itertools.count(1)
_KEPT_FAILURES = 100
_KEPT_UNMATCHED = 5
_KEPT_LATENCIES = 100_000


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds from reading a question to the acknowledgement of its answer, without a wanted delay."""

    count: int
    median: float
    p95: float


@dataclass(eq=False)
class Rule:
    """What one ``Answer Events`` asked for. The thread that answers changes it; others read it under ``changed``."""

    topics: tuple[str, ...]
    conditions: Conditions
    to: str
    make: Callable[[Event], Outgoing]
    times: int | None = None
    delay: float = 0.0
    number: int = field(default_factory=lambda: next(_NUMBERS))
    began: datetime = field(default_factory=now)
    marks: Mapping[str, tuple[TopicMark, int]] = field(default_factory=dict)
    """Where it begins on each topic, and how often that was recreated by then."""
    changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    read: int = 0
    """Events on its topics since it began."""
    questions: int = 0
    """Those that matched and were to be answered."""
    answered: int = 0
    """Those whose answer was acknowledged."""
    beyond: int = 0
    """Those that matched after ``times`` were answered."""
    own: int = 0
    """Those that came of its own answers, and were left alone."""
    open: dict[str, str] = field(default_factory=dict)
    """Questions that are to be answered yet, by their places, and what they wait for."""
    failures: list[str] = field(default_factory=list)
    failed: int = 0
    told: int = 0
    """Failures that the tester was told of."""
    unmatched: list[Event] = field(default_factory=list)
    """The last events that did not match."""
    ended: bool = False
    is_cancelled: bool = False
    base: int = 0
    """Answers of the tests before this one."""
    _latencies: list[float] = field(default_factory=list)

    # By the thread

    def note_unmatched(self, event: Event) -> None:
        with self.changed:
            self.unmatched = [*self.unmatched[1 - _KEPT_UNMATCHED :], event]

    def note_question(self, place: str) -> bool:
        """Whether the question is to be answered: after ``times`` of them no more are."""
        with self.changed:
            if self.times is not None and self.questions >= self.times:
                self.beyond += 1
                return False
            self.questions += 1
            self.open[place] = "its delay is not over" if self.delay else "it was only just read"
            return True

    def note_sent(self, place: str) -> None:
        with self.changed:
            self.open[place] = "its answer is not acknowledged"

    def note_answered(self, place: str, seconds: float) -> None:
        with self.changed:
            self.open.pop(place, None)
            self.answered += 1
            if len(self._latencies) < _KEPT_LATENCIES:
                self._latencies.append(seconds * 1000)
            self.changed.notify_all()

    def note_failure(self, place: str, reason: str) -> None:
        """A question was not answered, or it is not known whether an event is one; or all answering is in trouble."""
        with self.changed:
            self.open.pop(place, None)
            self.failed += 1
            if len(self.failures) < _KEPT_FAILURES:
                self.failures.append(f"{place}: {reason}" if place else reason)
            self.changed.notify_all()

    # By others

    def wait(self, seconds: float, is_enough: Callable[[], bool]) -> bool:
        """Wait for a change, at most that long. Gives whether it is enough."""
        until = time.monotonic() + seconds
        with self.changed:
            while not is_enough():
                left = until - time.monotonic()
                if left <= 0:
                    return False
                self.changed.wait(left)
            return True

    @property
    def answered_in_test(self) -> int:
        """Answers since the test under way began."""
        return self.answered - self.base

    def untold(self) -> tuple[Sequence[str], int]:
        """Failures that nobody was told of, and how many there are; they count as told then."""
        with self.changed:
            new, count = self.failures[self.told :], self.failed - self.told
            self.told = self.failed
            return new, count

    @property
    def latencies(self) -> Latencies | None:
        with self.changed:
            measured = sorted(self._latencies)
        if not measured:
            return None
        median = measured[len(measured) // 2]
        p95 = quantiles(measured, n=20)[-1] if len(measured) > 1 else measured[0]
        return Latencies(len(measured), median, min(p95, measured[-1]))

    def asks_the_same(self, other: Rule) -> bool:
        """Whether both would answer the same events at the same place."""
        return (self.to, self.conditions) == (other.to, other.conditions) and bool({*self.topics} & {*other.topics})

    def __repr__(self) -> str:
        state = "ended" if self.ended else "under way"
        asked = "".join(f"    {text}" for text in self.conditions.texts)
        return f"<Answering of {', '.join(self.topics)}{asked}: {state}, {self.answered} answered>"


@dataclass(slots=True)
class Answer:
    """One answer on its way."""

    rule: Rule
    place: str
    event: Outgoing
    read_at: float
    due: float
    descent: frozenset[int]
    """The numbers of the rules that led to it, its own among them."""

    def told(self, note: Callable[[Answer, str, Any], None]) -> Callable[[str, Any], None]:
        """The delivery callback."""
        return lambda problem, at: note(self, problem, at)
