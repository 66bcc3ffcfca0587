"""The lag of a consumer group, and the reset of its offsets: what it committed beside the ends of its topics."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from KafkaLibrary.broker.cluster.admin import Admin
from KafkaLibrary.broker.cluster.topic_names import check_topic_name
from KafkaLibrary.broker.groups.committed_offsets import CommittedOffsets, HasMembers, NoConsumerGroup, check_group
from KafkaLibrary.broker.groups.consumer_groups import SHARE_GROUP, Groups, count
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import ExpectationFailed, KafkaUnusable, KeywordMisused
from KafkaLibrary.event import Event
from KafkaLibrary.watching.event_source import Place, Source, TopicFacts, is_former

_BETWEEN = 0.1
_SHOWN = 5
_NO_OFFSETS = (
    "It is not a consumer group: a share group has no offsets of this kind.\n"
    "Give the group.id of an application with ordinary consumers; Kafka's kafka-share-groups tool resets share groups."
)


class NoLag(ExpectationFailed):
    """There is nothing that could be counted: no such group, or one that has nothing to do with the topic."""


class NeverLag(NoLag):
    """And there never will be: a share group commits no offsets."""


class NoEnd(KafkaUnusable):
    """The end of a partition can't be read now."""


@dataclass(frozen=True, slots=True)
class PartitionLag:
    """One partition: what the group has committed there, where counting begins, and where the partition ends."""

    place: Place
    committed: int | None
    begin: int
    end: int

    @property
    def lag(self) -> int:
        return max(0, self.end - self.begin)

    @property
    def text(self) -> str:
        """The partition in one line."""
        topic, number = self.place
        if self.committed is None:
            return f"{topic}[{number}]: nothing committed, so counted from {self.begin}; end {self.end}, lag {self.lag}"
        return f"{topic}[{number}]: committed {self.committed}, end {self.end}, lag {self.lag}"


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a group is behind, by partition."""

    partitions: tuple[PartitionLag, ...]

    @property
    def total(self) -> int:
        return sum(partition.lag for partition in self.partitions)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a group shall go on. ``offsets`` are those of the topic with this id, by partition.

    With a time they are known to be of that time or later, whatever the clocks say.
    With ``alone`` the other partitions stay as they are, else they begin with their first event.
    """

    kind: Literal["earliest", "latest", "number", "time", "offsets"]
    number: int = 0
    milliseconds: int = 0
    offsets: Mapping[int, int] = field(default_factory=dict)
    topic_id: str | None = None
    alone: bool = False
    event: Event | None = None


class GroupOffsets:
    """The offsets of groups in the topics of one cluster."""

    def __init__(self, admin: Admin, source: Source, commits: CommittedOffsets, groups: Groups) -> None:
        self._admin = admin
        self._source = source
        self._commits = commits
        self._groups = groups

    # Lag

    def wait_for_lag(
        self, group: str, topic: str | None, holds: Callable[[int], bool], deadline: Deadline, patience: float
    ) -> tuple[Lag, bool]:
        """The lag as soon as that holds of it, or the last one. A look has that ``patience`` at least."""
        while True:
            try:
                lag = self.lag(group, topic, deadline.at_least(patience))
            except NeverLag:
                raise
            except (NoLag, NoEnd):
                if deadline.passed:
                    raise
            else:
                if holds(lag.total) or deadline.passed:
                    return lag, holds(lag.total)
            self._admin.pause(deadline.slice(_BETWEEN))

    def lag(self, group: str, topic: str | None, deadline: Deadline) -> Lag:
        """How many offsets the group is behind, on one topic or on all of its topics."""
        check_group(group)
        names = [topic] if topic is not None else self._admin.topic_names(deadline)
        facts = self._source.describe(names, deadline)
        if topic is not None and facts[topic] is None:
            near = self._admin.near_topics(topic, deadline.beside(1))
            verdict = f"The lag of the group '{group}' on '{topic}' is unknown: the topic does not exist."
            raise NoLag(f"{verdict} {near}".rstrip())
        # The commits are asked before the ends: what comes in between makes the lag larger, never smaller.
        committed = self._commits.read(group, _places(facts), deadline)
        if topic is None or all(offset is None for offset in committed.values()):
            concerned = self._concerned(group, topic, committed, deadline)
            committed = {place: offset for place, offset in committed.items() if place[0] in concerned}
        return self._counted(group, committed, deadline)

    def _concerned(
        self, group: str, topic: str | None, committed: Mapping[Place, int | None], deadline: Deadline
    ) -> Collection[str]:
        """The topics that the group consumes. Raises ``NoLag`` where it has nothing to do with any that is asked."""
        known = {place[0] for place, offset in committed.items() if offset is not None}
        on = f" on '{topic}'" if topic is not None else ""
        verdict = f"The lag of the group '{group}'{on} is unknown: "
        facts = self._groups.describe(group, deadline)
        if facts is None:  # the embedded broker
            if not known:
                raise NoLag(
                    f"{verdict}it has committed nothing, or does not exist.\n"
                    "The embedded broker reports only committed offsets."
                )
            return known
        if not facts.exists and self._groups.is_of_another_kind(group, deadline.beside(1)):
            if topic is None and known:
                return known
            kind = self._groups.other_kind(group, deadline)
            never = NeverLag if kind == SHARE_GROUP else NoLag
            raise never(f"{verdict}it has committed nothing{' there' * bool(topic)}.\n{kind}")
        if not facts.exists:
            near = self._groups.near(group, deadline.beside(1))
            raise NoLag(
                f"{verdict}the group does not exist. {near}".rstrip()
                + "\nThe application that consumes may not have started, or has another group.id."
            )
        found = known | set(facts.topics())
        if topic is None and found:
            return found
        if topic is not None and topic in found:
            return [topic]
        others = [name for name in facts.topics() if name != topic]
        instead = f"\nIts members consume {', '.join(map(repr, others[:_SHOWN]))}." if others else ""
        have = "no member has a partition of it" if topic is not None else "no member has a partition"
        raise NoLag(f"{verdict}it has committed nothing{' there' * bool(topic)}, and {have}.{instead}")

    def _counted(self, group: str, committed: Mapping[Place, int | None], deadline: Deadline) -> Lag:
        ends = self._read_ends(list(committed), deadline, committed=True)
        ahead = [place for place, offset in committed.items() if offset is not None and offset > ends[place]]
        # What was consumed of open transactions is no lag; beyond all that there is no group can be.
        for place, end in self._read_ends(ahead, deadline, committed=False).items():
            if (committed[place] or 0) > end:
                raise NoLag(
                    f"The lag of the group '{group}' on {place[0]}[{place[1]}] is unknown: "
                    f"it has committed {committed[place]}, which is beyond the end, {end}.\n"
                    "That is from an earlier topic of that name, or events were lost."
                )
        new = [place for place, offset in committed.items() if offset is None]
        begins = self._source.beginnings(new, deadline) if new else {}
        counted = []
        for place, offset in sorted(committed.items()):
            begin = _there(place, begins.get(place, -1)) if offset is None else offset
            counted.append(PartitionLag(place, offset, begin, ends[place]))
        return Lag(tuple(counted))

    def _read_ends(self, places: Collection[Place], deadline: Deadline, *, committed: bool) -> dict[Place, int]:
        # The group's own isolation counts, not this connection's.
        ends = self._admin.ends(places, deadline, committed=committed)
        return {place: _there(place, ends.get(place, -1)) for place in places}

    # Where a group goes on

    def _is_former(self, target: Target, topic_id: str, deadline: Deadline) -> bool:
        if target.event is not None:
            return is_former(self._source, target.event, topic_id, deadline)
        return bool(target.topic_id) and target.topic_id != topic_id

    def reset(self, group: str, topic: str, target: Target, deadline: Deadline) -> dict[int, int]:
        """Set the committed offsets of a group without members; gives them when the cluster has them."""
        check_group(group)
        check_topic_name(topic)
        facts = self._source.describe([topic], deadline)[topic]
        if facts is None:
            near = self._admin.near_topics(topic, deadline.beside(1))
            raise KafkaUnusable(f"The topic '{topic}' does not exist. {near}".rstrip())
        if facts.id and self._is_former(target, facts.id, deadline):
            raise KeywordMisused(f"to= is from an earlier topic '{topic}', which has been deleted.")
        wanted = self._wanted(topic, facts, target, deadline)
        try:
            self._commits.write(group, wanted, deadline)
        except HasMembers:
            raise self._has_members(group, deadline) from None
        except NoConsumerGroup:
            raise KeywordMisused(f"The offsets of the group '{group}' can't be reset.\n{_NO_OFFSETS}") from None
        while self._read_back(group, wanted, deadline) != wanted:
            if deadline.passed:
                raise KafkaUnusable(
                    f"Kafka took the new offsets of the group '{group}', but reports others.\nSomeone else commits "
                    "for it."
                )
            self._admin.pause(deadline.slice(_BETWEEN))
        return {number: offset for (_, number), offset in wanted.items()}

    def _read_back(self, group: str, wanted: Mapping[Place, int], deadline: Deadline) -> dict[Place, int | None]:
        try:
            return self._commits.read(group, wanted, deadline)
        except KafkaUnusable as reason:
            raise KafkaUnusable(f"{reason}\nKafka took the new offsets before: the group continues there.") from None

    def _wanted(self, topic: str, facts: TopicFacts, target: Target, deadline: Deadline) -> dict[Place, int]:
        places = [(topic, number) for number in facts.partitions]
        if target.kind == "latest":
            return self._read_ends(places, deadline, committed=True)
        if target.kind == "time":
            found = self._source.offsets_at(places, target.milliseconds, deadline)
            known = {(topic, number): offset for number, offset in target.offsets.items()}
            return {place: min(_there(place, found.get(place, -1)), known.get(place, found[place])) for place in places}
        found = self._source.beginnings(places, deadline)
        begins = {place: _there(place, found.get(place, -1)) for place in places}
        if target.kind == "earliest":
            return begins
        if target.kind == "number":
            asked = dict.fromkeys(places, target.number)
        elif target.alone:
            asked = {(topic, number): offset for number, offset in target.offsets.items()}
        else:
            return {place: max(begin, target.offsets.get(place[1], 0)) for place, begin in begins.items()}
        ends = self._read_ends(places, deadline, committed=False)
        for place, offset in asked.items():
            # Behind the last event is a place to go on, but no event.
            if not begins.get(place, 0) <= offset <= ends.get(place, -1) - target.alone:
                raise KeywordMisused(
                    f"The group can't continue at offset {offset} of {place[0]}[{place[1]}]: it has offsets "
                    f"{begins.get(place)} to before {ends.get(place)}."
                )
        return asked

    def _has_members(self, group: str, deadline: Deadline) -> KeywordMisused:
        facts = self._groups.describe(group, deadline.at_least(1))
        members = facts.members if facts else ()
        has = f"it has {count(len(members), 'member')}" if members else "it has members"
        lines = [f"The offsets of the group '{group}' can't be reset: {has}, and Kafka takes commits only from them."]
        if members:
            more = f" and {len(members) - _SHOWN} more" if len(members) > _SHOWN else ""
            lines.append(f"They are {', '.join(members[:_SHOWN])}{more}.")
        lines.append(
            "Stop the application first. If killed, it stays a member until its session timeout, 45 seconds by default."
        )
        return KeywordMisused("\n".join(lines))


def _places(facts: Mapping[str, TopicFacts | None]) -> list[Place]:
    return [(name, number) for name, found in facts.items() if found for number in found.partitions]


def _there(place: Place, offset: int) -> int:
    """The offset, or the failure where there is none: a leader that went away answers with less than nothing."""
    if offset < 0:
        raise NoEnd(
            f"The offsets of {place[0]}[{place[1]}] can't be read.\n"
            "Its leader is unreachable, or the partition no longer exists."
        )
    return offset
