"""Processes side by side on one topic: none takes, misses or counts what belongs to another."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from KafkaLibrary import KafkaLibrary
from tests.endurance.runs import SUITES, Kafkas, options, outcomes, robot

SUITE = "side_by_side.robot"
PROCESSES = 4
TESTS = 7
EVENTS = 5
Start = Callable[..., subprocess.Popen[str]]


def should_have_left_only_their_own(kafka: Kafkas, topic: str, runs: int) -> None:
    """Each test of each run published its five events, once."""
    keys = kafka.keys(topic)
    assert Counter(Counter(keys).values()) == {EVENTS: TESTS * runs}
    # They did run side by side: events of one test stand between those of another.
    changes = sum(one != other for one, other in pairwise(keys))
    assert changes >= TESTS * runs


def should_have_passed(folder: Path, runs: int) -> None:
    found = outcomes(folder)
    assert not {name: message for name, message in found.items() if message}
    assert len(found) == TESTS * runs


def no_topic_should_be_left(kafka: Kafkas, before: set[str]) -> None:
    assert {name for name in kafka.topics() - before if name.startswith("side-by-side.")} == set()


def pabot(folder: Path, kafka: Kafkas, topic: str, *more: str) -> list[str]:
    parallel = ["--processes", str(PROCESSES), "--no-pabotlib", *more]
    return [sys.executable, "-m", "pabot.pabot", *parallel, *options(folder / "results", kafka.address, TOPIC=topic)]


def console(folder: Path) -> str:
    return "\n".join(file.read_text() for file in folder.glob("console-*.txt"))


@pytest.mark.parametrize("round_", range(2))
def test_under_pabot_by_suite(kafka: Kafkas, start: Start, tmp_path: Path, round_: int) -> None:
    topic, before = kafka.new_topic(), kafka.topics()
    suites = tmp_path / "suites"
    suites.mkdir()
    for number in range(PROCESSES):
        shutil.copy(SUITES / SUITE, suites / f"suite_{round_}_{number}.robot")
    run = start([*pabot(tmp_path, kafka, topic), str(suites)])
    assert run.wait(300) == 0, console(tmp_path)
    should_have_passed(tmp_path / "results", PROCESSES)
    should_have_left_only_their_own(kafka, topic, PROCESSES)
    no_topic_should_be_left(kafka, before)


def test_under_pabot_by_test(kafka: Kafkas, start: Start, tmp_path: Path) -> None:
    topic, before = kafka.new_topic(), kafka.topics()
    run = start([*pabot(tmp_path, kafka, topic, "--testlevelsplit"), str(SUITES / SUITE)])
    assert run.wait(300) == 0, console(tmp_path)
    should_have_passed(tmp_path / "results", 1)
    assert Counter(Counter(kafka.keys(topic)).values()) == {EVENTS: TESTS}
    no_topic_should_be_left(kafka, before)


def test_in_several_processes_of_robot(kafka: Kafkas, start: Start, tmp_path: Path) -> None:
    topic, before = kafka.new_topic(), kafka.topics()
    folders = [tmp_path / f"results-{number}" for number in range(PROCESSES)]
    runs = [start(robot(folder, SUITE, kafka.address, TOPIC=topic)) for folder in folders]
    assert [run.wait(300) for run in runs] == [0] * PROCESSES, console(tmp_path)
    for folder in folders:
        should_have_passed(folder, 1)
    should_have_left_only_their_own(kafka, topic, PROCESSES)
    no_topic_should_be_left(kafka, before)


def test_two_library_objects_in_one_process_have_marks_and_topics_of_their_own(kafka: Kafkas) -> None:
    topic = kafka.new_topic()
    one, other = (KafkaLibrary(kafka.address, watch=topic, timeout="20 s") for _ in range(2))
    try:
        one.start_test()
        one.publish_event(topic, {"of": "one"})
        other.start_test()
        other.publish_event(topic, {"of": "other"})
        one.event_count_should_be(topic, 2, within=0.1)
        other.event_count_should_be(topic, 1, within=0.1)
        own, others = one.create_temporary_topic("one"), other.create_temporary_topic("other")
        # What one begins anew ends nothing of the other.
        one.start_test()
        one.event_count_should_be(topic, 0, within=0.1)
        other.event_count_should_be(topic, 1, within=0.1)
        one.topic_should_not_exist(own, timeout=5)
        one.topic_should_exist(others)
        one.disconnect_from_all_kafka()
        other.publish_event(topic, {"of": "other", "number": 2})
        other.wait_for_event(topic, "number == 2")
    finally:
        one.disconnect_from_all_kafka()
        other.disconnect_from_all_kafka()


def test_a_transaction_of_one_library_object_is_not_that_of_another(kafka: Kafkas) -> None:
    topic = kafka.new_topic()
    one, other = (KafkaLibrary(kafka.address, watch=topic, timeout="20 s") for _ in range(2))
    try:
        one.start_test()
        other.start_test()
        one.begin_kafka_transaction()
        one.publish_event(topic, {"of": "one"})
        # The other one's event is behind the open transaction, and counts when that is over.
        other.publish_event(topic, {"of": "other"})
        one.abort_kafka_transaction()
        other.event_count_should_be(topic, 1, within=0.1)
        one.event_count_should_be(topic, 1, within=0.1)
    finally:
        one.disconnect_from_all_kafka()
        other.disconnect_from_all_kafka()
