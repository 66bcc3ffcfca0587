"""Measures the library beside the raw client, prints a table and writes docs/performance.md.

python -m tests.benchmarks [--bootstrap-servers HOST:PORT] [--peers] [--only PART ...]

Without an address it starts a Kafka of its own. With --only it prints and leaves the page as it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tests.benchmarks import end_to_end, failing_waits, first_calls, formats, peers, round_trips, scans, suites
from tests.benchmarks.measuring import Row, table
from tests.benchmarks.page import PAGE, own_kafka, page
from tests.benchmarks.raw_client import Topics
from tests.commands import signals_as_exits
from tests.kafka import Kafka

PARTS: dict[str, Callable[[str, Topics], list[Row]]] = {
    "round_trips": round_trips.measure,
    "first_calls": first_calls.measure,
    "suites": suites.measure,
    "failing_waits": failing_waits.measure,
    "end_to_end": end_to_end.measure,
    "scans": scans.measure,
    "formats": formats.measure,
}
# The tests' Kafka lets groups begin at once. Peers that join one meet what Kafka does unless told otherwise.
_AS_KAFKA_COMES = {"group.initial.rebalance.delay.ms": "3000"}


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    with signals_as_exits(), _kafka(asked.bootstrap_servers) as (bootstrap_servers, kafka):
        rows, peer = _measured(bootstrap_servers, asked.only or list(PARTS), with_peers=asked.peers)
    sys.stdout.write(f"{table(rows)}\n{peer}\n")
    if not asked.only:
        command = "python -m tests.benchmarks" + " --peers" * asked.peers
        PAGE.write_text(page(rows, command, kafka, peer), encoding="utf-8")
    return 0


def _measured(bootstrap_servers: str, parts: Sequence[str], *, with_peers: bool) -> tuple[list[Row], str]:
    topics = Topics(bootstrap_servers)
    rows: list[Row] = []
    peer = ""
    try:
        for part in parts:
            _tell(part)
            rows += PARTS[part](bootstrap_servers, topics)
        if with_peers:
            _tell("peers")
            found, peer = peers.measure(bootstrap_servers, topics)
            rows += found
    finally:
        topics.delete()
    return rows, peer


@contextmanager
def _kafka(bootstrap_servers: str | None) -> Iterator[tuple[str, str]]:
    """The address, and what is known of the Kafka there."""
    if bootstrap_servers:
        yield bootstrap_servers, "a Kafka that was running already"
        return
    with Kafka(_AS_KAFKA_COMES) as kafka:
        yield kafka.bootstrap_servers, own_kafka()


def _tell(part: str) -> None:
    sys.stderr.write(f"{part.replace('_', ' ')} ...\n")
    sys.stderr.flush()


def _parser() -> argparse.ArgumentParser:
    as_it_stands = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__, formatter_class=as_it_stands)
    parser.add_argument("--bootstrap-servers", metavar="HOST:PORT", help="a Kafka that runs already")
    parser.add_argument("--peers", action="store_true", help="install ConfluentKafkaLibrary and measure it, too")
    parser.add_argument("--only", metavar="PART", nargs="+", choices=list(PARTS), help=", ".join(PARTS))
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
