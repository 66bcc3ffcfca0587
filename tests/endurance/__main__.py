"""Makes the long runs, prints what the process had on the way, and fails where something grew.

python -m tests.endurance [--bootstrap-servers HOST:PORT] [--only waits|connections]

Without an address it starts a Kafka of its own.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from tests.commands import signals_as_exits
from tests.endurance import long_runs
from tests.endurance.process import Sample, growth, slope, table
from tests.kafka import Kafka

RUNS: dict[str, Callable[[str], Iterator[Sample]]] = {"waits": long_runs.waits, "connections": long_runs.connections}
# For each wait, and for each connection. Whatever this library keeps is an object of Python, so their number is the
# sharp bound. Memory does grow, by about a thousand bytes a wait: some two hundred are ids of topics that the client
# does not free, where the others are is not known yet. The bound only tells when it gets worse.
BOUNDS: dict[str, dict[str, float]] = {
    "waits": {"objects": 0.1, "memory": 2000},
    "connections": {"objects": 2, "memory": 20_000},
}


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    grown = []
    with signals_as_exits(), ExitStack() as started:
        address = asked.bootstrap_servers or started.enter_context(Kafka()).bootstrap_servers
        for name in asked.only or RUNS:
            began = time.monotonic()
            samples = list(RUNS[name](address))
            second = samples[len(samples) // 2 :]
            each = ", ".join(f"{what} {slope(second, what):+.3g}" for what in BOUNDS[name])
            told = growth(samples, BOUNDS[name])
            sys.stdout.write(f"{samples[-1].done} {name} in {time.monotonic() - began:.0f} s; each: {each}\n")
            sys.stdout.write("\n".join([table(samples), *(f"GROWN: {one}" for one in told), "", ""]))
            sys.stdout.flush()
            grown += told
    return 1 if grown else 0


def _parser() -> argparse.ArgumentParser:
    as_it_stands = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m tests.endurance", description=__doc__, formatter_class=as_it_stands)
    parser.add_argument("--bootstrap-servers", metavar="HOST:PORT", help="a Kafka that runs already")
    parser.add_argument("--only", nargs="+", choices=list(RUNS))
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
