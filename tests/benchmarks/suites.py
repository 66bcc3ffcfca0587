"""A whole Robot suite: each test publishes an event, waits for it and checks a field."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import Row, Times, in_turns, timed
from tests.benchmarks.orders import order
from tests.benchmarks.raw_client import RawClient, Topics, receive
from tests.places import ROOT

TESTS = 100
ROUNDS = 7
_GOAL = "at most 2 times both"

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


def measure(bootstrap_servers: str, topics: Topics) -> list[Row]:
    topic, theirs = topics.new("suite"), topics.new("raw")
    with TemporaryDirectory() as folder:
        place = Path(folder)
        settings = LIBRARY.format(bootstrap_servers=bootstrap_servers, topic=topic)
        library = write(place / "library.robot", settings, LIBRARY_TEST, TESTS, topic=topic)
        imported = write(place / "imported.robot", settings, NOTHING_TEST, TESTS)
        nothing = write(place / "nothing.robot", "", NOTHING_TEST, TESTS)
        contenders: dict[str, Callable[[int], float]] = {
            "nothing": lambda _: run(nothing),
            "imported": lambda _: run(imported),
            "library": lambda _: run(library),
            "raw": lambda _: timed(lambda: _round_trips(bootstrap_servers, theirs)),
        }
        times = in_turns(contenders, ROUNDS, warm_up=1)
    return _rows(times)


def _rows(times: dict[str, Times]) -> list[Row]:
    work = f"Robot suite of {TESTS} tests, whole process"
    raw, library = times["raw"], times["library"]
    nothing = times["nothing"].median + raw.median
    imported = times["imported"].median + raw.median
    return [
        Row(f"{TESTS} events published and found", "raw client, connection included", raw),
        Row(work, "No Operation for each keyword", times["nothing"]),
        Row(work, "the same, KafkaLibrary imported", times["imported"]),
        Row(work, "KafkaLibrary, to No Operation and raw", library, nothing, _GOAL),
        Row(work, "KafkaLibrary, to No Operation with the import and raw", library, imported, _GOAL),
    ]


def _round_trips(bootstrap_servers: str, topic: str) -> None:
    client = RawClient(bootstrap_servers)
    client.meet(topic)
    consumer = client.consumer(topic)
    for number in range(TESTS):
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
