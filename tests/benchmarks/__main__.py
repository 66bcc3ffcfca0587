"""Measures the library beside the raw client and its peers, and writes docs/performance.md with its charts.

python -m tests.benchmarks [--only PART ...] [--write] [--quick] [--idle-minutes N] [--rounds N]
                           [--bootstrap-servers HOST:PORT]

Without an address it starts a Kafka of its own. With --only or --quick it prints and leaves the page as it is, but for
--only distance, which writes its own section anew; with --write the rows go on the page in a section by themselves.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests.benchmarks import (
    answers,
    bulk,
    contract,
    distance,
    end_to_end,
    failing_waits,
    first_calls,
    flows,
    formats,
    growth,
    guard,
    idle,
    imports,
    large,
    peers,
    round_trips,
    rows,
    scans,
    side_by_side,
    suites,
)
from tests.benchmarks.charts import Chart
from tests.benchmarks.measuring import Row, table
from tests.benchmarks.page import (
    CHARTS,
    PAGE,
    Results,
    measured_now,
    own_kafka,
    page,
    with_far_away,
    with_part,
)
from tests.benchmarks.raw_client import Topics
from tests.benchmarks.sizes import FULL, QUICK, Sizes
from tests.commands import signals_as_exits
from tests.kafka import Kafka

PARTS: dict[str, Callable[[str, Topics, Sizes], list[Row]]] = {
    "imports": imports.measure,
    "round_trips": round_trips.measure,
    "first_calls": first_calls.measure,
    "answers": answers.measure,
    "failing_waits": failing_waits.measure,
    "bulk": bulk.measure,
    "scans": scans.measure,
    "rows": rows.measure,
    "flows": flows.measure,
    "suites": suites.measure,
    "guard": guard.measure,
    "contract": contract.measure,
    "formats": formats.measure,
    "end_to_end": end_to_end.measure,
    "side_by_side": side_by_side.measure,
    "large": large.measure,
}
MORE = ("distance", "growth", "peers", "idle")
"""Parts that tell more than rows of the table."""
# The tests' Kafka lets groups begin at once. Peers that join one meet what Kafka does unless told otherwise.
_AS_KAFKA_COMES = {"group.initial.rebalance.delay.ms": "3000"}


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    sizes = QUICK if asked.quick else FULL
    if asked.idle_minutes is not None:
        sizes = replace(sizes, idle_minutes=asked.idle_minutes)
    if asked.rounds is not None:
        sizes = replace(sizes, few=asked.rounds)
    missing = scans.missing_tools()
    if missing:
        _tell(f"NOT compared with {' and '.join(missing)}: not installed here")
    with signals_as_exits(), _kafka(asked.bootstrap_servers) as (bootstrap_servers, kafka):
        results = _measured(bootstrap_servers, asked.only or [*PARTS, *MORE], sizes)
    results.missing = missing
    far = "\n".join(f"{one.name}\n{one.table}" for one in results.far)
    sys.stdout.write(f"{table(results.rows)}\n{far}\n{results.peer}\n{results.idle}\n")
    folder = CHARTS
    if asked.only or asked.quick:
        folder = Path("results") / "performance"
    charts = [(one.name, one.chart) for one in results.growths]
    charts += [("suites", suites.chart(results.rows))] if any(map(suites.is_suite, results.rows)) else []
    if any(map(side_by_side.is_side_by_side, results.rows)):
        charts.append(("processes", side_by_side.chart(results.rows)))
    of_distance = [(one.file, one.chart) for one in results.far]
    _draw(folder, charts + of_distance)
    if asked.only == ["distance"] and not asked.quick:
        _draw(CHARTS, of_distance)
        PAGE.write_text(with_far_away(PAGE.read_text(encoding="utf-8"), results), encoding="utf-8")
    if not (asked.only or asked.quick):
        before = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(page(results, "python -m tests.benchmarks", kafka, before), encoding="utf-8")
    if asked.write:
        parts = " ".join(asked.only)
        text = f"{measured_now(f'python -m tests.benchmarks --only {parts}')}\n\n{table(results.rows)}\n"
        PAGE.write_text(with_part(PAGE.read_text(encoding="utf-8"), parts, text), encoding="utf-8")
    return 0


def _measured(bootstrap_servers: str, parts: Sequence[str], sizes: Sizes) -> Results:
    topics = Topics(bootstrap_servers)
    results = Results()
    try:
        for part in parts:
            began = time.monotonic()
            _tell(f"{part.replace('_', ' ')} ...")
            if part in PARTS:
                results.rows += PARTS[part](bootstrap_servers, topics, sizes)
            elif part == "distance":
                results.far, results.far_peer = distance.measure(bootstrap_servers, topics, sizes)
            elif part == "growth":
                results.growths = growth.measure(bootstrap_servers, topics, sizes)
            elif part == "peers":
                rows, results.peer = peers.measure(bootstrap_servers, topics, sizes)
                results.rows += rows + peers.of_a_suite([*results.rows, *rows], sizes.goal_suite)
            else:
                results.idle = idle.measure(bootstrap_servers, topics, sizes)
            _tell(f"  {time.monotonic() - began:.0f} s")
    finally:
        topics.delete()
    return results


def _draw(folder: Path, charts: Sequence[tuple[str, Chart]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, chart in charts:
        (folder / f"{name}.svg").write_text(chart.svg(), encoding="utf-8")


@contextmanager
def _kafka(bootstrap_servers: str | None) -> Iterator[tuple[str, str]]:
    """The address, and what is known of the Kafka there."""
    if bootstrap_servers:
        yield bootstrap_servers, "a Kafka that was running already"
        return
    with Kafka(_AS_KAFKA_COMES) as kafka:
        yield kafka.bootstrap_servers, own_kafka()


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _parser() -> argparse.ArgumentParser:
    as_it_stands = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__, formatter_class=as_it_stands)
    parser.add_argument("--bootstrap-servers", metavar="HOST:PORT", help="a Kafka that runs already")
    parser.add_argument("--quick", action="store_true", help="little of everything, for work on the benchmarks")
    parser.add_argument("--idle-minutes", metavar="N", type=float, help="how long nothing is watched, 10 unless given")
    parser.add_argument("--rounds", metavar="N", type=int, help="of what is measured in few rounds, 5 unless given")
    parser.add_argument("--write", action="store_true", help="with --only: put the rows on the page, by themselves")
    choices = [*PARTS, *MORE]
    parser.add_argument("--only", metavar="PART", nargs="+", choices=choices, help=", ".join(choices))
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
