"""Which topics a pattern means, when it is looked up and while a wait goes on."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from datetime import datetime

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.watching.event_source import PendingNames, Source
from KafkaLibrary.watching.topics.patterns import Listing, is_pattern, matching

_CHECK = 0.1
_CHECK_AT_MOST = 2.0
_PAUSES = 20
"""So many times as long as an answer took is the pause before the next question."""
_GIVE_UP_CHECK = 6.0


class TopicsOfPatterns:
    """The topics of one cluster by pattern. Their names are asked for only where there is a pattern."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.known: dict[str, None] = {}
        """The patterns that were asked for, each as a key."""
        self._there: set[str] = set()
        self._meant: dict[str, list[str]] = {}
        """What patterns meant when these topics were there, as they mostly are at the next look, too."""
        self._pending: PendingNames | None = None
        self._asked_at = 0.0
        self._pause = _CHECK

    def look_up(
        self, topics: Iterable[str], followed: Collection[str], at: datetime, deadline: Deadline
    ) -> tuple[list[str], list[Listing]]:
        """The names of topics, of which some are given as patterns, and what those patterns mean ``at`` this moment.

        ``followed`` are topics that were there a while ago: a broker that started just now does not tell of all.
        """
        topics = list(topics)
        patterns = [one for one in topics if is_pattern(one)]
        if not patterns:
            return topics, []
        there = {*self._source.names(deadline), *followed}
        self.known.update(dict.fromkeys(patterns))
        if there != self._there:
            self._there, self._meant = there, {}
        self._meant.update({one: matching([one], there) for one in patterns if one not in self._meant})
        meant = {one: self._meant[one] for one in patterns}
        names = [name for one in topics for name in meant.get(one, [one])]
        listed = [Listing(pattern, frozenset(found), at) for pattern, found in meant.items()]
        return list(dict.fromkeys(names)), listed

    def rest(self) -> None:
        """A wait begins: answers to older questions are dropped."""
        self._pending = None
        self._asked_at = time.monotonic()

    def check(self) -> Collection[str]:
        """The names of all topics, now and then, and mostly none: never waits."""
        elapsed = time.monotonic() - self._asked_at
        if self._pending is not None:
            answer = self._pending.answer()
            if answer is not None or elapsed > _GIVE_UP_CHECK:
                self._pending = None
                self._pause = min(max(_CHECK, _PAUSES * elapsed), _CHECK_AT_MOST)
            return answer or ()
        if elapsed >= self._pause:
            self._asked_at = time.monotonic()
            self._pending = self._source.ask_names()
        return ()
