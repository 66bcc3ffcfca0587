"""Starts the shop, and stops it at Ctrl-C or when it is told to end."""

from __future__ import annotations

import _thread
import argparse
import contextlib
import logging
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from waitress import create_server

from examples.shop import bugs, cart, courses, inventory, payments
from examples.shop.database import Database
from examples.shop.kafka import Group, Handler, KafkaIsAway, Outbox, make_topics
from examples.shop.web import make_app

HOST = "127.0.0.1"
READY_SECONDS = 60.0
# An open page asks a few times a second, and a request waits for the database at most.
THREADS = 8

GROUPS: dict[str, tuple[str, Handler]] = {
    "shop": (inventory.EVENTS, inventory.change_count),
    "shop-welcome": (courses.ENROLLMENTS, courses.welcome),
    "shop-fraud-check": (payments.REQUESTED, payments.check_for_fraud),
}
TOPICS = [
    *(topic for topic, _ in GROUPS.values()),
    *(f"{topic}.dlq" for topic, _ in GROUPS.values()),
    *(inventory.ALERTS, cart.EVENTS, courses.WELCOMES, payments.APPROVED, payments.REJECTED),
]
# Of the group's settings; of the newer kind the broker decides when a member that is silent is gone.
PROTOCOLS: dict[str, dict[str, str | int]] = {
    "classic": {"group.protocol": "classic", "session.timeout.ms": 6000},
    "consumer": {"group.protocol": "consumer"},
}


class CanNotStart(Exception):
    """And why."""


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, _end)
    try:
        with tempfile.TemporaryDirectory(prefix="shop-", ignore_cleanup_errors=True) as folder:
            run(asked, Database(asked.database or Path(folder) / "shop.sqlite"))
    except (CanNotStart, KafkaIsAway) as error:
        sys.stderr.write(f"The shop can't start: {error}\n")
        return 1
    return 0


def run(asked: argparse.Namespace, database: Database) -> None:
    """Until it is told to end."""
    if bugs.unknown():
        raise CanNotStart(f"SHOP_BUGS names {bugs.unknown()}; there are {', '.join(bugs.KNOWN)}")
    outbox = Outbox(asked.kafka, database)
    groups = [
        Group(asked.kafka, group, topic, handler, database, PROTOCOLS[asked.group_protocol])
        for group, (topic, handler) in GROUPS.items()
    ]

    def trouble() -> str | None:
        waiting = [group.name for group in groups if not (group.is_alive() and group.wait_until_ready(0))]
        if waiting:
            return f"nothing is consumed by {', '.join(waiting)}"
        away = outbox.kafka_answers()
        return away and f"Kafka does not answer at {asked.kafka}: {away}"

    server = _listen(asked.port, make_app(database, trouble))
    _find_kafka(asked.kafka)
    if asked.while_stdin_is_open:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    workers: list[Outbox | Group] = [outbox, *groups]
    try:
        for worker in workers:
            worker.start()
        _wait_until_ready(groups)
        sys.stdout.write(f"The shop is open: http://{HOST}:{server.effective_port}\n")
        sys.stdout.flush()
        server.run()
    finally:
        server.close()
        # What the groups have taken last is still published.
        for worker in reversed(workers):
            if worker.is_alive():
                worker.stop()


def _listen(port: int, app: Any) -> Any:
    try:
        return create_server(app, host=HOST, port=port, threads=THREADS, ident="shop")
    except OSError as error:
        raise CanNotStart(f"port {port} can't be used: {error.strerror}. Another one: --port") from error


def _find_kafka(address: str) -> None:
    try:
        make_topics(address, TOPICS)
    except KafkaIsAway as error:
        raise CanNotStart(f"Kafka does not answer at {address}: {error}") from error


def _wait_until_ready(groups: Sequence[Group]) -> None:
    for group in groups:
        if not group.wait_until_ready(READY_SECONDS):
            raise CanNotStart(f"the group '{group.name}' got no partitions within {READY_SECONDS:.0f} seconds")


def _end(*_: object) -> None:
    raise SystemExit(0)


def _end_with_stdin() -> None:
    # Not by sys.stdin, whose lock would be held when the shop ends otherwise.
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            pass
    _thread.interrupt_main(signal.SIGTERM)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m examples.shop", description=__doc__)
    parser.add_argument("--kafka", metavar="HOST:PORT", required=True, help="where Kafka listens")
    parser.add_argument("--port", type=int, default=8080, help="for HTTP on this machine; 0 takes a free one")
    parser.add_argument("--database", type=Path, help="a SQLite file; without it a new one that goes with the shop")
    parser.add_argument(
        "--group-protocol",
        choices=list(PROTOCOLS),
        default="classic",
        help="of the consumer groups; on the embedded broker 'consumer' is at once where 'classic' takes 3 to 5 s",
    )
    parser.add_argument("--while-stdin-is-open", action="store_true", help="end with who has started it")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
