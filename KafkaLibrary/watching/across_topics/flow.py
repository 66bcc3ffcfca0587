"""A wait that pairs the events of two topics: each is looked at once, and nothing of it is kept but where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Event, FirstLook, Record
from KafkaLibrary.matching import Conditions, Path
from KafkaLibrary.matching.sequences.correspondence import Correspondence
from KafkaLibrary.matching.sequences.identities import Identity, identity_of, identity_of_text
from KafkaLibrary.matching.sequences.order import WithoutValue, one_value
from KafkaLibrary.watching.event_log import Chunk
from KafkaLibrary.watching.matches import Collected, FirstLookAt

_UNREADABLE = (ValueError, TypeError, RecursionError, Undecodable)
_KEPT = 20
_NULL = "is null, and many may be"


class Flow(Collected):
    """Pairs the events of the first topic with those of the second, by the value at a path of each."""

    def __init__(self, decode: Callable[[Record], Event], first_look: FirstLookAt, paths: Mapping[str, Path]) -> None:
        super().__init__(decode, Conditions([]), first_look)
        self.pairs = Correspondence()
        self.without: list[WithoutValue] = []
        """Events that have no value to compare, the first of them."""
        self.without_count = 0
        self.read = dict.fromkeys(paths, 0)
        """Events of each topic, those without a value too."""
        self._paths = paths
        self._sides = {name: side for side, name in enumerate(paths)}

    def candidates(self, topic: str, chunk: Chunk) -> Iterable[int]:
        """None: all are taken here, whole columns at a time."""
        if not chunk.records:
            return ()
        self.read[topic] += len(chunk.records)
        look, path = self._first_look(topic), self._paths[topic]
        kind: Any = type(chunk.records[0])
        identities = self._fast(path, look, chunk)
        for place in _told_otherwise(look, chunk):
            identities[place] = None
        if None in identities:
            identities = [
                self._slowly(record, path) if identity is None else identity
                for identity, record in zip(identities, chunk.records, strict=True)
            ]
        at = zip(*(map(part, chunk.records) for part in (kind.partition, kind.offset, kind.timestamp)), strict=True)
        events = zip(identities, at, strict=True)
        self.pairs.take(self._sides[topic], (one for one in events if one[0] is not None) if self.without else events)
        return ()

    @staticmethod
    def _fast(path: Path, look: FirstLook, chunk: Chunk) -> list[Any]:
        """The identities of most events, and nothing for those for which an event has to be made."""
        read, get, steps = look.read, path.get_plainly, path.plain_steps
        pick = look.pick(steps) if look.pick is not None and steps else None
        if pick is not None:
            return [_identity(pick, raw) for raw in chunk.values]
        if read is None or get is None:
            return [None] * len(chunk.values)
        if not steps or len(steps) > 1 or not isinstance(steps[0], str):  # a text has places, too, and no path into it
            return [_identity(lambda raw: get(read(raw)), raw) for raw in chunk.values]
        (name,) = steps
        # Most paths have one name, and every event of both topics comes through here.
        identities: list[Any] = []
        take = identities.append
        for raw in chunk.values:
            try:
                value = read(raw)[name]
            except (LookupError, *_UNREADABLE):
                value = None
            of = type(value)
            take(value if of is int else identity_of_text(value) if of is str else None)
        return identities

    def _slowly(self, record: Record, path: Path) -> Identity | None:
        event = self._decode(record)
        value = one_value(event, path)
        identity = None if isinstance(value, WithoutValue) else identity_of(value)
        if identity is None:
            self.without_count += 1
            if len(self.without) < _KEPT:
                self.without.append(
                    value if isinstance(value, WithoutValue) else WithoutValue(event, f"{path.text} {_NULL}")
                )
        return identity

    @property
    def is_complete(self) -> bool:
        """Whether each event has its one, as far as was read."""
        return self.pairs.is_complete and not self.without_count


def _identity(pick: Callable[[Any], Any], raw: bytes | None) -> Identity | None:
    try:
        found = pick(raw)
    except _UNREADABLE:
        return None
    value = found[0] if found and len(found) == 1 else None
    # Any other number may be rounded.
    return value if type(value) is int else identity_of_text(value) if type(value) is str else None


def _told_otherwise(look: FirstLook, chunk: Chunk) -> Iterator[int]:
    """The places of events that tell more, or something else, than a fast look at their bytes."""
    if look.apart:
        yield from look.apart(chunk.records, chunk.values)
    if look.enveloped:
        yield from look.enveloped.places(chunk.values)
