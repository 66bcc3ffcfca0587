"""How much is measured: all of it, or little of it while a benchmark is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of events, tests and rounds."""

    backlogs: tuple[int, ...] = (1_000, 100_000, 1_000_000)
    bulk: int = 100_000
    few: int = 5
    suites: tuple[int, ...] = (10, 100, 1_000)
    goal_suite: int = 200
    topics: tuple[int, ...] = (1, 10, 100)
    partitions: tuple[int, ...] = (1, 10, 100)
    values: tuple[int, ...] = (100, 1_000, 10_000, 100_000, 900_000)
    round_trips: int = 300
    first_calls: int = 20
    side_by_side: float = 8.0
    """Seconds that each of the processes side by side works."""
    idle_minutes: float = 10.0
    many_topics: int = 1_000
    wide: int = 500
    """Partitions of a topic that has many."""


FULL = Sizes()
QUICK = Sizes(
    backlogs=(1_000, 20_000),
    bulk=10_000,
    few=2,
    suites=(10, 20),
    goal_suite=20,
    topics=(1, 5),
    partitions=(1, 5),
    values=(100, 10_000),
    round_trips=50,
    first_calls=4,
    side_by_side=4.0,
    idle_minutes=0.2,
    many_topics=100,
    wide=50,
)
