"""One Kafka record as the tester sees it: immutable, with its raw bytes, decoded once when asked."""

from __future__ import annotations

from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta, timezone
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar, cast

from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.fields import Fields, OneField, WindowedKey, own_copy, own_tree
from KafkaLibrary.headers import Headers, RawHeader, ReadHeader, Unread, as_text, is_text

__all__ = [
    "Decoded",
    "Decoder",
    "Event",
    "Fields",
    "FirstLook",
    "Headers",
    "OneField",
    "Pick",
    "PlainRecord",
    "Record",
    "Unread",
    "WindowedKey",
    "as_bytes",
    "as_text",
    "own_copy",
    "own_tree",
    "rows",
]

if TYPE_CHECKING:
    from KafkaLibrary.dead_letters import DeadLetter
    from KafkaLibrary.row_changes.change import RowChange

Row = TypeVar("Row", bound=tuple[Any, ...])
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_CREATE_TIME = 1
_SHOWN = 200
_UTF_8 = getincrementaldecoder("utf-8")


class Record(Protocol):
    """What the Kafka client hands over for one event."""

    def topic(self) -> str | None: ...
    def partition(self) -> int | None: ...
    def offset(self) -> int | None: ...
    def timestamp(self) -> tuple[int, int]: ...
    def key(self) -> Any: ...
    def value(self) -> Any: ...
    def headers(self) -> Any: ...


class PlainRecord(NamedTuple):
    """An event's parts as Python values, in the client's own shape."""

    at: tuple[str, int, int]
    stamp: tuple[int, int]
    raw_key: bytes | None
    raw_value: bytes | None
    raw_headers: Sequence[tuple[str, bytes | str | None]] = ()

    def topic(self) -> str:
        return self.at[0]

    def partition(self) -> int:
        return self.at[1]

    def offset(self) -> int:
        return self.at[2]

    def timestamp(self) -> tuple[int, int]:
        return self.stamp

    def key(self) -> bytes | None:
        return self.raw_key

    def value(self) -> bytes | None:
        return self.raw_value

    def headers(self) -> Sequence[tuple[str, bytes | str | None]]:
        return self.raw_headers


def rows(kind: type[Row], *columns: Iterable[Any]) -> list[Row]:
    """Many named tuples at once, from the columns of their fields."""
    return list(map(partial(tuple.__new__, kind), zip(*columns, strict=True)))


class Decoded(NamedTuple):
    """A value as it was read, and the name of the format that read it.

    ``note`` says why it is not of a format with fields, where that was tried, or what stood in front of it; ``schema``
    which one it was read with, ``misfit`` what does not fit it. ``around`` is its envelope, with the content inside.
    """

    content: Any
    format: str
    note: str = ""
    schema: str = ""
    around: Any = None
    misfit: str = ""


Pick = Callable[[Any], "list[Any] | None"]
"""What is at one place of a value, in a list, or an empty one; nothing where this value has to be read for that.
It may raise what ``FirstLook.read`` raises."""


class FirstLook(NamedTuple):
    """How values of a topic can be looked at before they become events."""

    read: Callable[[Any], Any] | None
    """Decodes most of them fast; nothing where a value can't be told from its event.

    Raises ``ValueError``, ``TypeError``, ``RecursionError`` or ``Undecodable`` where it would rather not.
    """
    is_json: bool
    """Whether a field is spelled in the bytes as JSON spells it. What begins with a zero byte never is."""
    apart: Callable[[Sequence[Record], Sequence[bytes | None]], Collection[int]] | None = None
    """The places of those that have to become events, by their records and values: it tells more than a fast look."""
    pick: Callable[[Sequence[str | int]], Pick | None] | None = None
    """The way to the field at these names and places alone, where there is one."""
    enveloped: Enveloped | None = None
    """How values are looked at that come in an envelope, where some may."""


class Enveloped(NamedTuple):
    """Values with an envelope around them. What is in it is not spelled in their bytes as a test asks for it."""

    places: Callable[[Sequence[bytes | None]], Collection[int]]
    """Those of all that may be some."""
    read: Callable[[bytes], Any]
    """What ``FirstLook.read`` is for others: the content. It raises the same, also for what is no envelope."""
    names: frozenset[str]
    """A path that begins with one of these may lead into the envelope: only an event can tell."""


class Decoder(Protocol):
    """How the bytes of one topic's events become keys and values. Raises ``Undecodable``."""

    def key(self, event: Event) -> Any:
        """The key for the tester and for conditions."""

    def header(self, name: str, raw: bytes | None) -> ReadHeader:
        """One header. It raises nothing: what does not fit is ``Unread``."""

    def around_key(self, event: Event) -> Any:
        """The envelope that the key came in; nothing where it came in none."""

    def value(self, event: Event) -> Decoded:
        """The value, fast: numbers with a fraction, an exponent or over 64 bits may be the nearest doubles."""

    def exact_value(self, event: Event) -> Decoded:
        """The value with a ``Decimal`` for each number that has a fraction or an exponent."""

    def own_value(self, event: Event) -> Any:
        """A new copy of the value, with ``Fields`` for its objects, exact integers and doubles."""


class Event:
    """One event, at its place in Kafka.

    ``value`` is a copy for the tester to keep: what is changed in it changes neither the event
    nor what later keywords read.
    """

    __slots__ = (
        *("_change", "_decoder", "_exact", "_headers", "_key", "_letter", "_plain", "_record", "_value"),
        *("cluster", "topic_id"),
    )

    _record: Record
    _decoder: Decoder
    topic_id: str | None
    """The id of the topic it was read from, where that is known: a name may be given to another topic."""
    cluster: object
    """Stands for the Kafka cluster that its offset is of; nothing where it came from none."""

    def __init__(self, record: Record, decoder: Decoder, topic_id: str | None = None, cluster: object = None) -> None:
        _PUT_RECORD(self, record)
        _PUT_DECODER(self, decoder)
        _PUT_TOPIC_ID(self, topic_id)
        _PUT_CLUSTER(self, cluster)

    @classmethod
    def of(
        cls, records: Sequence[Record], decoder: Decoder, topic_ids: Iterable[str | None], cluster: object = None
    ) -> list[Event]:
        """Many at once."""
        events = list(map(object.__new__, repeat(cls, len(records))))
        parts: Iterable[Iterable[Any]] = (records, repeat(decoder), topic_ids, repeat(cluster))
        for put, part in zip(_PUT, parts, strict=True):
            deque(map(put, events, part), maxlen=0)
        return events

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("An event can't be changed. Publish a new one instead.")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("An event can't be changed. Publish a new one instead.")

    @property
    def topic(self) -> str:
        return self._record.topic() or ""

    @property
    def partition(self) -> int:
        number = self._record.partition()
        return -1 if number is None else number

    @property
    def offset(self) -> int:
        number = self._record.offset()
        return -1 if number is None else number

    @property
    def timestamp_ms(self) -> int:
        """Milliseconds since 1970, -1 where the event has none."""
        kind, milliseconds = self._record.timestamp()
        return milliseconds if kind else -1

    @property
    def timestamp(self) -> datetime | None:
        """The moment that the event carries, in UTC; ``None`` where it has none, or none in this calendar."""
        milliseconds = self.timestamp_ms
        try:
            return None if milliseconds < 0 else _EPOCH + timedelta(milliseconds=milliseconds)
        except OverflowError:
            return None

    @property
    def is_read_by_tester(self) -> bool:
        """Whether a function of the tester's reads the value: it is called for what asks of the value alone."""
        return bool(getattr(self._decoder, "is_of_tester", False))

    @property
    def raw_key(self) -> bytes | None:
        return as_bytes(self._record.key())

    @property
    def raw_value(self) -> bytes | None:
        return as_bytes(self._record.value())

    @property
    def is_tombstone(self) -> bool:
        return self._record.value() is None

    @property
    def headers(self) -> Headers:
        headers: Headers = self._once("_headers", lambda event: Headers(event.raw_headers, event._decoder.header))
        return headers

    @property
    def raw_headers(self) -> Sequence[RawHeader]:
        """Names and bytes, in their order."""
        return self._record.headers() or ()

    def read_headers(self) -> list[tuple[str, ReadHeader]]:
        """All of them in their order, with what is known of their formats."""
        read = self._decoder.header
        return [(name, read(name, raw)) for name, raw in self.raw_headers]

    def headers_named(self, name: str) -> list[Any]:
        """What the headers of that name are read as, in their order."""
        read = self._decoder.header
        return [read(name, raw).content for known, raw in self.raw_headers if known == name]

    @property
    def dead_letter(self) -> DeadLetter | None:
        """Where the event died that this is the dead letter of, and why; nothing where its headers tell of no death."""
        letter: DeadLetter | None = self._once("_letter", _letter_of)
        return letter

    @property
    def change(self) -> RowChange | None:
        """Which row of a database changed, and how; nothing where the event does not tell of a row by itself."""
        change: RowChange | None = self._once("_change", _change_of)
        return change

    def with_change(self, change: RowChange | None, decoder: Decoder) -> Event:
        """The same event, read by this decoder, of which somebody found out more than it tells by itself."""
        event = Event(self._record, decoder, self.topic_id, self.cluster)
        object.__setattr__(event, "_change", change)
        return event

    @property
    def key(self) -> Any:
        """The key, decoded by the topic's format; text where nothing else was said."""
        return self._once("_key", self._decoder.key)

    @property
    def around_key(self) -> Any:
        """The envelope that the key came in, see ``Decoded.around``."""
        return self._decoder.around_key(self)

    @property
    def shown_key(self) -> Any:
        """The key for messages: as text or bytes where it can't be read by its format."""
        try:
            key = self.key
            return key.shown if isinstance(key, WindowedKey) else key
        except (Undecodable, KafkaUnusable):
            return as_text(self.raw_key)

    @property
    def value(self) -> Any:
        """The value, decoded by the topic's format. Raises ``Undecodable`` where it does not fit."""
        return self._once("_value", self._decoder.own_value)

    @property
    def format(self) -> str:
        """The name of the format that the value was read by."""
        return self.decoded().format

    def decoded(self, *, exact: bool = False) -> Decoded:
        """The value as the library itself reads it: shared, so never to be changed or handed out.

        Without ``exact`` its floats may be the nearest doubles; with it no number is rounded.
        """
        slot, decode = ("_exact", self._decoder.exact_value) if exact else ("_plain", self._decoder.value)
        return cast("Decoded", self._once(slot, decode))

    def _once(self, slot: str, make: Callable[[Event], Any]) -> Any:
        try:
            return getattr(self, slot)
        except AttributeError:  # it was not asked for yet
            made = make(self)
        object.__setattr__(self, slot, made)
        return made

    @property
    def place(self) -> str:
        """``topic[partition]@offset``, as every message of this library names an event."""
        return f"{self.topic}[{self.partition}]@{self.offset}"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Event):
            return NotImplemented
        return self.place == other.place and self._bytes() == other._bytes()

    def _bytes(self) -> tuple[Any, ...]:
        return self.raw_key, self.raw_value, tuple(map(tuple, self.raw_headers))

    def __hash__(self) -> int:
        return hash(self.place)

    def __repr__(self) -> str:
        parts = [self.place]
        if self._record.key() is not None:
            parts.append(f"key {_shown(self.raw_key)}")
        parts.append("tombstone" if self.is_tombstone else _shown(self.raw_value))
        return f"<Event {' '.join(parts)}>"


# An event is made for each record that a wait looks at, and this is the fastest way past its `__setattr__`.
_PUT: list[Any] = [vars(Event)[name].__set__ for name in ("_record", "_decoder", "topic_id", "cluster")]
_PUT_RECORD, _PUT_DECODER, _PUT_TOPIC_ID, _PUT_CLUSTER = _PUT


def _letter_of(event: Event) -> DeadLetter | None:
    from KafkaLibrary.dead_letters import dead_letter_of  # noqa: PLC0415 - few events are asked

    kind, milliseconds = event._record.timestamp()
    # Where the topic of dead letters has put its own time, that of the event that died is lost.
    return dead_letter_of(event.topic, event.raw_headers, milliseconds if kind == _CREATE_TIME else None)


def _change_of(event: Event) -> RowChange | None:
    from KafkaLibrary.row_changes.change import change_told  # noqa: PLC0415 - few events are asked

    try:
        value = event.value
    except Undecodable:
        return None
    return change_told(value, event.key, event.raw_headers, event.is_tombstone)


def as_bytes(raw: Any) -> bytes | None:
    """The bytes of a part of a record, which the client may have as text."""
    return raw.encode() if isinstance(raw, str) else raw


def _shown(raw: bytes | None) -> str:
    whole = raw or b""
    first = whole[: _SHOWN * 4]
    is_all = len(first) == len(whole)
    try:  # a sign that is cut through is left out
        text = _UTF_8().decode(first, is_all)
        shown = text if is_text(text) else repr(first)
    except UnicodeDecodeError:
        shown = repr(first)
    return shown if is_all and len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
