"""ConfluentKafkaLibrary from the package index, in an environment of its own, with the same kind of suite."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import Goal, Row, Times, in_turns
from tests.benchmarks.raw_client import Topics
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.suites import (
    A_CONSUMER_A_TEST,
    GOAL_CONTENDER,
    LIBRARY,
    LIBRARY_TEST,
    NOTHING,
    ONE_CONSUMER,
    PEER_TESTS,
    PEER_WORK,
    run,
    suite_of,
    write,
)

PEER = "robotframework-confluentkafkalibrary"
ROUNDS = 3
_JOIN_DELAY = "group.initial.rebalance.delay.ms"

_SETTINGS = """\
*** Settings ***
Library    ConfluentKafkaLibrary
Suite Setup    Make A Producer

*** Keywords ***
Make A Producer
    ${{producer}}=    Create Producer    server={host}    port={port}    linger.ms=${{0}}
    Set Suite Variable    ${{producer}}
"""
# An event is found in a fresh group only by reading the topic from its beginning.
_GROUP_A_TEST = """\
Order {number} Is Placed
    Produce    ${{producer}}    {topic}    {order}    key={number}
    ${{left}}=    Flush    ${{producer}}    timeout=${{5}}
    Should Be Equal As Integers    ${{left}}    0
    ${{group}}=    Create Consumer    server={host}    port={port}    auto_offset_reset=earliest
    Subscribe Topic    ${{group}}    {topic}
    ${{events}}=    Poll    ${{group}}    max_records=${{{seen}}}    decode_format=utf8
    ${{order}}=    Evaluate    json.loads($events[-1])
    Should Be Equal As Integers    ${{order}}[orderId]    {number}
    Should Be Equal    ${{order}}[customer][id]    C-17
    [Teardown]    Close Consumer    ${{group}}
"""
_GROUP_A_SUITE = """\
Order {number} Is Placed
    Produce    ${{producer}}    {topic}    {order}    key={number}
    ${{left}}=    Flush    ${{producer}}    timeout=${{5}}
    Should Be Equal As Integers    ${{left}}    0
    ${{events}}=    Poll    ${{group}}    max_records=${{1}}    decode_format=utf8
    ${{order}}=    Evaluate    json.loads($events[-1])
    Should Be Equal As Integers    ${{order}}[orderId]    {number}
    Should Be Equal    ${{order}}[customer][id]    C-17
"""
_MAKE_A_GROUP = """\
    ${{group}}=    Create Consumer    server={host}    port={port}    auto_offset_reset=earliest
    Subscribe Topic    ${{group}}    {topic}
    Set Suite Variable    ${{group}}
"""


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> tuple[list[Row], str]:
    """The rows, and a sentence on the peer: its version, or why there are none."""
    with TemporaryDirectory() as folder:
        python, problem = install(Path(folder) / "environment")
        if problem:
            return [], f"{PEER} could not be installed: {problem}"
        rows = _compare(bootstrap_servers, topics, Path(folder), python, min(sizes.few, ROUNDS))
        delay = topics.broker_setting(_JOIN_DELAY)
        return rows, f"{version(python)},\n  with `{_JOIN_DELAY}={delay}` on the broker (Kafka's default is 3000)."


def _compare(bootstrap_servers: str, topics: Topics, place: Path, python: str, rounds: int) -> list[Row]:
    host, _, port = bootstrap_servers.partition(",")[0].rpartition(":")
    numbers = count()

    # A topic of its own for each run: the peer finds its events by their number since the beginning.
    def ours() -> float:
        topic = topics.new("ours")
        settings = LIBRARY.format(bootstrap_servers=bootstrap_servers, topic=topic)
        return run(write(place / f"{next(numbers)}.robot", settings, LIBRARY_TEST, PEER_TESTS, topic=topic))

    def theirs(settings: str, test: str) -> float:
        topic = topics.new("theirs")
        fields = {"host": host, "port": port, "topic": topic}
        suite = write(place / f"{next(numbers)}.robot", settings.format(**fields), test, PEER_TESTS, **fields)
        return run(suite, python, options=())

    times = in_turns(
        {
            "library": lambda _: ours(),
            "a test": lambda _: theirs(_SETTINGS, _GROUP_A_TEST),
            "a suite": lambda _: theirs(_SETTINGS + _MAKE_A_GROUP, _GROUP_A_SUITE),
        },
        rounds,
        warm_up=1,
    )
    each = {name: Times([seconds / PEER_TESTS for seconds in found.seconds]) for name, found in times.items()}
    return [
        Row(PEER_WORK, "KafkaLibrary", each["library"]),
        Row(PEER_WORK, A_CONSUMER_A_TEST, each["a test"], each["library"]),
        Row(PEER_WORK, ONE_CONSUMER, each["a suite"], each["library"]),
    ]


def of_a_suite(rows: Sequence[Row], tests: int) -> list[Row]:
    """What a suite of so many tests would take the peer, beside the library's that was measured.

    By the time of one of its tests, of which Python's and Robot's start and keywords that do nothing were taken off.
    """
    ours = [row for row in rows if row.work == suite_of(tests) and row.contender == GOAL_CONTENDER]
    theirs = [row for row in rows if row.work == PEER_WORK and row.contender == A_CONSUMER_A_TEST]
    nothing = [row for row in rows if row.work == suite_of(PEER_TESTS) and row.contender == NOTHING]
    if not ours or not theirs or not nothing:
        return []
    start = nothing[0].times.median / PEER_TESTS
    times = Times([tests * max(0.0, seconds - start) for seconds in theirs[0].times.seconds])
    work = f"Robot suite of {tests:,} tests, {tests:,} times a test without its part of the start"
    return [
        Row(
            work,
            A_CONSUMER_A_TEST,
            times,
            Times([ours[0].times.median] * len(times.seconds)),
            Goal("at least 100 times KafkaLibrary", 100, at_least=True),
        )
    ]


def install(place: Path) -> tuple[str, str]:
    """The interpreter of a new environment with the peer in it, or the last words of what went wrong."""
    python = str(place / "bin" / "python")
    for command in ([sys.executable, "-m", "venv", str(place)], [python, "-m", "pip", "install", "--quiet", PEER]):
        problem = _said(command)
        if problem:
            return python, problem
    return python, _said([python, "-c", "import ConfluentKafkaLibrary"])


def _said(command: Sequence[str]) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return (done.stderr.strip().splitlines() or ["it gave no reason"])[-1] if done.returncode else ""


def version(python: str) -> str:
    question = f"from importlib.metadata import version; print(version('{PEER}'), version('confluent-kafka'))"
    answer = subprocess.run([python, "-c", question], check=True, capture_output=True, text=True).stdout.split()
    return f"{PEER} {answer[0]} on confluent-kafka {answer[1]}"
