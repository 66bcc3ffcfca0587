"""The reader of the embedded broker, which tells less than Kafka does."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from KafkaLibrary.broker.reading.reader import Reader
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.watching.event_source import PendingFacts, Place, TopicFacts


class EmbeddedReader(Reader):
    """The ``Source`` of the embedded broker, which tells no topic ids and can't look up timestamps."""

    def describe(self, topics: Collection[str], deadline: Deadline) -> dict[str, TopicFacts | None]:
        return {topic: self._describe(topic, deadline) for topic in topics}

    def foresee(self, topics: Collection[str]) -> None:
        """It is never far away."""

    def is_far(self, told: bool) -> None:
        """It is not, however long it takes."""

    def ask(self, topics: Collection[str]) -> PendingFacts:
        return _Answered(self.describe(topics, Deadline(1)))

    def offsets_at(self, places: Collection[Place], milliseconds: int, deadline: Deadline) -> dict[Place, int]:
        found = self.ends(places, deadline)
        beginnings = self.beginnings(places, deadline)
        ranges = {place: (beginnings.get(place, 0), end) for place, end in found.items()}
        for records in self.read(ranges, deadline):
            for record in records:
                place = (record.topic() or "", record.partition() or 0)
                if record.timestamp()[1] >= milliseconds:
                    found[place] = min(found[place], record.offset() or 0)
        return found

    def _describe(self, topic: str, deadline: Deadline) -> TopicFacts | None:
        partitions = self._admin.list_topics(deadline, topic).topics[topic].partitions
        return TopicFacts("", tuple(sorted(partitions))) if partitions else None


class _Answered:
    def __init__(self, facts: Mapping[str, TopicFacts | None]) -> None:
        self._facts = facts

    def answer(self) -> Mapping[str, TopicFacts | None]:
        return self._facts
