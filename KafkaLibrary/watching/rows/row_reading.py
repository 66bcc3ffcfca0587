"""How a wait for row changes reads its events: each as Debezium's envelope, whatever became of that on its way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, NamedTuple

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Decoded, Decoder, Event, FirstLook
from KafkaLibrary.matching import Condition, Conditions
from KafkaLibrary.row_changes.reading import (
    WORDS,
    View,
    header_texts,
    key_names,
    read_envelope,
    read_flattened,
)
from KafkaLibrary.row_changes.tombstones import Before, Place, Tombstones
from KafkaLibrary.watching.event_source import Source

_BACK = 100
"""Events in front of a tombstone that are looked at for its delete. The connector writes both at once."""
_LOOK = 2.0
_KEPT_ROWS = 1000
"""The latest that changed, to tell what a delete says of its row."""
_AROUND = "payload"
_OF_ROWS = {"c", "u", "r"}
"""What can have been done to a row that is there."""
_IS_THERE = "c, u or r"


class _Left(NamedTuple):
    """A row as a change left it, and the offset of its delete, which is read more than once."""

    row: Mapping[str, Any]
    deleted_at: int | None = None


class RowReading:
    """Reads the events of one wait. It remembers deletions, to know the tombstones that follow them."""

    def __init__(self, source: Source, formats: Callable[[str], Decoder]) -> None:
        self._source = source
        self._formats = formats
        self._decoders: dict[str, _RowDecoder] = {}
        self._tombstones = Tombstones(self._look_back)
        self._former: dict[tuple[Any, ...], _Left] = {}
        self._without_before: dict[str, bool] = {}
        """Of topics whether the last update told nothing of the row as it was: its deletes tell the key alone, too."""

    def __call__(self, topic: str) -> _RowDecoder:
        """The decoder of a topic."""
        if topic not in self._decoders:
            self._decoders[topic] = _RowDecoder(self._formats(topic), self)
        return self._decoders[topic]

    def note(self, event: Event) -> None:
        """An event was read, and those in front of it before. Raises ``Undecodable``."""
        if event.is_tombstone:
            self.tombstone(event)
            return
        view = event.decoded().content
        if isinstance(view, View) and view.form == "envelope" and view.get("op") == "u":
            self._without_before[event.topic] = view.get("before") is None
        self._keep_row(event, view)
        self._tombstones.note(_place(event), _before(event, view))

    def _keep_row(self, event: Event, view: Any) -> None:
        if not isinstance(view, View) or view.form != "envelope" or event.raw_key is None:
            return
        row = _row_id(event)
        known = self._former.pop(row, None)
        if isinstance(view.get("after"), dict):
            self._former[row] = _Left(view["after"])
        elif known is not None and known.deleted_at in (None, event.offset):
            self._former[row] = known._replace(deleted_at=event.offset)
        if len(self._former) > _KEPT_ROWS:
            del self._former[next(iter(self._former))]

    def former(self, event: Event) -> Mapping[str, Any] | None:
        """The row as the change before had left it, where that was read not long ago."""
        known = self._former.get(_row_id(event))
        return known.row if known is not None and known.deleted_at in (None, event.offset) else None

    def tells_key_alone(self, topic: str) -> bool:
        """Whether a delete has nothing of its row but the key, by what was read in front of it."""
        return self._without_before.get(topic, False)

    def tombstone(self, event: Event) -> View | None:
        """A tombstone as the deletion that it is; nothing where it only ends one. Raises ``Undecodable``."""
        headers = header_texts(event.raw_headers)
        if str(headers.get("__op")) == "d":
            return read_flattened(None, headers, is_tombstone=True)
        told = self._tombstones.judge(_place(event), event.raw_key)
        if isinstance(told, str):
            raise Undecodable(f"Whether it is a deletion of its own is unknown: {told}.")
        return read_flattened(None, headers, is_tombstone=True) if told else None

    def _look_back(self, place: Place) -> tuple[Iterable[Before], bool]:
        _, topic, partition, offset = place
        first = max(0, offset - _BACK)
        read = self._source.read({(topic, partition): (first, offset)}, Deadline(_LOOK))
        found: list[Event] = []
        with suppress(KafkaUnusable):
            found = [Event(record, self._formats(topic)) for records in read for record in records]
        return [_before_unread(event) for event in reversed(found)], first == 0 and len(found) == offset


class _RowDecoder:
    """Reads a topic's events by its formats, and shows conditions what row changed."""

    # A path asks for what does not stand so in the bytes, so all become events.
    first_look = FirstLook(None, is_json=False)

    def __init__(self, formats: Decoder, reading: RowReading) -> None:
        self._formats = formats
        self._reading = reading
        self.key, self.header = formats.key, formats.header
        self.around_key, self.own_value = formats.around_key, formats.own_value

    def value(self, event: Event) -> Decoded:
        return self._viewed(event, self._formats.value(event))

    def exact_value(self, event: Event) -> Decoded:
        return self._viewed(event, self._formats.exact_value(event))

    def _viewed(self, event: Event, decoded: Decoded) -> Decoded:
        if event.is_tombstone:
            view = self._reading.tombstone(event)
            return decoded if view is None else decoded._replace(content=view)
        schema = decoded.around.get("schema") if decoded.around else None
        known = self._reading
        is_key_alone, former = known.tells_key_alone(event.topic), known.former(event)
        view = view_of(event, decoded.content, schema, is_key_alone=is_key_alone, former=former)
        if view is None:
            return decoded
        around = decoded.around and {**decoded.around, _AROUND: view}
        return decoded._replace(content=view, around=around)


def of_operations(condition: Condition, letters: Collection[str]) -> Condition:
    """The condition on ``op``. A row that is there was not deleted, even where nothing tells what was done to it."""
    told = guarded(condition).path.find

    def find(event: Event, exact: bool = False) -> list[Any]:
        content = event.decoded(exact=exact).content
        if isinstance(content, View) and content.get("op") is None and _OF_ROWS.isdisjoint(letters):
            return [_IS_THERE]
        return told(event, exact)

    return replace(condition, path=replace(condition.path, find=find))


def without_snapshot(condition: Condition) -> Condition:
    """The condition on ``snapshot``, which a change meets, too, that does not tell whether it is one of a snapshot."""

    def find(event: Event, exact: bool = False) -> list[Any]:
        content = event.decoded(exact=exact).content
        return [content.get("snapshot", False)] if isinstance(content, View) else []

    return replace(condition, path=replace(condition.path, find=find))


class RowConditions(Conditions):
    """Conditions on row changes: what is none meets them never, and what an event does not tell decides none."""

    __slots__ = ("_reading",)

    def __init__(self, conditions: Iterable[Condition], own: Iterable[Condition], reading: RowReading) -> None:
        """``own`` are those of the keyword, which know themselves what is not told."""
        super().__init__([*own, *(_by_word_too(guarded(one)) for one in conditions)])
        self._reading = reading

    def matches(self, event: Event) -> bool:
        with suppress(Undecodable):  # where that is left to decide, it is raised again
            self._reading.note(event)
        return super().matches(event) and isinstance(event.decoded().content, View)


def view_of(
    event: Event,
    content: Any,
    schema: Any = None,
    *,
    is_key_alone: bool = False,
    former: Mapping[str, Any] | None = None,
) -> View | None:
    """The change that a value tells of; nothing for what is none."""
    if isinstance(content, View):
        return content
    names = key_names(_key(event))
    envelope = read_envelope(content, names, schema, is_key_alone=is_key_alone, former=former)
    return envelope or read_flattened(content, header_texts(event.raw_headers), names, schema)


def _key(event: Event) -> Any:
    try:
        return event.key
    except (Undecodable, KafkaUnusable):
        return None


def guarded(condition: Condition) -> Condition:
    """The condition, which nothing decides where an event does not tell what it asks for."""
    path = condition.path
    if not path.asks_value:
        return condition
    find, steps = path.find, path.plain_steps

    compares = condition.operator.takes_expected and condition.typed is not None

    def find_what_is_told(event: Event, exact: bool = False) -> list[Any]:
        if path.part and event.is_tombstone:  # Kafka's value, which the change stands in the place of
            return [None]
        content = event.decoded(exact=exact).content
        if isinstance(content, View):
            _check_told(content, steps, path.text, compares=compares)
        return find(event, exact)

    return replace(condition, path=replace(path, find=find_what_is_told))


def _by_word_too(condition: Condition) -> Condition:
    """A condition on ``op``, where that is called by its word, too: `op != delete` is not met by ``d``."""
    path = condition.path
    if path.plain_steps not in (("op",), (_AROUND, "op")) or not path.asks_value:
        return condition
    told = path.find

    def find(event: Event, exact: bool = False) -> list[Any]:
        found = told(event, exact)
        if not isinstance(event.decoded(exact=exact).content, View):
            return found
        return [word for one in found for word in (one, *WORDS.get(str(one), ()))]

    return replace(condition, path=replace(path, find=find))


def _check_told(view: View, steps: Sequence[str | int] | None, text: str, *, compares: bool) -> None:
    if steps is None:
        if view.unknown:
            place, reason = next(iter(view.unknown.items()))
            raise Undecodable(f"{'.'.join(place)} {reason}, and {text} may lead there.")
        return
    within = tuple(steps[1:] if steps[:1] == (_AROUND,) and _AROUND not in view else steps)
    reason = view.why_unknown(within) or (view.why_partly_unknown(within) if compares else "")
    if reason:
        raise Undecodable(f"{reason}.")


def _row_id(event: Event) -> tuple[Any, ...]:
    return event.topic_id, event.topic, event.partition, event.raw_key


def _place(event: Event) -> Place:
    return event.topic_id, event.topic, event.partition, event.offset


def _before_unread(event: Event) -> Before:
    if event.is_tombstone:
        return Before(event.raw_key, False, "")
    try:
        return _before(event, event.decoded().content)
    except Undecodable:
        return Before(event.raw_key, False, "")


def _before(event: Event, content: Any) -> Before:
    view = view_of(event, content)
    return Before(event.raw_key, view is not None and view.is_delete, view.form if view is not None else "")
