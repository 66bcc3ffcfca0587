"""Events that matched in a look, and those that could not be judged: what is kept of them and when it is enough."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NoReturn, Protocol

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Event, FirstLook, Record
from KafkaLibrary.headers import as_sent
from KafkaLibrary.matching import Columns, Conditions, KeptColumns, Screen
from KafkaLibrary.watching.event_log import Chunk
from KafkaLibrary.watching.topics.patterns import is_pattern, matches

FirstLookAt = Callable[[str], FirstLook]
"""How the values of a topic can be looked at before they become events."""
_UNJUDGED_KEPT = 3
_FEW = 8
"""Events that are judged one by one: so few cost less than to make a screen for them."""


class Judge(Protocol):
    """Takes the events in turn."""

    def candidates(self, topic: str, chunk: Chunk) -> Iterable[int]:
        """The places of events that have to be judged; of all others it is clear that they don't match."""

    def take(self, record: Record) -> bool:
        """Judge one event. True ends the look."""

    def join(self, topic: str) -> None:
        """One topic more is looked at. Comes before anything else of it."""

    def drop(self, topic: str) -> None:
        """The topic was deleted and made again: its events are judged anew."""


class _AsSent:
    """Reads nothing, so that an event is shown as it was sent."""

    def _not_read(self, event: Event) -> NoReturn:
        raise Undecodable("The wait was stopped before it was read.")

    key = around_key = value = exact_value = own_value = _not_read
    header = staticmethod(as_sent)


AS_SENT = _AsSent()


class Collected:
    """The matching events, and those that could not be judged."""

    lacking: Collection[str] = ()
    """The topics that have no matching event, where each should have one; and patterns that no topic matches."""

    def __init__(
        self,
        decode: Callable[[Record], Event],
        conditions: Conditions,
        first_look: FirstLookAt,
        *,
        count: int | None = None,
        keep_last: int | None = None,
        judge_all: bool = True,
        kept: KeptColumns | None = None,
    ) -> None:
        """``kept`` are the columns of earlier waits."""
        self.events: list[Event] = []
        self.unjudged: list[tuple[Event, str]] = []
        self.unjudged_count = 0
        self._decode = decode
        self._conditions = conditions
        self._count = count
        self._keep_last = keep_last
        self._judge_all = judge_all
        self._kept = kept
        self._screen: Screen | None = None
        self._asked_about = 0
        self._first_look = first_look

    def candidates(self, topic: str, chunk: Chunk) -> Iterable[int]:
        self._asked_about += len(chunk.records)
        if self._screen is None:
            if self._asked_about <= _FEW:
                return range(len(chunk.records))
            self._screen = Screen(self._conditions, judge_all=self._judge_all, kept=self._kept)
        if chunk.columns is None:
            chunk.columns = Columns()
        look = self._first_look(topic)
        return self._screen.candidates(chunk.records, chunk.values, chunk.size, look, chunk.columns)

    def take(self, record: Record) -> bool:
        event = self._decode(record)
        try:
            if not self._conditions.matches(event):
                return False
        except Undecodable as reason:
            self.leave(event, str(reason))
            return False
        self.events.append(event)
        if self._keep_last is not None and len(self.events) > self._keep_last:
            del self.events[0]
        return self._count is not None and len(self.events) >= self._count

    def leave(self, event: Event, reason: str) -> None:
        """This one could not be judged."""
        self.unjudged_count += 1
        if len(self.unjudged) < _UNJUDGED_KEPT:
            self.unjudged.append((event, reason))

    def begin_anew_with_unread(self) -> bool:
        """Whether values were left out unread. Those that can't be judged are then looked for once more."""
        if self._screen is None or not self._screen.leaves_out_unread:
            return False
        self.unjudged.clear()
        self.unjudged_count = 0
        return True

    def join(self, topic: str) -> None:
        """One topic more is looked at."""

    def drop(self, topic: str) -> None:
        """The topic was recreated: its events are judged anew."""
        self.events[:] = [event for event in self.events if event.topic != topic]


class FirstOnEach(Collected):
    """The first matching event of each topic."""

    def __init__(
        self,
        decode: Callable[[Record], Event],
        conditions: Conditions,
        first_look: FirstLookAt,
        topics: Collection[str],
        kept: KeptColumns | None = None,
    ) -> None:
        super().__init__(decode, conditions, first_look, judge_all=False, kept=kept)
        self.lacking: dict[str, None] = dict.fromkeys(topics)

    def join(self, topic: str) -> None:
        self.lacking = {one: None for one in self.lacking if not (is_pattern(one) and matches(one, topic))}
        self.lacking[topic] = None

    def candidates(self, topic: str, chunk: Chunk) -> Iterable[int]:
        return super().candidates(topic, chunk) if topic in self.lacking else ()

    def take(self, record: Record) -> bool:
        if record.topic() in self.lacking:
            super().take(record)
            for event in self.events[-1:]:
                self.lacking.pop(event.topic, None)
        return not self.lacking

    def drop(self, topic: str) -> None:
        super().drop(topic)
        self.lacking[topic] = None
