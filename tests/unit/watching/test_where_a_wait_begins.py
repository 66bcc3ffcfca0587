"""Marks: by offset where the topic was known, by the clock where it was not, and what ``since=`` says before all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from KafkaLibrary.errors import KafkaUnusable, KeywordMisused
from KafkaLibrary.event import Event
from KafkaLibrary.watching.marks import Mark, Start, TopicMark
from tests.unit.watching.kafka import BEGAN
from tests.unit.watching.scene import Scene, event_of


@pytest.fixture
def two_events(scene: Scene) -> Scene:
    """One event before the mark and one after it."""
    scene.kafka.publish("orders", "before")
    scene.watch("orders")
    scene.kafka.publish("orders", "after")
    return scene


def test_a_wait_begins_at_the_mark_of_the_test(two_events: Scene) -> None:
    assert two_events.present("orders") == ["orders[0]@1"]


def test_a_new_test_marks_a_known_topic_anew(two_events: Scene) -> None:
    two_events.begin()
    assert two_events.present("orders") == []


def test_all_known_topics_are_marked_in_one_request_when_a_test_begins(scene: Scene) -> None:
    scene.kafka.make("payments")
    scene.watch("orders")
    scene.watch("payments")
    scene.source.asked.clear()
    scene.begin()
    assert scene.source.asked == ["marks"]


def test_nothing_is_asked_when_a_test_begins_before_any_topic_was_named(scene: Scene) -> None:
    scene.begin()
    assert scene.source.asked == []


def test_a_topic_that_was_only_waited_for_is_marked_by_the_next_test(scene: Scene) -> None:
    scene.wait("orders")
    scene.kafka.publish("orders", "in the first test")
    scene.begin()
    assert scene.present("orders") == []


def test_after_a_test_the_mark_of_the_suite_counts_again(scene: Scene) -> None:
    scene.watch("orders")
    scene.begin()
    scene.kafka.publish("orders", "in the test")
    scene.begin()
    scene.end()
    assert scene.present("orders") == ["orders[0]@0"]


def test_a_mark_set_in_a_test_ends_with_it(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "in the suite")
    scene.begin()
    scene.watch("orders")
    scene.end()
    assert scene.present("orders") == ["orders[0]@0"]


def test_the_last_scope_never_ends(scene: Scene) -> None:
    scene.watch("orders")
    scene.end()
    scene.end()
    scene.kafka.publish("orders", "paid")
    assert scene.found("orders") == "orders[0]@0"


def test_watching_in_the_middle_of_a_test_marks_from_there(two_events: Scene) -> None:
    two_events.watch("orders")
    assert two_events.present("orders") == []


def test_a_mark_stays_valid_after_later_ones(scene: Scene) -> None:
    mark = scene.watch("orders")
    scene.kafka.publish("orders", "paid")
    scene.begin()
    scene.watch("orders")
    assert scene.present("orders", since=mark) == ["orders[0]@0"]


def test_a_mark_does_not_wait_for_an_event_that_is_published_behind_it(scene: Scene) -> None:
    mark = scene.watch("orders")
    scene.kafka.publish("orders", "paid")
    assert scene.found("orders", since=mark) == "orders[0]@0"


def test_a_mark_before_an_open_transaction_sees_its_event_when_it_is_committed(scene: Scene) -> None:
    scene.kafka.publish("orders", "paid", transaction=True)
    scene.kafka.publish("orders", "plain, behind the open one")
    scene.watch("orders")
    scene.kafka.end_transactions("orders", "committed")
    assert scene.found("orders", "value == paid") == "orders[0]@0"


def test_a_mark_of_another_topic_is_refused(scene: Scene) -> None:
    scene.kafka.make("payments")
    mark = scene.watch("payments")
    with pytest.raises(KeywordMisused, match="is one of 'payments', not of 'orders'"):
        scene.present("orders", since=mark)


def test_a_mark_shows_its_places() -> None:
    mark = Mark({"orders": TopicMark("id-1", {1: 7, 0: 3})}, BEGAN)
    assert repr(mark) == "<Mark orders[0]@3 orders[1]@7>"


def test_earliest_begins_with_the_first_event_that_is_left(two_events: Scene) -> None:
    two_events.kafka.trim("orders", before=1)
    assert two_events.present("orders", since="earliest") == ["orders[0]@1"]


def test_earliest_reads_what_lies_before_the_mark(two_events: Scene) -> None:
    assert two_events.present("orders", since="earliest") == ["orders[0]@0", "orders[0]@1"]


def test_latest_begins_with_what_is_not_there_yet(two_events: Scene) -> None:
    two_events.clock.after(1, lambda: two_events.kafka.publish("orders", "new"))
    assert two_events.found("orders", since="latest") == "orders[0]@2"


def test_the_start_of_the_suite_lies_before_that_of_the_test(two_events: Scene) -> None:
    two_events.begin()
    assert two_events.present("orders", since="suite") == ["orders[0]@1"]


def test_the_start_of_the_test_stays_where_it_was_when_a_topic_is_marked_anew(scene: Scene) -> None:
    scene.watch("orders")
    scene.begin()
    scene.kafka.publish("orders", "first")
    scene.watch("orders")
    scene.kafka.publish("orders", "second")
    scene.watch("orders")
    assert scene.present("orders") == []
    assert scene.present("orders", since="test") == ["orders[0]@0", "orders[0]@1"]
    scene.end()
    assert scene.present("orders", since="suite") == ["orders[0]@0", "orders[0]@1"]


def test_the_start_of_the_test_is_known_by_the_clock_where_a_topic_was_marked_in_its_midst_alone(scene: Scene) -> None:
    scene.kafka.publish("orders", "before")
    scene.clock.advance(1)
    scene.begin()
    scene.kafka.publish("orders", "first")
    scene.watch("orders")
    scene.kafka.publish("orders", "stamped long ago", ago=1000)
    assert scene.present("orders") == ["orders[0]@2"]
    assert scene.present("orders", since="test") == ["orders[0]@1", "orders[0]@2"]


def test_what_came_behind_a_mark_in_the_midst_of_a_test_came_since_its_start_whatever_its_time(scene: Scene) -> None:
    scene.begin()
    scene.watch("orders")
    scene.kafka.publish("orders", "stamped long ago", ago=1000)
    assert scene.present("orders", since="test") == ["orders[0]@0"]


def test_a_point_in_time_begins_with_the_first_event_that_is_not_earlier(scene: Scene) -> None:
    scene.watch("orders")
    for ago in (60, 30, 10):
        scene.kafka.publish("orders", "paid", ago=ago)
    since = Start("time", moment=scene.clock.moment() - timedelta(seconds=40))
    assert scene.present("orders", since=since) == ["orders[0]@1", "orders[0]@2"]


def test_a_point_in_time_that_no_event_is_young_enough_for_begins_at_the_end(scene: Scene) -> None:
    scene.kafka.publish("orders", "old", ago=60)
    since = Start("time", moment=scene.clock.moment())
    scene.clock.after(1, lambda: scene.kafka.publish("orders", "stamped before", ago=50))
    assert scene.found("orders", since=since) == "orders[0]@1"


def test_behind_an_event_come_the_later_offsets_of_its_partition(scene: Scene) -> None:
    scene.watch("orders")
    for _ in range(3):
        scene.kafka.publish("orders", "paid")
    event = scene.wait("orders").events[0]
    assert scene.found("orders", since=event) == "orders[0]@1"


def test_behind_an_event_a_later_offset_with_an_older_timestamp_counts(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid")
    scene.kafka.publish("orders", "stamped long ago", ago=1000)
    event = scene.wait("orders").events[0]
    assert scene.found("orders", since=event) == "orders[0]@1"


def test_behind_an_event_no_earlier_timestamps_of_other_partitions_count(scene: Scene) -> None:
    scene.kafka.grow("orders")
    scene.watch("orders")
    scene.kafka.publish("orders", "earlier", partition=1, ago=5)
    scene.kafka.publish("orders", "this one", partition=0)
    scene.kafka.publish("orders", "later", partition=1, ago=-5)
    event = scene.wait("orders", "value == this one").events[0]
    assert scene.present("orders", since=event) == ["orders[1]@1"]


def test_behind_an_event_of_one_topic_another_topic_counts_by_time(scene: Scene) -> None:
    scene.kafka.make("payments")
    scene.watch("orders", "payments")
    scene.kafka.publish("payments", "earlier", ago=5)
    scene.kafka.publish("orders", "this one")
    scene.kafka.publish("payments", "later", ago=-5)
    event = scene.wait("orders").events[0]
    assert scene.present("payments", since=event) == ["payments[0]@1"]


def test_a_topic_named_for_the_first_time_begins_at_the_start_of_the_test_by_timestamps(scene: Scene) -> None:
    scene.clock.advance(10)
    scene.kafka.publish("orders", "before the test")
    scene.clock.advance(10)
    scene.begin()
    scene.clock.advance(10)
    scene.kafka.publish("orders", "in the test")
    assert scene.present("orders") == ["orders[0]@1"]


def test_that_timestamps_were_asked_is_known_to_the_message(scene: Scene) -> None:
    assert scene.wait("orders").marks["orders"].by_clock


def test_a_watched_topic_needs_no_timestamps(scene: Scene) -> None:
    scene.watch("orders")
    assert not scene.wait("orders").marks["orders"].by_clock


def test_what_the_connection_published_in_this_test_is_found_whatever_the_clocks_say(scene: Scene) -> None:
    scene.begin()
    scene.clock.advance(10)
    scene.kafka.publish("orders", "stamped long ago", ago=1000)
    scene.watcher.scope.note_published({("orders", 0): 0})
    assert scene.found("orders") == "orders[0]@0"


def test_of_all_that_the_connection_published_in_this_test_the_first_is_found_whatever_the_clocks_say(
    scene: Scene,
) -> None:
    scene.begin()
    scene.clock.advance(10)
    for number in range(3):
        scene.kafka.publish("orders", "stamped long ago", ago=1000)
        scene.watcher.scope.note_published({("orders", 0): number})
    assert scene.present("orders") == ["orders[0]@0", "orders[0]@1", "orders[0]@2"]


def test_a_first_wait_that_came_too_late_still_begins_at_the_same_place_the_second_time(scene: Scene) -> None:
    scene.begin()
    first = scene.wait("orders", timeout=1).marks["orders"]
    scene.kafka.publish("orders", "stamped long ago", ago=1000)
    assert scene.wait("orders").marks["orders"] == first


def test_a_mark_that_could_not_be_set_when_a_test_began_is_replaced_by_its_time(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "before the test")
    scene.clock.advance(10)
    scene.kafka.go_away()
    with pytest.raises(KafkaUnusable):
        scene.begin()
    scene.kafka.come_back()
    scene.kafka.publish("orders", "in the test")
    assert scene.present("orders") == ["orders[0]@1"]


def test_a_topic_that_does_not_exist_counts_as_empty(scene: Scene) -> None:
    scene.watch("payments")
    scene.clock.after(1, lambda: scene.kafka.make("payments"))
    scene.clock.after(1, lambda: scene.kafka.publish("payments", "its first event"))
    assert scene.found("payments") == "payments[0]@0"


def test_a_topic_that_comes_after_the_test_began_is_read_from_its_first_event(scene: Scene) -> None:
    scene.watch("payments")
    scene.begin()
    scene.kafka.make("payments")
    scene.kafka.publish("payments", "its first event")
    assert scene.found("payments") == "payments[0]@0"


def test_asking_about_a_missing_topic_does_not_create_it(scene: Scene) -> None:
    scene.wait("payments", timeout=1)
    assert "payments" not in scene.kafka.topics


def test_a_partition_that_is_added_later_is_read_from_its_first_event(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.grow("orders")
    scene.kafka.publish("orders", "its first event", partition=1)
    assert scene.found("orders") == "orders[1]@0"


def test_a_topic_made_again_is_read_from_its_new_beginning(scene: Scene) -> None:
    for _ in range(3):
        scene.kafka.publish("orders", "old")
    scene.watch("orders")
    scene.kafka.make_again("orders", "paid")
    assert scene.found("orders", "value == paid") == "orders[0]@0"


def test_a_topic_made_again_and_silently_longer_is_read_from_its_new_beginning(scene: Scene) -> None:
    for _ in range(3):
        scene.kafka.publish("orders", "old")
    scene.watch("orders")
    scene.kafka.make_again("orders", "new", "paid", "new", "new", "new")
    assert scene.found("orders", "value == paid") == "orders[0]@1"


def test_a_topic_made_again_gives_none_of_its_old_events(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "old")
    scene.wait("orders")
    scene.kafka.make_again("orders", "new", "new")
    scene.wait("orders", "value == none")
    outcome = scene.wait("orders", count=2)
    assert [event.raw_value for event in outcome.events] == [b"new", b"new"]


def test_a_topic_that_is_deleted_and_comes_back_later_is_read_from_its_new_beginning(scene: Scene) -> None:
    scene.kafka.publish("orders", "old")
    scene.watch("orders")
    scene.clock.after(1, lambda: scene.kafka.delete("orders"))
    scene.clock.after(3, lambda: scene.kafka.make("orders"))
    scene.clock.after(3, lambda: scene.kafka.publish("orders", "paid"))
    assert scene.found("orders", "value == paid") == "orders[0]@0"


def test_a_topic_made_again_in_the_last_moment_is_read_from_its_new_beginning(scene: Scene) -> None:
    for _ in range(3):
        scene.kafka.publish("orders", "old")
    scene.watch("orders")
    scene.clock.after(4.99, lambda: scene.kafka.make_again("orders", "paid", "new", "new", "new"))
    assert scene.found("orders", "value == paid", timeout=5) == "orders[0]@0"


def test_a_topic_made_again_is_marked_at_its_new_end_by_the_next_test(scene: Scene) -> None:
    for _ in range(3):
        scene.kafka.publish("orders", "old")
    scene.watch("orders")
    scene.kafka.make_again("orders", "new")
    scene.begin()
    scene.kafka.publish("orders", "paid")
    assert scene.present("orders") == ["orders[0]@1"]


def test_events_trimmed_before_the_reader_came_do_not_stop_a_wait(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.fetch_nothing_for(0.5)
    for _ in range(3):
        scene.kafka.publish("orders", "old")
    scene.kafka.trim("orders")
    scene.clock.after(1, lambda: scene.kafka.publish("orders", "paid"))
    assert scene.found("orders", "value == paid") == "orders[0]@3"


def test_a_mark_holds_on_another_connection_too(scene: Scene) -> None:
    for number in range(3):
        scene.kafka.publish("orders", f"before {number}")
        scene.wait("orders", f"value == before {number}", since="earliest")
    mark = scene.watch("orders")
    scene.kafka.publish("orders", "after")
    other = scene.beside()
    assert [other.found("orders", "value == after", since=mark) for _ in range(2)] == ["orders[0]@3"] * 2
    assert not other.passes("orders", 0, "value == after", since=mark)


def test_a_broker_that_does_not_know_a_topic_for_a_moment_makes_no_mark_at_its_beginning(two_events: Scene) -> None:
    two_events.source.unknown["orders"] = 1
    two_events.begin()
    assert two_events.present("orders") == []


def test_a_topic_that_is_gone_is_doubted_once(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.delete("orders")
    times = []
    for _ in range(3):
        before = scene.clock.now
        scene.begin()
        times.append(scene.clock.now - before)
    assert times[0] > 0.5
    assert max(times[1:]) < 0.1


def test_a_topic_made_again_while_it_is_marked_is_read_from_its_new_beginning(scene: Scene) -> None:
    scene.watch("orders")
    for _ in range(3):
        scene.kafka.publish("orders", "of the former topic")
    # The ends are those of the former topic, and the facts of the new one.
    scene.clock.after(scene.source.delay * 1.5, lambda: scene.kafka.make_again("orders"))
    scene.begin()
    scene.kafka.publish("orders", "of the new one")
    assert scene.found("orders") == "orders[0]@0"


def test_a_broker_that_does_not_know_a_topic_for_a_moment_makes_no_event_of_the_past_one_of_this_test(
    scene: Scene,
) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "before the test")
    scene.clock.advance(10)
    scene.kafka.go_away()
    with pytest.raises(KafkaUnusable):
        scene.begin()
    scene.kafka.come_back()
    scene.source.unknown["orders"] = 1
    assert scene.present("orders") == []


def test_a_topic_that_was_given_up_and_is_read_again_gives_each_event_once(scene: Scene) -> None:
    scene.kafka.publish("orders", "the only one")
    assert scene.present("orders", since="earliest") == ["orders[0]@0"]
    scene.watcher.drop("orders")
    assert scene.present("orders", since="earliest") == ["orders[0]@0"]


def test_what_others_published_in_this_test_before_the_connection_did_is_found_too(scene: Scene) -> None:
    scene.begin()
    scene.kafka.publish("orders", "of another")
    scene.kafka.publish("orders", "of this connection")
    scene.watcher.scope.note_published({("orders", 0): 1})
    assert scene.present("orders") == ["orders[0]@0", "orders[0]@1"]


def test_the_start_of_the_suite_is_that_of_the_innermost(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "in the outer suite")
    scene.begin("suite")
    scene.kafka.publish("orders", "in the inner one")
    scene.begin()
    assert scene.present("orders", since="suite") == ["orders[0]@1"]


class TestBehindAnEventOfWhichNobodyKnowsTheTopicsId:
    """It was published before the topic was ever asked about."""

    def event(self, scene: Scene, offset: int) -> Event:
        record = scene.kafka.topics["orders"].partitions[0].slots[offset].record
        assert record is not None
        return event_of(record, None)

    def test_a_topic_made_again_that_ends_just_there_is_read_from_its_beginning(self, scene: Scene) -> None:
        scene.kafka.publish("orders", "of the former topic")
        event = self.event(scene, 0)
        scene.kafka.make_again("orders")
        scene.clock.after(1, lambda: scene.kafka.publish("orders", "of the new one"))
        assert scene.found("orders", since=event) == "orders[0]@0"

    def test_where_that_can_not_be_told_its_offset_counts(self, scene: Scene) -> None:
        scene.kafka.publish("orders", "before it")
        scene.kafka.publish("orders", "aborted", transaction=True)
        scene.kafka.end_transactions("orders", "aborted")
        scene.kafka.publish("orders", "behind it")
        assert scene.found("orders", since=self.event(scene, 1)) == "orders[0]@3"


def test_a_wait_of_no_time_has_time_to_ask_where_it_begins(scene: Scene) -> None:
    scene.source.delay = 0.3
    scene.kafka.publish("orders", "there")
    assert scene.found("orders", timeout=0, since="earliest") == "orders[0]@0"
