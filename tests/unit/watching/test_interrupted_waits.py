"""Robot's timeout may end a keyword anywhere; the next one sees all that there is, and all of it once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import patch

import pytest

from KafkaLibrary.errors import KafkaUnusable
from KafkaLibrary.event import Event
from KafkaLibrary.headers import as_sent
from KafkaLibrary.reporting.evidence import evidence_table
from KafkaLibrary.reporting.waits import failed_waits, phrases
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from KafkaLibrary.watching.event_log import EventLog
from KafkaLibrary.watching.look import Look
from KafkaLibrary.watching.topics.topic_checks import TopicChecks
from KafkaLibrary.watching.watcher import Watcher
from tests.unit.watching.kafka import Stopped
from tests.unit.watching.scene import ROOM, Scene, a_scene

FILES = {
    code.co_filename: Path(code.co_filename).name
    for code in (Watcher.pump.__code__, TopicChecks.answer.__code__, Look.wait.__code__, EventLog.add.__code__)
}
"""Where lines are counted: the files that hold what outlives a wait."""
MOST_TURNS = 2


def stop_at_call(scene: Scene, number: int, wait: Callable[[], object]) -> bool:
    """Whether the wait came to that call and was stopped in it."""
    scene.source.stop_in(number)
    try:
        wait()
    except Stopped:
        return True
    scene.source.stop_in(None)
    return False


def run(act: Callable[[], object], stop_at: int = 0) -> list[str]:
    """The lines that ran in the room of watching, up to the one to stop at, counted from one."""
    lines: list[str] = []

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        name = FILES.get(frame.f_code.co_filename)
        if name is None:
            return None
        if event == "line":
            lines.append(f"{name}:{frame.f_lineno}")
            if len(lines) == stop_at:
                raise Stopped
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        act()
    except Stopped:
        pass
    finally:
        sys.settrace(before)
    return lines


def in_each_line(
    make: Callable[[Scene], object], act: Callable[[Scene], object], log_bound: int = ROOM
) -> Iterator[tuple[str, Scene]]:
    """The same scene again and again, with the act stopped in each of its lines, in its first turns."""
    with a_scene(log_bound=log_bound) as scene:
        make(scene)
        lines = run(partial(act, scene))
    turns: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        turns[line] = turns.get(line, 0) + 1
        if turns[line] > MOST_TURNS:
            continue
        with a_scene(log_bound=log_bound) as scene:
            make(scene)
            run(partial(act, scene), stop_at=number)
            yield f"{line}, turn {turns[line]}", scene


def fruitless(scene: Scene) -> None:
    """A wait that reads all there is and finds nothing."""
    scene.source.batch_sizes = iter(lambda: 3, 0)
    scene.wait("orders", "value == none", timeout=0.05)


def some_events(scene: Scene) -> None:
    scene.kafka.make("orders", 2)
    for number in range(4):
        scene.kafka.publish("orders", "before", partition=number % 2)
    scene.watch("orders")
    for number in range(6):
        scene.kafka.publish("orders", "after", partition=number % 2)


def all_of_them(scene: Scene) -> list[str]:
    return sorted(scene.present("orders"))


AFTER_THE_MARK = sorted(f"orders[{number % 2}]@{2 + number // 2}" for number in range(6))


def test_events_that_the_client_had_handed_over_to_an_interrupted_look_are_not_lost(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid")
    assert stop_at_call(scene, 1, lambda: scene.wait("orders"))
    assert scene.found("orders", "value == paid") == "orders[0]@0"


def test_events_of_an_interrupted_look_are_not_doubled(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid")
    scene.wait("orders", "value == none", timeout=0)
    scene.kafka.publish("orders", "paid")
    assert stop_at_call(scene, 1, lambda: scene.wait("orders", "value == none"))
    assert scene.present("orders") == ["orders[0]@0", "orders[0]@1"]


def test_a_negative_after_an_interrupted_look_still_sees_its_events(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "paid")
    assert stop_at_call(scene, 1, lambda: scene.wait("orders"))
    assert not scene.passes("orders", 0, "value == paid")


@pytest.mark.parametrize("log_bound", [1, ROOM])
def test_a_wait_stopped_in_any_call_to_kafka_loses_and_doubles_nothing(log_bound: int) -> None:
    seen, call, stopped = {}, 0, True
    while stopped:
        call += 1
        with a_scene(log_bound=log_bound) as scene:
            some_events(scene)
            stopped = stop_at_call(scene, call, partial(fruitless, scene))
            seen[call] = all_of_them(scene)
    assert {call: events for call, events in seen.items() if events != AFTER_THE_MARK} == {}


@pytest.mark.parametrize("log_bound", [1, ROOM])
def test_a_wait_stopped_in_any_line_loses_and_doubles_nothing(log_bound: int) -> None:
    seen = {place: all_of_them(scene) for place, scene in in_each_line(some_events, fruitless, log_bound)}
    assert {place: events for place, events in seen.items() if events != AFTER_THE_MARK} == {}


def test_watching_stopped_in_any_line_does_not_hide_events_from_a_later_wait() -> None:
    def make(scene: Scene) -> None:
        scene.kafka.make("orders", 2)
        scene.begin()

    missed = []
    for place, scene in in_each_line(make, lambda scene: scene.watch("orders")):
        for number in range(6):
            scene.kafka.publish("orders", "after", partition=number % 2)
        if len(all_of_them(scene)) != 6:
            missed.append(place)
    assert missed == []


def test_a_wait_stopped_in_any_line_finds_an_added_partition_later() -> None:
    def make(scene: Scene) -> None:
        some_events(scene)
        scene.kafka.grow("orders")
        scene.kafka.publish("orders", "after", partition=2)

    expected = [*AFTER_THE_MARK, "orders[2]@0"]
    seen = {place: all_of_them(scene) for place, scene in in_each_line(make, fruitless)}
    assert {place: events for place, events in seen.items() if events != expected} == {}


def test_a_wait_stopped_in_any_line_reads_a_topic_made_again_from_its_beginning_later() -> None:
    def make(scene: Scene) -> None:
        some_events(scene)
        scene.kafka.make_again("orders", *["new"] * 7)

    expected = [f"orders[0]@{offset}" for offset in range(7)]
    seen = {place: all_of_them(scene) for place, scene in in_each_line(make, fruitless)}
    assert {place: events for place, events in seen.items() if events != expected} == {}


def test_a_wait_stopped_in_any_line_reads_on_behind_trimmed_events_later() -> None:
    def make(scene: Scene) -> None:
        some_events(scene)
        scene.kafka.trim("orders", 0)
        scene.kafka.trim("orders", 1)
        scene.kafka.publish("orders", "paid")

    seen = {place: all_of_them(scene) for place, scene in in_each_line(make, fruitless)}
    assert {place: events for place, events in seen.items() if events != ["orders[0]@5"]} == {}


def test_a_wait_stopped_in_any_line_does_not_let_a_later_negative_pass_over_trimmed_events() -> None:
    def make(scene: Scene) -> None:
        some_events(scene)
        scene.kafka.trim("orders", 0)

    passed = [
        place for place, scene in in_each_line(make, fruitless) if scene.passes("orders", 0, "value == none", within=0)
    ]
    assert passed == []


def test_a_wait_stopped_in_any_line_does_not_let_a_later_negative_pass_over_a_topic_made_again() -> None:
    def make(scene: Scene) -> None:
        some_events(scene)
        scene.kafka.make_again("orders", *["new"] * 7)

    passed = [
        place for place, scene in in_each_line(make, fruitless) if scene.passes("orders", 0, "value == none", within=0)
    ]
    assert passed == []


def test_a_test_start_stopped_in_any_line_does_not_hide_events_of_that_test() -> None:
    def make(scene: Scene) -> None:
        some_events(scene)
        scene.wait("orders", "value == none", timeout=0)

    missed = []
    for place, scene in in_each_line(make, lambda scene: scene.begin()):
        scene.kafka.publish("orders", "in the test")
        if "orders[0]@5" not in all_of_them(scene):
            missed.append(place)
    assert missed == []


def test_a_wait_stopped_in_any_line_does_not_hinder_a_later_negative() -> None:
    def make(scene: Scene) -> None:
        some_events(scene)
        scene.kafka.publish("orders", "paid", transaction=True)
        scene.kafka.end_transactions("orders", "aborted")

    refusals = {
        place: scene.refusal("orders", "value == none", within=0) for place, scene in in_each_line(make, fruitless)
    }
    assert {place: refusal for place, refusal in refusals.items() if refusal} == {}


def test_a_wait_stopped_in_any_line_reads_a_topic_that_came_meanwhile() -> None:
    def make(scene: Scene) -> None:
        scene.watch("orders")
        scene.kafka.make("orders", 2)
        for number in range(6):
            scene.kafka.publish("orders", "after", partition=number % 2)

    seen = {place: len(all_of_them(scene)) for place, scene in in_each_line(make, fruitless)}
    assert {place: count for place, count in seen.items() if count != 6} == {}


def test_an_interrupted_wait_tells_what_it_has_read(scene: Scene) -> None:
    scene.watch("orders")
    scene.kafka.publish("orders", "open")
    scene.kafka.publish("orders", "late")
    scene.source.batch_sizes = iter(lambda: 2, 0)
    call = 1
    while (
        stop_at_call(scene, call, partial(scene.wait, "orders", "value == paid")) and not scene.told[-1].findings.read
    ):
        call += 1
    outcome = scene.told[-1]
    time = f"{outcome.request.deadline.elapsed():.2f}"
    assert [event.place for event in outcome.latest] == ["orders[0]@1", "orders[0]@0"]
    assert failed_waits.stopped(outcome, "Test timeout 1 second exceeded.").splitlines() == [
        f"The wait was stopped after {time} s of its 5 seconds: Test timeout 1 second exceeded.",
        "Until then no event on 'orders' matched:",
        "    value == paid",
        f"2 events were read from the mark set at {phrases.clock(outcome.began)} (orders[0] from offset 0).",
    ]


@pytest.mark.parametrize(
    "wait",
    [
        lambda scene: scene.wait("orders", "value == none"),
        lambda scene: scene.prove("orders", 0, "value == none"),
        lambda scene: scene.prove("orders", 9, "value == after", since="earliest"),
        lambda scene: scene.quiet("orders", 1, timeout=3),
        lambda scene: scene.events("orders"),
    ],
    ids=["wait", "negative", "count", "quiet", "present"],
)
def test_a_wait_interrupted_in_any_call_or_line_tells_of_it_once(wait: Callable[[Scene], object]) -> None:
    for _, scene in in_each_line(some_events, wait):
        assert len(scene.told) <= 1
        for outcome in scene.told:
            assert "was stopped" in failed_waits.stopped(outcome, "")
    call, stopped = 0, True
    while stopped:
        call += 1
        with a_scene() as scene:
            some_events(scene)
            stopped = stop_at_call(scene, call, partial(wait, scene))
            assert len(scene.told) == stopped


class _Slow:
    """A decoder in which Robot's timeout strikes, and which nobody may ask a second time."""

    def __init__(self) -> None:
        self.asked = 0

    def key(self, _: Event) -> Any:
        self.asked += 1
        raise Stopped

    around_key = value = exact_value = own_value = key
    header = staticmethod(as_sent)

    first_look = FoundDecoder().first_look


def test_a_wait_interrupted_while_it_judges_tells_of_events_that_are_not_judged(scene: Scene) -> None:
    """To read or to judge them may be what took too long, and nothing would stop it a second time."""
    scene.watch("orders")
    scene.kafka.publish("orders", "open")
    scene.kafka.publish("orders", "late")
    slow = _Slow()
    request = replace(scene.request("orders", ("value == paid",), None, 5), reading=lambda _: slow)
    with pytest.raises(Stopped):
        scene.waits.first(request, 1)
    (outcome,) = scene.told
    said, page = failed_waits.stopped(outcome, "x"), evidence_table.table(outcome)
    assert said.splitlines()[-1].startswith("2 events were there and not judged yet, from the mark set at ")
    assert ("No event was read" in said, "2 events read" in page, slow.asked) == (False, True, 1)
    assert all(f"orders[0]@{offset}" in page for offset in (0, 1))
    assert "open" in page


def test_a_wait_interrupted_on_a_topic_that_is_not_there_says_so(scene: Scene) -> None:
    scene.watch("orders")
    calls = 0
    while stop_at_call(scene, calls + 1, lambda: scene.wait("payments", timeout=0.1)):
        calls += 1
    assert "The topic 'payments' does not exist." in failed_waits.stopped(scene.told[-1], "x")


def test_a_wait_that_fails_by_itself_is_not_told_as_interrupted(scene: Scene) -> None:
    scene.watch("orders")
    scene.wait("orders", "value == paid", timeout=0)
    scene.kafka.away = True
    with pytest.raises(KafkaUnusable):
        scene.wait("payments")
    assert scene.told == []


def test_an_error_in_what_is_told_does_not_hide_what_has_interrupted_the_wait(scene: Scene) -> None:
    scene.watch("orders")
    with patch.object(scene.waits, "_so_far", side_effect=ValueError):
        assert stop_at_call(scene, 1, lambda: scene.wait("orders"))
    assert scene.told == []
