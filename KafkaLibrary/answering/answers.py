"""All answerings of a session: begun in a test or a suite, ended with it, and what has to be told then."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from KafkaLibrary.answering import content_of
from KafkaLibrary.answering.answerer import Answerer
from KafkaLibrary.answering.rule import Rule
from KafkaLibrary.deadline import LATE, Deadline
from KafkaLibrary.errors import KafkaLibraryError, KeywordMisused
from KafkaLibrary.event import Event

if TYPE_CHECKING:
    from KafkaLibrary.connection import Connection

_PATIENCE = 2.0
"""Seconds in which a thread ends that is not held up by a function of the tester's."""


class Ended(NamedTuple):
    """What is to be told when answerings end, or a test does that they outlive."""

    rule: Rule
    failures: Sequence[str] = ()
    """New ones, the first of them where they are many."""
    failed: int = 0
    left: Sequence[str] = ()
    """Questions whose answers were not published yet, and why."""


class Answers:
    """The answerings under way, and those that ended in a test or suite that goes on."""

    def __init__(self) -> None:
        self._answerers: dict[int, Answerer] = {}
        self._sent: dict[int, None] = {}
        self._closed: list[Ended] = []
        """What is to be told of those that ended with their connection."""
        self._begun: list[tuple[Rule, int, Connection]] = []

    @property
    def rules(self) -> list[Rule]:
        """Those under way, and those that ended in a test or suite that goes on; the newest last."""
        return [rule for rule, _, _ in self._begun]

    @property
    def under_way(self) -> list[Rule]:
        return [rule for rule in self.rules if not rule.ended]

    def begin(self, rule: Rule, connection: Connection, depth: int, deadline: Deadline) -> None:
        """Answer by this rule until the test or suite ends that is under way. Returns when its marks are set."""
        for other, _, on in self._begun:
            if on is connection and not other.ended and other.asks_the_same(rule):
                raise KeywordMisused(
                    f"Each event would be answered twice: {other!r} began before.\nEnd it with 'Stop Answering', or "
                    "give other conditions."
                )
        answerer = self._answerers.get(id(connection))
        if answerer is None or not answerer.is_alive:
            answerer = self._answerers[id(connection)] = Answerer(connection, self._sent)
        try:
            answerer.begin(rule, deadline)
        except BaseException:
            self._let_go(connection)
            raise
        self._begun.append((rule, depth, connection))

    def settle(self, rules: Collection[Rule], timeout: float) -> None:
        """Wait until all questions that are there by now are answered. Raises ``KafkaUnusable``."""
        for answerer, some, _ in self._by_answerer(rules):
            answerer.settle(some, Deadline(timeout))

    def end(self, rules: Collection[Rule], timeout: float | None = None) -> list[Ended]:
        """End these when all questions that are there by now are answered, and say what there is to tell."""
        for answerer, some, connection in self._by_answerer(rules):
            within = Deadline(timeout or connection.timeout)
            try:
                answerer.settle(some, within)
            except KafkaLibraryError as problem:
                if answerer.is_alive:  # else each rule has the reason by itself
                    some[0].note_failure("", str(problem))
            finally:  # a function of the tester's may return after that: nothing is published then
                for rule in some:
                    rule.ended = True
            with suppress(KafkaLibraryError):  # where it was told above
                answerer.end(some, Deadline(LATE))
            self._let_go(connection)
        return [_ended(rule) for rule in rules]

    def end_scope(self, depth: int) -> list[Ended]:
        """The test or suite of that depth ends: what it began ends, the failures of others are told."""
        ending = [rule for rule, at, _ in self._begun if at >= depth and not rule.ended]
        over = {rule.number for rule, at, _ in self._begun if at >= depth}
        closed, self._closed = self._closed, []
        told = closed + self.end(ending) + [_ended(rule) for rule in self.rules if rule not in ending]
        for rule in self.rules:  # who kept one that is over finds no answers of this test in a later one
            rule.base = rule.answered if rule.number in over else rule.base
        self._begun = [one for one in self._begun if one[0].number not in over]
        for rule in self.rules:  # between tests all answers of the suite count
            rule.base = 0
        return [one for one in told if one.rule in ending or one in closed or one.failed]

    def count_from_now(self) -> None:
        """A test begins, and answers are counted from here."""
        for rule in self.rules:
            rule.base = rule.answered

    def __contains__(self, event: object) -> bool:
        """Whether it is an answer, as far as that is remembered: by what is in it, as it may be read before Kafka has
        said where it is."""
        return isinstance(event, Event) and content_of(event.topic, event.raw_key, event.raw_value) in self._sent

    def close(self, connection: Connection) -> None:
        """The connection is closed: answerings on it end."""
        self._closed += self.end([rule for rule, _, on in self._begun if on is connection and not rule.ended])
        self._begun = [one for one in self._begun if one[2] is not connection]

    def _by_answerer(self, rules: Collection[Rule]) -> list[tuple[Answerer, list[Rule], Connection]]:
        found: dict[int, tuple[Answerer, list[Rule], Connection]] = {}
        for rule, _, connection in self._begun:
            if rule in rules and not rule.ended:
                answerer = self._answerers[id(connection)]
                found.setdefault(id(connection), (answerer, [], connection))[1].append(rule)
        return list(found.values())

    def _let_go(self, connection: Connection) -> None:
        """End the thread where nothing is to be answered any more, or where it hangs."""
        if not any(on is connection and not rule.ended for rule, _, on in self._begun):
            answerer = self._answerers.pop(id(connection), None)
            if answerer is not None:
                answerer.close(_PATIENCE)


def _ended(rule: Rule) -> Ended:
    failures, count = rule.untold()
    left = [f"{place}: {why}" for place, why in rule.open.items()] if rule.ended else []
    return Ended(rule, failures, count, left)
