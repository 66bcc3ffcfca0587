"""This build beside an older one: the same parts of both, in turns, and the ratio of each of the library's rows.

python -m tests.benchmarks.older_build CHECKOUT [--only PART ...] [--turns N] [--write]
                                       [--bootstrap-servers HOST:PORT]

The checkout is a clone of the project at the older commit. Each build measures itself, with the same packages.
Without an address it starts a Kafka of its own. Rows that only one of them has are left out.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.benchmarks.measuring import shown
from tests.benchmarks.page import PAGE, measured_now, with_part
from tests.commands import signals_as_exits
from tests.kafka import Kafka
from tests.places import ROOT

TITLE = "this build beside an older one"
PARTS = ("imports", "round_trips", "first_calls", "failing_waits", "bulk", "scans", "suites", "formats")
_UNITS = {"s": 1.0, "ms": 1e-3, "\N{MICRO SIGN}s": 1e-6, "us": 1e-6}
_TIME = re.compile(r"([0-9.]+) (\S+)")
_WORK, _BY, _MEDIAN = 0, 1, 2

Place = tuple[str, str]
"""The work, and by whom."""


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    builds = {"older": asked.checkout.resolve(), "this": ROOT}
    found: dict[str, dict[Place, list[float]]] = {name: {} for name in builds}
    with signals_as_exits(), _kafka(asked.bootstrap_servers) as servers:
        for turn in range(asked.turns):
            for name in list(builds)[:: 1 if turn % 2 == 0 else -1]:
                sys.stderr.write(f"turn {turn + 1} of {asked.turns}, {name} build ...\n")
                for place, seconds in _rows(_measured(builds[name], asked.only, servers)):
                    found[name].setdefault(place, []).append(seconds)
    written = table(found["older"], found["this"])
    sys.stdout.write(written)
    if asked.write:
        commit = _git(asked.checkout, "log", "-1", "--format=%h of %cs")
        told = f"{measured_now(f'python -m tests.benchmarks.older_build CHECKOUT --turns {asked.turns}')}\n"
        told += f"The older build is {commit}. What the library has no part in tells how even the machine was.\n"
        PAGE.write_text(with_part(PAGE.read_text(encoding="utf-8"), TITLE, f"{told}\n{written}"), encoding="utf-8")
    return 0


def _git(checkout: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=checkout, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def table(older: dict[Place, list[float]], this: dict[Place, list[float]]) -> str:
    """The medians over all turns, and the median of the ratios turn by turn."""
    lines = ["| work | by | older build | this build | ratio |", "| --- | --- | ---: | ---: | ---: |"]
    for place, before in older.items():
        now = this.get(place)
        if now:
            ratio = median(new / old for new, old in zip(now, before, strict=True))
            lines.append(f"| {' | '.join(place)} | {shown(median(before))} | {shown(median(now))} | {ratio:.2f} |")
    return "\n".join([*lines, ""])


def _measured(checkout: Path, parts: Sequence[str], servers: str) -> str:
    command = [sys.executable, "-m", "tests.benchmarks", "--bootstrap-servers", servers, "--only", *parts]
    return subprocess.run(command, cwd=checkout, check=True, stdout=subprocess.PIPE, text=True).stdout


def _rows(printed: str) -> Iterator[tuple[Place, float]]:
    """The rows with a time; what the raw client and peers took is among them, and tells how quiet the machine was."""
    for line in printed.splitlines():
        cells = [one.strip() for one in line.strip().strip("|").split("|")]
        time = _TIME.fullmatch(cells[_MEDIAN]) if len(cells) > _MEDIAN else None
        if line.startswith("|") and time is not None and time[2] in _UNITS:
            yield (cells[_WORK], cells[_BY]), float(time[1]) * _UNITS[time[2]]


@contextmanager
def _kafka(servers: str | None) -> Iterator[str]:
    if servers:
        yield servers
        return
    with Kafka() as kafka:
        yield kafka.bootstrap_servers


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.benchmarks.older_build", description=__doc__)
    parser.add_argument("checkout", type=Path, help="the older build")
    parser.add_argument("--only", nargs="+", default=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the table on the page")
    parser.add_argument("--bootstrap-servers", metavar="HOST:PORT")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
