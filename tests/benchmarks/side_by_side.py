"""Processes of pabot beside as many of the raw client: how many events a second they publish and find together.

python -m tests.benchmarks.side_by_side [--bootstrap-servers HOST:PORT] [--processes N] [--seconds SECONDS]
    [--rounds ROUNDS]

Each process has a topic of its own. One by one, it publishes an event, waits for the acknowledgement, reads it and
compares it; in batches it does so with a hundred at once. Counted is what came while all processes were at work;
how long their start took is told beside it, and what all made in the whole time from the first start to the last end.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

from robot.api import ExecutionResult

from KafkaLibrary import KafkaLibrary
from tests.benchmarks.charts import Chart, Point
from tests.benchmarks.measuring import Goal, Row, Times
from tests.benchmarks.orders import order
from tests.benchmarks.raw_client import RawClient, Topics, receive
from tests.benchmarks.sizes import Sizes
from tests.commands import signals_as_exits
from tests.kafka import Kafka
from tests.places import ROOT

PROCESSES = 8
FEWER = (1, 2, 4)
RAW, PYTHON, PABOT = "raw client", "library in Python", "pabot"
NOTHING = "pabot with two keywords that do nothing"
_LEGEND = {NOTHING: "pabot, doing nothing"}
ONE, BATCHES = WAYS = "one by one", "in batches"
_WORK, _AN_EVENT = "processes side by side: ", ", an event "
SECONDS = 12.0
ROUNDS = 3
BATCH = 100
_LEAST = 2.0
_OVER = "over"
_READY_WITHIN = 60.0
_GOAL = Goal("at most 1.25 (0.8 of raw)", 1.25)
A_TEST = 5
"""Events published one by one in one test of a suite."""

Progress = list[tuple[float, int]]
"""When so many more events were found; the first entry is the beginning of the work."""


# The work of one process. Each step gives how many events it published and found.


def raw_one_by_one(address: str, topic: str) -> Callable[[int], int]:
    client = RawClient(address)
    consumer = client.consumer(topic)
    client.meet(topic)

    def step(number: int) -> int:
        for one in range(number * A_TEST, (number + 1) * A_TEST):
            offset = client.publish(topic, order(one), str(one))
            if receive(consumer, offset)["orderId"] != one:
                raise RuntimeError("This is another order.")
        return A_TEST

    return step


def raw_in_batches(address: str, topic: str) -> Callable[[int], int]:
    client = RawClient(address)
    consumer = client.consumer(topic)
    client.meet(topic)

    def step(number: int) -> int:
        client.publish_all(topic, map(order, range(number * BATCH, (number + 1) * BATCH)))
        for one in range(number * BATCH, (number + 1) * BATCH):
            if receive(consumer, one)["orderId"] != one:
                raise RuntimeError("This is another order.")
        return BATCH

    return step


def library_one_by_one(address: str, topic: str) -> Callable[[int], int]:
    """The keywords called from Python: what is missing to pabot is Robot Framework's own."""
    library = KafkaLibrary(address, watch=topic)

    def step(number: int) -> int:
        library.start_test()
        for one in range(number * A_TEST, (number + 1) * A_TEST):
            library.publish_event(topic, order(one), key=str(one))
            library.wait_for_event(topic, f"orderId == {one}")
        return A_TEST

    return step


WORK = {work.__name__: work for work in (raw_one_by_one, raw_in_batches, library_one_by_one)}


def work(name: str, address: str, topic: str, note: Path) -> None:
    """What one of the processes does, until it is told that all have worked for long enough."""
    step = WORK[name](address, topic)
    progress: Progress = [(time.time(), 0)]
    _ready(note).touch()
    over = note.with_name(_OVER)
    for number in count():
        events = step(number)
        progress.append((time.time(), events))
        if over.exists():
            break
    note.write_text(json.dumps(progress), encoding="utf-8")


def _ready(note: Path) -> Path:
    return note.with_suffix(".ready")


# The same as suites. Each goes on with tests until its time is over.

HEAD = """
*** Settings ***
Library    KafkaLibrary    bootstrap_servers=${ADDRESS}    watch=${TOPIC}

*** Variables ***
${TOPIC}    %s
${REST}    %s

*** Test Cases ***
"""
ONE_BY_ONE = """
Test {number}
    FOR    ${{one}}    IN RANGE    {first}    {behind}
        Publish Event    ${{TOPIC}}    {{"orderId": ${{one}}, ${{REST}}    key=${{one}}
        Wait For Event    ${{TOPIC}}    orderId == ${{one}}
    END
"""
DOING_NOTHING = """
Test {number}
    FOR    ${{one}}    IN RANGE    {first}    {behind}
        No Operation
        No Operation
    END
"""
IN_BATCHES = """
Test {number}
    ${{values}}=    Evaluate    list(map(tests.benchmarks.orders.order, range({first}, {behind})))
    ...    modules=tests.benchmarks.orders
    Publish Events    ${{TOPIC}}    ${{values}}    key=$.orderId
    Wait For Events    ${{TOPIC}}    {size}    orderId >= {first}    orderId < {behind}
"""


def suite(topic: str, test: str, size: int, tests: int) -> str:
    rest = order(0).split(", ", 1)[1]
    bounds = ((number * size, (number + 1) * size) for number in range(tests))
    cases = (test.format(number=first // size, first=first, behind=behind, size=size) for first, behind in bounds)
    return HEAD % (topic, rest) + "".join(cases)


class TooShort(RuntimeError):
    """The processes were hardly at work at the same time."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Events a second while all were at work, and in all the time; seconds until all were at work."""

    rate: float
    whole: float
    start: float

    @classmethod
    def of(cls, began: float, ended: float, processes: Sequence[Progress]) -> Measured:
        all_at_work = max(progress[0][0] for progress in processes)
        first_end = min(progress[-1][0] for progress in processes)
        if first_end - all_at_work < _LEAST:
            raise TooShort(f"All were at work for {first_end - all_at_work:.1f} s only: let each work for longer.")
        within = [sum(more for at, more in one if all_at_work < at <= first_end) for one in processes]
        events = sum(more for one in processes for _, more in one)
        return cls(sum(within) / (first_end - all_at_work), events / (ended - began), all_at_work - began)


def of_python(name: str, address: str, topics: Topics, seconds: float, processes: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ending:
        notes = [Path(folder) / str(number) for number in range(processes)]
        began = time.time()
        started = []
        for note in notes:
            words = ["work", name, address, topics.new("python"), str(note)]
            started.append(subprocess.Popen([sys.executable, "-m", "tests.benchmarks.side_by_side", *words], cwd=ROOT))
            ending.callback(started[-1].kill)
        while not all(_ready(note).exists() for note in notes):
            if time.time() > began + _READY_WITHIN:
                raise RuntimeError(f"The processes of {name} did not come to their work.")
            time.sleep(0.01)
        time.sleep(seconds)
        (Path(folder) / _OVER).touch()
        if any(process.wait() for process in started):
            raise RuntimeError(f"A process of {name} failed.")
        return Measured.of(began, time.time(), [json.loads(note.read_text(encoding="utf-8")) for note in notes])


def of_pabot(test: str, size: int, tests: int, address: str, topics: Topics, processes: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        suites, results = Path(folder) / "suites", Path(folder) / "results"
        suites.mkdir()
        for number in range(processes):
            text = suite(topics.new("pabot"), test, size, tests)
            (suites / f"suite_{number}.robot").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "pabot.pabot", "--processes", str(processes), "--no-pabotlib"]
        command += ["--outputdir", str(results), "--pythonpath", str(ROOT), "--variable", f"ADDRESS:{address}"]
        command += ["--log", "NONE", "--report", "NONE", str(suites)]
        began = time.time()
        done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
        ended = time.time()
        if done.returncode:
            raise RuntimeError(f"pabot failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return Measured.of(began, ended, [_progress(one, size) for one in sorted(results.glob("**/[0-9]*/output.xml"))])


def _progress(output: Path, size: int) -> Progress:
    tests = list(ExecutionResult(output).suite.all_tests)
    begun = (tests[0].start_time.timestamp(), 0)
    return [begun, *((test.end_time.timestamp(), size) for test in tests)]


def _long_enough(contender: Callable[[float], Measured], seconds: float) -> Measured:
    """On a busy machine some end before others have begun: then all work for twice as long."""
    try:
        return contender(seconds)
    except TooShort:
        return contender(2 * seconds)


def contest(
    address: str, topics: Topics, seconds: float, rounds: int, processes: int = PROCESSES, ways: Sequence[str] = WAYS
) -> dict[str, list[Measured]]:
    """All contenders in turns. Each process of the raw client works for so many seconds, a suite about as long."""
    found: dict[str, list[Measured]] = {}
    share = min(1.0, (os.cpu_count() or 1) / processes)

    def by_pabot(test: str, size: int, a_second: int) -> Callable[[float], Measured]:
        return lambda time: of_pabot(test, size, int(a_second * time * share), address, topics, processes)

    def by_python(name: str) -> Callable[[float], Measured]:
        return lambda time: of_python(name, address, topics, time, processes)

    contenders: dict[str, Callable[[float], Measured]] = {
        f"{RAW}, {ONE}": by_python("raw_one_by_one"),
        f"{PYTHON}, {ONE}": by_python("library_one_by_one"),
        f"{PABOT}, {ONE}": by_pabot(ONE_BY_ONE, A_TEST, 80),
        f"{NOTHING}, {ONE}": by_pabot(DOING_NOTHING, A_TEST, 200),
        f"{RAW}, {BATCHES}": by_python("raw_in_batches"),
        f"{PABOT}, {BATCHES}": by_pabot(IN_BATCHES, BATCH, 80),
    }
    for _ in range(rounds):
        for name, contender in contenders.items():
            if name.endswith(tuple(ways)):
                found.setdefault(name, []).append(_long_enough(contender, seconds))
    return found


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    """Seconds for each event that all processes make together: while all work, and with start and end."""
    rounds = min(sizes.few, ROUNDS)
    rows = []
    for processes in FEWER:
        found = contest(bootstrap_servers, topics, sizes.side_by_side, 1, processes, [ONE])
        rows += _rows(found, processes, "", "rate")
    found = contest(bootstrap_servers, topics, sizes.side_by_side, rounds)
    rows += _rows(found, PROCESSES, "", "rate")
    return rows + _rows(found, PROCESSES, ", start and end included", "whole")


def _rows(found: dict[str, list[Measured]], processes: int, what: str, rate: str) -> list[Row]:
    rows = []
    for name, measured in found.items():
        contender, how = name.split(", ")
        times = _an_event(measured, rate)
        base = None if contender == RAW else _an_event(found[f"{RAW}, {how}"], rate)
        goal = _GOAL if contender == PABOT and processes == PROCESSES and not what else None
        rows.append(Row(f"{_WORK}{processes}{_AN_EVENT}{how}{what}", contender, times, base, goal))
    return rows


def _an_event(measured: Sequence[Measured], rate: str) -> Times:
    return Times([1 / getattr(one, rate) for one in measured])


def is_side_by_side(row: Row) -> bool:
    return row.work.startswith(_WORK)


def chart(rows: Sequence[Row]) -> Chart:
    """Events a second over processes, one by one."""
    lines: dict[str, list[Point]] = {}
    for row in rows:
        processes, _, how = row.work.removeprefix(_WORK).partition(_AN_EVENT)
        if is_side_by_side(row) and how == ONE:
            lines.setdefault(_LEGEND.get(row.contender, row.contender), []).append(
                (float(processes), 1 / row.times.median)
            )
    return Chart("Events that processes publish and find together", "processes", "events a second", lines)


def _table(found: dict[str, list[Measured]], processes: int) -> str:
    lines = [
        f"| {processes} processes of | events a second | of the raw client | with start and end | until all work |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, rows in found.items():
        raw = found[f"{RAW}, {name.split(', ')[1]}"]
        rate = median(row.rate for row in rows)
        ratio = rate / median(row.rate for row in raw)
        whole, start = median(row.whole for row in rows), median(row.start for row in rows)
        lines.append(f"| {name} | {rate:.0f} | {ratio:.2f} | {whole:.0f} | {start:.1f} s |")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    if arguments[:1] == ["work"]:
        name, address, topic, note = arguments[1:]
        work(name, address, topic, Path(note))
        return 0
    asked = _parser().parse_args(arguments)
    with signals_as_exits(), ExitStack() as started:
        address = asked.bootstrap_servers or started.enter_context(Kafka()).bootstrap_servers
        topics = Topics(address)
        started.callback(topics.delete)
        found = contest(address, topics, asked.seconds, asked.rounds, asked.processes)
        sys.stdout.write(f"{_table(found, asked.processes)}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    as_it_stands = argparse.RawDescriptionHelpFormatter
    name = "python -m tests.benchmarks.side_by_side"
    parser = argparse.ArgumentParser(name, description=__doc__, formatter_class=as_it_stands)
    parser.add_argument("--bootstrap-servers", metavar="HOST:PORT", help="a Kafka that runs already")
    parser.add_argument("--processes", type=int, default=PROCESSES, help="%(default)d")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="that each process works; %(default)g")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of which the median is told; %(default)d")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
