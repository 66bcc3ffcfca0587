"""One connection that watches the Kafka in memory, as the keywords use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Literal
from unittest.mock import patch

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaLibraryError
from KafkaLibrary.event import Event, Record
from KafkaLibrary.matching import parse_conditions, parse_path
from KafkaLibrary.reporting.waits import failed_flows, failed_waits
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from KafkaLibrary.watching.marks import Mark, Scope, Start
from KafkaLibrary.watching.waits import Outcome, Request, Waits, by_topic
from KafkaLibrary.watching.watcher import Watcher
from tests.unit.watching.kafka import Clock, InMemorySource, Kafka, Stopped

ROOM = 1 << 20


class Scene:
    """A Kafka, a reader of it and a suite under way."""

    def __init__(
        self, clock: Clock, *, log_bound: int = ROOM, committed: bool = True, kafka: Kafka | None = None
    ) -> None:
        self.clock = clock
        self.kafka = kafka or Kafka(clock)
        self.source = InMemorySource(self.kafka, committed=committed)
        self.watcher = Watcher(self.source, log_bound, [Scope("suite", clock.moment())])
        self.waits = Waits(self.watcher, event_of, lambda topic: FoundDecoder().first_look)
        self.patience = 10.0
        self.told: list[Outcome] = []
        """What waits knew that were stopped."""

    # Tests

    def begin(self, kind: Literal["test", "suite"] = "test") -> None:
        self.watcher.enter(Scope(kind, self.clock.moment()), Deadline(2))

    def end(self) -> None:
        self.watcher.leave()

    def watch(self, *topics: str) -> Mark:
        return self.watcher.watch(topics, Start("latest"), Deadline(10))

    def beside(self) -> Scene:
        """Another connection to the same Kafka."""
        return Scene(self.clock, kafka=self.kafka)

    # Waits

    def request(self, topic: str | tuple[str, ...], cells: tuple[str, ...], since: Any, time: float) -> Request:
        topics = (topic,) if isinstance(topic, str) else topic
        return Request(
            topics, parse_conditions(cells), _start(since), Deadline(time), self.patience, stopped=self._stopped
        )

    def _stopped(self, outcome: Outcome, reason: BaseException) -> None:
        assert isinstance(reason, Stopped)
        self.told.append(outcome)

    def wait(
        self, topic: str | tuple[str, ...], *cells: str, count: int = 1, timeout: float = 5, since: Any = None
    ) -> Outcome:
        return self.waits.first(self.request(topic, cells, since, timeout), count)

    def on_each(
        self, topics: str | tuple[str, ...], *cells: str, timeout: float = 5, since: Any = None
    ) -> tuple[dict[str, str], str]:
        """The first events by topic, as ``topic[partition]@offset``, and why they are not all there."""
        request = self.request(topics, cells, since, timeout)
        outcome = self.waits.first_on_each(request)
        found = {topic: event.place for topic, event in by_topic(request.topics, outcome.events).items()}
        return found, str(failed_waits.not_on_each(outcome, "")) if outcome.lacking else ""

    def found(self, topic: str | tuple[str, ...], *cells: str, timeout: float = 5, since: Any = None) -> str:
        """The first event as ``topic[partition]@offset``, nothing where none came."""
        return ", ".join(event.place for event in self.wait(topic, *cells, timeout=timeout, since=since).events)

    def prove(
        self, topic: str | tuple[str, ...], count: int, *cells: str, within: float = 1, since: Any = None
    ) -> tuple[Outcome, KafkaLibraryError | None]:
        """The outcome of a negative, and why it could not be proven."""
        outcome = self.waits.none_beyond(self.request(topic, cells, since, within), count)
        return outcome, failed_waits.unproven(outcome, missing_ok=False, near_topics="", proving="none came")

    def passes(self, topic: str, count: int, *cells: str, within: float = 1, since: Any = None) -> bool:
        outcome, problem = self.prove(topic, count, *cells, within=within, since=since)
        return problem is None and len(outcome.events) == count

    def refusal(self, topic: str, *cells: str, within: float = 1, since: Any = None) -> str:
        """Why a negative with nothing that matches fails, empty where it passes."""
        outcome, problem = self.prove(topic, 0, *cells, within=within, since=since)
        assert not outcome.events
        return str(problem or "")

    def quiet(self, topic: str, seconds: float, *, timeout: float) -> str:
        """Why a topic was not quiet for that long within the timeout, empty where it was."""
        request = self.request(topic, (), "latest", timeout)
        was_quiet, outcome, since = self.waits.quiet(request, seconds)
        problem = failed_waits.unproven(outcome, missing_ok=False, near_topics="", proving="it was quiet")
        if problem is None and not was_quiet:
            problem = failed_waits.not_quiet(outcome, seconds, since)
        return str(problem or "")

    def strays(self, first: str, second: str, by: str, *, timeout: float = 5, since: Any = None) -> str:
        """Why the events of two topics don't correspond, empty where they do."""
        request = self.request((first, second), (), since, timeout)
        outcome, flow = self.waits.flow(request, dict.fromkeys((first, second), parse_path(by)), 0)
        return str(failed_flows.broken(outcome, flow, first, second, by, "") or "")

    def present(
        self, topic: str | tuple[str, ...], *cells: str, since: Any = None, limit: int | None = None
    ) -> list[str]:
        """The events that are there now, as ``topic[partition]@offset``."""
        return [event.place for event in self.events(topic, *cells, since=since, limit=limit)]

    def unreadable(self, topic: str, *, since: Any = None, timeout: float) -> str:
        """Why not all that is there could be read within that time, empty where it could."""
        outcome = self.waits.present(self.request(topic, (), since, timeout), None)
        return str(failed_waits.unreadable(outcome, "") or "")

    def events(
        self, topic: str | tuple[str, ...], *cells: str, since: Any = None, limit: int | None = None
    ) -> list[Event]:
        return self.waits.present(self.request(topic, cells, since, 10), limit).events


def event_of(record: Record, topic_id: str | None) -> Event:
    return Event(record, FoundDecoder(), topic_id)


def _start(since: Any) -> Start:
    if isinstance(since, Start):
        return since
    if isinstance(since, Mark):
        return Start("mark", mark=since)
    if isinstance(since, Event):
        return Start("event", event=since)
    return Start(since or "scope")


@contextmanager
def a_scene(*, log_bound: int = ROOM, committed: bool = True) -> Iterator[Scene]:
    """All waits in it stand on one clock, which nobody has to wait for."""
    clock = Clock()
    with ExitStack() as stack:
        for room in (
            "deadline",
            "watching.watcher",
            "watching.topics.topic_checks",
            "watching.topics.topics_of_patterns",
            "watching.waits",
        ):
            stack.enter_context(patch(f"KafkaLibrary.{room}.time", clock))
        stack.enter_context(patch("KafkaLibrary.watching.watcher.now", clock.moment))
        yield Scene(clock, log_bound=log_bound, committed=committed)
