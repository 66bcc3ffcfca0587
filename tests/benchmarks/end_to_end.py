"""The suites of the shop on the embedded broker, browser included: what the events add to the rest."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from robot.api import ExecutionResult, ResultVisitor
from robot.result import Keyword

from tests.benchmarks.measuring import Goal, Row, Times
from tests.benchmarks.raw_client import Topics
from tests.benchmarks.sizes import Sizes
from tests.places import ROOT

ROUNDS = 3
_GOAL = Goal("at most twice", 2)
WORK = "end-to-end suites on the embedded broker, whole run"


def measure(_: str, __: Topics, ___: Sizes) -> list[Row]:
    """On the embedded broker, whatever Kafka the other parts are measured on."""
    runs = [_run() for _ in range(ROUNDS)]
    rest = Times([whole - spent["KafkaLibrary"] - spent["ShopProcess"] for whole, spent in runs])
    steps = Times([spent["Browser"] + spent["SeleniumLibrary"] + spent["RequestsLibrary"] for _, spent in runs])
    return [
        Row(WORK, "browser and HTTP keywords alone", steps),
        Row(WORK, "those, Robot and the imports of all libraries", rest),
        Row(WORK, "with KafkaLibrary's keywords", Times([whole - spent["ShopProcess"] for whole, spent in runs]),
            rest, _GOAL),
        Row(WORK, "and the shop's starts and stops", Times([whole for whole, _ in runs]), rest, _GOAL),
    ]  # fmt: skip


def _run() -> tuple[float, Counter[str]]:
    """Seconds for all of it, and those of each library's keywords."""
    with TemporaryDirectory() as folder:
        command = [
            *(sys.executable, "-m", "robot", "--pythonpath", str(ROOT), "--outputdir", folder),
            *("--log", "NONE", "--report", "NONE", "--exclude", "real-kafka"),
            *("--variable", "BOOTSTRAP_SERVERS:embedded", str(ROOT / "tests" / "robot" / "end_to_end")),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        result = ExecutionResult(Path(folder) / "output.xml")
    spent = _Spent()
    result.visit(spent)
    return result.suite.elapsed_time.total_seconds(), spent.seconds


class _Spent(ResultVisitor):  # type: ignore[misc] # Robot's classes have no types
    """What a keyword calls is in its time already."""

    LIBRARIES = ("Browser", "KafkaLibrary", "RequestsLibrary", "SeleniumLibrary", "ShopProcess")

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def start_keyword(self, keyword: Keyword) -> bool:
        if keyword.owner not in self.LIBRARIES:
            return True
        self.seconds[keyword.owner] += keyword.elapsed_time.total_seconds()
        return False
