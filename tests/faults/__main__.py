"""Brings faults about on a real cluster of three brokers, while the library publishes and waits.

python -m tests.faults [--runs N] [--only FAULT ...]   and writes docs/reliability.md
python -m tests.faults --quick [--far MILLISECONDS]    one run of some, and writes nothing

Ends with 1 where an event was lost or doubled, a wait missed its event, or a negative passed falsely.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from tests.commands import signals_as_exits
from tests.faults import page
from tests.faults.faults import BY_NAME, FAULTS, Fault
from tests.faults.judge import Counts
from tests.kafka.cluster import Cluster


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    chosen = [BY_NAME[name] for name in asked.only] or [fault for fault in FAULTS if fault.quick or not asked.quick]
    results: dict[str, list[Counts]] = {fault.name: [] for fault in chosen}
    with signals_as_exits(), Cluster() as cluster:
        cluster.milliseconds_away = asked.far
        # Round by round, so that what disturbs the machine disturbs all alike.
        for number in range(asked.runs):
            for fault in chosen:
                results[fault.name].append(_run(cluster, fault, number))
                page.keep(results)
    if not asked.quick and not asked.far:
        page.write(" ".join(["python -m tests.faults", *arguments]))
    return int(any(counts.faults for runs in results.values() for counts in runs))


def _run(cluster: Cluster, fault: Fault, number: int) -> Counts:
    cluster.heal()
    began = time.monotonic()
    counts = fault.run(cluster)
    sys.stdout.write(f"{fault.name} {number + 1}: {time.monotonic() - began:.0f} s, {counts.in_words()}\n")
    for witness in counts.witnesses:
        sys.stdout.write(f"    {witness}\n")
    sys.stdout.flush()
    return counts


def _parser() -> argparse.ArgumentParser:
    as_it_stands = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m tests.faults", description=__doc__, formatter_class=as_it_stands)
    parser.add_argument("--runs", type=int, default=1, help="of each fault")
    parser.add_argument(
        "--only", nargs="+", default=[], choices=list(BY_NAME), metavar="FAULT", help="; ".join(BY_NAME)
    )
    parser.add_argument("--quick", action="store_true", help="those that take the least time, or show the most")
    away = "the library works so far away from the cluster, on a bad line"
    parser.add_argument("--far", metavar="MILLISECONDS", type=float, default=0.0, help=away)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
