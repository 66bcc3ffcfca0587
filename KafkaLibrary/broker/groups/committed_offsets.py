"""The committed offsets of consumer groups, read and written without joining a group.

The client's admin functions for them may end the whole process when the group's coordinator goes away or
moves, so a consumer asks that has the group's id and never subscribes. To the group it is nobody: it is no
member, and what it asks makes no rebalance.
"""

from __future__ import annotations

import concurrent.futures
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import confluent_kafka as client

from KafkaLibrary.broker.clients.client_calls import in_slices
from KafkaLibrary.broker.clients.closing import let_go
from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.cluster.error_codes import passes
from KafkaLibrary.broker.cluster.retried_requests import RetriedRequest
from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.broker.settings.refused_properties import explain_refusal
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable, KeywordMisused, unsendable
from KafkaLibrary.secrets.client_properties import Properties
from KafkaLibrary.watching.event_source import Place

if TYPE_CHECKING:
    from confluent_kafka.admin import AdminClient

Error = client.KafkaError
_LEAST = 0.01
_KEPT = 4
"""Groups whose consumers are kept: a new one needs 20 ms until it has met the coordinator."""
_PROBE = 0.3
_QUICK = 3
"""Slices in which most answers come; one that takes longer than a slice is waited for in another way."""
_MEETING = 2.0
_PATIENCE = 30.0
_ANY = ("__consumer_offsets", 0)
"""A partition to ask about where only the asking matters."""
_UNCOMMITTED = {"isolation.level": "read_uncommitted"}
_OF_MEMBERS = (
    Error.UNKNOWN_MEMBER_ID, Error.ILLEGAL_GENERATION, Error.NON_EMPTY_GROUP, Error.REBALANCE_IN_PROGRESS,
    Error.FENCED_INSTANCE_ID, Error.STALE_MEMBER_EPOCH, Error.FENCED_MEMBER_EPOCH,
)  # fmt: skip


_MAY_ARRIVE = (
    "The new offsets were in flight at the timeout: they may still arrive.\n"
    "Reset them again, and start the application only when that has passed."
)


class HasMembers(KafkaUnusable):
    """Kafka takes commits of a group that has members from these alone."""


class NoConsumerGroup(KafkaUnusable):
    """There is a group of that id, but one of another kind."""


_KINDS: Mapping[type[KafkaUnusable], Collection[int]] = {
    HasMembers: _OF_MEMBERS,
    NoConsumerGroup: (Error.GROUP_ID_NOT_FOUND,),  # a group that is not there would have been made
}


class _Refused(Exception):
    """The coordinator answered, with the client's error."""


class CommittedOffsets:
    """The committed offsets of the groups of one cluster."""

    def __init__(self, settings: Settings, admin: Admin, client_errors: ClientErrors) -> None:
        self._settings = settings
        self._admin = admin
        self._client_errors = client_errors
        self._consumers: dict[str, Any] = {}

    def read(self, group: str, places: Collection[Place], deadline: Deadline) -> dict[Place, int | None]:
        """The group's committed offsets, ``None`` where it has none.

        Offsets in a transaction count when it is committed. Whether there is such a group is not told.
        """
        if not places:
            return {}
        doing = f"read the offsets of the group '{group}'"
        try:
            answers = self._ask(group, [client.TopicPartition(*place) for place in places], deadline, doing)
        except _Refused as refusal:
            raise self._explained(refusal.args[0], deadline, doing) from None
        return {(part.topic, part.partition): int(part.offset) if part.offset >= 0 else None for part in answers}

    def _ask(self, group: str, parts: list[Any], deadline: Deadline, doing: str) -> Any:
        """What the consumer of the group is told, asked until the deadline. The calls block, so they are slices."""
        consumer = self._consumer(group)
        quick = _QUICK
        while True:
            self._settings.renew_token()
            try:
                if quick:  # the look for the coordinator goes on in the client when a slice is over
                    quick -= 1
                    answers = consumer.committed(parts, timeout=max(deadline.slice(), _LEAST))
                else:
                    answers = self._far(group, consumer, parts, deadline)
                problem = next((part.error for part in answers if part.error is not None), None)
            except client.KafkaException as refusal:
                problem = refusal.args[0]
            beside = _told_beside(consumer, problem)
            if beside is not None:  # that is told once: the same consumer would hear nothing the next time
                self._let_go(group)
                raise _Refused(beside)
            if problem is None:
                self._client_errors.heard()
                return answers
            if not passes(problem):
                raise _Refused(problem)
            if deadline.passed or not self._admin.go_on(deadline):
                raise self._explained(problem, deadline, doing)

    def _far(self, group: str, consumer: Any, parts: list[Any], deadline: Deadline) -> Any:
        """The same question where its answer takes longer than a slice."""
        try:
            return in_slices(
                lambda seconds: consumer.committed(parts, timeout=seconds),
                deadline,
                lambda: self._admin.go_on(deadline),
            )
        except client.KafkaException:
            raise
        except BaseException:
            self._consumers.pop(group, None)  # it is asked still, and ends with that
            raise

    def write(self, group: str, offsets: Mapping[Place, int], deadline: Deadline) -> None:
        """Commit in the name of a group without members. Raises ``HasMembers`` where it has some."""
        doing = f"commit offsets of the group '{group}'"
        parts = [client.TopicPartition(*place, offset) for place, offset in offsets.items()]

        def ask(admin: AdminClient) -> Any:
            wanted = client.ConsumerGroupTopicPartitions(group, parts)
            return admin.alter_consumer_group_offsets([wanted], request_timeout=_PATIENCE)[group]

        request = RetriedRequest(ask)
        try:
            answers = self.of_coordinator(group, request, deadline, doing)
        except client.KafkaException as refusal:
            raise _refusal(refusal.args[0], doing) from None
        except KafkaUnusable as reason:
            raise reason if request.did_nothing else KafkaUnusable(f"{reason}\n{_MAY_ARRIVE}") from None
        for part in answers.topic_partitions:
            if part.error is not None:
                raise self._explained(part.error, deadline, doing)

    def of_coordinator(self, group: str, ask: Callable[[AdminClient], Any], deadline: Deadline, doing: str) -> Any:
        """The answer of an admin function that asks a group's coordinator.

        An admin client that has met a coordinator may end the process when this goes away, even after the answer
        and also when its own time for an answer is over. So each question has a client of its own, which is asked
        when the consumer has heard from the coordinator just before.
        """
        while True:
            self._meet(group, deadline)
            admin = self._new_admin()
            try:
                return _result(ask(admin), deadline)
            except concurrent.futures.TimeoutError:
                raise self._admin.unreachable(deadline, doing) from None
            except client.KafkaException as refusal:
                error = refusal.args[0]
                if not passes(error) or deadline.passed:
                    raise self._admin.explained(error, deadline, doing) from None
            finally:
                let_go([admin], patience=0)

    def _new_admin(self) -> AdminClient:
        from confluent_kafka.admin import AdminClient  # noqa: PLC0415 - slow, so at first use

        properties = Properties({**self._settings.for_admin(), "error_cb": self._client_errors.told})
        return AdminClient(properties, logger=self._client_errors)

    def _meet(self, group: str, deadline: Deadline) -> None:
        """Return when the group's coordinator has answered; whatever it answers."""
        with suppress(_Refused):
            self._ask(group, [client.TopicPartition(*_ANY)], deadline, f"reach the coordinator of the group '{group}'")

    def are_pending(self, group: str, places: Collection[Place]) -> bool:
        """Whether the group has offsets there in a transaction that is still open. For messages: no trouble is told.

        Kafka gives no answer to one that wants stable offsets while they are not.
        """
        consumer = self._make(group, {"isolation.level": "read_committed"})
        parts = [client.TopicPartition(*place) for place in places]
        pending = False
        try:
            took = _answer_time(consumer)
            # A busy Kafka may be late once.
            pending = all(_silent(consumer, parts, Deadline(max(_PROBE, 4 * took))) for _ in range(2))
        except TimeoutError:  # the coordinator answers nothing at all
            pending = False
        let_go([consumer], patience=0)  # not where this was stopped: it may be asked still, and ends with that
        return pending

    def clients(self) -> list[Any]:
        """All consumers, to be let go."""
        made = list(self._consumers.values())
        self._consumers.clear()
        return made

    def _explained(self, error: Any, deadline: Deadline, doing: str) -> Exception:
        problem = self._admin.explained(error, deadline, doing)
        return _refusal(error, doing) if isinstance(problem, client.KafkaException) else problem

    def _consumer(self, group: str) -> Any:
        consumer = self._consumers.pop(group, None)
        if consumer is None:
            while len(self._consumers) >= _KEPT:
                self._let_go(next(iter(self._consumers)))
            consumer = self._make(group, _UNCOMMITTED)
        self._consumers[group] = consumer  # the last asked is the last to go
        return consumer

    def _make(self, group: str, more: Mapping[str, Any]) -> Any:
        check_group(group)
        properties = Properties(
            {
                **self._settings.for_admin(),
                **more,
                "group.id": group,
                "enable.auto.commit": False,
                "enable.auto.offset.store": False,
                "error_cb": self._client_errors.told,
            }
        )
        try:
            return client.Consumer(properties, logger=self._client_errors)
        except client.KafkaException as refusal:
            raise explain_refusal(str(refusal.args[0].str()), self._settings) from None

    def _let_go(self, group: str) -> None:
        let_go([self._consumers.pop(group, None)], patience=0)


def check_group(group: Any) -> None:
    """Raises ``KeywordMisused`` for what can't be a group's id."""
    if not isinstance(group, str) or not group.strip():
        raise KeywordMisused(f"Expected a consumer group id, not {group!r}: the group.id of the system under test.")
    problem = unsendable(group)
    if problem:
        raise KeywordMisused(f"The consumer group's id {problem}: {group!r}.\nRemove that character.")


def _answer_time(consumer: Any) -> float:
    """Seconds in which the coordinator answers about what nobody has committed. Raises ``TimeoutError``."""
    anything = [client.TopicPartition(*_ANY)]
    for _ in range(2):  # the first has to find the coordinator
        meeting = Deadline(_MEETING)
        try:
            in_slices(lambda seconds: consumer.committed(anything, timeout=seconds), meeting)
        except client.KafkaException:
            raise TimeoutError from None
    return meeting.elapsed()


def _silent(consumer: Any, parts: list[Any], deadline: Deadline) -> bool:
    """Whether the coordinator does not tell the offsets of these partitions, while it answers other questions."""
    try:
        in_slices(lambda seconds: consumer.committed(parts, timeout=seconds), deadline)
    except client.KafkaException as problem:
        return problem.args[0].code() in (Error._TIMED_OUT, Error.UNSTABLE_OFFSET_COMMIT)
    return False


def _told_beside(consumer: Any, problem: Any) -> Any:
    """An error that does not pass and comes beside the answers, if there is one: without rights there is no answer."""
    quick = problem is None or problem.code() == Error._TIMED_OUT
    message = consumer.poll(0 if quick else _LEAST)  # an error that comes at once must not keep a core busy
    beside = None if problem is None or message is None else message.error()
    return None if beside is None or passes(beside) else beside


def _result(future: Any, deadline: Deadline) -> Any:
    while True:
        try:
            return future.result(max(deadline.slice(), _LEAST))
        except concurrent.futures.TimeoutError:
            if deadline.passed:
                raise


def _refusal(error: Any, doing: str) -> KafkaUnusable:
    kind = next((kind for kind, codes in _KINDS.items() if error.code() in codes), KafkaUnusable)
    return kind(f"Kafka refused to {doing}: {str(error.str()).rstrip('.')}.")
