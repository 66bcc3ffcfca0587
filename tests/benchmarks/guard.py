"""What it costs that dead letters are guarded, where none comes: a whole Robot suite with and without the guard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.measuring import Goal, Row, Times, in_turns
from tests.benchmarks.processes import processor_time
from tests.benchmarks.raw_client import Topics
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.suites import LIBRARY_TEST, run, write
from tests.kafka.distance import Distance

_GOAL = Goal("at most 1.02 times without", 1.02)
_WITHOUT, _WATCHED = "without dead_letters=", "without, that topic in watch="
_ROUNDS = 3
"""Times as many as of others: little is looked for."""
_FETCH = 1
"""The API key of requests for events, which come by the clock and not by test."""

LIBRARY = """\
*** Settings ***
Library    KafkaLibrary    bootstrap_servers={bootstrap_servers}    watch={watch}    dead_letters={dead_letters}
"""


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    topic, letters = topics.new("guarded"), topics.new("guarded-dlt")
    guarded = {_WITHOUT: "", _WATCHED: "", "dead_letters=NAME": letters, "dead_letters=auto": "auto"}
    watched = {name: f"{topic}, {letters}" if name == _WATCHED else topic for name in guarded}
    asked: dict[str, list[int]] = {name: [] for name in guarded}
    with TemporaryDirectory() as folder, Distance(bootstrap_servers, 0.0) as seen:

        def contender(name: str, place: Path) -> Callable[[int], float]:
            settings = LIBRARY.format(
                bootstrap_servers=seen.bootstrap_servers, watch=watched[name], dead_letters=guarded[name]
            )
            suite = write(place, settings, LIBRARY_TEST, sizes.goal_suite, topic=topic)

            def once(_: int) -> float:
                seen.requests.clear()
                seconds = processor_time(lambda: run(suite))
                asked[name].append(sum(request.key != _FETCH for request in seen.requests))
                return seconds

            return once

        contenders = {name: contender(name, Path(folder) / f"{number}.robot") for number, name in enumerate(guarded)}
        times = in_turns(contenders, _ROUNDS * sizes.few, warm_up=1)
    return [_row(name, found, times[_WITHOUT], median(asked[name]), sizes.goal_suite) for name, found in times.items()]


def _row(name: str, found: Times, without: Times, asked: float, tests: int) -> Row:
    work = f"Robot suite of {tests:,} tests without a dead letter, processor time"
    base = None if name == _WITHOUT else without
    goal = None if name in (_WITHOUT, _WATCHED) else _GOAL
    return Row(work, f"{name}, {asked / tests:.2f} requests a test", found, base, goal)
