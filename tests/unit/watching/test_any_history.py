"""Whatever happens to a topic: no event is missed, none is counted twice, no negative passes wrongly."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from hypothesis import example, given, note, settings
from hypothesis import strategies as st

from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.event import PlainRecord
from tests.unit.watching.kafka import Slot, Stopped, Topic
from tests.unit.watching.scene import ROOM, Scene, a_scene

SETTLED = 2.5
"""Everything that a history tells has happened by then, in seconds after the mark."""

Step = tuple[Any, ...]


def publish(scene: Scene, partition: int, text: str, transaction: bool) -> None:
    topic = scene.kafka.topics.get("orders")
    if topic:
        number = partition % len(topic.partitions)
        scene.kafka.publish("orders", text, partition=number, transaction=transaction)


def replace(scene: Scene, length: int) -> None:
    if "orders" in scene.kafka.topics:
        scene.kafka.make_again("orders", *["new"] * length)


def make(scene: Scene) -> None:
    if "orders" not in scene.kafka.topics:
        scene.kafka.make("orders", 2)


def grow(scene: Scene) -> None:
    if "orders" in scene.kafka.topics:
        scene.kafka.grow("orders")


def trim(scene: Scene, partition: int, most: int) -> None:
    topic = scene.kafka.topics.get("orders")
    if topic:
        number = partition % len(topic.partitions)
        log = topic.partitions[number]
        scene.kafka.trim("orders", number, min(most, log.last_stable))


HAPPENINGS: dict[str, Callable[..., None]] = {
    "publish": publish,
    "end": lambda scene, how: scene.kafka.end_transactions("orders", how),
    "replace": replace,
    "delete": lambda scene: scene.kafka.delete("orders"),
    "make": make,
    "grow": grow,
    "trim": trim,
    "away": lambda scene: scene.kafka.go_away(),
    "back": lambda scene: scene.kafka.come_back(),
    "slow": lambda scene: scene.source.fetch_nothing_for(1),
}

published = st.tuples(
    st.just("publish"),
    st.integers(0, 2),
    st.sampled_from(["paid", "new", "new"]),
    st.sampled_from([False, False, True]),
)
ended = st.tuples(st.just("end"), st.sampled_from(["committed", "aborted"]))
harmless = st.one_of(
    published, published, ended, st.just(("grow",)), st.just(("slow",)), st.just(("away",)), st.just(("back",))
)
harmful = st.one_of(
    st.tuples(st.just("replace"), st.integers(0, 6)),
    st.just(("delete",)),
    st.just(("make",)),
    st.tuples(st.just("trim"), st.integers(0, 2), st.integers(0, 6)),
)


@dataclass(frozen=True)
class History:
    """What was there before the mark, and what happens when after it; and how the client delivers."""

    before: tuple[Step, ...]
    after: tuple[tuple[float, Step], ...]
    log_bound: int
    batch_sizes: tuple[int, ...]
    stopped_in: int | None


def histories(steps: st.SearchStrategy[Step], *, stops: bool = True) -> st.SearchStrategy[History]:
    moments = st.floats(0, 2, allow_nan=False).map(lambda moment: round(moment, 2))
    return st.builds(
        History,
        st.lists(st.one_of(published, ended), max_size=4).map(tuple),
        st.lists(st.tuples(moments, steps), max_size=10).map(tuple),
        st.sampled_from([1, 1500, ROOM]),
        st.lists(st.integers(1, 4), min_size=1, max_size=3).map(tuple),
        st.none() | st.integers(1, 25) if stops else st.none(),
    )


@contextmanager
def played(history: History) -> Iterator[tuple[Scene, Any, str]]:
    """The scene after the mark, with all that will happen under way, and a first wait that may have been stopped."""
    with a_scene(log_bound=history.log_bound) as scene:
        scene.source.batch_sizes = itertools.cycle(history.batch_sizes)
        scene.kafka.make("orders", 2)
        for step in history.before:
            HAPPENINGS[step[0]](scene, *step[1:])
        mark = scene.watch("orders")
        life = scene.kafka.topics["orders"].id
        began = scene.clock.now
        for moment, step in history.after:
            scene.clock.at(began + moment, lambda step=step: HAPPENINGS[step[0]](scene, *step[1:]))  # type: ignore[misc]
        scene.clock.at(began + SETTLED, scene.kafka.come_back)
        scene.source.stop_in(history.stopped_in)
        with suppress(Stopped, KafkaUnusable):  # a first wait may end in any way
            scene.wait("orders", "value == none", timeout=0.5)
        scene.source.stop_in(None)
        note(f"now {scene.clock.now - began:.3f}")
        yield scene, mark, life


def since_mark(topic: Topic, mark: Any, life: str) -> Iterator[tuple[Slot, bool]]:
    """The slots of a topic that a wait from the mark is about, and whether they are still there."""
    for number, log in enumerate(topic.partitions):
        first = mark.topics["orders"].offsets.get(number, 0) if topic.id == life else 0
        for offset, slot in enumerate(log.slots):
            if offset >= first and slot.record and slot.state != "aborted":
                yield slot, offset >= log.beginning


def text_of(slot: Slot) -> str:
    return (slot.record.raw_value or b"").decode() if slot.record else ""


def place_of(record: PlainRecord | None) -> str:
    assert record
    return f"{record.topic()}[{record.partition()}]@{record.offset()}"


@settings(max_examples=200)
@given(histories(st.one_of(harmless, harmless, harmful)))
def test_no_event_that_was_readable_in_time_is_missed(history: History) -> None:
    with played(history) as (scene, mark, life):
        found = scene.wait("orders", "value == paid", timeout=4, since=mark).events
        topic = scene.kafka.topics.get("orders")
        waiting = [
            place_of(slot.record)
            for slot, there in (since_mark(topic, mark, life) if topic else ())
            if there and text_of(slot) == "paid" and slot.readable_at is not None
        ]
        assert found or not waiting


@settings(max_examples=200)
@given(histories(st.one_of(harmless, harmless, harmful)))
def test_no_negative_passes_over_an_event_that_came(history: History) -> None:
    with played(history) as (scene, mark, life):
        passes = scene.passes("orders", 0, "value == paid", within=3, since=mark)
        came = [
            place_of(slot.record)
            for topic in scene.kafka.lives("orders")
            for slot, _ in since_mark(topic, mark, life)
            if text_of(slot) == "paid"
        ]
        assert not (passes and came)


@settings(max_examples=200)
@given(histories(harmless))
def test_a_count_is_exact_where_nothing_is_in_the_way(history: History) -> None:
    with played(history) as (scene, mark, life):
        scene.clock.after(3.9, lambda: scene.kafka.end_transactions("orders", "committed"))
        scene.clock.advance(4)
        topic = scene.kafka.topics["orders"]
        count = sum(text_of(slot) == "paid" for slot, _ in since_mark(topic, mark, life))
        assert scene.passes("orders", count, "value == paid", within=0, since=mark)


@settings(max_examples=200)
@given(histories(st.one_of(harmless, harmless, harmful)))
def test_what_is_there_is_given_once_and_in_the_order_of_offsets(history: History) -> None:
    with played(history) as (scene, mark, _):
        scene.clock.advance(4)
        outcome = scene.events("orders", since=mark)
        by_partition: dict[int, list[int]] = {}
        for event in outcome:
            by_partition.setdefault(event.partition, []).append(event.offset)
        assert by_partition == {part: sorted(set(offsets)) for part, offsets in by_partition.items()}


@settings(max_examples=200)
@given(histories(st.one_of(harmless, harmless, harmful)))
def test_all_that_is_there_is_given_and_nothing_that_never_was(history: History) -> None:
    with played(history) as (scene, mark, life):
        scene.clock.advance(4)
        given_places = {event.place for event in scene.events("orders", since=mark)}
        topic = scene.kafka.topics.get("orders")
        slots = list(since_mark(topic, mark, life)) if topic else []
        readable = [(place_of(slot.record), there) for slot, there in slots if slot.readable_at is not None]
        assert {place for place, there in readable if there} <= given_places
        assert not topic or given_places <= {place for place, _ in readable}


@settings(max_examples=200)
@given(histories(harmless, stops=False))
@example(History((), ((0.0, ("publish", 1, "paid", False)), (0.7, ("publish", 0, "paid", False))), ROOM, (1,), None))
def test_the_same_wait_gives_the_same_event_as_long_as_it_is_in_memory(history: History) -> None:
    with played(History(history.before, history.after, ROOM, history.batch_sizes, None)) as (scene, mark, _):
        first = scene.found("orders", "value == paid", timeout=1, since=mark)
        if first:
            assert scene.found("orders", "value == paid", timeout=4, since=mark) == first


@settings(max_examples=100)
@given(histories(harmless))
def test_going_on_behind_each_event_meets_every_event_of_a_partition_once(history: History) -> None:
    with played(history) as (scene, _, _):
        scene.clock.advance(4)
        scene.kafka.end_transactions("orders", "aborted")
        partition = scene.kafka.topics["orders"].partitions[0]
        expected = [offset for offset, slot in enumerate(partition.slots) if slot.record and slot.state != "aborted"]
        met: list[int] = []
        since: Any = "earliest"
        while events := scene.wait("orders", "partition == 0", timeout=0, since=since).events:
            since = events[0]
            met.append(since.offset)
        assert met == expected
