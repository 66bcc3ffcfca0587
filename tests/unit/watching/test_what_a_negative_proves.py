"""A negative passes only on what it saw to the end, and else says what was in the way."""

from __future__ import annotations

import pytest

from tests.unit.watching.scene import Scene


def test_a_negative_passes_when_nothing_came(scene: Scene) -> None:
    scene.watch("orders")
    assert scene.passes("orders", 0)


def test_a_negative_waits_out_its_time(scene: Scene) -> None:
    scene.watch("orders")
    before = scene.clock.now
    scene.prove("orders", 0, within=3)
    assert scene.clock.now - before >= 3


def test_a_negative_ends_when_such_an_event_comes(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(1, lambda: scene.kafka.publish("orders", "paid"))
    before = scene.clock.now
    scene.prove("orders", 0, "value == paid", within=30)
    assert scene.clock.now - before < 2


def test_a_negative_passes_over_events_that_do_not_match(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "new")
    assert scene.passes("orders", 0, "value == paid")


def test_a_negative_sees_an_event_that_the_client_fetches_after_its_time(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(0.9, lambda: scene.kafka.publish("orders", "paid"))
    scene.source.fetch_nothing_for(4)
    assert not scene.passes("orders", 0, "value == paid", within=1)


@pytest.mark.parametrize("count", [0, 2, 4])
def test_a_count_that_is_not_the_number_of_events_fails(scene: Scene, count: int) -> None:
    scene.watch("orders")
    for _ in range(3):
        scene.kafka.publish("orders", "paid")
    assert not scene.passes("orders", count, "value == paid")


def test_a_count_that_is_the_number_of_events_passes(scene: Scene) -> None:
    scene.watch("orders")
    for _ in range(3):
        scene.kafka.publish("orders", "paid")
    assert scene.passes("orders", 3, "value == paid")


def test_aborted_transactions_and_their_markers_are_no_hindrance(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid", transaction=True)
    scene.kafka.end_transactions("orders", "aborted")
    assert not scene.refusal("orders", "value == paid")


def test_a_transaction_that_stays_open_is_named_with_its_partition_and_offset(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "new")
    scene.kafka.publish("orders", "paid", transaction=True)
    refusal = scene.refusal("orders", "value == paid")
    assert "A transaction is still open: orders[0] can't be read beyond offset 1" in refusal


def test_a_negative_waits_for_a_transaction_to_end_as_long_as_the_connection_allows(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid", transaction=True)
    scene.clock.after(8, lambda: scene.kafka.end_transactions("orders", "aborted"))
    assert not scene.refusal("orders", "value == paid", within=1)


def test_an_event_whose_transaction_is_committed_after_the_time_of_a_negative_fails_it(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid", transaction=True)
    scene.clock.after(8, lambda: scene.kafka.end_transactions("orders", "committed"))
    assert not scene.passes("orders", 0, "value == paid", within=1)


def test_a_negative_fails_within_the_timeout_of_the_connection_after_its_time(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid", transaction=True)
    before = scene.clock.now
    scene.prove("orders", 0, within=1)
    assert scene.clock.now - before <= 1 + scene.patience + 0.2


def test_kafka_away_at_the_end_fails_a_negative_with_the_reason(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(0.5, scene.kafka.go_away)
    assert "connection refused" in scene.refusal("orders", within=1)


def test_kafka_away_for_a_while_is_no_hindrance(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(0.2, scene.kafka.go_away)
    scene.clock.after(0.5, scene.kafka.come_back)
    assert not scene.refusal("orders", within=1)


def test_kafka_that_is_back_a_moment_after_the_time_is_no_hindrance(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(0.5, scene.kafka.go_away)
    scene.clock.after(1.2, scene.kafka.come_back)
    assert not scene.refusal("orders", within=1)


def test_what_is_there_is_given_by_a_kafka_that_is_back_in_a_moment(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.go_away()
    scene.clock.after(0.8, scene.kafka.come_back)
    assert not scene.unreadable("orders", timeout=5)


def test_a_topic_that_was_gone_at_the_mark_is_new_when_it_appears(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "old")
    assert scene.found("orders")
    scene.kafka.delete("orders")
    scene.begin()
    scene.kafka.make("orders")
    scene.kafka.publish("orders", "new")
    assert scene.passes("orders", 0, "value == old")
    assert scene.passes("orders", 1)


def test_what_a_topic_that_was_gone_at_the_mark_had_is_no_proof_for_an_earlier_mark(scene: Scene) -> None:
    mark = scene.watch("orders")
    scene.kafka.publish("orders", "old")
    scene.kafka.delete("orders")
    scene.begin()
    scene.kafka.make("orders")
    assert "recreated" in scene.refusal("orders", "value == old", since=mark)
    assert not scene.refusal("orders", "value == old")


def test_a_missing_topic_fails_a_negative(scene: Scene) -> None:
    assert "The topic 'payments' does not exist." in scene.refusal("payments")


def test_a_topic_that_is_deleted_meanwhile_fails_a_negative(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(0.5, lambda: scene.kafka.delete("orders"))
    assert "The topic 'orders' was deleted meanwhile." in scene.refusal("orders", within=1)


def test_a_topic_that_appears_meanwhile_is_read_from_its_first_event(scene: Scene) -> None:
    scene.clock.after(0.9, lambda: scene.kafka.make("payments"))
    scene.clock.after(0.95, lambda: scene.kafka.publish("payments", "paid"))
    assert not scene.passes("payments", 0, "value == paid", within=1)


def test_a_topic_that_appears_meanwhile_without_such_an_event_passes(scene: Scene) -> None:
    scene.clock.after(0.9, lambda: scene.kafka.make("payments"))
    scene.clock.after(0.95, lambda: scene.kafka.publish("payments", "new"))
    assert scene.passes("payments", 0, "value == paid", within=1)


def test_a_topic_made_again_during_a_negative_fails_it(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(0.5, lambda: scene.kafka.make_again("orders"))
    assert "The topic 'orders' was deleted and recreated meanwhile." in scene.refusal("orders", within=1)


def test_a_topic_made_again_and_silently_longer_fails_a_negative(scene: Scene) -> None:
    for _ in range(3):
        scene.kafka.publish("orders", "new")
    scene.watch("orders")
    scene.clock.after(0.99, lambda: scene.kafka.make_again("orders", "new", "new", "new", "new", "new"))
    assert "recreated meanwhile" in scene.refusal("orders", "value == paid", within=1)


def test_a_topic_made_again_between_the_mark_and_the_negative_fails_it(scene: Scene) -> None:
    mark = scene.watch("orders")
    scene.kafka.publish("orders", "paid")
    scene.kafka.make_again("orders")
    assert "recreated meanwhile" in scene.refusal("orders", "value == paid", since=mark)


def test_a_topic_made_again_that_an_earlier_wait_noticed_still_fails_a_negative_from_before(scene: Scene) -> None:
    mark = scene.watch("orders")
    scene.kafka.publish("orders", "paid")
    scene.kafka.make_again("orders")
    scene.wait("orders", "value == shipped")
    assert "recreated meanwhile" in scene.refusal("orders", "value == paid", since=mark)


def test_a_topic_made_again_since_the_test_began_fails_its_negative_though_an_earlier_wait_noticed(
    scene: Scene,
) -> None:
    scene.watch("orders")
    scene.begin()
    scene.kafka.publish("orders", "paid")
    scene.kafka.make_again("orders")
    scene.wait("orders", "value == shipped")
    assert "recreated meanwhile" in scene.refusal("orders", "value == paid")


def test_a_topic_made_again_behind_the_event_given_as_since_fails_a_negative(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "new")
    event = scene.wait("orders").events[0]
    scene.kafka.publish("orders", "paid")
    scene.kafka.make_again("orders")
    assert "recreated meanwhile" in scene.refusal("orders", "value == paid", since=event)


def test_a_matching_event_of_a_topic_made_again_is_not_skipped_by_an_event_of_the_one_before(
    scene: Scene,
) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "new")
    event = scene.wait("orders").events[0]
    scene.kafka.make_again("orders", "paid")
    assert not scene.passes("orders", 0, "value == paid", since=event)


def test_a_topic_made_again_before_the_mark_is_no_hindrance(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.make_again("orders", "paid")
    scene.wait("orders", "value == shipped")
    scene.begin()
    assert not scene.refusal("orders", "value == paid")


def test_a_topic_replaced_while_the_end_is_read_is_not_taken_for_the_one_that_was_asked(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.fetch_nothing_for(2)
    scene.clock.after(0.5, lambda: scene.kafka.publish("orders", "paid"))
    scene.clock.after(1.5, lambda: scene.kafka.make_again("orders", "new", "new"))
    assert not scene.passes("orders", 0, "value == paid", within=1)


def test_events_trimmed_before_they_were_read_fail_a_negative_with_their_offsets(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.fetch_nothing_for(0.5)
    for _ in range(3):
        scene.kafka.publish("orders", "paid")
    scene.kafka.trim("orders", before=2)
    scene.kafka.publish("orders", "new")
    refusal = str(scene.prove("orders", 0, "value == none", within=1)[1])
    assert "Events were deleted before they could be read: orders[0] from offset 0 to 1." in refusal


def test_all_events_trimmed_before_they_were_read_fail_a_negative(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.fetch_nothing_for(0.5)
    scene.kafka.publish("orders", "paid")
    scene.kafka.trim("orders")
    assert "orders[0] from offset 0 to 0" in scene.refusal("orders", "value == paid", within=1)


def test_events_trimmed_after_they_fell_out_of_memory_fail_a_negative(forgetful: Scene) -> None:
    mark = forgetful.watch("orders")
    for _ in range(4):
        forgetful.kafka.publish("orders", "paid")
        forgetful.wait("orders", "value == none", timeout=0)
    forgetful.kafka.trim("orders", before=2)
    assert "orders[0] from offset 0 to 1" in forgetful.refusal("orders", "value == none", since=mark)


def test_events_trimmed_while_they_are_read_again_fail_a_negative(forgetful: Scene) -> None:
    mark = forgetful.watch("orders")
    for text in ("new", "paid", "new", "new"):
        forgetful.kafka.publish("orders", text)
        forgetful.wait("orders", "value == none", timeout=0)
    beginnings = forgetful.source.beginnings

    def and_then_trimmed(*given: object) -> object:
        answer = beginnings(*given)  # type: ignore[arg-type] # handed on as they came
        forgetful.kafka.trim("orders", before=3)
        return answer

    forgetful.source.beginnings = and_then_trimmed  # type: ignore[assignment,method-assign] # on purpose
    assert not forgetful.passes("orders", 0, "value == paid", since=mark)


def test_events_trimmed_before_the_mark_are_no_hindrance(scene: Scene) -> None:
    scene.watch("orders")
    for _ in range(3):
        scene.kafka.publish("orders", "paid")
    scene.kafka.trim("orders")
    scene.wait("orders", "value == shipped")
    scene.begin()
    assert not scene.refusal("orders")


def test_events_trimmed_in_an_earlier_life_of_the_topic_are_no_hindrance(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.fetch_nothing_for(0.5)
    for _ in range(9):
        scene.kafka.publish("orders", "old")
    scene.kafka.trim("orders")
    scene.wait("orders", "value == none")
    scene.kafka.make_again("orders", "new")
    scene.wait("orders", "value == none")
    scene.begin()
    assert not scene.refusal("orders")


def test_a_partition_that_could_not_be_read_fails_a_negative_with_the_reason(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.failing = [(("orders", 0), "bad checksum")]
    assert "orders[0] could not be read: bad checksum" in scene.refusal("orders")


def test_what_could_not_be_read_before_the_mark_is_no_hindrance(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.failing = [(("orders", 0), "bad checksum")]
    scene.wait("orders")
    scene.kafka.publish("orders", "new")
    scene.wait("orders")
    scene.begin()
    assert not scene.refusal("orders")


def test_an_event_that_can_not_be_judged_fails_a_negative(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "not JSON")
    assert "orders[0]@0" in scene.refusal("orders", "$.id == 7")


def test_an_event_that_need_not_be_decoded_to_be_judged_is_no_hindrance(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "not JSON")
    assert not scene.refusal("orders", "offset == 9", "$.id == 7")


def test_a_partition_added_in_the_last_moment_is_read_to_its_end(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(0.98, lambda: scene.kafka.grow("orders"))
    scene.clock.after(0.99, lambda: scene.kafka.publish("orders", "paid", partition=1))
    assert not scene.passes("orders", 0, "value == paid", within=1)


def test_a_connection_that_reads_uncommitted_events_does_not_wait_for_transactions(scene: Scene) -> None:
    scene.source.committed = False
    scene.watch("orders")
    scene.kafka.publish("orders", "new", transaction=True)
    assert not scene.refusal("orders", "value == paid")


def test_a_topic_is_quiet_when_no_event_came_for_that_long(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(2, lambda: scene.kafka.publish("orders", "new"))
    quiet = scene.quiet("orders", 3, timeout=20)
    assert (quiet, scene.clock.now >= 5) == ("", True)


def test_a_topic_on_which_events_go_on_coming_is_not_quiet(scene: Scene) -> None:
    scene.watch("orders")
    for half in range(1, 30):
        scene.clock.after(half / 2, lambda: scene.kafka.publish("orders", "new"))
    assert "was not quiet" in scene.quiet("orders", 1, timeout=5)


def test_an_event_that_the_client_fetches_late_breaks_the_quiet(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.fetch_nothing_for(1.05)
    scene.clock.after(0.9, lambda: scene.kafka.publish("orders", "new"))
    assert "was not quiet" in scene.quiet("orders", 1, timeout=1.1)


def test_a_topic_with_an_open_transaction_is_not_quiet(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(0.5, lambda: scene.kafka.publish("orders", "new", transaction=True))
    assert "A transaction is still open" in scene.quiet("orders", 1, timeout=5)


def test_a_transaction_that_ends_while_quiet_is_waited_for_is_no_hindrance(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(0.5, lambda: scene.kafka.publish("orders", "new", transaction=True))
    scene.clock.after(4, lambda: scene.kafka.end_transactions("orders", "committed"))
    assert not scene.quiet("orders", 1, timeout=20)


def test_kafka_away_for_a_while_does_not_end_the_wait_for_quiet(scene: Scene) -> None:
    scene.watch("orders")
    scene.clock.after(0.5, scene.kafka.go_away)
    scene.clock.after(3, scene.kafka.come_back)
    assert not scene.quiet("orders", 1, timeout=20)


def test_a_partition_whose_end_is_not_told_is_no_proof(scene: Scene) -> None:
    scene.kafka.make("payments", partitions=2)
    scene.watch("payments")
    scene.source.untold.add(("payments", 1))
    assert "payments[1] could not be read: Kafka did not report its end." in scene.refusal("payments")


def test_what_the_log_has_lost_and_could_not_be_read_again_is_told(forgetful: Scene) -> None:
    for number in range(5):
        forgetful.kafka.publish("orders", str(number))
        forgetful.wait("orders", f"value == {number}", since="earliest")
    assert "orders[0] could not be read" in forgetful.unreadable("orders", since="earliest", timeout=0)
    assert not forgetful.unreadable("orders", since="earliest", timeout=5)


def test_what_was_trimmed_of_a_former_topic_is_no_hindrance_once_a_mark_has_seen_that_it_is_gone(scene: Scene) -> None:
    scene.watch("orders")
    for _ in range(3):
        scene.kafka.publish("orders", "{}")
    scene.kafka.trim("orders")
    assert "deleted before they could be read" in scene.refusal("orders")
    scene.kafka.delete("orders")
    scene.begin()
    scene.kafka.make("orders")
    assert scene.refusal("orders") == ""


def test_an_answer_that_a_wait_no_longer_awaited_says_nothing_in_the_next(scene: Scene) -> None:
    scene.watch("orders")
    scene.wait("orders", timeout=0.5)  # its last question is under way when it ends
    scene.kafka.make_again("orders")
    scene.begin()
    assert scene.refusal("orders") == ""


def test_of_events_trimmed_those_in_memory_were_read(forgetful: Scene) -> None:
    forgetful.watch("orders")
    for _ in range(3):
        forgetful.kafka.publish("orders", "{}")
        forgetful.wait("orders", "n == 1", timeout=0)
    forgetful.kafka.trim("orders")
    assert "orders[0] from offset 0 to 1." in forgetful.refusal("orders", "n == 1")


def test_one_event_that_could_not_be_read_in_time_is_enough(scene: Scene) -> None:
    scene.watch("orders")
    scene.patience = 0.5
    scene.source.fetch_nothing_for(100)
    scene.kafka.publish("orders", "{}")
    assert "orders[0] was read up to offset 0, not to its end at 1" in scene.refusal("orders")


def test_of_what_was_trimmed_only_the_part_behind_the_mark_is_told(scene: Scene) -> None:
    scene.watch("orders")
    scene.source.fetch_nothing_for(1)
    for moment in ("before", "before", "in", "in"):
        if moment == "in":
            scene.begin()
        scene.kafka.publish("orders", moment)
    scene.begin()
    scene.kafka.publish("orders", "in the test")
    scene.kafka.trim("orders")
    scene.clock.advance(1)
    assert "orders[0] from offset 4 to 4." in scene.refusal("orders")


def test_where_too_few_matched_the_nearest_are_told(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", '{"id": 1, "n": 1}')
    scene.kafka.publish("orders", '{"id": 2, "n": 1}')
    outcome, _ = scene.prove("orders", 2, "id == 1", "n == 1")
    assert outcome.near is not None
    assert [miss.event.place for miss in outcome.near.nearest()] == ["orders[0]@1"]
