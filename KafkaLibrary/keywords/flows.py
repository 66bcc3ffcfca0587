"""Flows: what one topic hands on to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.keywords.calls import arguments, search, since_and_timeout
from KafkaLibrary.keywords.calls.garbage_collection import not_collected
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.reporting.waits import failed_flows
    from KafkaLibrary.watching import waits
else:
    matching = LazyModule("KafkaLibrary.matching")
    failed_flows = LazyModule("KafkaLibrary.reporting.waits.failed_flows")
    waits = LazyModule("KafkaLibrary.watching.waits")


_MANY = 100_000
"""Events for which the collection of garbage is put off; how many there are shows only when they are read."""


class Flows(LibraryComponent):
    """Keywords about the events of two topics."""

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
        | ``from_topic`` | the topic whose events are handed on |
        | ``to_topic`` | where each of them should have one |
        | ``by`` | a path to what both have in common, such as ``$.orderId`` or ``key`` |
        | ``to_by`` | the path on ``to_topic``, where it differs |
        | ``timeout`` | how long those may take that are missing; the connection's timeout unless given |
        | ``within`` | how long to look for doubled ones once each has its one |
        | ``since`` | where to begin on both topics, see `Where a wait begins` |

        It passes as soon as both topics are read to their ends and each event has its one. An event too many on
        ``to_topic``, a doubled one or a stray one that belongs to none, fails at once. The failure lists what is
        missing, doubled and stray, the first of each, and how many more. How long one event took to the other, in the
        median and at most, is in the log.

        A number is the same as its digits in a text, as in a key. An event without a value at the path, or with null,
        fails too: it could be any. Only offsets and what is compared are kept of the events, so there may be very many.

        Example:
        | ${mark}=    `Watch Topics`    orders    payments
        | `Publish Event`    orders    {"orderId": 42}
        | `Publish Event`    payments    {"order": {"id": "42"}}
        | `Events Should Correspond`    orders    payments    by=$.orderId    to_by=$.order.id    since=${mark}
        """
        first, second = arguments.topic(from_topic), arguments.topic(to_topic)
        if first == second:
            raise KeywordMisused(f"Two topics are needed, not '{first}' twice.")
        path = matching.parse_path(by)
        paths = {first: path, second: path if to_by is None else matching.parse_path(to_by)}
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
            raise problem
        note("{}", failed_flows.summary(flow, first, second))
