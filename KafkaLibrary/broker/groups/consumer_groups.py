"""Consumer groups: listed, described, waited for and deleted; this library joins none."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import confluent_kafka as client

from KafkaLibrary.broker.clients.client_calls import apart
from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.cluster.topic_names import check_topic_name
from KafkaLibrary.broker.groups.committed_offsets import CommittedOffsets, check_group
from KafkaLibrary.deadline import Deadline, answered_late, in_words
from KafkaLibrary.errors import ExpectationFailed, KafkaUnusable, NeedsRealKafka, did_you_mean
from KafkaLibrary.watching.event_source import Place, Source

if TYPE_CHECKING:
    from KafkaLibrary.broker.embedded.embedded_broker import EmbeddedBroker

Error = client.KafkaError
_BETWEEN = 0.1
"""Seconds between two looks. Each takes 20 ms and some requests more, for it has a client of its own."""
_NOT_THERE = (Error.GROUP_ID_NOT_FOUND,)
_LAST_LOOK = 1.0
_LEAST = 0.02
_PATIENCE = 30.0
"""Seconds that the client waits for an answer by itself; the deadline stands above it."""
_SHOWN = 10
_STATES = {
    "PREPARING_REBALANCING": "is rebalancing",
    "COMPLETING_REBALANCING": "is rebalancing",
    "ASSIGNING": "is rebalancing: partitions are being assigned",
    "RECONCILING": "is rebalancing: its members have not all accepted their assignment",
    "UNKNOWN": "is rebalancing: its members have not all accepted their assignment",
    "STABLE": "is stable",
    "EMPTY": "has no member",
    "DEAD": "does not exist",
}
"""What a state means, classic groups and those of the newer protocol alike.

The client has no name for the states of the newer protocol that the classic one does not have: to it they are unknown.
"""


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What the cluster says of a group: its state, its members, and by partition the member that has it."""

    state: str
    members: tuple[str, ...]
    owners: Mapping[Place, str]

    @property
    def exists(self) -> bool:
        """Whether there is such a group; one that only has committed offsets is one, too."""
        return self.state != "DEAD"

    def topics(self) -> list[str]:
        """The topics of which members have partitions."""
        return sorted({topic for topic, _ in self.owners})

    def text(self) -> str:
        """Its state and members in one sentence."""
        return f"The group {_STATES.get(self.state, f'is {self.state}')}, with {count(len(self.members), 'member')}."


_INSTEAD = "Wait instead for what the application does, such as an event that it publishes."
OTHER_KIND = (
    "It is not a consumer group: it is a share group, which commits no offsets, "
    f"or one of Kafka Streams with group.protocol=streams, whose members are unknown.\n{_INSTEAD}"
)
SHARE_GROUP = f"It is not a consumer group: it is a share group, which commits no offsets.\n{_INSTEAD}"
_NOBODY = GroupFacts("DEAD", (), {})


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

    def __init__(
        self, admin: Admin, source: Source, commits: CommittedOffsets, embedded: EmbeddedBroker | None = None
    ) -> None:
        self._admin = admin
        self._source = source
        self._commits = commits
        self._embedded = embedded

    def names(self, deadline: Deadline) -> list[str]:
        """The ids of all groups."""
        listed = self._admin.wait(
            lambda seconds: _Listed(self._admin.client.list_consumer_groups(request_timeout=seconds)),
            deadline,
            "list the groups",
        )
        return sorted(group.group_id for group in listed.valid)

    def near(self, group: str, deadline: Deadline) -> str:
        """A sentence with ids like that one, for messages; empty where they can't be had."""
        found = self._of_all_kinds(None, deadline) or []
        return did_you_mean(group, (one.id for one in found if one.id != group))

    def is_of_another_kind(self, group: str, deadline: Deadline) -> bool:
        """Whether there is such a group, but no consumer group. It is known that no consumer group is there."""
        found = self._of_all_kinds(group, deadline) or []
        return any(one.id == group and one.state == "Dead" for one in found)

    def is_known(self, group: str, deadline: Deadline) -> bool:
        """Whether there is a group of that id, of whatever kind. What can't be told counts as known."""
        check_group(group)
        if self._embedded is not None:
            return True
        found = self._of_all_kinds(group, deadline.beside(_LAST_LOOK))
        return found is None or any(one.id == group for one in found)

    def is_share_group(self, group: str, deadline: Deadline) -> bool:
        """Whether it is for certain a group that never commits an offset."""
        if self._embedded is not None or not self.is_of_another_kind(group, deadline):
            return False
        from KafkaLibrary.broker.groups.share_groups import is_share_group  # noqa: PLC0415 - few have any

        return is_share_group(group, self._admin, self._source, deadline)

    def _of_all_kinds(self, group: str | None, deadline: Deadline) -> Any:
        """Groups by the client's old list, which nothing else tells of all kinds; nothing where there is no answer."""
        asked = [] if group is None else [group]
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                try:
                    return apart(partial(self._list_groups, *asked, timeout=max(deadline.slice(), _LEAST)))
                except client.KafkaException:
                    if deadline.passed:
                        return None
            self._admin.pause(deadline.slice(_LEAST))

    def describe(self, group: str, deadline: Deadline) -> GroupFacts | None:
        """The state of a group and who has which partition. Nothing on the embedded broker, which can't tell."""
        if self._embedded is not None:
            return None
        try:
            found = self._commits.of_coordinator(
                group,
                lambda admin: admin.describe_consumer_groups([group], request_timeout=_PATIENCE)[group],
                deadline,
                f"describe the group '{group}'",
            )
        except client.KafkaException as problem:
            if problem.args[0].code() in _NOT_THERE:
                return _NOBODY
            raise KafkaUnusable(f"Kafka does not describe the group '{group}': {problem.args[0].str()}.") from None
        owners: dict[Place, str] = {}
        for member in found.members:
            assigned: Any = member.assignment.topic_partitions if member.assignment else []
            owners.update({(part.topic, part.partition): _named(member) for part in assigned})
        return GroupFacts(found.state.name, tuple(_named(member) for member in found.members), owners)

    def _facts(self, group: str, deadline: Deadline) -> GroupFacts:
        return self.describe(group, deadline) or _NOBODY

    def about(self, group: str, place: Place, deadline: Deadline) -> str:
        """What a failure says of the group, and of who has the partition; on the embedded broker usual reasons."""
        if self._embedded is not None:
            return self._embedded.usual_reasons(place[0])
        facts = self.describe(group, deadline)
        if facts is None:
            return ""
        if not facts.members:
            return self.without_members(group, facts, deadline)
        where = f"{place[0]}[{place[1]}]"
        owner = facts.owners.get(place)
        has = f"{where} belongs to {owner}." if owner else f"None of them has {where}.{_instead(facts, place[0])}"
        return f"{facts.text()} {has}"

    def without_members(self, group: str, facts: GroupFacts, deadline: Deadline) -> str:
        """What a failure says of a group that nobody is in."""
        if facts.exists:
            return "The group has no member: is the application running?"
        if self.is_of_another_kind(group, deadline.beside(_LAST_LOOK)):
            return self.other_kind(group, deadline)
        near = self.near(group, deadline.beside(_LAST_LOOK))
        return f"Unknown group: is the application running, and is this its group.id? {near}".rstrip()

    def _list_groups(self, *asked: str, timeout: float) -> Any:
        return self._admin.client.list_groups(*asked, timeout=timeout)

    def other_kind(self, group: str, deadline: Deadline) -> str:
        """What a failure says of a group that is of another kind."""
        return SHARE_GROUP if self.is_share_group(group, deadline.beside(_LAST_LOOK)) else OTHER_KIND

    def wait_until_ready(self, group: str, topic: str, deadline: Deadline) -> GroupFacts:
        """Wait until the group is stable and has a member for every partition of the topic."""
        check_group(group)
        check_topic_name(topic)
        if self._embedded is not None:
            raise NeedsRealKafka("describe consumer groups")
        while True:
            # The topic is asked last: a partition that is added meanwhile has no member then.
            facts = self._facts(group, deadline.at_least(_LAST_LOOK))
            topics = self._admin.describe([topic], deadline.at_least(_LAST_LOOK))[topic]
            partitions = topics.partitions if topics else ()
            missing = [number for number in partitions if (topic, number) not in facts.owners]
            if topics and facts.state == "STABLE" and not missing:
                return facts
            if not facts.exists and self._stays_of_another_kind(group, deadline):
                verdict = f"Whether the group '{group}' is ready for '{topic}' is unknown."
                raise ExpectationFailed(f"{verdict}\n{self.other_kind(group, deadline)}")
            if deadline.passed:
                raise ExpectationFailed(self._not_ready(group, topic, topics, facts, missing, deadline))
            self._admin.pause(deadline.slice(_BETWEEN))

    def _stays_of_another_kind(self, group: str, deadline: Deadline) -> bool:
        """The same, asked about once more: a consumer group that came between two questions looks like one at first."""
        late = deadline.at_least(_LAST_LOOK)
        return self.is_of_another_kind(group, deadline.beside(_LAST_LOOK)) and not self._facts(group, late).exists

    def _not_ready(
        self, group: str, topic: str, topics: Any, facts: GroupFacts, missing: Collection[int], deadline: Deadline
    ) -> str:
        lines = [f"The group '{group}' was not ready for '{topic}' within {in_words(deadline.seconds)}."]
        if topics is None:
            lines.append(
                f"The topic does not exist. {self._admin.near_topics(topic, deadline.beside(_LAST_LOOK))}".rstrip()
            )
        elif not facts.members:
            lines.append(self.without_members(group, facts, deadline))
        else:
            lines.append(facts.text())
            if missing:
                of_all = f"{len(missing)} of {count(len(topics.partitions), 'partition')}"
                lines.append(
                    f"No member has partition {listed(missing)} of '{topic}', {of_all}.{_instead(facts, topic)}"
                )
        return "\n".join(filter(None, [*lines, answered_late(deadline)]))


def count(number: int, noun: str) -> str:
    """A number of things in words."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def listed(numbers: Iterable[int]) -> str:
    """The first of some numbers, and how many there are more."""
    every = list(numbers)
    shown = ", ".join(map(str, every[:_SHOWN]))
    return shown + (f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else "")


def _named(member: Any) -> str:
    instance = f", instance '{member.group_instance_id}'" if member.group_instance_id else ""
    return f"'{member.client_id}' at {str(member.host).lstrip('/')}{instance}"


def _instead(facts: GroupFacts, topic: str) -> str:
    others = [name for name in facts.topics() if name != topic]
    if topic in facts.topics() or not others:
        return ""
    shown = ", ".join(f"'{name}'" for name in others[:_SHOWN])
    return f" They consume {shown}."
