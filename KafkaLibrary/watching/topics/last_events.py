"""The last events of a topic, wherever a wait would begin."""

from __future__ import annotations

from collections.abc import Iterator

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.event import Record
from KafkaLibrary.watching.event_source import Source

_MOST = 100
"""Offsets of each partition that are looked at: transactions and compaction leave out some."""


def last_records(source: Source, topic: str, deadline: Deadline) -> Iterator[Record]:
    """Those at the end of each partition, the newest first by their timestamps; none where there is no such topic."""
    facts = source.describe([topic], deadline)[topic]
    if facts is None:
        return
    places = [(topic, number) for number in facts.partitions]
    begins, ends = source.beginnings(places, deadline), source.ends(places, deadline)
    ranges = {place: (max(begins.get(place, 0), end - _MOST), end) for place, end in ends.items()}
    found = [record for records in source.read(ranges, deadline) for record in records]
    yield from sorted(found, key=lambda record: (record.timestamp()[1], record.offset() or 0), reverse=True)
