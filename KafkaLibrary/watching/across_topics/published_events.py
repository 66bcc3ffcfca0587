"""Who published what died, and which dead letters a test or a suite expects."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.matching import Conditions
from KafkaLibrary.watching.event_source import Place
from KafkaLibrary.watching.topics.patterns import is_pattern, matches

_SPANS = 10_000
"""Runs of offsets by partition, and contents, of which it is known who published them."""
_FEW = 100
"""Events of one keyword whose contents are remembered."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Letters that a test is told to expect: all parts that are given have to fit."""

    topics: tuple[str, ...] = ()
    died: Conditions | None = None
    told: Conditions | None = None
    place: str = ""
    said: str = ""
    """The arguments as they were given, for messages; empty for any letter, and for one that was found."""

    def takes(self, letter: Event) -> bool:
        """Whether the letter is one of these. One that may be that of the event, and tells too little, is."""
        if self.place and letter.place != self.place:
            return False
        if self.topics and not any(is_named(letter.topic, one) for one in self.topics):
            return False
        return _holds(self.died, letter, unknown=True) and _holds(self.told, letter, unknown=False)


def _holds(conditions: Conditions | None, letter: Event, *, unknown: bool) -> bool:
    try:
        return conditions is None or conditions.matches(letter)
    except Undecodable:
        return unknown
    except KafkaUnusable:
        return False


@dataclass(slots=True, eq=False)
class Period:
    """A test, or a suite with what runs in it outside its tests: who publishes, and which letters it expects."""

    kind: Literal["test", "suite"]
    name: str
    around: Period | None = None
    expected: list[Expected] = field(default_factory=list)

    def expects(self, letter: Event) -> bool:
        """Whether the letter was expected by it or by a suite around it."""
        if any(one.takes(letter) for one in self.expected):
            return True
        return self.around is not None and self.around.expects(letter)

    def said_to_expect(self) -> list[str]:
        """What was said to be expected, of the suites around it too."""
        around = self.around.said_to_expect() if self.around is not None else []
        return [*around, *(one.said for one in self.expected if one.said)]


class Published:
    """Who published what, as long as that is remembered."""

    def __init__(self) -> None:
        self._spans: dict[Place, deque[tuple[int, int, Period]]] = {}
        self._contents: dict[bytes, Period] = {}

    def note(self, records: Sequence[PlainRecord], by: Period) -> None:
        """These were published by that test or suite."""
        for topic, partition, offset in (record.at for record in records):
            spans = self._spans.setdefault((topic, partition), deque(maxlen=_SPANS))
            if spans and offset < spans[-1][1]:
                self.forget(topic)  # offsets only grow in one topic: this is another one of that name
                spans = self._spans[topic, partition] = deque(maxlen=_SPANS)
            if spans and spans[-1][1] == offset and spans[-1][2] is by:
                spans[-1] = (spans[-1][0], offset + 1, by)
            else:
                spans.append((offset, offset + 1, by))
        for record in records[-_FEW:]:
            for content in (_digest(record.raw_key, record.raw_value), _digest(None, record.raw_value)):
                self._contents.pop(content, None)
                self._contents[content] = by
        while len(self._contents) > 2 * _SPANS:
            del self._contents[next(iter(self._contents))]

    def forget(self, topic: str) -> None:
        """The topic was deleted: its offsets mean nothing any more."""
        for place in [place for place in self._spans if place[0] == topic]:
            del self._spans[place]

    def by(self, letter: Event) -> Period | None:
        """Who published what died. A letter that tells no place is known by its key and value.

        Some frameworks lose the key, or tell the place of an event that they made: then it is known by the value.
        """
        origin = letter.dead_letter and letter.dead_letter.origin
        if origin and origin.is_of_made_event:
            return self._contents.get(_digest(None, letter.raw_value))
        if origin and origin.partition is not None and origin.offset is not None:
            spans = self._spans.get((origin.topic, origin.partition), ())
            return next((by for first, stop, by in reversed(spans) if first <= origin.offset < stop), None)
        return self._contents.get(_digest(letter.raw_key, letter.raw_value))


def _digest(key: bytes | None, value: bytes | None) -> bytes:
    """What stands for a key and a value, however long they are."""
    parts = hashlib.blake2b(digest_size=16)
    for part in (key, value):
        parts.update(b"-" if part is None else b"%d:%b" % (len(part), part))
    return parts.digest()


def is_named(topic: str, name: str) -> bool:
    """Whether the topic is the one of that name, or one of that pattern."""
    return matches(name, topic) if is_pattern(name) else topic == name
