"""Topics that come, go and grow during a wait: how often Kafka is asked for their facts, and whether it answers."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping

from KafkaLibrary.deadline import SLICE, Pace
from KafkaLibrary.watching.event_source import PendingFacts, Source, TopicFacts
from KafkaLibrary.watching.topics.followed_topic import Followed

_SLICE_WHILE_MISSING = 0.02
_CHECK_WHILE_MISSING = 0.05
_CHECK = 0.5
_MANY = 10
"""Topics whose facts are asked for every ``_CHECK`` seconds, of more they are asked for less often."""
_CHECK_AT_MOST = 2.0
_GIVE_UP_CHECK = 6.0
_SILENT = 0.5
"""Seconds without an answer after which Kafka is taken not to answer, where it is near."""


class TopicChecks:
    """Questions for the facts of followed topics, one at a time, whose answers nobody waits for."""

    def __init__(self, source: Source, followed: Mapping[str, Followed], pace: Pace) -> None:
        self._source = source
        self._followed = followed
        self._pace = pace
        self._pending: PendingFacts | None = None
        self._asked_at = 0.0
        self.answered_at = 0.0
        """When Kafka answered last, whatever it was asked."""

    def answer(self, topics: Collection[str]) -> Mapping[str, TopicFacts | None] | None:
        """The facts of topics, now and then; mostly nothing, while nothing was asked or there is no answer."""
        now = time.monotonic()
        if self._pending is not None:
            answer = self._pending.answer()
            if answer is not None:
                self._pending = None
                self.answered_at = now
            elif now - self._asked_at > _GIVE_UP_CHECK:
                self._pending = None
            return answer
        if now - self._asked_at >= self._interval(topics):
            self._asked_at = now
            self._pending = self._source.ask(topics)
        return None

    def _interval(self, topics: Collection[str]) -> float:
        if self._missing(topics):
            return _CHECK_WHILE_MISSING
        return min(_CHECK * max(1.0, len(topics) / _MANY), _CHECK_AT_MOST)

    def rest(self, topics: Collection[str]) -> None:
        """A wait begins: the first check is due soon, and answers to older questions are dropped."""
        self._pending = None
        self._asked_at = time.monotonic() + _CHECK - self._interval(topics)
        if self._missing(topics):
            self._asked_at = 0.0

    def is_answering(self, topics: Collection[str]) -> bool | None:
        """Whether Kafka answers; nothing where it was not asked lately."""
        now, silent = time.monotonic(), _SILENT + self._pace.more()
        if self._source.why_unreachable() or (self._pending is not None and now - self._asked_at > silent):
            return False
        return True if now - self.answered_at < self._interval(topics) + silent else None

    def slice(self, topics: Collection[str], *, may_come: bool = False) -> float:
        """Seconds that one pump may take; fewer where a topic may come that is to be read at once."""
        return _SLICE_WHILE_MISSING if may_come or self._missing(topics) else SLICE

    def _missing(self, topics: Collection[str]) -> bool:
        return any(self._followed[name].facts is None for name in topics)
