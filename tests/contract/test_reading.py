"""What a reader promises to watching: offsets, facts and every event in its order, of any broker."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from confluent_kafka import TopicPartition

from KafkaLibrary.broker.publishing.delivery_reports import Outgoing
from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.watching.event_source import Batch
from KafkaLibrary.watching.marks import Start
from tests.contract.brokers import Broker, missing, parts, within


class Stopped(BaseException):
    """What Robot raises in the middle of a call."""


def test_a_topic_is_described_with_its_partitions(broker: Broker) -> None:
    topic = broker.topic()
    facts = broker.source.describe([topic], within())[topic]
    assert facts is not None
    assert facts.partitions == (0, 1, 2, 3)


def test_a_missing_topic_is_described_as_none(broker: Broker) -> None:
    topic = missing()
    assert broker.source.describe([topic], within()) == {topic: None}


def test_topics_that_are_there_and_missing_are_described_together(broker: Broker) -> None:
    there, gone = broker.topic(), missing()
    facts = broker.source.describe([there, gone], within())
    assert (facts[there] is None, facts[gone] is None) == (False, True)


def test_a_question_without_waiting_gets_the_same_answer(broker: Broker) -> None:
    there, gone = broker.topic(), missing()
    pending, deadline = broker.source.ask([there, gone]), within()
    while (answer := pending.answer()) is None and not deadline.passed:
        broker.source.poll(0.01)
    assert answer == broker.source.describe([there, gone], within())


def test_the_names_of_all_topics_are_told_also_without_waiting(broker: Broker) -> None:
    topic, gone = broker.topic(), missing()
    pending, deadline = broker.source.ask_names(), within()
    while (answer := pending.answer()) is None and not deadline.passed:
        broker.source.poll(0.01)
    for names in (answer, broker.source.names(within())):
        assert names is not None
        assert (topic in names, gone in names) == (True, False)


def attach_and_poll(broker: Broker, topic: str) -> None:
    broker.source.attach({(topic, 0): 0}, within())
    broker.source.poll(0.1)


QUESTIONS: dict[str, Callable[[Broker, str], object]] = {
    "describe": lambda broker, topic: broker.source.describe([topic], within()),
    "ask": lambda broker, topic: broker.source.ask([topic]).answer(),
    "names": lambda broker, topic: broker.source.names(within()),
    "ends": lambda broker, topic: broker.source.ends([(topic, 0)], within(0.3)),
    "marks": lambda broker, topic: broker.source.marks({topic: [0]}, within()),
    "beginnings": lambda broker, topic: broker.source.beginnings([(topic, 0)], within(0.3)),
    "offsets_at": lambda broker, topic: broker.source.offsets_at([(topic, 0)], 0, within(0.3)),
    "attach": lambda broker, topic: broker.source.attach({(topic, 0): 0}, within()),
    "poll": attach_and_poll,
    "read": lambda broker, topic: list(broker.source.read({(topic, 0): (0, 1)}, within(0.3))),
    "wait": lambda broker, topic: broker.wait(topic, timeout=0.1),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_asking_about_a_missing_topic_never_creates_it(broker: Broker, question: str) -> None:
    topic = missing()
    with suppress(KafkaUnusable):  # what it answers is another matter
        QUESTIONS[question](broker, topic)
    assert topic not in broker.connection.topics.names(within())


def test_partitions_of_a_missing_topic_are_left_out_of_offsets(broker: Broker) -> None:
    there, gone = broker.topic(), missing()
    assert broker.source.ends([(there, 0), (gone, 0)], within()) == {(there, 0): 0}


def test_an_empty_topic_ends_where_it_begins(broker: Broker) -> None:
    place = (broker.topic(), 1)
    assert (broker.source.ends([place], within()), broker.source.beginnings([place], within())) == ({place: 0},) * 2


def test_the_end_is_behind_the_last_event_of_its_partition(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"a", b"b", partition=2)
    ends = broker.source.ends([(topic, 1), (topic, 2)], within())
    assert ends == {(topic, 1): 0, (topic, 2): 2}


def test_a_partition_that_is_not_there_has_no_end(broker: Broker) -> None:
    topic = broker.topic()
    assert broker.source.ends([(topic, 99), (topic, 0)], within()) == {(topic, 0): 0}


def test_marks_are_facts_and_ends_together(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"a")
    facts, ends = broker.source.marks({topic: [0, 1]}, within())
    assert (facts[topic], ends) == (
        broker.source.describe([topic], within())[topic],
        {(topic, 0): 1, (topic, 1): 0},
    )


def test_a_missing_topic_does_not_spoil_the_marks_of_others(broker: Broker) -> None:
    there, gone = broker.topic(), missing()
    facts, ends = broker.source.marks({there: [0], gone: [0]}, within())
    assert (facts[gone], ends) == (None, {(there, 0): 0})


def test_the_first_event_that_is_not_earlier_is_found_by_time(broker: Broker) -> None:
    topic = broker.topic()
    broker.connection.producer.publish(
        [Outgoing(topic, b"v", partition=0, timestamp=stamp) for stamp in (1000, 2000, 3000)], within()
    )
    assert broker.source.offsets_at([(topic, 0)], 1500, within()) == {(topic, 0): 1}


def test_a_time_that_no_event_is_young_enough_for_is_found_at_the_end(broker: Broker) -> None:
    topic = broker.topic()
    broker.connection.producer.publish([Outgoing(topic, b"v", partition=0, timestamp=1000)], within())
    assert broker.source.offsets_at([(topic, 0), (topic, 1)], 5000, within()) == {(topic, 0): 1, (topic, 1): 0}


def test_reading_begins_at_the_offset_that_was_given(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"a", b"b", b"c")
    broker.source.attach({(topic, 0): 1}, within())
    assert broker.read_on(2) == [(0, 1, b"b"), (0, 2, b"c")]


def test_events_that_come_later_are_read(broker: Broker) -> None:
    topic = broker.topic()
    broker.source.attach({(topic, 0): 0}, within())
    broker.read_to_end((topic, 0))
    broker.publish(topic, b"a")
    assert broker.read_on(1) == [(0, 0, b"a")]


def test_the_end_of_a_partition_is_told_with_its_offset(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"a", b"b")
    broker.source.attach({(topic, 0): 0, (topic, 1): 0}, within())
    seen = broker.poll_until(lambda seen: len({place for place, _ in seen.ends}) == 2)
    assert set(seen.ends) == {((topic, 0), 2), ((topic, 1), 0)}


def test_the_end_is_told_again_after_beginning_anew(broker: Broker) -> None:
    topic = broker.topic()
    for _ in range(2):
        broker.source.attach({(topic, 0): 0}, within())
        seen = broker.poll_until(lambda seen: bool(seen.ends))
    assert seen.ends == [((topic, 0), 0)]


def test_reading_may_begin_anew_at_an_earlier_offset(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"a", b"b")
    broker.source.attach({(topic, 0): 1}, within())
    broker.read_on(1)
    broker.source.attach({(topic, 0): 0}, within())
    assert broker.read_on(2) == [(0, 0, b"a"), (0, 1, b"b")]


def test_beginning_anew_gives_nothing_of_what_was_fetched_before(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, *(b"%d" % number for number in range(1000)))
    broker.source.attach({(topic, 0): 0}, within())
    broker.poll_until(lambda seen: len(seen.records) >= 1)
    broker.source.attach({(topic, 0): 998}, within())
    assert broker.read_to_end((topic, 0)) == [(0, 998, b"998"), (0, 999, b"999")]


def test_what_is_detached_is_read_no_more(broker: Broker) -> None:
    topic = broker.topic()
    broker.source.attach({(topic, 0): 0, (topic, 1): 0}, within())
    broker.source.detach([(topic, 0)])
    broker.publish(topic, b"silent", partition=0)
    broker.publish(topic, b"heard", partition=1)
    assert broker.read_on(1) == [(1, 0, b"heard")]


def test_detaching_what_was_never_attached_does_no_harm(broker: Broker) -> None:
    topic = broker.topic()
    broker.source.detach([(topic, 0)])
    broker.source.attach({(topic, 0): 0}, within())
    broker.source.detach([(topic, 0), (topic, 3)])
    broker.publish(topic, b"a")
    assert broker.source.poll(0.1).records == []


def test_another_topic_is_added_without_disturbing_the_first(broker: Broker) -> None:
    first, second = broker.topic(), broker.topic()
    broker.publish(first, *(b"%d" % number for number in range(500)))
    broker.publish(second, b"a")
    broker.source.attach({(first, 0): 0}, within())
    early = broker.read_on(1)
    broker.source.attach({(second, 0): 0}, within())
    late = broker.poll_until(lambda seen: len(early) + len(seen.records) >= 501).records
    offsets = [offset for _, offset, _ in early]
    assert offsets + [record.offset() for record in late if record.topic() == first] == list(range(500))


def test_events_of_a_partition_come_in_the_order_of_their_offsets(broker: Broker) -> None:
    topic = broker.topic()
    for number in range(200):
        broker.publish(topic, b"%d" % number, partition=number % 4)
    broker.source.attach({(topic, partition): 0 for partition in range(4)}, within())
    seen = broker.read_on(200)
    by_partition = [[offset for part, offset, _ in seen if part == partition] for partition in range(4)]
    assert by_partition == [list(range(50))] * 4


def test_a_reader_that_reads_nothing_gives_nothing(broker: Broker) -> None:
    assert broker.source.poll(0) == Batch([], [], [], [], [])


def test_a_range_is_read_beside_the_reader(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"a", b"b", b"c", b"d")
    ranges = {(topic, 0): (1, 3)}
    found = [one for records in broker.source.read(ranges, within()) for one in parts(records)]
    assert found == [(0, 1, b"b"), (0, 2, b"c")]


def test_reading_a_range_does_not_disturb_the_reader(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"a", b"b", b"c")
    broker.source.attach({(topic, 0): 2}, within())
    list(broker.source.read({(topic, 0): (0, 2)}, within()))
    assert broker.read_on(1) == [(0, 2, b"c")]


def test_ranges_of_several_partitions_are_read_to_their_ends(broker: Broker) -> None:
    topic = broker.topic()
    for partition in range(3):
        broker.publish(topic, *(b"%d" % number for number in range(100)), partition=partition)
    ranges = {(topic, 0): (0, 100), (topic, 1): (50, 60), (topic, 2): (99, 99)}
    found = [one for records in broker.source.read(ranges, within()) for one in parts(records)]
    assert sorted((part, offset) for part, offset, _ in found) == [
        *((0, offset) for offset in range(100)),
        *((1, offset) for offset in range(50, 60)),
    ]


def test_a_range_that_can_not_be_read_to_its_end_ends_at_the_deadline(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"a")
    deadline, longest = within(0.5), within(5)
    found = [one for records in broker.source.read({(topic, 0): (0, 10)}, deadline) for one in parts(records)]
    assert (found, deadline.passed, longest.passed) == ([(0, 0, b"a")], True, False)


@pytest.mark.parametrize("value", [b"", None, b"\xff\x00", b"x" * 500_000])
def test_a_value_arrives_as_it_was_published(broker: Broker, value: bytes | None) -> None:
    topic = broker.topic()
    broker.connection.producer.publish([Outgoing(topic, value, b"k", partition=0)], within())
    event = broker.wait(topic, since=Start("earliest"))
    assert event is not None
    assert (event.raw_value, event.is_tombstone) == (value, value is None)


@pytest.mark.parametrize("key", [None, b"", b"42", b"\xff"])
def test_a_key_arrives_as_it_was_published(broker: Broker, key: bytes | None) -> None:
    topic = broker.topic()
    broker.connection.producer.publish([Outgoing(topic, b"v", key)], within())
    event = broker.wait(topic, since=Start("earliest"))
    assert event is not None
    assert event.raw_key == key


def test_headers_arrive_in_their_order(broker: Broker) -> None:
    topic, headers = broker.topic(), [("id", b"1"), ("x", None), ("id", b"\xff")]
    broker.connection.producer.publish([Outgoing(topic, b"v", headers=headers)], within())
    event = broker.wait(topic, since=Start("earliest"))
    assert event is not None
    assert event.headers.pairs == (("id", "1"), ("x", None), ("id", b"\xff"))


def test_a_timestamp_arrives_as_it_was_published(broker: Broker) -> None:
    topic = broker.topic()
    broker.connection.producer.publish([Outgoing(topic, b"v", timestamp=1234567890123)], within())
    event = broker.wait(topic, since=Start("earliest"))
    assert event is not None
    assert event.timestamp_ms == 1234567890123


def test_what_an_interrupted_look_had_taken_from_the_client_is_found_later(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    topic = broker.topic()
    broker.watch(topic)
    poll = broker.source.poll

    def stopped_with_events_in_hand(seconds: float) -> Batch:
        if poll(seconds).records:
            raise Stopped
        return Batch([], [], [], [], [])

    broker.publish(topic, b"a", b"b")
    monkeypatch.setattr(broker.source, "poll", stopped_with_events_in_hand)
    with pytest.raises(Stopped):
        broker.wait(topic)
    monkeypatch.undo()
    assert [event.value for event in broker.present(topic)] == ["a", "b"]


def test_an_event_is_found_when_it_comes(broker: Broker) -> None:
    topic = broker.topic()
    broker.watch(topic)
    broker.publish(topic, b"new", b"paid")
    event = broker.wait(topic, "value == paid")
    assert event is not None
    assert event.offset == 1


def test_what_was_there_before_the_mark_is_not_found(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"before")
    broker.watch(topic)
    assert broker.wait(topic, timeout=0.1) is None


def test_a_topic_that_comes_later_is_read_from_its_first_event(broker: Broker) -> None:
    topic = missing()
    broker.watch(topic)
    if not broker.embedded:
        broker.make(topic)
    broker.raw_producer().list_topics(topic, timeout=10)
    broker.publish(topic, b"first")
    event = broker.wait(topic)
    assert event is not None
    assert event.value == "first"


def test_a_negative_passes_where_nothing_matches(broker: Broker) -> None:
    topic = broker.topic()
    broker.watch(topic)
    broker.publish(topic, b"new")
    assert broker.negative(topic, "value == paid") == ""


def test_a_negative_fails_where_something_matches(broker: Broker) -> None:
    topic = broker.topic()
    broker.watch(topic)
    broker.publish(topic, b"paid")
    assert "An unexpected event" in broker.negative(topic, "value == paid")


def test_a_negative_fails_where_the_topic_is_missing(broker: Broker) -> None:
    topic = missing()
    assert f"The topic '{topic}' does not exist" in broker.negative(topic)


def test_events_that_fell_out_of_memory_are_read_again(broker: Broker) -> None:
    topic = broker.topic()
    broker.watch(topic)
    broker.connection.watcher.log.bound = 1
    for number in range(5):
        broker.publish(topic, b"%d" % number)
        broker.wait(topic, f"value == {number}")
    assert [event.raw_value for event in broker.present(topic)] == [b"0", b"1", b"2", b"3", b"4"]


def test_another_group_keeps_its_offsets_when_the_library_reads(broker: Broker) -> None:
    topic = broker.topic()
    broker.publish(topic, b"a")
    member = broker.member("system-under-test")
    member.commit(offsets=[TopicPartition(topic, 0, 1)], asynchronous=False)
    broker.present(topic, since=Start("earliest"))
    place = (topic, 0)
    assert broker.connection.commits.read("system-under-test", [place], within()) == {place: 1}
