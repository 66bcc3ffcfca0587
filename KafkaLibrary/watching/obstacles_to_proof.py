"""What prevents the proof that no event came: partitions that could not be read to their ends, and events lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from KafkaLibrary.watching.event_source import Place
from KafkaLibrary.watching.topics.followed_topic import Followed


@dataclass(slots=True)
class Findings:
    """What a look found beside the events, by the end of its time."""

    read: int = 0
    read_by_topic: dict[str, int] = field(default_factory=dict)
    unreachable: str = ""
    not_reached: dict[Place, tuple[int, int]] = field(default_factory=dict)
    open_transactions: dict[Place, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    trimmed: dict[Place, tuple[int, int]] = field(default_factory=dict)
    made_again: list[str] = field(default_factory=list)
    unread: dict[Place, str] = field(default_factory=dict)

    @property
    def hindered(self) -> bool:
        """Whether anything stands in the way of a proof."""
        parts = (self.unreachable, self.not_reached, self.open_transactions, self.missing)
        return any((*parts, self.trimmed, self.made_again, self.unread))

    def note_not_reached(
        self,
        topics: Mapping[str, Followed],
        goals: Mapping[Place, int],
        committed: Mapping[Place, int],
        high: Mapping[Place, int],
    ) -> None:
        """Partitions that were to be read to a goal and were not: behind a transaction, or not in time."""
        for (name, number), end in goals.items():
            place, position = (name, number), topics[name].positions.get(number, 0)
            stable = committed.get(place, end)
            if stable <= position < high.get(place, end):
                self.open_transactions[place] = stable
            elif position < end:
                self.not_reached[place] = (position, end)

    def note_losses(self, topic: Followed, begin_offset: Callable[[Place], int]) -> None:
        """What of a topic was trimmed or could not be read from where the look begins."""
        for number, start, stop in topic.trimmed:
            begin = begin_offset((topic.name, number))
            if stop > begin:
                self.trimmed[topic.name, number] = (max(start, begin), stop)
        for number, (offset, reason) in topic.failures.items():
            if offset >= begin_offset((topic.name, number)):
                self.unread[topic.name, number] = reason
