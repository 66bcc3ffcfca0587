"""Times in seconds, by contender, taken in turns; and what is told of them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from tests.benchmarks.processes import Taken

SLOW = 95
"""The percentile beside the median."""


@dataclass(frozen=True, slots=True)
class Times:
    """What one contender took, round by round."""

    seconds: Sequence[float]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def slow(self) -> float:
        """The 95th percentile, for few rounds an estimate between the slowest two."""
        if len(self.seconds) == 1:
            return self.seconds[0]
        return quantiles(self.seconds, n=100, method="inclusive")[SLOW - 1]

    def plus(self, other: Times) -> Times:
        """Both, round by round."""
        return Times([one + more for one, more in zip(self.seconds, other.seconds, strict=True)])

    def ratio_to(self, base: Times) -> float:
        """The median of what it is round by round: a machine changes its speed from one minute to the next."""
        return median(one / of for one, of in zip(self.seconds, base.seconds, strict=True))


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_turns(contenders: Mapping[str, Callable[[int], float]], rounds: int, warm_up: int = 0) -> dict[str, Times]:
    """Each contender once a round, so that what disturbs the machine disturbs all of them alike.

    A contender takes the number of the round and gives its seconds. Who begins changes from round to round.
    """
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(warm_up + rounds):
        order = list(contenders)[:: 1 if number % 2 == 0 else -1]
        for name in order:
            seconds = contenders[name](number)
            if number >= warm_up:
                found[name].append(seconds)
    return {name: Times(seconds) for name, seconds in found.items()}


@dataclass(slots=True)
class Used:
    """Memory and processor time of a contender's own processes, round by round."""

    taken: list[Taken] = field(default_factory=list)

    def add(self, taken: Taken) -> float:
        """Gives the seconds by the clock."""
        self.taken.append(taken)
        return taken.seconds

    @property
    def peak(self) -> str:
        peaks = [one.peak for one in self.taken if one.peak == one.peak]
        return f"{max(peaks):.0f} MB" if peaks else ""

    @property
    def cpu(self) -> str:
        return shown(median(one.cpu for one in self.taken)) if self.taken else ""


@dataclass(frozen=True, slots=True)
class Goal:
    """What was aimed at: a bound of the ratio, of the median in seconds, or of what else was measured."""

    text: str
    bound: float
    at_least: bool = False
    in_seconds: bool = False

    def outcome(self, measured: float) -> str:
        """The goal, and whether it is met."""
        met = measured >= self.bound if self.at_least else measured <= self.bound
        return f"{self.text}: {'met' if met else 'missed'}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``base`` is what the ratio is to, of the same rounds; ``goal`` what was aimed at."""

    work: str
    contender: str
    times: Times
    base: Times | None = None
    goal: Goal | None = None
    used: Used | None = None

    @property
    def ratio(self) -> float | None:
        return None if self.base is None else self.times.ratio_to(self.base)

    def _measured(self, goal: Goal) -> float:
        return self.times.median if goal.in_seconds or self.ratio is None else self.ratio

    @property
    def cells(self) -> tuple[str, ...]:
        rounds = str(len(self.times.seconds))
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        goal = self.goal.outcome(self._measured(self.goal)) if self.goal else ""
        return (
            self.work, self.contender, shown(self.times.median), shown(self.times.slow), ratio, goal,
            self.used.peak if self.used else "", self.used.cpu if self.used else "", rounds,
        )  # fmt: skip


_COLUMNS = ("work", "by", "median", "95th percentile", "ratio", "goal", "peak memory", "processor time", "rounds")


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    head = [_COLUMNS, tuple("---" if index < 2 else "---:" for index in range(len(_COLUMNS)))]
    lines = [*head, *(row.cells for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def shown(seconds: float) -> str:
    """Three figures that count, in the unit that suits."""
    if abs(seconds) >= 1:
        return f"{_three(seconds)} s"
    return f"{_three(seconds * 1000)} ms"


def _three(number: float) -> str:
    if number == 0:
        return "0"
    return f"{number:.{max(0, 2 - math.floor(math.log10(abs(number))))}f}"
