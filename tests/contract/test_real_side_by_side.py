"""Runs side by side on one Kafka and one topic: none sees or takes what belongs to another."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from KafkaLibrary.watching.marks import Start
from tests.contract.brokers import Broker, Connect, within
from tests.contract.runs import Run, start

TESTS = ("One", "Two", "Three", "Four")
SUITE = """
Library    String
Suite Setup    Watch Topics    ${{SHARED}}

*** Test Cases ***
{tests}

*** Keywords ***
Nothing Of Others Is Seen
    ${{id}}=    Generate Random String    12
    ${{own}}=    Create Temporary Topic    own    partitions=2
    FOR    ${{number}}    IN RANGE    10
        Publish Event    ${{SHARED}}    {{"id": "${{id}}", "n": ${{number}}}}
        Publish Event    ${{own}}    {{"id": "${{id}}", "n": ${{number}}}}
        ${{event}}=    Wait For Event    ${{SHARED}}    id == ${{id}}    n == ${{number}}
    END
    Event Count Should Be    ${{SHARED}}    10    id == ${{id}}    within=0.2 s
    Event Count Should Be    ${{own}}    10    within=0.2 s
    No Event Should Arrive    ${{SHARED}}    id == ${{id}}    since=latest    within=0.2 s
    Reset Consumer Group Offsets    group-${{id}}    ${{own}}    to=latest    missing_ok=True
    Get Consumer Group Lag    group-${{id}}    ==    0
"""
# A cell of its own begins the arguments of a lag with its topic.
SUITE = SUITE.replace("group-${{id}}    ==    0", "group-${{id}}    ${{own}}    ==    0")
WITHOUT_PABOT = importlib.util.find_spec("pabot") is None


def suite() -> str:
    calls = (f"{name}\n    Nothing Of Others Is Seen\n    Nothing Of Others Is Seen" for name in TESTS)
    return SUITE.format(tests="\n\n".join(calls))


def statuses(run: Run) -> dict[str, str]:
    found = {}
    for test in ET.parse(run.folder / "output.xml").iter("test"):
        status = test.find("status")
        found[test.get("name", "")] = "" if status is None else status.get("status", "")
    return found


def left(real: Broker) -> list[str]:
    return [name for name in real.connection.topics.names(within()) if name.startswith("own.")]


def events_of(real: Broker, topic: str) -> int:
    return len(real.present(topic, since=Start("earliest")))


def test_four_runs_of_one_suite_do_not_disturb_each_other(real: Broker, tmp_path: Path) -> None:
    shared = real.topic(3)
    runs = [
        start(suite(), tmp_path / str(number), real.address, "--variable", f"SHARED:{shared}") for number in range(4)
    ]
    assert [run.end() for run in runs] == [0] * 4, [run.console() for run in runs]
    assert [statuses(run) for run in runs] == [dict.fromkeys(TESTS, "PASS")] * 4
    assert events_of(real, shared) == 4 * len(TESTS) * 20
    assert left(real) == []


def test_the_tests_of_a_suite_run_side_by_side(real: Broker, tmp_path: Path) -> None:
    shared = real.topic(3)
    runs = [
        start(suite(), tmp_path / name, real.address, "--variable", f"SHARED:{shared}", "--test", name)
        for name in TESTS
    ]
    assert [run.end() for run in runs] == [0] * 4, [run.console() for run in runs]
    assert [statuses(run) for run in runs] == [{name: "PASS"} for name in TESTS]
    assert left(real) == []


@pytest.mark.skipif(WITHOUT_PABOT, reason="pabot is not installed; the tests above do the same by processes")
@pytest.mark.parametrize("options", [[], ["--testlevelsplit"]], ids=["by suite", "by test"])
def test_pabot_runs_suites_and_tests_side_by_side(real: Broker, tmp_path: Path, options: list[str]) -> None:
    shared = real.topic(3)
    runner = (sys.executable, "-m", "pabot.pabot", "--processes", "4", *options)
    run = start(suite(), tmp_path, real.address, "--variable", f"SHARED:{shared}", runner=runner)
    assert run.end() == 0, run.console()
    assert statuses(run) == dict.fromkeys(TESTS, "PASS")
    assert left(real) == []


def test_connections_of_one_process_read_one_topic_for_themselves(connect: Connect) -> None:
    several = [connect() for _ in range(4)]
    topic = several[0].topic(2)
    marks = [one.watch(topic) for one in several]
    for number, one in enumerate(several):
        one.publish(topic, b'{"by": %d}' % number, partition=number % 2)
    for one, mark in zip(several, marks, strict=True):
        since = Start("mark", mark=mark)
        for number in range(4):
            assert one.wait(topic, f"by == {number}", since=since) is not None
        assert len(one.present(topic, since=since)) == 4
        assert one.negative(topic, "by == 4", since=since) == ""


def test_a_connection_that_is_closed_leaves_those_beside_it_alone(connect: Connect) -> None:
    one, other = connect(), connect()
    topic = one.topic(1)
    mark = one.watch(topic)
    other.watch(topic)
    other.connection.close()
    one.publish(topic, b"a")
    assert one.wait(topic, "value == a", since=Start("mark", mark=mark)) is not None
