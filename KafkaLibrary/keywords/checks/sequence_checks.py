"""Checks of several events: the values of a field, order, uniqueness, and what of one topic came to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import arguments, search, since_and_timeout
from KafkaLibrary.keywords.calls.garbage_collection import not_collected
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, show

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.keywords.checks import field_values
    from KafkaLibrary.matching.sequences import order, uniqueness
    from KafkaLibrary.reporting.checks import failed_sequences
    from KafkaLibrary.reporting.evidence import evidence_table, flow_table
    from KafkaLibrary.reporting.waits import failed_flows
    from KafkaLibrary.watching import waits
else:
    field_values = LazyModule("KafkaLibrary.keywords.checks.field_values")
    matching = LazyModule("KafkaLibrary.matching")
    order = LazyModule("KafkaLibrary.matching.sequences.order")
    uniqueness = LazyModule("KafkaLibrary.matching.sequences.uniqueness")
    evidence_table = LazyModule("KafkaLibrary.reporting.evidence.evidence_table")
    flow_table = LazyModule("KafkaLibrary.reporting.evidence.flow_table")
    failed_flows = LazyModule("KafkaLibrary.reporting.waits.failed_flows")
    failed_sequences = LazyModule("KafkaLibrary.reporting.checks.failed_sequences")
    waits = LazyModule("KafkaLibrary.watching.waits")

_MANY = 100_000
"""Events for which the collection of garbage is put off; how many there are shows only when they are read."""


class SequenceChecks(LibraryComponent):
    """Keywords that check several events."""

    @keyword
    def get_event_fields(
        self,
        events: Any,
        path: str,
        operator: str | None = None,
        expected: Any = "",
        message: str | None = None,
        *,
        strict: Any = False,
    ) -> list[Any]:
        """Returns the values at ``path`` of all ``events``, in their order.

        An event without the field, such as a tombstone, adds nothing to the list; the log names the tombstones. Fails
        when a value can't be read. With ``operator`` and ``expected`` checks each event first, as `Get Event Field`
        does: the first one that differs fails, and so does an empty list of events.

        Example:
        | `Publish Event`    orders    {"orderId": 1}
        | `Publish Event`    orders    {"orderId": 2}
        | ${events}=    `Wait For Events`    orders    2    orderId <= 2
        | ${ids}=    `Get Event Fields`    ${events}    orderId    >=    1
        | Length Should Be    ${ids}    2
        """
        checked = arguments.events(events)
        if arguments.checks_first(operator, expected):
            conditions = field_values.condition(path, operator, expected, strict)
            for event in _some_events(events, message):
                field_values.check(self._session, event, conditions, message)
        parsed = matching.parse_path(path)
        if arguments.truth(strict, "strict"):
            parsed = parsed.as_it_stands
        found = [field_values.values_at(event, parsed) for event in checked]
        if parsed.asks_value:
            gone = [
                event.place for event, values in zip(checked, found, strict=True) if event.is_tombstone and not values
            ]
            if gone:
                note("{}", failed_sequences.tombstones(gone))
        return [value for values in found for value in values]

    @keyword
    def events_should_be_in_order(
        self,
        events: Any,
        path: str | None = None,
        by_key: Any = True,
        *,
        descending: Any = False,
        message: str | None = None,
    ) -> None:
        """Fails unless the ``events``, a list as returned by `Wait For Events`, are in order.

        With ``path`` the values there must not decrease from one event of the list to the next; equal values may
        follow each other. Numbers are compared by value, date-times as in `Times`, other text as text; two texts that
        are both numbers are compared as numbers. By default each key is checked separately, and events without a key
        as if they shared one; with ``by_key=False`` all events are checked in the order of the list.

        Without ``path`` the offsets must increase. All events of one key must be in one partition of their topic,
        because Kafka keeps no order between partitions. With ``by_key=False``, and for events without a key, the
        offsets must increase within each partition.

        ``descending=True`` expects values that do not increase, or offsets that decrease.

        The failure shows each pair of neighbours that is not in order, with their values. An event without the field,
        a tombstone, and a value that can't be compared with the previous one, such as a text with a number, also fail.
        So does what would prove nothing: an empty list, or several events of which no two share a key or partition. A
        single event is in order. ``message`` goes before a failure.

        Example:
        | `Publish Event`    orders    {"orderId": 42, "version": 1}    key=42
        | `Publish Event`    orders    {"orderId": 42, "version": 2}    key=42
        | ${events}=    `Wait For Events`    orders    2    key == 42    version exists
        | `Events Should Be In Order`    ${events}    $.version
        | `Events Should Be In Order`    ${events}
        """
        checked = _some_events(events, message)
        ways = {"by_key": arguments.truth(by_key, "by_key"), "descending": arguments.truth(descending, "descending")}
        parsed = None if path is None else matching.parse_path(path)
        found = order.by_field(checked, parsed, **ways) if parsed else order.by_offset(checked, **ways)
        how = failed_sequences.how(parsed, **ways)
        if found.faults:
            show(evidence_table.compared(failed_sequences.concerned(found.faults), parsed))
            raise ExpectationFailed(failed_sequences.not_in_order(checked, found, how, message))
        if not found.compared and len(checked) > 1:
            raise ExpectationFailed(failed_sequences.nothing_compared(checked, ways["by_key"], message))
        note("{} events are {}.", len(checked), how)

    @keyword
    def events_should_be_unique(self, events: Any, path: str, *, message: str | None = None) -> None:
        """Fails unless each of the ``events`` has a value of its own at ``path``.

        Values are compared as `Event Field Should Be` compares a variable: numbers by value, objects and lists to the
        last element. The failure shows every value that more than one event has, and where. An event without the field
        fails, and so does an empty list. By several paths, with commas between them, what is at all of them together
        has to be unique. ``message`` goes before a failure.

        Example:
        | `Publish Event`    orders    {"eventId": "e-1", "orderId": 42}
        | `Publish Event`    orders    {"eventId": "e-2", "orderId": 42}
        | ${events}=    `Wait For Events`    orders    2    eventId ^= e-
        | `Events Should Be Unique`    ${events}    $.eventId
        | `Events Should Be Unique`    ${events}    orderId, eventId
        """
        checked = _some_events(events, message)
        paths = matching.parse_paths(path)
        shared, unread = uniqueness.shared_values(checked, *paths)
        if shared or unread:
            same = [event for one in shared for event in one.events]
            show(evidence_table.compared([*same, *failed_sequences.concerned(unread)], *paths))
            raise ExpectationFailed(failed_sequences.not_unique(checked, shared, unread, paths, message))
        note("{} events are unique by {}.", len(checked), failed_sequences.by(paths))

    @keyword
    def events_should_correspond(
        self,
        from_topic: Any,
        to_topic: Any,
        by: Any,
        *,
        to_by: Any = None,
        timeout: Any = None,
        within: Any = "0 s",
        since: Any = None,
    ) -> None:
        """Fails unless each event on the one topic has exactly one on the other.

        | =Argument= | =Meaning= |
        | ``from_topic`` | the topic whose events are passed on |
        | ``to_topic`` | where each of them should have one counterpart |
        | ``by`` | a path to what both have in common, such as ``$.orderId`` or ``key`` |
        | ``to_by`` | the path on ``to_topic``, where it differs |
        | ``timeout`` | how long to wait for missing ones; the connection's timeout unless given |
        | ``within`` | how long to look for duplicates once each has its counterpart |
        | ``since`` | where to begin on both topics, see `Where a wait begins` |

        It passes as soon as both topics are read to their ends and each event has its counterpart. An extra event on
        ``to_topic``, a duplicate or a stray one that belongs to none, fails at once. The failure lists what is
        missing, duplicated and stray, the first of each, and how many more; the log has a table of them. For a pass the
        log has the time from one event to the other, median and maximum.

        A number equals its digits in a text, as in a key; objects and lists are equal if all their parts are, and
        there a number is not a text. An event without a value at the path, or with null, also fails: it could belong
        to any. So does a topic that is recreated meanwhile. Only offsets and the compared values are kept, so there
        may be very many events.

        Example:
        | ${mark}=    `Watch Topics`    orders    payments
        | `Publish Event`    orders    {"orderId": 42}
        | `Publish Event`    payments    {"order": {"id": "42"}}
        | `Events Should Correspond`    orders    payments    by=$.orderId    to_by=$.order.id    since=${mark}
        """
        first, second = arguments.topic(from_topic), arguments.topic(to_topic)
        if first == second:
            raise KeywordMisused(f"Expected two topics, not '{first}' twice.")
        path = _path(by, "by")
        paths = {first: path, second: path if to_by is None else _path(to_by, "to_by")}
        connection = self._session.current
        longer = since_and_timeout.seconds(within, "within")
        request = waits.Request(
            (first, second),
            matching.parse_conditions(()),
            since_and_timeout.start_point(since),
            since_and_timeout.deadline_of(timeout, self._session),
            connection.timeout,
            stopped=search.stopped,
        )
        with not_collected(_MANY):
            outcome, flow = connection.waits.flow(request, paths, longer)
        near = search.near_topics(self._session, outcome)
        shown = path.text if to_by is None else f"{path.text} and {paths[second].text}"
        problem = failed_flows.broken(outcome, flow, first, second, shown, near)
        if problem is not None:
            evidence = flow_table.table(flow, first, second, shown)
            if evidence:
                show(evidence)
            raise problem
        note("{}", failed_flows.summary(flow, first, second))


def _path(given: Any, name: str) -> matching.Path:
    if not isinstance(given, str):
        raise KeywordMisused(f"{name}= is a path, a text such as $.orderId, not {given!r}.")
    return matching.parse_path(given)


def _some_events(events: Any, message: str | None) -> list[Event]:
    checked = arguments.events(events)
    if not checked:
        raise ExpectationFailed(failed_sequences.nothing_to_check(message))
    return checked
