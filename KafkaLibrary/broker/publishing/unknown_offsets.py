"""The offset of a published event whose acknowledgement tells none: it is looked for in its partition.

When the answer to a request is lost with its leader, the client sends the events again, and counts as
acknowledged what the next leader calls a repetition, without an offset. Mostly such events are there, once;
some were seen that were not. So they are looked for by what was sent, and what is not found counts as not published.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from confluent_kafka import TIMESTAMP_CREATE_TIME

from KafkaLibrary.deadline import Deadline, in_words
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.event import PlainRecord, Record, as_bytes
from KafkaLibrary.watching.event_source import Place

UNKNOWN = -1
"""The offset of such an event until it is found."""
_LEAST = 2.0
_TRIPS = 8
"""Round trips of a reader that is made for it, until it has read."""
_PAUSE = 0.02


class Offsets(Protocol):
    """What finding events needs of the reader."""

    def beginnings(self, places: list[Place], deadline: Deadline) -> dict[Place, int]: ...

    def ends(self, places: list[Place], deadline: Deadline, *, committed: bool) -> dict[Place, int]: ...

    def read(
        self, ranges: Mapping[Place, tuple[int, int]], deadline: Deadline, *, uncommitted: bool
    ) -> Iterator[list[Record]]: ...


def placed(records: Sequence[PlainRecord], reader: Offsets, deadline: Deadline) -> list[PlainRecord]:
    """These records, each with its offset. Raises ``KafkaUnusable`` for one that can't be found in time."""
    unplaced = [record for record in records if record.at[2] < 0]
    if not unplaced:
        return list(records)
    asking = deadline.at_least(_LEAST, _TRIPS)
    found = _found(records, unplaced, reader, asking)
    while not asking.passed and not {_likeness(record) for record in unplaced} <= found.keys():
        threading.Event().wait(asking.slice(_PAUSE))  # the broker may not have written it yet
        found = _found(records, unplaced, reader, asking)
    for record in unplaced:
        if not found.get(_likeness(record)):
            topic, partition = record.topic(), record.partition()
            raise KafkaUnusable(
                f"An event for '{topic}' counts as not published: it was acknowledged without an offset, and not "
                f"found on {topic}[{partition}] within {in_words(asking.seconds)}.\nThe partition leader changed "
                "while it was in flight: it may still arrive."
            )
    return [record if record.offset() >= 0 else _at(record, found[_likeness(record)].pop(0)) for record in records]


def _at(record: PlainRecord, found: Record) -> PlainRecord:
    """The record where it was found, with the time that it has there."""
    return record._replace(at=(*record.at[:2], found.offset() or 0), stamp=found.timestamp())


def _found(
    records: Sequence[PlainRecord], unplaced: Sequence[PlainRecord], reader: Offsets, deadline: Deadline
) -> dict[object, list[Record]]:
    """The events that are like those, by what is alike, without those that others of these have."""
    places = list({(record.topic(), record.partition()) for record in unplaced})
    taken = {record.at for record in records}
    wanted = {_likeness(record) for record in unplaced}
    sent: dict[object, set[int]] = {}
    for one in unplaced:
        sent.setdefault(_likeness(one), set()).add(one.timestamp()[1])
    # Events of one producer keep their order: what lies before the first that is known can't be meant.
    starts = {**reader.beginnings(places, deadline)}
    for place in places:
        first = next(record for record in records if record.at[:2] == place)
        starts[place] = max(starts.get(place, 0), first.offset())
    ends = reader.ends(places, deadline, committed=False)
    ranges = {place: (starts[place], end) for place, end in ends.items()}
    alike: dict[object, list[Record]] = {}
    for batch in reader.read(ranges, deadline, uncommitted=True):
        for record in batch:
            likeness = _likeness(record)
            at = (record.topic() or "", record.partition() or 0, record.offset() or 0)
            if likeness in wanted and at not in taken and _may_be(record, sent[likeness]):
                alike.setdefault(likeness, []).append(record)
    # Where events are alike to the last byte, these are the latest of them.
    counts = Counter(map(_likeness, unplaced))
    return {like: found[-counts[like] :] for like, found in alike.items() if len(found) >= counts[like]}


def _may_be(record: Record, sent: set[int]) -> bool:
    """Whether an event may be one that was sent at these times: an older one is not. Brokers have their own clocks."""
    kind, milliseconds = record.timestamp()
    return kind != TIMESTAMP_CREATE_TIME or milliseconds in sent or -1 in sent


def _likeness(record: Record) -> object:
    """All that an event says of itself, but not its time: that is the broker's where the topic wants it so."""
    headers = tuple((name, as_bytes(value)) for name, value in record.headers() or ())
    return record.topic(), record.partition(), record.key(), record.value(), headers
