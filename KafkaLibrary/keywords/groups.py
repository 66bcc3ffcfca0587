"""Consumer groups of the system under test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from robot.api.deco import keyword

from KafkaLibrary.deadline import Deadline, in_words
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.keywords.calls import arguments, search
from KafkaLibrary.keywords.calls.library_component import LibraryComponent
from KafkaLibrary.keywords.calls.since_and_timeout import deadline_of, seconds, start_point
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.robot_log import note, warn
from KafkaLibrary.watching.marks import Mark, Start, TopicMark, milliseconds

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.broker.groups import lag_and_reset
    from KafkaLibrary.broker.groups.lag_and_reset import Lag, Target
    from KafkaLibrary.matching import Conditions
    from KafkaLibrary.reporting import long_lists
else:
    lag_and_reset = LazyModule("KafkaLibrary.broker.groups.lag_and_reset")
    long_lists = LazyModule("KafkaLibrary.reporting.long_lists")
    matching = LazyModule("KafkaLibrary.matching")

_LOOK, _ONLY_LOOK = 1.0, 5.0
"""Seconds that a look may take where the timeout is shorter, and where it is none at all."""
_COMPARING = ("==", "!=", ">", ">=", "<", "<=")


_MADE_A_GROUP = (
    "There was no group '{0}': 'Reset Consumer Group Offsets' created it as a consumer group.\nAn application "
    "with ordinary consumers, or with Kafka Streams, begins at the new offsets. A share consumer can no longer "
    "join that group: for one, or if the id is misspelt, delete it with `kafka-consumer-groups --delete --group "
    "{0}`."
)


class Groups(LibraryComponent):
    """Keywords about consumer groups."""

    @keyword
    def wait_until_event_is_consumed(self, event: Any, group: Any, timeout: Any = None) -> None:
        """Waits until the consumer group ``group`` has committed past the event.

        A commit proves that the group received the event, not that its work is done: many clients store an offset when
        the event is delivered and commit every 5 seconds, whatever the application did with it. It proves more if the
        application commits after its work. An offset set by hand, as by `Reset Consumer Group Offsets`, counts like
        any other.

        An application that commits in transactions has committed once its transaction commits.

        A failure says what the group had committed and when, whether the group can read the event, and who has its
        partition. Fails at once if the event can no longer be consumed: its topic was deleted or recreated, or its
        transaction was aborted by this connection. A commit from an earlier topic of that name, beyond the end of this
        one, does not count. If the topic was not watched when the event was published, the event is looked up once at
        its offset, which needs permission to read the topic; without it, a recreated topic is noticed only if it ends
        before the event.

        Commits of Kafka Streams with ``group.protocol=streams`` are seen too. A share group commits no offsets: if the
        group is known to be one, this fails at once.

        Commits are checked 33 times a second from outside the group: it is neither joined nor rebalanced.

        Example (needs an application that consumes):
        | ${event}=    `Publish Event`    inventory.events    {"productId": "P-7", "by": 5}    key=P-7
        | `Wait Until Event Is Consumed`    ${event}    shop    timeout=10 s
        """
        deadline = deadline_of(timeout, self._session)
        checked = search.own_event(self._session, event, deadline)
        connection = self._session.current
        if connection.producer.transactions.has_aborted(checked):
            raise ExpectationFailed(
                f"The event {checked.place} was in a transaction that was aborted.\n"
                "A group that reads committed events never gets it, so its commits say nothing about it."
            )
        offset = connection.consumption.wait_until_consumed(checked, group, deadline)
        note(f"The group '{group}' has committed {offset} on {checked.topic}[{checked.partition}].")

    @keyword
    def wait_until_consumer_group_is_ready(self, group: Any, topic: Any, timeout: Any = None) -> None:
        """Waits until every partition of ``topic`` is assigned in the consumer group and its rebalance is over.

        Events published from then on are consumed without waiting for the group to form. If the application begins at
        the latest offset, an event published in the first moment may still arrive before it has looked that offset up.
        A killed member keeps its partitions until its session timeout. In groups of the newer protocol,
        ``group.protocol=consumer``, the current assignment counts, not the target.

        A failure says the group's state and which partitions have no member. Not available on the embedded broker.

        Example (needs an application that consumes, and a real Kafka):
        | `Wait Until Consumer Group Is Ready`    shop    inventory.events    timeout=30 s
        """
        facts = self._session.current.groups.wait_until_ready(group, topic, deadline_of(timeout, self._session))
        note(facts.text())

    @keyword
    def get_consumer_group_lag(
        self,
        group: Any,
        topic: Any = None,
        operator: str | None = None,
        expected: Any = "",
        message: str | None = None,
        timeout: Any = None,
    ) -> int:
        """Returns the consumer group's lag in offsets; with ``operator`` and ``expected`` waits for it.

        Without ``topic``, it counts all topics on which the group has committed offsets or has partitions. Each
        partition counts from the committed offset, or from the earliest one if nothing is committed, to the end for
        readers of committed events. The log shows each partition.

        ``operator`` is ``==``, ``!=``, ``>``, ``>=``, ``<`` or ``<=``. The keyword then waits until the lag is as
        expected, for at most ``timeout``, the connection's unless given: a group commits after its work, so it is
        behind at first. ``timeout=0 s`` checks once, and Kafka has 5 seconds to answer. ``message`` goes before a
        failure.

        It counts offsets, not events: the end of a transaction takes one too, and clients other than Java's may never
        commit past the last one. Before the events are published there is no lag either, so wait for them first.

        Fails if there is nothing to count: the group does not exist or does not use the topic, or the end of a
        partition can't be read.

        Example (needs an application that consumes):
        | `Publish Event`    inventory.events    {"productId": "P-7", "by": 5}    key=P-7
        | ${lag}=    `Get Consumer Group Lag`    shop    inventory.events    ==    0
        | Should Be Equal    ${lag}    ${0}
        """
        connection = self._session.current
        name = None if topic is None or topic == "" else arguments.topic(topic)
        expectation = _expectation(operator, expected) if arguments.checks_first(operator, expected) else None
        waiting = connection.timeout if timeout is None else seconds(timeout)
        if expectation is None:
            least = connection.asking(_LOOK, 3)
            lag = connection.group_offsets.lag(
                group, name, least if waiting < least.seconds else connection.deadline(waiting)
            )
        else:
            holds = expectation[0].decide
            deadline = connection.deadline(waiting)
            look = _LOOK if waiting else min(connection.timeout, _ONLY_LOOK)
            lag, held = connection.group_offsets.wait_for_lag(
                group, name, lambda total: holds([total], True) is True, deadline, look
            )
            if not held:
                raise ExpectationFailed(_not_as_expected(group, name, lag, expectation, deadline, message))
        note("The group '{}' is {} behind.\n{}", group, lag.total, "\n".join(_lines(lag)))
        return lag.total

    @keyword
    def reset_consumer_group_offsets(self, group: Any, topic: Any, to: Any, timeout: Any = None) -> dict[int, int]:
        """Sets where a consumer group continues in ``topic``, and returns the new offsets by partition.

        The group must have no members: stop the application first. A group that does not exist yet is created, so that
        an application that starts later begins there. A warning says so, because a share consumer can no longer join
        it: share groups have no such offsets.

        | =to= | =The group continues= |
        | ``earliest``, ``latest`` | at the first event there is; at what is published from now on |
        | ``30 s``, ``2026-05-31 17:03:11`` | at the first event of the last 30 seconds; at the first since then |
        | ``test start``, ``suite start`` | at what was published since, by the mark if the topic is watched |
        | a mark | at the mark's offsets |
        | an event | at this event, which is consumed next; other partitions stay as they are |
        | ``42`` | at this offset of each partition |

        Returns when Kafka reports the new offsets.

        Example (needs a real Kafka):
        | ${topic}=    `Create Temporary Topic`    orders
        | ${event}=    `Publish Event`    ${topic}    {"orderId": 42}
        | ${offsets}=    `Reset Consumer Group Offsets`    auditors    ${topic}    to=latest
        | Should Be Equal    ${offsets}    ${{ {0: 1} }}
        | `Reset Consumer Group Offsets`    auditors    ${topic}    to=${event}
        | ${lag}=    `Get Consumer Group Lag`    auditors    ${topic}    ==    1
        """
        name = arguments.topic(topic)
        target = self._target(to, name)
        connection, deadline = self._session.current, deadline_of(timeout, self._session)
        was_there = connection.groups.is_known(group, deadline)
        offsets = connection.group_offsets.reset(group, name, target, deadline)
        if not was_there:
            warn(_MADE_A_GROUP.format(group))
        note(f"The group '{group}' continues in '{name}' at, by partition, {offsets}.")
        return offsets

    def _target(self, to: Any, topic: str) -> Target:
        if (isinstance(to, int) and not isinstance(to, bool)) or (isinstance(to, str) and to.strip().isdigit()):
            return lag_and_reset.Target("number", number=arguments.whole_number(to, "to"))
        start = start_point(to, "to")
        self._session.current.watcher.check_is_here(start, Deadline(self._session.current.timeout))
        if start.kind == "scope":
            raise KeywordMisused("Set to=, where the group should continue: such as earliest, latest or an event.")
        if start.kind == "event" and start.event is not None:
            event = start.event
            if event.topic != topic:
                raise KeywordMisused(f"The event given as to= is {event.place}, which is not in '{topic}'.")
            return lag_and_reset.Target("offsets", offsets={event.partition: event.offset}, alone=True, event=event)
        if start.kind == "mark" and isinstance(start.mark, Mark):
            return _at_mark(start.mark.of(topic))
        if start.kind == "time" and start.moment is not None:
            return lag_and_reset.Target("time", milliseconds=milliseconds(start.moment))
        return self._at_scope(start, topic) if start.kind in ("test", "suite") else lag_and_reset.Target(_plain(start))

    def _at_scope(self, start: Start, topic: str) -> Target:
        scopes = self._session.current.watcher.scopes
        scope = next((one for one in reversed(scopes) if start.kind == "test" or one.kind == "suite"), scopes[0])
        mark = scope.start_mark(topic)
        if mark is not None:
            return _at_mark(mark)
        published = {number: offset for (name, number), offset in scope.published.items() if name == topic}
        return lag_and_reset.Target("time", milliseconds=milliseconds(scope.started), offsets=published)


def _plain(start: Start) -> Any:
    return start.kind


def _at_mark(mark: TopicMark) -> Target:
    return lag_and_reset.Target("offsets", offsets=mark.offsets, topic_id=mark.id)


def _expectation(operator: Any, expected: Any) -> Conditions:
    """The comparison that a field's would be. What can't be compared with a number would never fail, or always."""
    spelled = " ".join(str(operator).split())
    if spelled not in _COMPARING:
        known = "is not for numbers" if spelled in matching.OPERATORS else "is not an operator"
        raise KeywordMisused(
            f"'{operator}' {known}. A lag is compared with {', '.join(_COMPARING)}: "
            "`Get Consumer Group Lag    shop    orders    ==    0`."
        )
    arguments.whole_number(expected, f"The lag after '{spelled}'")
    return matching.parse_conditions(["lag", spelled, int(expected)])


def _lines(lag: Lag) -> list[str]:
    return long_lists.bounded([partition.text for partition in lag.partitions])


def _not_as_expected(
    group: str, topic: str | None, lag: Lag, expectation: Conditions, deadline: Deadline, message: str | None
) -> str:
    condition = expectation[0]
    on = f" on '{topic}'" if topic else ""
    within = f" within {in_words(deadline.seconds)}" if deadline.seconds else ""
    lines = [message] if message else []
    lines.append(f"The lag of the group '{group}'{on} {condition.operator.phrase} {condition.expected}{within}.")
    lines.append(f"It {condition.operator.unmet} {lag.total}{' at the end' * bool(within)}:")
    return "\n".join([*lines, *_lines(lag)])
