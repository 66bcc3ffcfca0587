"""Committed offsets, read and written beside their group, and what is counted from them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest
from confluent_kafka import TopicPartition

from KafkaLibrary.broker.groups.lag_and_reset import NoLag
from KafkaLibrary.errors import ExpectationFailed, KeywordMisused
from KafkaLibrary.event import Event
from KafkaLibrary.watching.event_source import Place
from tests.contract.brokers import Broker, missing, refusal, within


def published(broker: Broker, topic: str, *values: bytes) -> Event:
    return broker.connection.event(broker.publish(topic, *values)[-1], None)


def test_a_group_that_committed_nothing_has_no_offset(broker: Broker) -> None:
    place = (broker.topic(), 0)
    assert broker.connection.commits.read(missing(), [place], within()) == {place: None}


def test_the_offset_of_a_group_is_the_one_it_committed(broker: Broker) -> None:
    topic, group = broker.topic(), missing()
    broker.publish(topic, b"a")
    broker.commit(group, topic, 1)
    assert broker.connection.commits.read(group, [(topic, 0), (topic, 1)], within()) == {
        (topic, 0): 1,
        (topic, 1): None,
    }


def test_no_partition_needs_no_question(broker: Broker) -> None:
    assert broker.connection.commits.read(missing(), [], within(0)) == {}


@pytest.mark.parametrize("group", ["", " "])
def test_a_group_without_a_name_is_refused_before_the_client_ends_the_process(broker: Broker, group: str) -> None:
    assert isinstance(refusal(lambda: broker.connection.commits.read(group, [("orders", 0)], within())), KeywordMisused)


def test_the_offsets_of_more_groups_are_read_than_consumers_are_kept(broker: Broker) -> None:
    topic = broker.topic()
    place = (topic, 0)
    groups = [missing() for _ in range(6)]
    for number, group in enumerate(groups):
        broker.commit(group, topic, number)
    read = [broker.connection.commits.read(group, [place], within())[place] for group in [*groups, *groups]]
    assert read == [*range(6), *range(6)]


def test_an_event_is_consumed_when_its_group_has_committed_past_it(broker: Broker) -> None:
    topic, group = broker.topic(), missing()
    event = published(broker, topic, b"a")
    broker.commit(group, topic, 1)
    assert broker.connection.consumption.wait_until_consumed(event, group, within()) == 1


def test_an_event_is_not_consumed_when_its_group_stands_on_it(broker: Broker) -> None:
    topic, group = broker.topic(), missing()
    event = published(broker, topic, b"a")
    broker.commit(group, topic, 0)
    reason = refusal(lambda: broker.connection.consumption.wait_until_consumed(event, group, within(0.1)))
    assert isinstance(reason, ExpectationFailed)
    assert "Its committed offset stayed at 0; 1 or more was expected." in str(reason)


def test_a_commit_beyond_the_end_proves_nothing(broker: Broker) -> None:
    topic, group = broker.topic(), missing()
    event = published(broker, topic, b"a")
    broker.commit(group, topic, 5)
    reason = refusal(lambda: broker.connection.consumption.wait_until_consumed(event, group, within(0.1)))
    assert f"That is beyond the end of {topic}[0], 1" in str(reason)


def test_an_event_beyond_the_end_is_told_at_once(broker: Broker) -> None:
    topic, group = broker.topic(), missing()
    event = published(broker, topic, b"a", b"b")
    other = broker.topic()
    broker.publish(other, b"a")
    from_before = broker.connection.event(event._record._replace(at=(other, 0, 1)), None)  # type: ignore[attr-defined]
    broker.commit(group, other, 2)
    deadline = within()
    reason = refusal(lambda: broker.connection.consumption.wait_until_consumed(from_before, group, deadline))
    assert ("is not there" in str(reason), deadline.passed) == (True, False)


def test_an_end_that_can_not_be_read_for_a_moment_ends_no_wait(broker: Broker) -> None:
    topic, group = broker.topic(), missing()
    event = published(broker, topic, b"a")
    broker.commit(group, topic, 1)
    ends, answers = broker.source.ends, [-1001, -1001]

    def without_a_leader(places: Collection[Place], *args: Any, **options: Any) -> dict[Place, int]:
        return dict.fromkeys(places, answers.pop()) if answers else ends(places, *args, **options)

    broker.source.ends = without_a_leader  # type: ignore[method-assign]
    assert (broker.connection.consumption.wait_until_consumed(event, group, within()), answers) == (1, [])


def test_commits_that_were_seen_are_told_with_their_times(broker: Broker) -> None:
    topic, group = broker.topic(), missing()
    event = published(broker, topic, b"a", b"b", b"c")
    broker.commit(group, topic, 1)
    member, poll = broker.member(group), broker.connection.admin.client.poll
    following = [2]

    def poll_and_commit(seconds: float) -> int:
        if following:
            member.commit(offsets=[TopicPartition(topic, 0, following.pop())], asynchronous=False)
        return int(poll(seconds))

    broker.connection.admin._client = _Polling(broker.connection.admin.client, poll_and_commit)  # type: ignore[assignment]
    reason = str(refusal(lambda: broker.connection.consumption.wait_until_consumed(event, group, within(0.3))))
    assert "Its committed offset changed once, from 1 to 2 at +0." in reason


class _Polling:
    """The admin client, with something that happens between two looks."""

    def __init__(self, client: object, poll: object) -> None:
        self._client = client
        self.poll = poll

    def __getattr__(self, name: str) -> object:
        return getattr(self._client, name)


def test_lag_is_the_sum_over_the_partitions(broker: Broker) -> None:
    topic, group = broker.topic(), missing()
    broker.publish(topic, b"a", b"b", b"c")
    broker.publish(topic, b"a", b"b", partition=1)
    broker.commit(group, topic, 1)
    lag = broker.connection.group_offsets.lag(group, topic, within())
    assert (lag.total, [one.lag for one in lag.partitions]) == (4, [2, 2, 0, 0])


def test_lag_of_all_topics_is_that_of_those_the_group_consumes(broker: Broker) -> None:
    first, second, other, group = broker.topic(), broker.topic(), broker.topic(), missing()
    for topic in (first, second, other):
        broker.publish(topic, b"a", b"b", b"c")
    broker.commit(group, first, 1)
    broker.commit(group, second, 2)
    assert broker.connection.group_offsets.lag(group, None, within()).total == 3


@pytest.mark.parametrize("named", [True, False])
def test_an_unknown_group_has_no_lag_and_that_is_not_zero(broker: Broker, named: bool) -> None:
    topic = broker.topic()
    assert isinstance(
        refusal(lambda: broker.connection.group_offsets.lag(missing(), topic if named else None, within())), NoLag
    )


def test_a_group_has_no_lag_on_a_topic_that_it_has_nothing_to_do_with(broker: Broker) -> None:
    topic, other, group = broker.topic(), broker.topic(), missing()
    broker.publish(topic, b"a")
    broker.commit(group, topic, 1)
    assert isinstance(refusal(lambda: broker.connection.group_offsets.lag(group, other, within())), NoLag)


def test_a_group_that_committed_beyond_the_end_has_no_lag(broker: Broker) -> None:
    topic, group = broker.topic(), missing()
    broker.publish(topic, b"a")
    broker.commit(group, topic, 7)
    reason = refusal(lambda: broker.connection.group_offsets.lag(group, topic, within()))
    assert "it has committed 7, which is beyond the end, 1." in str(reason)


def test_a_lag_that_can_not_be_told_yet_is_waited_for(broker: Broker) -> None:
    topic, group = broker.topic(), missing()
    broker.publish(topic, b"a")
    looks: list[int] = []

    def poll_and_commit(seconds: float) -> int:
        if not looks:
            broker.commit(group, topic, 1)
        looks.append(1)
        return 0

    broker.connection.admin._client = _Polling(broker.connection.admin.client, poll_and_commit)  # type: ignore[assignment]
    lag, held = broker.connection.group_offsets.wait_for_lag(group, topic, lambda total: total == 0, within(), 1)
    assert (lag.total, held, bool(looks)) == (0, True, True)


def test_an_end_that_can_not_be_read_is_no_lag_of_zero(broker: Broker) -> None:
    topic, group = broker.topic(), missing()
    broker.publish(topic, b"a")
    broker.commit(group, topic, 1)
    # What the client answers, as a success, when the leader went away while it was asked.
    broker.connection.admin.ends = lambda places, *_, **__: dict.fromkeys(places, -1001)  # type: ignore[method-assign]
    reason = refusal(lambda: broker.connection.group_offsets.lag(group, topic, within()))
    assert f"The offsets of {topic}[0] can't be read" in str(reason)
