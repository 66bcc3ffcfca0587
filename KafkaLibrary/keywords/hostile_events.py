"""Hostile events: what a consumer meets one day, published on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, permutations
from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import ExpectationFailed, KafkaLibraryError, KafkaUnusable, KeywordMisused, Undecodable
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.keywords.calls import arguments, covering, since_and_timeout
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note
from KafkaLibrary.secrets.robot_secret import refuse_hidden
from KafkaLibrary.session import Session

if TYPE_CHECKING:
    from KafkaLibrary.broker.groups import catching_up, committed_offsets
    from KafkaLibrary.broker.groups.catching_up import CatchingUp
    from KafkaLibrary.broker.publishing import delivery_reports
    from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
    from KafkaLibrary.event import Decoder
    from KafkaLibrary.keywords.calls.new_events import breaking, broken_events, outgoing_events
    from KafkaLibrary.keywords.contracts import given_contracts
    from KafkaLibrary.watching.event_source import Place
else:
    catching_up = LazyModule("KafkaLibrary.broker.groups.catching_up")
    committed_offsets = LazyModule("KafkaLibrary.broker.groups.committed_offsets")
    breaking = LazyModule("KafkaLibrary.keywords.calls.new_events.breaking")
    given_contracts = LazyModule("KafkaLibrary.keywords.contracts.given_contracts")
    broken_events = LazyModule("KafkaLibrary.keywords.calls.new_events.broken_events")
    delivery_reports = LazyModule("KafkaLibrary.broker.publishing.delivery_reports")
    outgoing_events = LazyModule("KafkaLibrary.keywords.calls.new_events.outgoing_events")

_MOST = 5
"""Events of which all orders are published: five have 120 of them."""
_LOOK = 1.0
_REMEMBERED = 1000


class HostileEvents(LibraryComponent):
    """Keywords that publish what a consumer has to survive, and the check that it did."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._broken: dict[tuple[str, int, int], str] = {}
        """What was done to the broken events, by their places."""

    @keyword
    def publish_duplicates(self, event: Any, times: Any = 2, *, timeout: Any = None) -> list[Event]:
        """Publishes an event ``times`` more times, as a retrying producer or an outbox does, and returns them.

        Its key, value, headers and timestamp are the same bytes, so its event id is the same, and they go to the same
        partition. Only the offsets differ.

        Example:
        | ${order}=    `Publish Event`    orders    {"eventId": "E-1", "orderId": 42}    key=42
        | ${again}=    `Publish Duplicates`    ${order}    times=2
        | Should Be Equal    ${again[1].raw_value}    ${order.raw_value}
        """
        known = arguments.event(event)
        count = arguments.whole_number(times, "times", 1)
        copies = [_copy(known)] * count
        return self._send(copies, timeout, f"It is published {count} more times: {known.place}.")

    @keyword
    def publish_late_event(self, event: Any, by: Any, *, timeout: Any = None) -> Event:
        """Publishes an event again with a timestamp ``by`` earlier than its own, and returns it.

        It arrives after later events, in the same partition. A Kafka Streams window drops it if ``by`` is more than
        the window plus its grace period. If the topic has ``message.timestamp.type=LogAppendTime``, Kafka sets its own
        time instead.

        Example:
        | ${order}=    `Publish Event`    orders    {"orderId": 42}    key=42
        | ${late}=    `Publish Late Event`    ${order}    by=2 h
        | Should Be True    ${order.timestamp_ms} - ${late.timestamp_ms} == 2 * 60 * 60 * 1000
        """
        known = arguments.event(event)
        if known.timestamp_ms < 0:
            raise KeywordMisused(f"{known.place} has no timestamp to subtract from.")
        earlier = round(since_and_timeout.seconds(by, "by") * 1000)
        if not earlier:
            raise KeywordMisused(f"by={by} is not a time by which an event could be late.")
        if earlier >= known.timestamp_ms:
            raise KeywordMisused(f"by={by} is before 1970, where Kafka's time begins: {known.place} is not that old.")
        moment = known.timestamp_ms - earlier
        return self._send([_copy(known)._replace(timestamp=moment)], timeout, f"It is {by} late.")[0]

    @keyword
    def publish_out_of_order(
        self,
        topic: Any,
        events: Any,
        key: Any = None,
        *,
        order: Any = None,
        format: str | None = None,  # noqa: A002 - the name that testers read
        timeout: Any = None,
    ) -> list[Event]:
        """Publishes events of one key in a wrong order, by default reversed, and returns them as published.

        ``events`` is a list of values, or of events, whose bytes and headers stay the same. ``key`` is the key of all;
        without it events keep theirs. They need one key: several keys have no order. ``order`` is another order, as
        places from 0, such as ``1,0,2``, or ``all``: then every order except the right one is published, one after the
        other, for at most five events.

        Example:
        | VAR    &{placed}    orderId=${42}    status=PLACED
        | VAR    &{paid}    orderId=${42}    status=PAID
        | VAR    @{steps}    ${placed}    ${paid}
        | ${events}=    `Publish Out Of Order`    orders    ${steps}    key=42
        | Should Be Equal    ${events[0].value.status}    PAID
        """
        if not isinstance(events, list | tuple) or len(events) < 2:
            raise KeywordMisused("Expected a list of at least two values or events: one alone is never out of order.")
        writer = self._writer(topic, key, None, format)
        good = [_good(writer, one) for one in events]
        keys = {one.key for one in good}
        if len(keys) > 1 or None in keys:
            raise KeywordMisused("The events need one key, give key=: several keys have no order.")
        right = [_content(one) for one in good]
        orders = [one for one in _orders(order, len(good)) if [right[place] for place in one] != right]
        if not orders:
            raise KeywordMisused("Equal events are in the same order whichever comes first: give different ones.")
        outgoing = [good[place] for one in orders for place in one]
        shown = "; ".join(" ".join(map(str, one)) for one in islice(orders, _MOST))
        more = f" and {len(orders) - _MOST} more" if len(orders) > _MOST else ""
        return self._send(outgoing, timeout, f"In the order {shown}{more}.", writer.decoder)

    @keyword
    def publish_broken_event(
        self,
        topic: Any,
        event: Any = None,
        kind: Any = None,
        *,
        field: Any = None,
        size: Any = None,
        as_message: str | None = None,
        key: Any = None,
        headers: Any = None,
        contract: Any = None,
        format: str | None = None,  # noqa: A002
        schema: Any = None,
        timeout: Any = None,
    ) -> Event:
        """Breaks a good event and publishes it. Returns it, and logs what was done.

        ``event`` is an event, or a value with ``key``, ``headers``, ``format`` and ``schema`` as for `Publish Event`.
        It may be left out if a contract or a schema describes the topic: then a valid one is made.

        | =Kind= | =What is done= |
        | ``cut`` | JSON ends in the middle; any other value lacks its last byte, as half of it might be valid |
        | ``wrong type`` | a JSON field has another type; ``field=$.total`` selects it, by default the first |
        | ``unknown enum`` | ``field`` has the value ``NO_SUCH_VALUE`` |
        | ``missing field`` | a JSON field is left out; ``field`` selects it, by default the first |
        | ``oversized`` | the value has ``size`` bytes, 1,000,000 by default; JSON gets spaces at its end. See below |
        | ``wrong schema id`` | the schema id before the value does not exist |
        | ``wrong message index`` | the index after the schema id is not that of any message of the Protobuf schema |
        | ``missing key`` | there is no key |
        | ``missing header`` | there are no headers, or not the one that ``field`` names |
        | ``wrong encoding`` | a letter is in Latin-1 instead of UTF-8 |
        | ``tombstone`` | there is no value |

        If a contract describes the topic (see `Load Contract`), or the topic or this call has a schema, the kinds that
        break a field are made of it: ``field`` selects the place, by default the first possible one, and the
        event is published only if the contract or schema then forbids it. The event is invalid in that
        one place. This is so for JSON, Avro and Protobuf, and there are more kinds, such as ``below minimum``, ``too
        long``, ``wrong format`` and ``unknown field``: `Get Broken Events` lists them. ``contract`` is the alias of one
        contract, ``as_message`` one of its messages. An ``event`` that `Get Broken Events` made needs no kind.

        A kind that would break nothing in this event is refused, so that no test passes because of it; so are
        ``field`` and ``size`` if the kind does not use them. By default Kafka accepts 1,000,000 bytes, and refuses
        more than the topic's ``max.message.bytes``: an oversized event breaks a consumer with its own limit, such as a
        column, a request, or a producer that passes it on in a larger event.

        Example:
        | ${order}=    `Publish Event`    orders    {"orderId": 42, "total": 9.5}    key=42
        | ${broken}=    `Publish Broken Event`    orders    ${order}    kind=wrong type    field=$.total
        | Should Be Equal    ${broken.value.total}    not of its type
        | `Load Contract`    ${EXAMPLES}/orders.asyncapi.yaml
        | ${broken}=    `Publish Broken Event`    orders    kind=below minimum    field=$.total
        | Should Be True    ${broken.value.total} < 0
        """
        if getattr(event, "outgoing", None) is not None:
            found = _made_before(topic, event, (kind, field, size, as_message, key, headers, format, schema))
        else:
            writer = self._writer(topic, key, headers, format, schema)
            good = None if event is None else _good(writer, event)
            if kind is None:
                raise KeywordMisused("Give kind=, such as kind=wrong type: it says how the event is to be broken.")
            name, named = broken_events.kind_named(kind), "" if as_message is None else str(as_message)
            asked = breaking.Asked(writer, good, name, field, size, named, key, headers)
            try:
                found = breaking.broken(self._session.current.formats, self._contracts(contract), asked)
            except ImportError as problem:
                raise breaking.without_packages(problem) from None
            if name == "cut" and _has_fields(found.event, found.decoder):
                raise KeywordMisused("kind=cut: what is left is still readable, so nothing would be broken.")
        made, what = found.event, found.what
        published = self._send([made], timeout, f"{what[:1].upper()}{what[1:]}.", found.decoder)[0]
        self._broken[published.topic, published.partition, published.offset] = what
        for place in list(self._broken)[:-_REMEMBERED]:
            del self._broken[place]
        if self._session.contract_guard is not None:
            self._session.contract_guard.exempt(published)
        return published

    @keyword
    def consumer_should_survive(
        self,
        group: Any,
        topic: Any,
        event: Any,
        *,
        key: Any = None,
        headers: Any = None,
        format: str | None = None,  # noqa: A002
        schema: Any = None,
        timeout: Any = None,
    ) -> Event:
        """Fails unless the consumer group still consumes: an ordinary event, and all that arrived before it.

        It publishes ``event``, an event, or a value with ``key``, ``headers``, ``format`` and ``schema`` as for
        `Publish Event`. Then it waits until the group has committed past it, and on each partition of ``topic`` past
        everything that was there by then. So any broken event was skipped, or moved to another topic, within
        ``timeout``, the connection's unless given. What arrives later need not be consumed. A partition where the
        group has never committed counts only if something arrived in this test. A consumer that reads the same event
        again and again stays on its partition: the failure names the offset, and how `Publish Broken Event` broke the
        event there.

        Whether the broken event has a dead letter is checked by `Event Should Be Dead-Lettered`.

        Example (needs an application that consumes):
        | `Publish Broken Event`    inventory.events    {"productId": "P-7", "by": 5}    kind=cut    key=P-7
        | `Consumer Should Survive`    shop    inventory.events    {"productId": "P-7", "by": 5}    key=P-7
        """
        committed_offsets.check_group(group)
        writer = self._writer(topic, key, headers, format, schema)
        good = _good(writer, event)
        connection, deadline = self._session.current, self._deadline(timeout)
        published: Event = self._send([good], timeout, "It is an ordinary one.", writer.decoder)[0]
        group_there = catching_up.CatchingUp(
            connection.group_offsets, connection.admin, connection.reader, group, writer.topic, self._came
        )
        group_there.begin(deadline.at_least(_LOOK))
        try:
            connection.consumption.wait_until_consumed(published, group, deadline)
        except ExpectationFailed as reason:
            raise self._did_not_survive(group, writer.topic, str(reason), group_there) from None
        behind = group_there.wait(deadline, _LOOK)
        if behind:
            lines = "\n".join(one.text for one in behind)
            why = f"It has consumed {published.place}, and is behind:\n{lines}"
            raise self._did_not_survive(group, writer.topic, why, group_there)
        note("The group '{}' has consumed {} and all that was there then.", group, published.place)
        return published

    def _came(self, place: Place, end: int) -> bool:
        """Whether something came on a partition in this test, or was broken there."""
        topic, number = place
        watcher = self._session.current.watcher
        scope, followed = watcher.scope, watcher.topics.get(topic)
        if place in scope.published or any(one[:2] == place for one in self._broken):
            return True
        mark = scope.marks.get(topic)
        return mark is not None and followed is not None and end > mark.offset(number, followed.id)

    def _did_not_survive(self, group: str, topic: str, why: str, group_there: CatchingUp) -> ExpectationFailed:
        lines = [f"The group '{group}' did not survive what arrived on '{topic}'.", why]
        try:
            behind = group_there.behind(self._session.current.asking(_LOOK, 2))
        except KafkaLibraryError:
            return ExpectationFailed("\n".join(lines))
        for one in behind:
            done = self._broken.get((*one.place, one.begin))
            by_us = f", which 'Publish Broken Event' made: {done}" if done else ""
            lines.append(f"It stays at {one.place[0]}[{one.place[1]}]@{one.begin}{by_us}.")
        return ExpectationFailed("\n".join(lines))

    def _writer(
        self, topic: Any, key: Any, headers: Any, format_: str | None = None, schema: Any = None
    ) -> outgoing_events.Writer:
        refuse_hidden(key, "The key")
        return outgoing_events.Writer(self._session.current.formats, topic, key, headers, format_, schema)

    def _send(self, outgoing: list[Outgoing], timeout: Any, what: str, decoder: Decoder | None = None) -> list[Event]:
        connection = self._session.current
        read_by = decoder or connection.formats.of(outgoing[0].topic)
        events: list[Event] = connection.publish(outgoing, read_by, self._deadline(timeout))
        covering.note_published(self._session, events)
        note("Published {} events, the last {!r}. {}", len(events), events[-1], what)
        return events

    def _contracts(self, alias: Any) -> list[Any]:
        known = self._session.contracts
        return given_contracts.chosen(known, alias) if known or alias is not None else []

    def _deadline(self, timeout: Any) -> Deadline:
        return since_and_timeout.deadline_of(timeout, self._session)


def _made_before(topic: Any, event: Any, beside: Sequence[Any]) -> breaking.Broken:
    """A broken event that `Get Broken Events` gave."""
    if any(one is not None for one in beside):
        raise KeywordMisused("An event that 'Get Broken Events' made is broken already: give only the topic beside it.")
    if event.is_valid:
        raise KeywordMisused(f"The event '{event.name}' is valid. 'Publish Example' publishes it.")
    if arguments.topic(topic) != event.topic:
        raise KeywordMisused(f"The event '{event.name}' was made for '{event.topic}', not for '{topic}'.")
    return breaking.Broken(event.outgoing, f"{event.name}, for {event.why}", event.decoder)


def _good(writer: outgoing_events.Writer, given: Any) -> Outgoing:
    """A good event: the bytes of one that there is, with what was given beside it, or made of a value."""
    made: Outgoing | None = getattr(given, "outgoing", None)
    if made is not None and not given.is_valid:
        raise KeywordMisused(f"The event '{given.name}' is broken. Only 'Publish Broken Event' publishes it.")
    if made is None and not isinstance(given, Event):
        return writer.event(given)
    copy, beside = made or _copy(given), writer.tombstone()
    return copy._replace(
        topic=writer.topic,
        key=copy.key if beside.key is None else beside.key,
        headers=(*copy.headers, *beside.headers),
        partition=copy.partition if given.topic == writer.topic and beside.key is None else None,
        timestamp=None,
    )


def _content(outgoing: Outgoing) -> tuple[Any, ...]:
    """What a consumer sees of it beside its place."""
    return outgoing.value, outgoing.headers


def _copy(event: Event) -> Outgoing:
    """The same bytes, to the same partition, at the same time."""
    headers = tuple((name, one.encode() if isinstance(one, str) else one) for name, one in event.raw_headers)
    moment = event.timestamp_ms if event.timestamp_ms > 0 else None
    return delivery_reports.Outgoing(event.topic, event.raw_value, event.raw_key, headers, event.partition, moment)


def _has_fields(outgoing: Outgoing, decoder: Decoder) -> bool:
    """Whether its value can be read as more than text or bytes, of which each part is one."""
    try:
        value = Event(
            PlainRecord((outgoing.topic, 0, 0), (0, -1), None, outgoing.value, outgoing.headers), decoder
        ).value
    except (Undecodable, KafkaUnusable):
        return False
    return not isinstance(value, str | bytes)


def _orders(order: Any, count: int) -> Sequence[Sequence[int]]:
    """The orders to publish, as places from 0."""
    if order is None:
        return [range(count - 1, -1, -1)]
    if str(order).strip().lower() == "all":
        if count > _MOST:
            raise KeywordMisused(f"order=all is for {_MOST} events at most, not for {count}: give one order.")
        return list(permutations(range(count)))[1:]
    parts = order if isinstance(order, list | tuple) else str(order).replace(",", " ").split()
    places = [arguments.whole_number(one, "order") for one in parts]
    if sorted(places) != list(range(count)):
        raise KeywordMisused(f"order= has each of the places 0 to {count - 1} once, or is all, not {order!r}.")
    if places == sorted(places):
        raise KeywordMisused(f"order={order} is the order they already have.")
    return [places]
