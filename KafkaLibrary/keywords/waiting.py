"""Waiting: for events, for none, for an exact count and for quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import arguments, search
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.keywords.calls.search import EventSearch
from KafkaLibrary.keywords.calls.since_and_timeout import deadline_of, seconds, start_point
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note
from KafkaLibrary.watching.marks import Mark, Start

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.reporting.waits import failed_waits, passed_waits
    from KafkaLibrary.watching import waits
    from KafkaLibrary.watching.waits import Outcome
else:
    matching = LazyModule("KafkaLibrary.matching")
    failed_waits = LazyModule("KafkaLibrary.reporting.waits.failed_waits")
    passed_waits = LazyModule("KafkaLibrary.reporting.waits.passed_waits")
    waits = LazyModule("KafkaLibrary.watching.waits")


class Waiting(LibraryComponent):
    """Keywords that watch topics and wait for events."""

    @keyword
    def watch_topics(self, *topics: Any, since: Any = "latest") -> Mark:
        """Marks topics, lists of them or patterns, for the current test: waits look at what is published from now on.

        Returns the mark once it is set, so whatever is published afterwards is found. The mark stays valid as
        ``since=`` of other keywords. At the start of each test all topics that were watched or read before are marked
        again; topics given as ``watch=`` to the import are marked from the first test on. ``since`` takes what
        `Wait For Event` takes.

        Watching needs no consumer group, and no permission beyond reading the topic.

        Example:
        | ${mark}=    `Watch Topics`    orders    payments
        | `Publish Event`    orders    {"orderId": 42}
        | `Wait For Event`    orders    orderId == 42    since=${mark}
        """
        if not topics:
            raise KeywordMisused("Give the name of a topic, or of several.")
        names = arguments.topics([name for given in topics for name in arguments.topics(given)])
        connection = self._session.current
        mark = connection.watcher.watch(names, start_point(since), connection.deadline())
        note("Watching {!r}.", mark)
        return mark

    @keyword
    def wait_for_event(
        self,
        topic: Any,
        *conditions: Any,
        timeout: Any = None,
        since: Any = None,
        strict: Any = False,
        format: str | None = None,  # noqa: A002 - the name that testers read
        schema: Any = None,
    ) -> Event:
        """Waits until an event meets all ``conditions``, and returns the first one.

        | =Argument= | =Meaning= |
        | ``topic`` | a topic's name, several or a pattern, see `Topics`: the event may be on any of them |
        | ``conditions`` | see `Conditions`; without conditions the first event is returned |
        | ``timeout`` | how long to wait; the connection's timeout unless given |
        | ``since`` | where to begin, see `Where a wait begins`; the start of the test unless given |
        | ``strict`` | whether types are compared too |
        | ``format``, ``schema`` | how values are read here, see `Formats`; by default the topic's format |

        Returns as soon as the event can be read. An event that is readable before the deadline is found, even at the
        last moment. It stays there: the same wait returns it again, and ``since=${event}`` continues after it. No
        other reader is disturbed.

        A failure says where the wait began, how much it read, and which events came nearest.

        Examples:
        | `Publish Event`    orders    {"orderId": 42, "status": "PAID", "items": [{"sku": "P-7"}]}    key=42
        | ${event}=    `Wait For Event`    orders    $.orderId == 42    $.status == PAID    timeout=5 s
        | Should Be Equal    ${event.value.items[0].sku}    P-7
        | `Wait For Event`    orders    key == 42    items[0].sku    ==    P-7
        """
        sought = EventSearch(topic, conditions, since, strict, format, schema)
        request = sought.request(self._session, timeout)
        event = search.first(self._session, request).events[0]
        note("Found {!r}.{}", event, lambda: search.beside(event, request.conditions))
        search.doubt_match(self._session, [event], request.conditions)
        return event

    @keyword
    def wait_for_events(
        self,
        topic: Any,
        count: Any,
        *conditions: Any,
        timeout: Any = None,
        since: Any = None,
        strict: Any = False,
        format: str | None = None,  # noqa: A002
        schema: Any = None,
    ) -> list[Event]:
        """Waits until ``count`` events meet all ``conditions``, and returns the first ones.

        There may be more; `Event Count Should Be` checks the exact number. On several topics they may all be on one;
        `Wait For Event On Each Topic` expects one on each. The list is in order of arrival, within a partition in
        order of offsets. The other arguments are those of `Wait For Event`.

        Example:
        | `Publish Event`    orders    {"orderId": 1}
        | `Publish Event`    orders    {"orderId": 2}
        | ${events}=    `Wait For Events`    orders    2    orderId <= 2
        | Length Should Be    ${events}    2
        """
        sought = EventSearch(topic, conditions, since, strict, format, schema)
        number = sought.count(count, 1)
        outcome = search.first(self._session, sought.request(self._session, timeout), number)
        note("{}", passed_waits.summary(outcome))
        search.doubt_match(self._session, outcome.events, outcome.request.conditions)
        return waits.in_offset_order(outcome.events)

    @keyword
    def wait_for_event_on_each_topic(
        self,
        topics: Any,
        *conditions: Any,
        timeout: Any = None,
        since: Any = None,
        strict: Any = False,
        format: str | None = None,  # noqa: A002
        schema: Any = None,
    ) -> dict[str, Event]:
        """Waits until each topic has an event that meets all ``conditions``, and returns the first ones by topic.

        ``topics`` are written as in `Topics`, and the dictionary is in their order. With a pattern, each topic that
        exists by then is expected to have one, and at least one topic must exist. Returns as soon as the last topic
        has its event, in whatever order they arrive. A failure says which topics had none, and which of their events
        came nearest. The other arguments are those of `Wait For Event`.

        Example:
        | @{topics}=    Create List    orders    payments    parcels
        | `Publish Event`    parcels    {"orderId": 42, "state": "PACKED"}
        | `Publish Event`    orders    {"orderId": 42}
        | `Publish Event`    payments    {"orderId": 42}
        | ${events}=    `Wait For Event On Each Topic`    ${topics}    orderId == 42
        | `Event Field Should Be`    ${events}[parcels]    state    PACKED
        """
        request = EventSearch(topics, conditions, since, strict, format, schema).request(self._session, timeout)
        outcome = self._session.current.waits.first_on_each(request)
        if outcome.lacking:
            raise search.failed(outcome, failed_waits.not_on_each(outcome, search.near_topics(self._session, outcome)))
        note("{}", passed_waits.summary(outcome))
        search.doubt_match(self._session, outcome.events, request.conditions)
        return waits.by_topic(request.topics, outcome.events)

    @keyword
    def no_event_should_arrive(
        self,
        topic: Any,
        *conditions: Any,
        within: Any = "1 s",
        since: Any = None,
        missing_ok: Any = False,
        strict: Any = False,
        format: str | None = None,  # noqa: A002
        schema: Any = None,
    ) -> None:
        """Proves that no event meets all ``conditions``, up to ``within`` from now.

        Waits for that time and then reads every partition to its end, for at most the connection's timeout. Fails at
        once when such an event is there. Also fails when there is no proof: Kafka is unreachable, a transaction is
        still open, events were deleted before they were read, the topic was recreated or does not exist
        (``missing_ok=True`` allows that), or an event whose value a condition asks for can't be read.

        If it passes but no event could have met a condition, or one nearly did, it warns, or fails with
        ``doubts=fail``: see `Doubts`.

        Compaction may remove an event before it is read: on a compacted topic nothing can prove that an older event of
        a key was never there.

        The other arguments are those of `Wait For Event`.

        Example:
        | `Publish Event`    orders    {"orderId": 42, "status": "PAID"}
        | `No Event Should Arrive`    orders    orderId == 42    status == REJECTED    within=0.5 s
        """
        sought = EventSearch(topic, conditions, since, strict, format, schema)
        self._prove(sought, 0, within, missing_ok, "no event matched")

    @keyword
    def event_count_should_be(
        self,
        topic: Any,
        count: Any,
        *conditions: Any,
        within: Any = "1 s",
        since: Any = None,
        missing_ok: Any = False,
        strict: Any = False,
        format: str | None = None,  # noqa: A002
        schema: Any = None,
    ) -> list[Event]:
        """Proves that exactly ``count`` events meet all ``conditions``, up to ``within`` from now. Returns them.

        Fails at once when there is one too many; otherwise it works as `No Event Should Arrive`.

        Example:
        | `Publish Event`    orders    {"orderId": 42}
        | ${events}=    `Event Count Should Be`    orders    1    orderId == 42    within=0.5 s
        """
        sought = EventSearch(topic, conditions, since, strict, format, schema)
        number = sought.count(count)
        proving = f"exactly {number} event{'s' * (number != 1)} matched"
        outcome = self._prove(sought, number, within, missing_ok, proving)
        return waits.in_offset_order(outcome.events)

    @keyword
    def wait_until_topic_is_quiet(self, topic: Any, quiet: Any = "1 s", timeout: Any = None) -> None:
        """Waits until no event has arrived for the time ``quiet``, and all was read to the end.

        Useful before a test that counts events, when an application may still be busy with an earlier test. Fails when
        events keep arriving until ``timeout``, or when the end can't be reached.

        Example:
        | `Publish Event`    orders    {"orderId": 42}
        | `Wait Until Topic Is Quiet`    orders    quiet=0.3 s
        """
        silence = seconds(quiet, "quiet")
        names = arguments.topics(topic)
        deadline = deadline_of(timeout, self._session)
        if deadline.seconds < silence:
            raise KeywordMisused(f"timeout={deadline.seconds:g} s is shorter than quiet={silence:g} s.")
        request = search.request(self._session, names, matching.parse_conditions(()), Start("latest"), deadline)
        was_quiet, outcome, since = self._session.current.waits.quiet(request, silence)
        near = search.near_topics(self._session, outcome)
        problem = failed_waits.unproven(outcome, missing_ok=None, near_topics=near, proving="the topic was quiet")
        if problem is not None:
            raise search.failed(outcome, problem)
        if not was_quiet:
            raise search.failed(outcome, failed_waits.not_quiet(outcome, silence, since), "the last one")
        search.doubt_topics(self._session, outcome)

    @keyword
    def get_events(
        self,
        topic: Any,
        *conditions: Any,
        since: Any = None,
        limit: Any = None,
        strict: Any = False,
        format: str | None = None,  # noqa: A002
        schema: Any = None,
    ) -> list[Event]:
        """Returns the events that are there now and meet all ``conditions``; the list may be empty.

        ``limit`` keeps only the last ones that arrived; with several partitions these need not be the latest by time.
        The other arguments are those of `Wait For Event`. Fails when the topic can't be read to its end, or does not
        exist. If it finds none, it warns as `No Event Should Arrive` does, see `Doubts`.

        Example:
        | `Publish Event`    orders    {"orderId": 42}
        | ${events}=    `Get Events`    orders    since=test start    limit=10
        """
        sought = EventSearch(topic, conditions, since, strict, format, schema)
        outcome = search.limited(self._session, sought, limit)
        note("{}", passed_waits.summary(outcome))
        return waits.in_offset_order(outcome.events)

    def _prove(self, sought: EventSearch, count: int, within: Any, missing_ok: Any, proving: str) -> Outcome:
        allowed = arguments.truth(missing_ok, "missing_ok")
        request = sought.request(self._session, within, ("within", "missing_ok"))
        outcome = self._session.current.waits.none_beyond(request, count)
        if len(outcome.events) > count:
            last = "one too many" if count else "unexpected"
            raise search.failed(outcome, failed_waits.too_many(outcome, count), last)
        near = search.near_topics(self._session, outcome)
        problem = failed_waits.unproven(outcome, missing_ok=allowed, near_topics=near, proving=proving)
        if len(outcome.events) < count and (problem is None or not outcome.findings.unreachable):
            problem = failed_waits.too_few(outcome, count, near)
        if problem is not None:
            raise search.failed(outcome, problem)
        note("{}", passed_waits.summary(outcome, near))
        if not allowed:
            search.doubt_topics(self._session, outcome)
        search.doubt(self._session, outcome)
        return outcome
