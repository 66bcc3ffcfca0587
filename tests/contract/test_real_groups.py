"""Groups of a real Kafka: their members, transactions and offsets, in the classic protocol and the newer one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import confluent_kafka as client
import pytest
from confluent_kafka import TopicPartition

from KafkaLibrary.broker.clients.closing import let_go
from KafkaLibrary.broker.groups.lag_and_reset import Target
from KafkaLibrary.errors import ExpectationFailed, KafkaUnusable, KeywordMisused
from tests.contract.brokers import Broker, Import, missing, refusal, within

PROTOCOLS = ("classic", "consumer")


class Member:
    """Another application's consumer, with all partitions of a topic."""

    def __init__(self, broker: Broker, group: str, topic: str, protocol: str, **more: Any) -> None:
        properties = {"bootstrap.servers": broker.address, "group.id": group, "group.protocol": protocol, **more}
        self.consumer = client.Consumer(
            {**properties, "enable.auto.commit": False, "auto.offset.reset": "earliest", "client.id": "the-shop"}
        )
        self.assigned = 0
        self.consumer.subscribe([topic], on_assign=self._count)
        deadline = within()
        self.first: Any = None
        while not self.consumer.assignment() and not deadline.passed:
            self.first = self.consumer.poll(0.1)

    def _count(self, *_: Any) -> None:
        self.assigned += 1

    def commit(self, topic: str, offset: int) -> None:
        self.consumer.commit(offsets=[TopicPartition(topic, 0, offset)], asynchronous=False)


@pytest.fixture(params=PROTOCOLS)
def protocol(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def joined(real: Broker, protocol: str) -> Iterator[tuple[str, str, Member]]:
    """A topic with three events, a group, and its only member."""
    topic, group = real.topic(1), missing()
    real.publish(topic, b"a", b"b", b"c")
    member = Member(real, group, topic, protocol)
    yield topic, group, member
    member.consumer.close()


def test_a_group_is_ready_when_its_members_have_all_partitions(real: Broker, joined: tuple[str, str, Member]) -> None:
    topic, group, _ = joined
    facts = real.connection.groups.wait_until_ready(group, topic, within())
    assert (facts.state, len(facts.members), set(facts.owners)) == ("STABLE", 1, {(topic, 0)})


def test_a_group_is_not_ready_for_a_partition_that_its_members_do_not_know(
    real: Broker, joined: tuple[str, str, Member]
) -> None:
    topic, group, _ = joined
    real.connection.groups.wait_until_ready(group, topic, within())
    real.grow(topic, 3)
    reason = refusal(lambda: real.connection.groups.wait_until_ready(group, topic, within(0.1)))
    assert "was not ready" in str(reason)
    assert f"No member has partition 1, 2 of '{topic}', 2 of 3 partitions." in str(reason)


def test_a_group_with_more_members_than_one_is_ready_when_all_have_theirs(real: Broker, protocol: str) -> None:
    topic, group = real.topic(4), missing()
    members = [Member(real, group, topic, protocol)]
    members.append(_joining(real, group, topic, protocol))
    deadline = within(20)
    while not all(member.consumer.assignment() for member in members) and not deadline.passed:
        for member in members:
            member.consumer.poll(0.05)
    facts = real.connection.groups.wait_until_ready(group, topic, within())
    for member in members:
        member.consumer.close()
    assert (len(facts.members), len(facts.owners)) == (2, 4)


def _joining(real: Broker, group: str, topic: str, protocol: str) -> Member:
    member = Member.__new__(Member)
    member.consumer = (
        real.member(group)
        if protocol == "classic"
        else client.Consumer({"bootstrap.servers": real.address, "group.id": group, "group.protocol": protocol})
    )
    member.consumer.subscribe([topic])
    return member


def test_a_group_is_not_ready_while_a_member_has_not_given_up_its_partitions(
    real: Broker, protocol: str, joined: tuple[str, str, Member]
) -> None:
    topic, group, _ = joined  # this member does not poll, so it does not hear of the next one
    real.connection.groups.wait_until_ready(group, topic, within())
    next_one, deadline = _joining(real, group, topic, protocol), within()
    while len(_facts(real, group).members) < 2 and not deadline.passed:
        next_one.consumer.poll(0.1)
    reason = refusal(lambda: real.connection.groups.wait_until_ready(group, topic, within(0.1)))
    exists = _facts(real, group).exists
    next_one.consumer.close()
    assert ("The group is rebalancing" in str(reason), exists) == (True, True)


def test_a_group_without_members_is_not_ready(real: Broker) -> None:
    topic = real.topic(1)
    reason = refusal(lambda: real.connection.groups.wait_until_ready(missing(), topic, within(0.1)))
    assert isinstance(reason, ExpectationFailed)
    assert "Unknown group: is the application running, and is this its group.id?" in str(reason)


def test_a_group_whose_members_have_left_is_not_ready(real: Broker, protocol: str) -> None:
    topic, group = real.topic(1), missing()
    member = Member(real, group, topic, protocol)
    member.commit(topic, 0)
    member.consumer.close()
    reason = refusal(lambda: real.connection.groups.wait_until_ready(group, topic, within(0.1)))
    assert "The group has no member: is the application running?" in str(reason)


def test_a_group_is_not_ready_for_a_topic_that_does_not_exist(real: Broker) -> None:
    reason = refusal(lambda: real.connection.groups.wait_until_ready(missing(), missing(), within(0.1)))
    assert "The topic does not exist" in str(reason)


def test_a_static_member_keeps_its_partitions(real: Broker, protocol: str) -> None:
    topic, group = real.topic(1), missing()
    member = Member(real, group, topic, protocol, **{"group.instance.id": "one"})
    facts = real.connection.groups.wait_until_ready(group, topic, within())
    member.consumer.close()
    assert "instance 'one'" in facts.owners[topic, 0]


@pytest.mark.parametrize("instance", [None, "one"])
def test_who_reads_the_commits_of_a_group_does_not_disturb_it(
    real: Broker, protocol: str, instance: str | None
) -> None:
    topic, group = real.topic(1), missing()
    member = Member(real, group, topic, protocol, **({"group.instance.id": instance} if instance else {}))
    before = member.consumer.memberid(), _facts(real, group)
    for _ in range(20):
        real.connection.commits.read(group, [(topic, 0)], within())
        member.consumer.poll(0.01)
    real.connection.commits.are_pending(group, [(topic, 0)])
    let_go(real.connection.commits.clients())
    deadline = within(4)  # more than one heartbeat: a rebalance would be told by then
    while not deadline.passed:
        member.consumer.poll(0.1)
    after = member.consumer.memberid(), _facts(real, group)
    member.commit(topic, 0)  # of another generation it would be refused
    member.consumer.close()
    assert (before, member.assigned) == (after, 1)


def _facts(real: Broker, group: str) -> Any:
    return real.connection.groups.describe(group, within())


def test_a_commit_of_a_member_is_seen(real: Broker, joined: tuple[str, str, Member]) -> None:
    topic, group, member = joined
    event = real.connection.event(real.publish(topic, b"d")[0], None)
    member.commit(topic, 4)
    assert real.connection.consumption.wait_until_consumed(event, group, within()) == 4


def test_who_has_the_partition_is_told(real: Broker, joined: tuple[str, str, Member]) -> None:
    topic, group, member = joined
    member.commit(topic, 2)
    event = real.connection.event(real.publish(topic, b"d")[0], None)
    reason = str(refusal(lambda: real.connection.consumption.wait_until_consumed(event, group, within(0.1))))
    assert f"It is 2 behind the end of {topic}[0], 4." in reason
    assert f"The group is stable, with 1 member. {topic}[0] belongs to 'the-shop' at 127.0.0.1." in reason


def test_near_names_of_groups_are_told(real: Broker) -> None:
    topic, group = real.topic(1), missing()
    real.member(group).commit(offsets=[TopicPartition(topic, 0, 0)], asynchronous=False)
    event = real.connection.event(real.publish(topic, b"a")[0], None)
    reason = refusal(lambda: real.connection.consumption.wait_until_consumed(event, f"{group}x", within(0.1)))
    assert f"Unknown group: is the application running, and is this its group.id? Did you mean '{group}'" in (
        str(reason)
    )


# Topics made again


@pytest.mark.parametrize("others", [1, 2], ids=["the new one ends before it", "another event stands in its place"])
def test_an_event_of_a_former_topic_is_never_consumed(real: Broker, others: int) -> None:
    topic, group = real.topic(1), missing()
    real.watch(topic)
    event = real.connection.event(real.publish(topic, b"a", b"b")[1], real.connection.watcher.topics[topic].id)
    real.delete(topic)
    real.make(topic, 1)
    real.publish(topic, *[b"other"] * others)
    real.member(group).commit(offsets=[TopicPartition(topic, 0, 1)], asynchronous=False)
    deadline = within()
    reason = refusal(lambda: real.connection.consumption.wait_until_consumed(event, group, deadline))
    assert ("its topic was deleted and recreated" in str(reason), deadline.passed) == (True, False)


def test_an_event_of_a_deleted_topic_is_never_consumed(real: Broker) -> None:
    topic = real.topic(1)
    event = real.connection.event(real.publish(topic, b"a")[0], None)
    real.delete(topic)
    deadline = within()
    reason = refusal(lambda: real.connection.consumption.wait_until_consumed(event, missing(), deadline))
    assert ("its topic was deleted" in str(reason), deadline.passed) == (True, False)


# Transactions


def _in_transaction(real: Broker, member: Member, offsets: list[TopicPartition]) -> Any:
    producer = real.transaction()
    producer.send_offsets_to_transaction(offsets, member.consumer.consumer_group_metadata(), 10)
    return producer


def test_offsets_of_an_open_transaction_do_not_count_and_are_told(
    real: Broker, joined: tuple[str, str, Member]
) -> None:
    topic, group, member = joined
    event = real.connection.event(real.publish(topic, b"d")[0], None)
    producer = _in_transaction(real, member, [TopicPartition(topic, 0, 4)])
    reason = refusal(lambda: real.connection.consumption.wait_until_consumed(event, group, within(0.1)))
    producer.abort_transaction(10)
    assert "It has offsets in a transaction that is still open" in str(reason)


def test_offsets_of_a_transaction_count_when_it_is_committed(real: Broker, joined: tuple[str, str, Member]) -> None:
    topic, group, member = joined
    event = real.connection.event(real.publish(topic, b"d")[0], None)
    _in_transaction(real, member, [TopicPartition(topic, 0, 4)]).commit_transaction(10)
    assert real.connection.consumption.wait_until_consumed(event, group, within()) == 4


def test_offsets_of_an_aborted_transaction_do_not_count(real: Broker, joined: tuple[str, str, Member]) -> None:
    topic, group, member = joined
    event = real.connection.event(real.publish(topic, b"d")[0], None)
    _in_transaction(real, member, [TopicPartition(topic, 0, 4)]).abort_transaction(10)
    reason = refusal(lambda: real.connection.consumption.wait_until_consumed(event, group, within(0.1)))
    assert f"It has committed nothing on {topic}[0]." in str(reason)


def test_an_event_that_was_published_in_a_transaction_is_consumed(real: Broker) -> None:
    topic, group = real.topic(1), missing()
    producer = real.connection.producer
    producer.transactions.begin(within())
    record = real.publish(topic, b"a")[0]
    producer.transactions.commit(within())
    real.member(group).commit(offsets=[TopicPartition(topic, 0, 2)], asynchronous=False)  # behind the marker
    event = real.connection.event(record, None)
    assert real.connection.consumption.wait_until_consumed(event, group, within()) == 2


def test_an_event_in_an_open_transaction_is_told(real: Broker) -> None:
    topic, group = real.topic(1), missing()
    producer = real.connection.producer
    producer.transactions.begin(within())
    event = real.connection.event(real.publish(topic, b"a")[0], None)
    reason = refusal(lambda: real.connection.consumption.wait_until_consumed(event, group, within(0.1)))
    producer.transactions.abort(within())
    assert "The event is in an open transaction, or after one" in str(reason)


def test_an_open_transaction_is_no_lag(real: Broker) -> None:
    topic, group = real.topic(1), missing()
    real.publish(topic, b"a")
    real.member(group).commit(offsets=[TopicPartition(topic, 0, 1)], asynchronous=False)
    other = real.transaction()
    other.produce(topic, b"open", partition=0)
    other.flush(10)
    lag = real.connection.group_offsets.lag(group, topic, within())
    other.abort_transaction(10)
    assert lag.total == 0


def test_an_open_transaction_is_no_lag_by_a_connection_of_uncommitted_reading(imported: Import, real: Broker) -> None:
    topic, group = real.topic(1), missing()
    real.publish(topic, b"a", b"b")
    real.commit(group, topic, 1)
    eager = imported(real.address, isolation_level="read_uncommitted")
    other = real.transaction()
    other.produce(topic, b"open", partition=0)
    other.flush(10)
    lag = eager.get_consumer_group_lag(group, topic)
    other.abort_transaction(10)
    assert lag == 1


# Lag and where a group goes on


def test_where_a_member_has_committed_nothing_lag_counts_from_the_earliest(
    real: Broker, joined: tuple[str, str, Member]
) -> None:
    topic, group, _ = joined
    real.connection.groups.wait_until_ready(group, topic, within())
    lag = real.connection.group_offsets.lag(group, topic, within())
    assert (lag.total, lag.partitions[0].committed) == (3, None)


def test_lag_of_a_missing_topic_is_refused(real: Broker) -> None:
    assert "the topic does not exist" in str(
        refusal(lambda: real.connection.group_offsets.lag("g", missing(), within()))
    )


def test_the_offsets_of_a_group_with_members_are_not_reset(real: Broker, joined: tuple[str, str, Member]) -> None:
    topic, group, member = joined
    member.commit(topic, 2)
    reason = refusal(lambda: real.connection.group_offsets.reset(group, topic, Target("earliest"), within()))
    assert isinstance(reason, KeywordMisused)
    assert "it has 1 member, and Kafka takes commits only from them.\nThey are 'the-shop' at 127.0.0.1." in str(reason)
    assert real.connection.commits.read(group, [(topic, 0)], within()) == {(topic, 0): 2}


def test_the_offsets_of_a_group_whose_members_have_left_are_reset(real: Broker, protocol: str) -> None:
    topic, group = real.topic(2), missing()
    real.publish(topic, b"a", b"b")
    member = Member(real, group, topic, protocol)
    member.commit(topic, 2)
    member.consumer.close()
    assert real.connection.group_offsets.reset(group, topic, Target("earliest"), within()) == {0: 0, 1: 0}
    assert real.connection.commits.read(group, [(topic, 0)], within()) == {(topic, 0): 0}


def test_a_group_that_does_not_exist_yet_is_made_with_its_offsets(real: Broker) -> None:
    topic, group = real.topic(1), missing()
    real.publish(topic, b"a", b"b")
    real.connection.group_offsets.reset(group, topic, Target("latest"), within())
    assert real.connection.group_offsets.lag(group, topic, within()).total == 0
    assert group in real.connection.groups.names(within())


def test_an_application_goes_on_where_its_group_was_reset_to(real: Broker, protocol: str) -> None:
    topic, group = real.topic(1), missing()
    real.publish(topic, b"a", b"b", b"c")
    real.connection.group_offsets.reset(group, topic, Target("number", number=1), within())
    member = Member(real, group, topic, protocol)
    deadline, first = within(), member.first
    while first is None and not deadline.passed:
        first = member.consumer.poll(0.1)
    member.consumer.close()
    assert first is not None
    assert first.value() == b"b"


@pytest.mark.parametrize(
    ("target", "offsets"),
    [
        (Target("earliest"), {0: 1, 1: 0}),
        (Target("latest"), {0: 3, 1: 0}),
        (Target("time", milliseconds=1), {0: 1, 1: 0}),
        (Target("time", milliseconds=2**40 * 2), {0: 3, 1: 0}),
        (Target("offsets", offsets={0: 2}), {0: 2, 1: 0}),
        (Target("offsets", offsets={0: 0}), {0: 1, 1: 0}),
        (Target("offsets", offsets={0: 2}, alone=True), {0: 2}),
    ],
    ids=["earliest", "latest", "long ago", "to come", "a mark", "a mark before deleted events", "an event"],
)
def test_a_group_goes_on_where_it_is_told_to(real: Broker, target: Target, offsets: dict[int, int]) -> None:
    topic, group = real.topic(2), missing()
    real.publish(topic, b"a")
    real.connection.topics.empty(topic, within())
    real.publish(topic, b"b", b"c")
    assert real.connection.group_offsets.reset(group, topic, target, within()) == offsets
    read = real.connection.commits.read(group, [(topic, number) for number in offsets], within())
    assert read == {(topic, number): offset for number, offset in offsets.items()}


@pytest.mark.parametrize(
    "target",
    [Target("number", number=4), Target("number", number=0), Target("offsets", offsets={0: 3}, alone=True)],
    ids=["beyond the end", "before deleted events", "an event that is not there"],
)
def test_an_offset_that_is_not_there_is_refused(real: Broker, target: Target) -> None:
    topic, group = real.topic(1), missing()
    real.publish(topic, b"a")
    real.connection.topics.empty(topic, within())
    real.publish(topic, b"b", b"c")
    reason = refusal(lambda: real.connection.group_offsets.reset(group, topic, target, within()))
    assert "it has offsets 1 to before 3." in str(reason)


def test_a_mark_of_a_former_topic_is_refused(real: Broker) -> None:
    topic = real.topic(1)
    target = Target("offsets", offsets={0: 0}, topic_id=str(uuid.uuid4()))
    reason = refusal(lambda: real.connection.group_offsets.reset(missing(), topic, target, within()))
    assert "is from an earlier topic" in str(reason)


def test_the_offsets_in_a_missing_topic_are_not_reset(real: Broker) -> None:
    reason = refusal(lambda: real.connection.group_offsets.reset("g", missing(), Target("earliest"), within()))
    assert isinstance(reason, KafkaUnusable)
    assert "does not exist" in str(reason)
