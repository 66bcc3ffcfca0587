"""Topics of a real Kafka, and the reader when its topic is emptied, deleted, grown or made again."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.errors import ExpectationFailed, KafkaUnusable, KeywordMisused
from KafkaLibrary.watching.marks import Start
from tests.contract.brokers import Broker, Connect, missing, refusal, within


def test_a_topic_is_made_with_its_partitions(real: Broker) -> None:
    facts = real.source.describe([real.topic(3)], within())
    assert [found.partitions for found in facts.values() if found] == [(0, 1, 2)]


def test_a_topic_can_be_used_as_soon_as_it_is_made(real: Broker) -> None:
    for _ in range(5):
        topic = real.topic(6)
        assert len(real.source.ends([(topic, number) for number in range(6)], within())) == 6


def test_a_topic_can_be_watched_as_soon_as_it_is_made(real: Broker) -> None:
    for _ in range(5):
        topic = real.topic(6)
        assert set(real.watch(topic).topics[topic].offsets.values()) == {0}


def test_the_partitions_of_a_new_topic_are_asked_for_their_offsets_together(
    real: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Mock(wraps=real.connection.admin.client.list_offsets)
    monkeypatch.setattr(real.connection.admin.client, "list_offsets", asked)
    real.topic(50)
    together = [list(call.args[0]) for call in asked.call_args_list]
    # How many rounds there are is up to Kafka, and the last one left may be asked for alone.
    alone = {parts[0].partition for parts in together if len(parts) == 1}
    assert (len(together[0]), len(alone) <= 3) == (50, True), alone


def test_a_topic_is_made_with_its_configuration(real: Broker) -> None:
    topic = real.topic(1, retention_ms="123456")
    assert real.connection.topics.configuration(topic, within())["retention.ms"] == "123456"


def test_the_configuration_of_a_missing_topic_is_refused(real: Broker) -> None:
    topic = missing()
    assert f"'{topic}' does not exist" in str(refusal(lambda: real.connection.topics.configuration(topic, within())))


def test_a_topic_that_is_there_is_not_made_again(real: Broker) -> None:
    topic = real.topic(1)
    reason = refusal(lambda: real.make(topic))
    assert isinstance(reason, KeywordMisused)
    assert "already exists" in str(reason)


@pytest.mark.parametrize(
    ("partitions", "config"), [(200_000, {}), (1, {"no_such_setting": "1"}), (1, {"retention_ms": "soon"})]
)
def test_what_kafka_does_not_make_is_refused_with_its_reason(
    real: Broker, partitions: int, config: dict[str, str]
) -> None:
    topic = missing()
    reason = refusal(lambda: real.make(topic, partitions, **config))
    assert isinstance(reason, KeywordMisused)
    assert f"Kafka can't create the topic '{topic}': " in str(reason)


@pytest.mark.parametrize("name", ["with space", "slash/slash", "", ".", "ä", "x" * 250])
def test_a_name_that_kafka_does_not_take_is_refused(real: Broker, name: str) -> None:
    reason = refusal(lambda: real.connection.topics.create(name, 1, None, {}, within()))
    assert isinstance(reason, KeywordMisused)


def test_a_deleted_topic_is_gone_when_that_is_said(real: Broker) -> None:
    topic = real.topic(1)
    real.delete(topic)
    assert real.source.describe([topic], within()) == {topic: None}


def test_deleting_a_missing_topic_names_near_ones(real: Broker) -> None:
    topic = real.topic(1)
    reason = refusal(lambda: real.delete(f"{topic}x"))
    assert f"Did you mean '{topic}'" in str(reason)


def test_a_missing_topic_may_be_deleted_where_that_is_allowed(real: Broker) -> None:
    real.connection.topics.delete([missing()], within(), missing_ok=True)


def test_the_names_of_topics_are_sorted_and_without_internal_ones(real: Broker) -> None:
    topics = {real.topic(1), real.topic(1)}
    names = real.connection.topics.names(within())
    assert (names, topics <= set(names), [name for name in names if name.startswith("__")]) == (sorted(names), True, [])


def test_a_topic_that_comes_in_time_is_there(real: Broker) -> None:
    topic = real.topic(1)
    real.connection.topics.expect(topic, within(0), there=True, patience=1)


def test_a_topic_that_does_not_come_is_a_failed_expectation(real: Broker) -> None:
    reason = refusal(lambda: real.connection.topics.expect(missing(), within(0.1), there=True, patience=1))
    assert isinstance(reason, ExpectationFailed)


def test_a_topic_that_stays_is_a_failed_expectation(real: Broker) -> None:
    topic = real.topic(1)
    reason = refusal(lambda: real.connection.topics.expect(topic, within(0.1), there=False, patience=1))
    assert f"'{topic}' still existed" in str(reason)


def test_emptying_a_topic_tells_the_first_offset_that_is_left(real: Broker) -> None:
    topic = real.topic(2)
    real.publish(topic, b"a", b"b", partition=1)
    assert real.connection.topics.empty(topic, within()) == {0: 0, 1: 2}


def test_an_emptied_topic_begins_at_its_end(real: Broker) -> None:
    topic = real.topic(1)
    real.publish(topic, b"a", b"b")
    real.connection.topics.empty(topic, within())
    assert real.source.beginnings([(topic, 0)], within()) == real.source.ends([(topic, 0)], within())


def test_emptying_a_missing_topic_is_refused(real: Broker) -> None:
    assert "does not exist" in str(refusal(lambda: real.connection.topics.empty(missing(), within())))


def test_a_partition_added_while_reading_is_read_from_its_first_event(real: Broker) -> None:
    topic = real.topic(1)
    real.watch(topic)
    real.wait(topic, timeout=0)
    real.grow(topic, 2)
    producer = real.raw_producer()
    producer.produce(topic, b"first", partition=1)
    producer.flush(10)
    event = real.wait(topic, "partition == 1")
    assert event is not None
    assert event.offset == 0


def test_a_topic_made_again_while_reading_is_read_from_its_beginning(real: Broker) -> None:
    topic = real.topic(1)
    real.publish(topic, b"old", b"old", b"old")
    real.watch(topic)
    real.wait(topic, timeout=0)
    real.delete(topic)
    real.make(topic, 1)
    real.publish(topic, b"paid", b"new", b"new", b"new", b"new")
    event = real.wait(topic, "value == paid")
    assert event is not None
    assert event.offset == 0


def test_a_topic_made_again_while_reading_gives_all_its_events_once(real: Broker) -> None:
    topic = real.topic(1)
    real.publish(topic, b"old", b"old", b"old")
    real.watch(topic)
    real.wait(topic, timeout=0)
    real.delete(topic)
    real.make(topic, 1)
    real.publish(topic, *(b"%d" % number for number in range(6)))
    assert [event.raw_value for event in real.present(topic)] == [b"%d" % number for number in range(6)]


def test_a_topic_made_again_fails_a_negative(real: Broker) -> None:
    topic = real.topic(1)
    real.watch(topic)
    real.delete(topic)
    real.make(topic, 1)
    assert "was deleted and recreated" in real.negative(topic)


def test_a_deleted_topic_fails_a_negative(real: Broker) -> None:
    topic = real.topic(1)
    real.watch(topic)
    real.delete(topic)
    assert f"The topic '{topic}' was deleted meanwhile" in real.negative(topic)


def test_a_test_can_be_marked_after_a_topic_that_was_read_is_gone(real: Broker) -> None:
    gone, there = real.topic(1), real.topic(1)
    real.watch(gone, there)
    real.delete(gone)
    marks = real.connection.watcher.mark([gone, there], within(2))
    assert (marks[gone].id, marks[there].offsets) == (None, {0: 0})


def test_events_deleted_before_the_reader_came_fail_a_negative(connect: Connect) -> None:
    first, second = connect(), connect()  # the first one's client has fetched them at once
    topic = first.topic(1)
    since = Start("mark", mark=first.watch(topic))
    first.publish(topic, b"a", b"b")
    first.connection.topics.empty(topic, within())
    said = second.negative(topic, "value == none", since=since)
    assert f"Events were deleted before they could be read: {topic}[0] from offset 0 to 1" in said


def test_reading_goes_on_behind_events_that_were_deleted_before_the_reader_came(connect: Connect) -> None:
    first, second = connect(), connect()
    topic = first.topic(1)
    since = Start("mark", mark=first.watch(topic))
    first.publish(topic, b"a", b"b")
    first.connection.topics.empty(topic, within())
    first.publish(topic, b"paid")
    event = second.wait(topic, "value == paid", since=since)
    assert event is not None
    assert event.offset == 2


def test_an_attached_reader_tells_that_its_offset_is_not_there(real: Broker) -> None:
    topic = real.topic(1)
    real.publish(topic, b"a", b"b")
    real.connection.topics.empty(topic, within())
    real.source.attach({(topic, 0): 0}, within())
    assert real.poll_until(lambda seen: bool(seen.out_of_range)).out_of_range == [(topic, 0)]


def test_the_library_joins_no_group_to_read(real: Broker) -> None:
    before = set(real.connection.groups.names(within()))
    topic = real.topic(1)
    real.publish(topic, b"a")
    real.present(topic, since=Start("earliest"))
    assert set(real.connection.groups.names(within())) <= before


def test_an_event_of_five_megabytes_is_refused_with_the_reason(real: Broker) -> None:
    topic = real.topic(1)
    reason = refusal(lambda: real.publish(topic, b"x" * 5_000_000))
    assert isinstance(reason, KafkaUnusable)
    assert "5,000,000 bytes it is larger than Kafka accepts" in str(reason)


def test_what_the_topic_alone_refuses_names_its_limits(real: Broker) -> None:
    topic = real.topic(1, max_message_bytes="1000")
    reason = str(refusal(lambda: real.publish(topic, b"a", b"x" * 5_000, b"b")))
    assert "with 5,000 bytes" in reason
    for limit in ("the topic's max.message.bytes", "of the broker", "max.request.size in Java, is 1,000,000"):
        assert limit in reason


@pytest.mark.parametrize("limit", ["message.timestamp.before.max.ms", "message.timestamp.after.max.ms"])
def test_a_time_that_the_topic_does_not_take_is_named_with_its_limits(limit: str, real: Broker) -> None:
    topic = real.topic(1, **{limit: "3600000"})
    moment = 1_000 if "before" in limit else 95_617_584_000_000
    events = [Outgoing(topic, b"a"), Outgoing(topic, b"b", timestamp=moment)]
    reason = str(refusal(lambda: real.connection.producer.publish(events, within())))
    assert f"UTC (timestamp={moment})" in reason
    assert "message.timestamp.before.max.ms and message.timestamp.after.max.ms" in reason


def test_what_was_published_with_an_event_that_is_too_large_is_told(real: Broker) -> None:
    topic = real.topic(1)
    reason = str(refusal(lambda: real.publish(topic, b"a", b"x" * 5_000_000, b"b")))
    there = real.source.ends([(topic, 0)], within())[topic, 0]
    assert there == 0 or f"{there} of 3 events were acknowledged" in reason or "may still arrive" in reason


def test_publishing_goes_on_after_an_event_that_was_too_large(real: Broker) -> None:
    topic = real.topic(1)
    refusal(lambda: real.publish(topic, b"x" * 5_000_000))
    assert real.publish(topic, b"a")[0].at == (topic, 0, 0)


def test_publishing_to_a_missing_topic_names_near_ones(connect: Connect) -> None:
    asking = connect(**{"allow.auto.create.topics": False})
    topic = asking.topic(1)
    reason = str(refusal(lambda: asking.publish(f"{topic}x", b"a")))
    assert f"the topic '{topic}x' does not exist. Did you mean '{topic}'" in reason


def test_publishing_to_a_missing_topic_sends_nothing_later(connect: Connect) -> None:
    asking = connect(**{"allow.auto.create.topics": False})
    topic = missing()
    refusal(lambda: asking.publish(topic, b"refused"))
    asking.make(topic, 1)
    asking.publish(topic, b"next")
    assert [event.value for event in asking.present(topic, since=Start("earliest"))] == ["next"]


@pytest.mark.parametrize("seconds", [1, 2])
def test_publishing_to_a_missing_topic_at_first_tells_that_it_is_missing(connect: Connect, seconds: float) -> None:
    """The client itself waits three seconds for a topic, and then nobody but the producer has heard of Kafka."""
    broker, topic = connect(), missing()
    reason = str(refusal(lambda: broker.connection.producer.publish([Outgoing(topic, b"v")], within(seconds))))
    assert f"the topic '{topic}' does not exist" in reason
