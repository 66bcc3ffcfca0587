"""Consumer groups: always those of the system under test; this library joins none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import confluent_kafka as client

from KafkaLibrary.broker.admin import Admin, check_topic_name
from KafkaLibrary.deadline import Deadline, in_words
from KafkaLibrary.errors import (
    ExpectationFailed,
    KafkaUnusable,
    KeywordMisused,
    NeedsRealKafka,
    did_you_mean,
)
from KafkaLibrary.event import Event

Error = client.KafkaError
_PAUSE = 0.025
_NOT_THERE = (Error.GROUP_ID_NOT_FOUND, Error.UNKNOWN_TOPIC_OR_PART, Error._UNKNOWN_PARTITION)
_LAST_LOOK = 1.0


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What the cluster says of a group: its state, and by partition of a topic the member that has it."""

    state: str
    members: int
    owners: dict[int, str]


class _Listed:
    """The future of a list of groups. The client gives its errors beside the list: no group is not no answer."""

    def __init__(self, future: Any) -> None:
        self._future = future

    def result(self, timeout: float) -> Any:
        listed = self._future.result(timeout)
        if listed.errors and not listed.valid:
            raise client.KafkaException(listed.errors[0])
        return listed


class Groups:
    """The consumer groups of one cluster."""

    def __init__(self, admin: Admin, *, embedded: bool) -> None:
        self._admin = admin
        self._embedded = embedded

    def committed(self, group: str, topic: str, partition: int, deadline: Deadline) -> int | None:
        """The group's committed offset, ``None`` where it has none."""
        part = client.TopicPartition(topic, partition)
        try:
            answer = self._admin.wait(
                lambda seconds: self._admin.client.list_consumer_group_offsets(
                    [client.ConsumerGroupTopicPartitions(group, [part])], request_timeout=seconds
                )[group],
                deadline,
                f"ask for the offsets of the group '{group}'",
            )
        except client.KafkaException as problem:
            if problem.args[0].code() in _NOT_THERE:
                return None
            raise KafkaUnusable(f"Kafka does not tell of the group '{group}': {problem.args[0].str()}.") from None
        found = answer.topic_partitions[0]
        if found.error is not None:
            if found.error.code() in _NOT_THERE:
                return None
            raise KafkaUnusable(f"Kafka does not tell of the group '{group}': {found.error.str()}.")
        return int(found.offset) if found.offset >= 0 else None

    def wait_until_consumed(self, event: Event, group: str, deadline: Deadline) -> int:
        """Wait until the group's committed offset is behind the event; gives that offset."""
        check_group(group)
        first: int | None = None
        looked = False
        while True:
            offset = self.committed(group, event.topic, event.partition, deadline.at_least(_LAST_LOOK))
            if offset is not None and offset > event.offset:
                return offset
            if not looked:
                first, looked = offset, True
            if deadline.passed:
                raise ExpectationFailed(self._not_consumed(event, group, first, offset, deadline))
            self._admin.client.poll(deadline.slice(_PAUSE))

    def _not_consumed(self, event: Event, group: str, first: int | None, last: int | None, deadline: Deadline) -> str:
        lines = [f"The group '{group}' did not commit past {event.place} within {in_words(deadline.seconds)}."]
        if last is None:
            lines.append(f"It has committed nothing on {event.topic}[{event.partition}].")
        elif first == last:
            lines.append(f"Its committed offset stayed at {last}; {event.offset + 1} or more was waited for.")
        else:
            lines.append(
                f"Its committed offset went from {first} to {last}; {event.offset + 1} or more was waited for."
            )
        if not self._embedded:
            lines.append(self._about(group, event.topic))
        return "\n".join(filter(None, lines))

    def _about(self, group: str, topic: str) -> str:
        try:
            facts = self.describe(group, topic, Deadline(_LAST_LOOK))
            if facts.members or facts.state not in ("DEAD", "EMPTY", "UNKNOWN"):
                return f"The group is {facts.state}, with {facts.members} members."
            near = did_you_mean(group, self.names(Deadline(_LAST_LOOK)))
        except KafkaUnusable:
            return ""
        return f"The group has no member: is the application running, and is this its group.id? {near}".rstrip()

    def names(self, deadline: Deadline) -> list[str]:
        """The ids of all groups."""
        listed = self._admin.wait(
            lambda seconds: _Listed(self._admin.client.list_consumer_groups(request_timeout=seconds)),
            deadline,
            "list the groups",
        )
        return sorted(group.group_id for group in listed.valid)

    def describe(self, group: str, topic: str, deadline: Deadline) -> GroupFacts:
        """The state of a group and who owns the partitions of a topic."""
        try:
            found = self._admin.wait(
                lambda seconds: self._admin.client.describe_consumer_groups([group], request_timeout=seconds)[group],
                deadline,
                f"describe the group '{group}'",
            )
        except client.KafkaException as problem:
            if problem.args[0].code() in _NOT_THERE:
                return GroupFacts("DEAD", 0, {})
            raise KafkaUnusable(f"Kafka does not tell of the group '{group}': {problem.args[0].str()}.") from None
        owners: dict[int, str] = {}
        for member in found.members:
            assigned: Any = member.assignment.topic_partitions if member.assignment else []
            owners.update({part.partition: member.client_id for part in assigned if part.topic == topic})
        return GroupFacts(found.state.name, len(found.members), owners)

    def wait_until_ready(self, group: str, topic: str, deadline: Deadline) -> GroupFacts:
        """Wait until the group is stable and has a member for every partition of the topic."""
        check_group(group)
        check_topic_name(topic)
        if self._embedded:
            raise NeedsRealKafka("describe consumer groups")
        while True:
            topics = self._admin.describe([topic], deadline.at_least(_LAST_LOOK))[topic]
            facts = self.describe(group, topic, deadline.at_least(_LAST_LOOK))
            if topics and facts.state == "STABLE" and set(topics.partitions) <= set(facts.owners):
                return facts
            if deadline.passed:
                raise ExpectationFailed(self._not_ready(group, topic, topics, facts, deadline))
            self._admin.client.poll(deadline.slice(_PAUSE))

    def _not_ready(self, group: str, topic: str, topics: Any, facts: GroupFacts, deadline: Deadline) -> str:
        lines = [f"The group '{group}' was not ready for '{topic}' within {in_words(deadline.seconds)}."]
        if topics is None:
            lines.append(f"The topic does not exist. {self._admin.near_topics(topic, Deadline(_LAST_LOOK))}".rstrip())
        elif facts.state in ("DEAD", "EMPTY", "UNKNOWN") and not facts.members:
            lines.append(self._about(group, topic))
        else:
            missing = [str(number) for number in topics.partitions if number not in facts.owners]
            lines.append(f"It is {facts.state}, with {facts.members} members.")
            if missing:
                lines.append(f"No member has partition {', '.join(missing)}.")
        return "\n".join(lines)


def check_group(group: Any) -> None:
    """Raises ``KeywordMisused`` for what can't be a group's id."""
    if not isinstance(group, str) or not group.strip():
        raise KeywordMisused(f"A consumer group's id is needed, not {group!r}: the group.id of the system under test.")
