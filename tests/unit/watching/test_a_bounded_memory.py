"""The log has a bound; what fell out of it is read again, and nothing is seen twice."""

from __future__ import annotations

import pytest

from KafkaLibrary.event import PlainRecord
from KafkaLibrary.watching.event_log import OVERHEAD, EventLog
from tests.unit.watching.scene import Scene, a_scene


def records(*places: tuple[str, int, int], size: int = 0) -> list[PlainRecord]:
    return [PlainRecord(place, (1, 0), None, b"x" * size) for place in places]


def walked(log: EventLog, **since: int) -> list[tuple[str, int, int]]:
    return [record.at for _, chunk in log.chunks(since) for record in chunk.records if isinstance(record, PlainRecord)]


def test_events_are_walked_in_the_order_of_arrival() -> None:
    log = EventLog(10_000)
    log.add(records(("orders", 0, 5), ("orders", 1, 2)))
    log.add(records(("payments", 0, 1)))
    log.add(records(("orders", 0, 6)))
    assert walked(log, orders=0, payments=0) == [
        ("orders", 0, 5),
        ("orders", 1, 2),
        ("payments", 0, 1),
        ("orders", 0, 6),
    ]


def test_chunks_begin_after_a_number() -> None:
    log = EventLog(10_000)
    log.add(records(("orders", 0, 5)))
    seen = log.number
    log.add(records(("orders", 0, 6)))
    assert walked(log, orders=seen) == [("orders", 0, 6)]


def test_the_log_keeps_to_its_bound_and_one_arrival_more() -> None:
    log = EventLog(5 * OVERHEAD)
    for offset in range(100):
        log.add(records(("orders", 0, offset)))
    assert log.size <= 6 * OVERHEAD


def test_the_size_of_values_counts() -> None:
    log = EventLog(10_000)
    for offset in range(10):
        log.add(records(("orders", 0, offset), size=9_000))
    assert len(log.topic("orders").chunks) == 2


def test_what_is_dropped_moves_the_first_offset_that_is_covered() -> None:
    log = EventLog(1)
    log.add(records(("orders", 0, 5), ("orders", 1, 8)))
    log.add(records(("orders", 0, 6)))
    assert log.topic("orders").firsts == {0: 6, 1: 9}


def test_a_topic_that_is_forgotten_gives_its_room_back() -> None:
    log = EventLog(10_000)
    log.add(records(("orders", 0, 5), ("payments", 0, 1)))
    log.forget("orders")
    log.forget("payments")
    assert log.size == 0


def test_a_topic_that_is_forgotten_and_read_again_is_still_dropped_in_its_turn() -> None:
    log = EventLog(2 * OVERHEAD)
    log.add(records(("orders", 0, 5)))
    log.forget("orders")
    for offset in range(20):
        log.add(records(("payments" if offset % 2 else "orders", 0, offset)))
    assert log.size <= 3 * OVERHEAD


def test_an_event_that_fell_out_of_memory_is_found_again(forgetful: Scene) -> None:
    forgetful.watch("orders")
    forgetful.kafka.publish("orders", "paid")
    for _ in range(3):
        forgetful.kafka.publish("orders", "new")
        forgetful.wait("orders", "value == none", timeout=0)
    assert forgetful.found("orders", "value == paid", timeout=0) == "orders[0]@0"


@pytest.mark.parametrize("since", ["scope", "earliest", "suite", "test"])
def test_each_event_is_given_once_however_little_is_in_memory(forgetful: Scene, since: str) -> None:
    forgetful.watch("orders")
    forgetful.source.batch_sizes = iter(lambda: 1, 0)
    for _ in range(7):
        forgetful.kafka.publish("orders", "paid")
    forgetful.wait("orders", "value == none", timeout=0)
    assert forgetful.present("orders", since=since) == [f"orders[0]@{offset}" for offset in range(7)]


def test_an_exact_count_counts_events_that_fell_out_of_memory(forgetful: Scene) -> None:
    forgetful.watch("orders")
    forgetful.source.batch_sizes = iter(lambda: 1, 0)
    for _ in range(7):
        forgetful.kafka.publish("orders", "paid")
    forgetful.wait("orders", "value == none", timeout=0)
    assert forgetful.passes("orders", 7, "value == paid")


def test_events_that_fall_out_of_memory_during_a_wait_have_been_judged_before(forgetful: Scene) -> None:
    forgetful.watch("orders")
    forgetful.source.batch_sizes = iter(lambda: 1, 0)
    for text in ("paid", "new", "new", "new"):
        forgetful.kafka.publish("orders", text)
    assert not forgetful.passes("orders", 0, "value == paid")


def test_reading_again_does_not_disturb_what_comes(forgetful: Scene) -> None:
    forgetful.watch("orders")
    for _ in range(4):
        forgetful.kafka.publish("orders", "new")
        forgetful.wait("orders", "value == none", timeout=0)
    forgetful.clock.after(1, lambda: forgetful.kafka.publish("orders", "paid"))
    assert forgetful.found("orders", "value == paid") == "orders[0]@4"


def test_aborted_events_are_not_brought_back_by_reading_again(forgetful: Scene) -> None:
    forgetful.watch("orders")
    forgetful.kafka.publish("orders", "paid", transaction=True)
    forgetful.kafka.end_transactions("orders", "aborted")
    for _ in range(3):
        forgetful.kafka.publish("orders", "new")
        forgetful.wait("orders", "value == none", timeout=0)
    assert forgetful.present("orders") == ["orders[0]@2", "orders[0]@3", "orders[0]@4"]


def test_a_topic_that_is_crowded_out_by_another_is_read_again() -> None:
    with a_scene(log_bound=1) as scene:
        scene.kafka.make("orders")
        scene.kafka.make("payments")
        scene.watch("orders", "payments")
        scene.kafka.publish("orders", "paid")
        scene.wait("orders")
        for _ in range(3):
            scene.kafka.publish("payments", "yes")
            scene.wait("payments", "value == none", timeout=0)
        assert scene.found("orders", "value == paid") == "orders[0]@0"


def test_a_negative_that_can_not_read_again_what_fell_out_of_memory_fails(forgetful: Scene) -> None:
    forgetful.watch("orders")
    for text in ("paid", "new", "new"):
        forgetful.kafka.publish("orders", text)
        forgetful.wait("orders", "value == none", timeout=0)
    read = forgetful.source.read

    def and_then_away(*given: object) -> object:
        forgetful.kafka.go_away()
        return read(*given)  # type: ignore[arg-type] # handed on as they came

    forgetful.source.read = and_then_away  # type: ignore[assignment,method-assign] # on purpose
    assert not forgetful.passes("orders", 0, "value == paid")


def test_what_is_left_of_older_events_is_read_again_where_the_first_were_trimmed(forgetful: Scene) -> None:
    forgetful.watch("orders")
    for number in range(4):
        forgetful.kafka.publish("orders", f'{{"n": {number}}}')
        forgetful.wait("orders", "n == 9", timeout=0)
    forgetful.kafka.trim("orders", before=1)
    assert forgetful.present("orders") == ["orders[0]@1", "orders[0]@2", "orders[0]@3"]
