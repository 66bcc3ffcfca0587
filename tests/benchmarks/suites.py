"""A whole Robot suite: each test publishes an event, waits for it and checks a field."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.charts import Chart, Point
from tests.benchmarks.measuring import Goal, Row, Times, in_turns, timed
from tests.benchmarks.orders import order
from tests.benchmarks.raw_client import RawClient, Topics, receive
from tests.benchmarks.sizes import Sizes
from tests.places import ROOT

_GOAL = Goal("at most 1.5 times both", 1.5)

PEER_TESTS = 10
PEER_WORK = f"Robot suite of {PEER_TESTS} tests, whole process, a test"
NOTHING = "No Operation for each keyword"
GOAL_CONTENDER = "KafkaLibrary, to No Operation and raw"
A_CONSUMER_A_TEST = "ConfluentKafkaLibrary, a consumer for each test"
ONE_CONSUMER = "ConfluentKafkaLibrary, one consumer for all tests"
_PEER_LINES = {A_CONSUMER_A_TEST: "peer, a consumer a test", ONE_CONSUMER: "peer, one consumer"}
_LINES = {NOTHING: "No Operation", GOAL_CONTENDER: "KafkaLibrary"}

LIBRARY = """\
*** Settings ***
Library    KafkaLibrary    bootstrap_servers={bootstrap_servers}    watch={topic}
"""
LIBRARY_TEST = """\
Order {number} Is Placed
    Publish Event    {topic}    {order}    key={number}
    ${{event}}=    Wait For Event    {topic}    orderId == {number}
    Event Field Should Be    ${{event}}    $.customer.id    C-17
"""
NOTHING_TEST = """\
Order {number} Is Placed
    No Operation
    No Operation
    No Operation
"""


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    rows: list[Row] = []
    for tests in sorted({*sizes.suites, sizes.goal_suite}):
        rows += _of(tests, bootstrap_servers, topics, sizes)
    return rows


def _of(tests: int, bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    topic, theirs = topics.new("suite"), topics.new("raw")
    with TemporaryDirectory() as folder:
        place = Path(folder)
        settings = LIBRARY.format(bootstrap_servers=bootstrap_servers, topic=topic)
        library = write(place / "library.robot", settings, LIBRARY_TEST, tests, topic=topic)
        imported = write(place / "imported.robot", settings, NOTHING_TEST, tests)
        nothing = write(place / "nothing.robot", "", NOTHING_TEST, tests)
        contenders: dict[str, Callable[[int], float]] = {
            "nothing": lambda _: run(nothing),
            "imported": lambda _: run(imported),
            "library": lambda _: run(library),
            "raw": lambda _: timed(lambda: _round_trips(bootstrap_servers, theirs, tests)),
        }
        times = in_turns(contenders, sizes.few, warm_up=1)
    return _rows(times, tests, _GOAL if tests == sizes.goal_suite else None)


def _rows(times: dict[str, Times], tests: int, goal: Goal | None) -> list[Row]:
    work = suite_of(tests)
    raw, library = times["raw"], times["library"]
    nothing = times["nothing"].plus(raw)
    imported = times["imported"].plus(raw)
    return [
        Row(f"{tests:,} events published and found", "raw client, connection included", raw),
        Row(work, NOTHING, times["nothing"]),
        Row(work, "the same, KafkaLibrary imported", times["imported"]),
        Row(work, GOAL_CONTENDER, library, nothing, goal),
        Row(work, "KafkaLibrary, to No Operation with the import and raw", library, imported),
    ]


def suite_of(tests: int) -> str:
    """The work of such a suite, as the table calls it."""
    return f"Robot suite of {tests:,} tests, whole process"


def is_suite(row: Row) -> bool:
    return row.work.startswith("Robot suite of ") and row.work.endswith("whole process")


def chart(rows: Sequence[Row]) -> Chart:
    """Time over tests, of each contender; of the peer what a test takes is drawn from the tests that were measured."""
    lines: dict[str, list[Point]] = {}
    for row in rows:
        if is_suite(row) and row.contender in _LINES:
            tests = float(row.work.split()[3].replace(",", ""))
            lines.setdefault(_LINES[row.contender], []).append((tests, row.times.median))
        elif row.work == PEER_WORK and row.contender in _PEER_LINES:
            lines[_PEER_LINES[row.contender]] = [(PEER_TESTS, row.times.median * PEER_TESTS)]
    return Chart("Time of a whole Robot suite", "tests in the suite", "seconds", lines)


def _round_trips(bootstrap_servers: str, topic: str, tests: int) -> None:
    client = RawClient(bootstrap_servers)
    client.meet(topic)
    consumer = client.consumer(topic)
    for number in range(tests):
        if receive(consumer, client.publish(topic, order(number), str(number)))["customer"]["id"] != "C-17":
            raise RuntimeError("This is another customer.")
    consumer.close()


def write(place: Path, settings: str, test: str, tests: int, **more: str) -> Path:
    """A suite with so many tests of one pattern, in which ``seen`` counts the orders up to its own."""
    cases = [test.format(number=number, seen=number + 1, order=order(number), **more) for number in range(tests)]
    place.write_text("\n".join([settings, "*** Test Cases ***", *cases]), encoding="utf-8")
    return place


def run(suite: Path, python: str = sys.executable, options: Sequence[str] = ("--pythonpath", str(ROOT))) -> float:
    """Seconds of the whole process. Raises with Robot's words where a test failed."""
    command = [
        *(python, "-m", "robot", "--log", "NONE", "--report", "NONE"),
        *("--output", str(suite.with_suffix(".xml")), *options, str(suite)),
    ]
    # As it is where packages are installed: what was imported once is compiled from then on.
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(suite.parent / "compiled")}
    began = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, **compiled})
    seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"The suite {suite.name} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return seconds
