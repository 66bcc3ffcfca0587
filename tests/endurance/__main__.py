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
from tests.endurance.process import Sample, count_memory, growth, slope, table
from tests.kafka import Kafka

RUNS: dict[str, Callable[[str], Iterator[Sample]]] = {"waits": long_runs.waits, "connections": long_runs.connections}
# For each wait, and for each connection. What is kept of a wait is at least an object of Python, which has 48 bytes.
# Beside this the client keeps ids of topics, and a run of the client alone says how much that is. Resident memory comes
# in pages and depends on what lies between the ids: its bound only tells when it gets much worse.
BOUNDS: dict[str, dict[str, float]] = {
    "waits": {"objects": 0.1, "used": 48, "memory": 500},
    "connections": {"objects": 2, "memory": 20_000},
}


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    count_memory("tests.endurance", arguments)
    grown = []
    with signals_as_exits(), ExitStack() as started:
        address = asked.bootstrap_servers or started.enter_context(Kafka()).bootstrap_servers
        for name in asked.only or RUNS:
            began = time.monotonic()
            samples = list(RUNS[name](address))
            _tell(name, samples, time.monotonic() - began)
            told = growth(samples, BOUNDS[name], _of_the_client(address) if name == "waits" else {})
            sys.stdout.write("\n".join([*(f"GROWN: {one}" for one in told), "", ""]))
            grown += told
    return 1 if grown else 0


def _of_the_client(address: str) -> dict[str, float]:
    """Bytes that the client keeps for each id of a topic."""
    began = time.monotonic()
    samples = list(long_runs.client(address))
    _tell("waits of the client alone", samples, time.monotonic() - began)
    second = samples[len(samples) // 2 :]
    return {name: slope(second, name) / slope(second, "ids") for name in ("used", "memory")}


def _tell(name: str, samples: Sequence[Sample], seconds: float) -> None:
    second = samples[len(samples) // 2 :]
    each = ", ".join(f"{what} {slope(second, what):+.3g}" for what in ("used", "memory", "objects", "ids"))
    sys.stdout.write(f"{samples[-1].done} {name} in {seconds:.0f} s; each: {each}\n{table(samples)}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    as_it_stands = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m tests.endurance", description=__doc__, formatter_class=as_it_stands)
    parser.add_argument("--bootstrap-servers", metavar="HOST:PORT", help="a Kafka that runs already")
    parser.add_argument("--only", nargs="+", choices=list(RUNS))
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
