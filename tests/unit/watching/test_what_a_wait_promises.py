"""A positive wait: it never misses, does not consume, and ends when it should."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.watching.waits import in_offset_order
from tests.unit.watching.kafka import LONGEST_CALL, Kafka
from tests.unit.watching.scene import Scene


def test_an_event_that_is_there_already_is_found_at_once(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid")
    before = scene.clock.now
    scene.wait("orders", "value == paid")
    assert scene.clock.now - before < LONGEST_CALL


def test_an_event_ends_the_wait_when_it_comes(scene: Scene) -> None:
    scene.watch("orders")
    comes = scene.clock.now + 3
    scene.clock.at(comes, lambda: scene.kafka.publish("orders", "paid"))
    scene.wait("orders", "value == paid")
    assert scene.clock.now - comes < LONGEST_CALL


def test_events_that_do_not_match_do_not_end_a_wait(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "new")
    scene.clock.after(1, lambda: scene.kafka.publish("orders", "paid"))
    assert scene.found("orders", "value == paid") == "orders[0]@1"


def test_a_wait_ends_at_its_deadline_when_nothing_comes(scene: Scene) -> None:
    scene.watch("orders")
    before = scene.clock.now
    scene.wait("orders", timeout=5)
    assert 5 <= scene.clock.now - before < 5 + LONGEST_CALL


@pytest.mark.parametrize("late", [0.2, 0.01, 0.0001])
def test_an_event_of_the_last_moment_is_found(scene: Scene, late: float) -> None:
    scene.watch("orders")
    scene.clock.after(5 - late, lambda: scene.kafka.publish("orders", "paid"))
    assert scene.found("orders", "value == paid", timeout=5) == "orders[0]@0"


def test_an_event_that_was_readable_in_time_is_found_though_the_client_fetched_it_later(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(4.9, lambda: scene.kafka.publish("orders", "paid"))
    scene.source.fetch_nothing_for(6)
    assert scene.found("orders", "value == paid", timeout=5) == "orders[0]@0"


def test_an_event_behind_a_crowd_is_found_though_the_crowd_is_read_beyond_the_deadline(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.batch_sizes = iter(lambda: 1, 0)
    for _ in range(200):
        scene.kafka.publish("orders", "new")
    scene.kafka.publish("orders", "paid")
    assert scene.found("orders", "value == paid", timeout=0) == "orders[0]@200"


def test_a_wait_of_no_time_finds_what_is_there(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid")
    assert scene.found("orders", timeout=0) == "orders[0]@0"


def test_the_same_wait_gives_the_same_event(scene: Scene) -> None:
    scene.watch("orders")
    for text in ("new", "paid", "paid"):
        scene.kafka.publish("orders", text)
    assert [scene.found("orders", "value == paid") for _ in range(3)] == ["orders[0]@1"] * 3


def test_events_of_two_topics_come_in_the_order_of_their_arrival(scene: Scene) -> None:
    scene.kafka.make("payments")
    scene.watch("orders", "payments")
    scene.clock.after(1, lambda: scene.kafka.publish("payments", "yes"))
    scene.clock.after(2, lambda: scene.kafka.publish("orders", "no"))
    outcome = scene.wait(("orders", "payments"), count=2)
    assert [event.topic for event in outcome.events] == ["payments", "orders"]


def test_an_event_on_another_topic_does_not_end_a_wait(scene: Scene) -> None:
    scene.kafka.make("payments")
    scene.watch("orders", "payments")
    scene.kafka.publish("payments", "paid")
    assert not scene.found("orders", "value == paid")


def test_a_wait_for_several_gives_the_first_of_them(scene: Scene) -> None:
    scene.watch("orders")
    for _ in range(5):
        scene.kafka.publish("orders", "paid")
    outcome = scene.wait("orders", "value == paid", count=3)
    assert [event.offset for event in outcome.events] == [0, 1, 2]


def test_events_of_one_partition_are_given_in_the_order_of_offsets(scene: Scene) -> None:
    scene.kafka.grow("orders")
    scene.watch("orders")
    scene.source.batch_sizes = iter(lambda: 2, 0)
    for number in range(12):
        scene.kafka.publish("orders", "paid", partition=number % 2)
    events = in_offset_order(scene.wait("orders", count=12).events)
    by_partition = {part: [event.offset for event in events if event.partition == part] for part in (0, 1)}
    assert by_partition == {0: list(range(6)), 1: list(range(6))}


def test_an_event_in_an_open_transaction_is_found_when_that_is_committed(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid", transaction=True)
    scene.clock.after(2, lambda: scene.kafka.end_transactions("orders", "committed"))
    assert scene.found("orders", "value == paid") == "orders[0]@0"


def test_an_aborted_event_is_never_found(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid", transaction=True)
    scene.clock.after(2, lambda: scene.kafka.end_transactions("orders", "aborted"))
    assert not scene.found("orders", "value == paid")


def test_an_event_in_a_partition_that_is_added_during_the_wait_is_found(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(1, lambda: scene.kafka.grow("orders"))
    scene.clock.after(1.1, lambda: scene.kafka.publish("orders", "paid", partition=1))
    assert scene.found("orders", "value == paid") == "orders[1]@0"


def test_an_event_in_a_partition_that_is_added_in_the_last_moment_is_found(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(4.99, lambda: scene.kafka.grow("orders"))
    scene.clock.after(4.995, lambda: scene.kafka.publish("orders", "paid", partition=1))
    assert scene.found("orders", "value == paid", timeout=5) == "orders[1]@0"


def test_a_wait_goes_on_when_kafka_comes_back_in_time(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(1, scene.kafka.go_away)
    scene.clock.after(3, scene.kafka.come_back)
    scene.clock.after(3, lambda: scene.kafka.publish("orders", "paid"))
    assert scene.found("orders", "value == paid", timeout=5) == "orders[0]@0"


def test_a_wait_that_begins_while_kafka_is_away_goes_on_when_it_comes_back(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.go_away()
    scene.clock.after(2, scene.kafka.come_back)
    scene.clock.after(2, lambda: scene.kafka.publish("orders", "paid"))
    assert scene.found("orders", "value == paid", timeout=5) == "orders[0]@0"


def test_a_failure_while_kafka_is_away_says_so(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(1, scene.kafka.go_away)
    outcome = scene.wait("orders", timeout=5)
    assert "unreachable since 15:00:01: connection refused" in outcome.findings.unreachable


def test_a_failure_after_kafka_came_back_does_not_blame_it(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(1, scene.kafka.go_away)
    scene.clock.after(2, scene.kafka.come_back)
    assert not scene.wait("orders", timeout=5).findings.unreachable


def test_no_look_at_the_client_blocks_longer_than_robot_may_wait(scene: Scene) -> None:
    scene.watch("orders")
    scene.wait("orders", timeout=5)
    assert scene.source.longest_poll <= LONGEST_CALL


def test_a_topic_of_which_the_cluster_answers_late_does_not_hold_up_an_event(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.delay = 4
    comes = scene.clock.now + 2
    scene.clock.at(comes, lambda: scene.kafka.publish("orders", "paid"))
    scene.wait("orders", "value == paid", timeout=30)
    assert scene.clock.now - comes < LONGEST_CALL


def test_an_event_that_can_not_be_decoded_stops_no_wait(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "not JSON")
    scene.kafka.publish("orders", '{"id": 7}')
    assert scene.found("orders", "$.id == 7") == "orders[0]@1"


def test_an_event_that_could_not_be_judged_is_counted(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "not JSON")
    assert scene.wait("orders", "$.id == 7").unjudged_count == 1


def test_the_events_that_are_there_now_are_given_without_waiting(scene: Scene) -> None:
    scene.watch("orders")
    for text in ("new", "paid"):
        scene.kafka.publish("orders", text)
    before = scene.clock.now
    scene.present("orders")
    assert scene.clock.now - before < LONGEST_CALL


def test_of_the_events_that_are_there_a_limit_keeps_the_last(scene: Scene) -> None:
    scene.watch("orders")
    for _ in range(4):
        scene.kafka.publish("orders", "paid")
    assert scene.present("orders", limit=2) == ["orders[0]@2", "orders[0]@3"]


def test_a_match_before_the_mark_is_told_when_none_came(scene: Scene) -> None:
    scene.kafka.publish("orders", "paid")
    scene.watch("orders")
    before = scene.wait("orders", "value == paid").before
    assert before is not None
    assert before.place == "orders[0]@0"


def test_a_match_on_another_watched_topic_is_told_when_none_came(scene: Scene) -> None:
    scene.kafka.make("payments")
    scene.watch("orders", "payments")
    scene.kafka.publish("payments", "paid")
    scene.wait("payments")
    elsewhere = scene.wait("orders", "value == paid").elsewhere
    assert elsewhere is not None
    assert elsewhere.place == "payments[0]@0"


def test_the_number_of_events_that_were_read_is_told(scene: Scene) -> None:
    scene.kafka.publish("orders", "before the mark")
    scene.watch("orders")
    for _ in range(3):
        scene.kafka.publish("orders", "new")
    assert scene.wait("orders", "value == paid").findings.read == 3


SOON = 1.0
"""Seconds between two questions about a topic, at most."""


@pytest.mark.parametrize(
    "happens",
    [
        pytest.param(lambda kafka: kafka.make_again("orders", "paid"), id="made again"),
        pytest.param(lambda kafka: (kafka.grow("orders"), kafka.publish("orders", "paid", partition=1)), id="grown"),
        pytest.param(lambda kafka: (kafka.make("payments"), kafka.publish("payments", "paid")), id="made"),
    ],
)
def test_an_event_of_a_topic_that_has_changed_ends_the_wait_long_before_its_deadline(
    scene: Scene, happens: Callable[[Kafka], object]
) -> None:
    scene.kafka.publish("orders", "old")
    scene.watch("orders", "payments")
    comes = scene.clock.now + 3
    scene.clock.at(comes, lambda: happens(scene.kafka))
    scene.wait(("orders", "payments"), "value == paid", timeout=600)
    assert scene.clock.now - comes < SOON


def test_a_topic_that_may_not_be_read_stops_the_waits_on_it_and_no_other(scene: Scene) -> None:
    scene.kafka.make("payments")
    scene.watch("orders", "payments")
    scene.source.detach([("payments", 0)])
    scene.source.denied = [("payments", "Kafka denied access to topic 'payments'.")]
    scene.clock.after(2, lambda: scene.kafka.publish("orders", "paid"))
    assert scene.found("orders") == "orders[0]@0"
    for _ in range(2):
        before = scene.clock.now
        with pytest.raises(KafkaUnusable, match="denied"):
            scene.wait("payments")
        assert scene.clock.now - before < 0.5


def test_a_topic_that_may_be_read_by_now_is_read(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.denied = [("orders", "Kafka denied access to topic 'orders'.")]
    with pytest.raises(KafkaUnusable, match="denied"):
        scene.wait("orders")
    scene.kafka.publish("orders", "paid")
    assert scene.found("orders") == "orders[0]@0"


def test_a_topic_that_was_gone_for_a_look_only_is_read_on_where_it_was_left(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "before")
    scene.source.unknown["orders"] = 1
    scene.clock.after(2, lambda: scene.kafka.publish("orders", "behind"))
    assert [event.place for event in scene.wait("orders", count=3).events] == ["orders[0]@0", "orders[0]@1"]


def test_a_question_that_got_no_answer_is_asked_again(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(0.4, scene.kafka.go_away)
    scene.clock.after(1, scene.kafka.come_back)
    scene.clock.after(8, lambda: scene.kafka.grow("orders"))
    scene.clock.after(8, lambda: scene.kafka.publish("orders", "in the new partition", partition=1))
    assert scene.found("orders", timeout=30) == "orders[1]@0"
    assert scene.clock.now < 10


def test_all_that_was_judged_counts_as_read(scene: Scene) -> None:
    scene.watch("orders")
    for number in range(5):
        scene.kafka.publish("orders", f'{{"n": {number}}}')
    assert scene.wait("orders", "n == 2").findings.read == 3


def test_the_end_of_a_topic_that_is_deleted_in_the_last_moment_is_not_waited_for(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.fetch_nothing_for(10)
    scene.kafka.publish("orders", "never read")
    scene.clock.after(1 + scene.source.delay * 1.5, lambda: scene.kafka.delete("orders"))
    assert scene.found("orders", timeout=1) == ""
    assert scene.clock.now < 1.5


def test_a_match_at_the_mark_is_not_told_as_one_before_it(scene: Scene) -> None:
    scene.kafka.publish("orders", "before")
    scene.watch("orders")
    scene.kafka.publish("orders", "at the mark")
    outcome = scene.wait("orders", "value == at the mark", count=2, timeout=1)
    assert (len(outcome.events), outcome.before) == (1, None)
