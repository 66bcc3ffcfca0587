"""Marks: the offsets from which a wait looks, and the tests and suites (scopes) that set them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Literal, NamedTuple

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event
from KafkaLibrary.watching.event_source import Cluster, Place

if TYPE_CHECKING:
    from KafkaLibrary.watching.topics.patterns import Listing

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True, slots=True)
class TopicMark:
    """The offsets that a wait on one topic begins at.

    ``id`` is the topic's own, ``None`` where there was no such topic: offsets of another topic
    under the same name mean nothing. A partition without an offset begins with its first event.
    ``chunk`` is where the log stood, so that a walk need not begin before it. ``by_clock`` says
    that timestamps were asked, not offsets. ``at`` is when it was set, or the moment that it stands for.
    """

    id: str | None
    offsets: Mapping[int, int]
    chunk: int = 0
    by_clock: bool = False
    at: datetime | None = None

    def offset(self, partition: int, topic_id: str | None) -> int:
        """The offset in that partition of the topic that now has this id."""
        return self.offsets.get(partition, 0) if self.id == topic_id else 0


@dataclass(frozen=True, slots=True)
class Mark:
    """What ``Watch Topics`` gives: valid as ``since=`` as long as its topics are there."""

    topics: Mapping[str, TopicMark]
    at: datetime
    listed: tuple[Listing, ...] = ()
    """What the patterns meant that were watched."""
    cluster: Cluster | None = None
    """Where its offsets are those of."""

    def of(self, topic: str) -> TopicMark:
        """The mark of one topic. Raises ``KeywordMisused`` where the mark has another topic's."""
        found = self.topics.get(topic) or of_newer(topic, self.listed)
        if found is None:
            known = ", ".join(f"'{name}'" for name in (*self.topics, *(one.pattern for one in self.listed)))
            raise KeywordMisused(
                f"The mark given as since= is one of {known}, not of '{topic}'.\n"
                f"Watch '{topic}' too, and use that mark."
            )
        return found

    def __repr__(self) -> str:
        places = [
            f"{name}[{number}]@{offset}"
            for name, mark in self.topics.items()
            for number, offset in sorted(mark.offsets.items())
        ]
        places += [one.pattern for one in self.listed]
        return f"<Mark {' '.join(places) or 'of no partition'}>"


class HandedOver(NamedTuple):
    """Marks that were set when a test ended."""

    at: float
    marks: Mapping[str, TopicMark]
    listed: Sequence[Listing]


@dataclass(slots=True)
class Scope:
    """A test or a suite under way: when it began, its marks, and what this connection published in it."""

    kind: Literal["test", "suite"]
    started: datetime
    marks: dict[str, TopicMark] = field(default_factory=dict)
    published: dict[Place, int] = field(default_factory=dict)
    listed: dict[str, Listing] = field(default_factory=dict)
    """What patterns meant when they were first looked up in it."""
    replaced: dict[str, TopicMark | None] = field(default_factory=dict)
    """Of topics that were marked anew in its midst the marks before; nothing where there was none."""

    def note_listed(self, listings: Iterable[Listing]) -> None:
        """Remember the first of each pattern: what it lacks has come in this test or suite."""
        for listing in listings:
            self.listed.setdefault(listing.pattern, listing)

    def mark_of(self, topic: str) -> TopicMark | None:
        """Where this test or suite begins on a topic, as far as that needs no clock."""
        return self.marks.get(topic) or of_newer(topic, self.listed.values())

    def start_of(self, topic: str) -> TopicMark | None:
        """The same, whatever was marked anew since it began."""
        return self.start_mark(topic) or of_newer(topic, self.listed.values())

    def start_mark(self, topic: str) -> TopicMark | None:
        """The mark that was set on a topic when it began, if there is one."""
        return self.replaced[topic] if topic in self.replaced else self.marks.get(topic)

    def mark_anew(self, marks: Mapping[str, TopicMark]) -> None:
        """From now on it looks at topics from there. The start of a test stays where it was.

        That of a suite is where its set-up first says so: which events are meant, its set-up knows better than a clock.
        """
        if self.kind == "test":
            for topic in marks:
                self.replaced.setdefault(topic, self.marks.get(topic))
        self.marks.update(marks)

    def drop(self, topic: str) -> None:
        """Nothing is known of this topic any more."""
        self.marks.pop(topic, None)
        self.replaced.pop(topic, None)

    def note_published(self, firsts: Mapping[Place, int]) -> None:
        """Remember the first offset by partition."""
        for place, offset in firsts.items():
            self.published[place] = min(offset, self.published.get(place, offset))


def of_newer(topic: str, listings: Iterable[Listing]) -> TopicMark | None:
    """The mark of a topic that came after a pattern was looked up that means it: its first event."""
    found = [listing.at for listing in listings if listing.lacks(topic)]
    return TopicMark(None, {}, at=min(found)) if found else None


@dataclass(frozen=True, slots=True)
class Start:
    """A start point as the tester gave it in ``since=``. Nothing given means the test's start."""

    kind: Literal["scope", "earliest", "latest", "test", "suite", "time", "mark", "event"] = "scope"
    moment: datetime | None = None
    mark: Mark | None = None
    event: Event | None = None
    text: str = ""


def milliseconds(moment: datetime) -> int:
    """Kafka's timestamp of a moment."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def now() -> datetime:
    """This moment, with the local time zone."""
    return datetime.now().astimezone()


def there_is(marks: Mapping[str, TopicMark], asked_for: Collection[str]) -> dict[str, TopicMark]:
    """Without what a pattern meant a moment ago and no longer exists."""
    return {name: mark for name, mark in marks.items() if mark.id is not None or name in asked_for}
