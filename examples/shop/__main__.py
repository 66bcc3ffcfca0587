"""Starts the shop, and stops it at Ctrl-C or when it is told to end."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from waitress import create_server

from examples.shop import bugs, cart, courses, inventory, invoices, payments
from examples.shop.database import Database
from examples.shop.errors import CanNotStart
from examples.shop.kafka import Group, Handler, Outbox, Worker, make_topics, stop
from examples.shop.web import make_app

HOST = "127.0.0.1"
SIGNALS = (signal.SIGTERM, signal.SIGINT)
READY_SECONDS = 60.0
BY_DEBEZIUM = "SHOP_OUTBOX"
"""The path of a file that says where PostgreSQL and Kafka Connect are: Debezium's router publishes then."""
LOOK_SECONDS = 0.05
# An open page asks a few times a second, and a request waits for the database at most.
THREADS = 8

GROUPS: dict[str, tuple[str, Handler]] = {
    "shop": (inventory.EVENTS, inventory.change_count),
    "shop-welcome": (courses.ENROLLMENTS, courses.welcome),
    "shop-fraud-check": (payments.REQUESTED, payments.check_for_fraud),
    "shop-invoices": (payments.APPROVED, invoices.issue),
}
TOPICS = [
    *(topic for topic, _ in GROUPS.values()),
    *(f"{topic}.dlq" for topic, _ in GROUPS.values()),
    *(inventory.ALERTS, cart.EVENTS, courses.WELCOMES, payments.REJECTED, invoices.ISSUED),
]
# Of the group's settings; of the newer kind the broker decides when a member that is silent is gone.
PROTOCOLS: dict[str, dict[str, str | int]] = {
    "classic": {"group.protocol": "classic", "session.timeout.ms": 6000},
    "consumer": {"group.protocol": "consumer"},
}


class Ending:
    """Whether the shop is to end.

    It looks at this again and again: a signal that raised could do so in the middle of an ending.
    """

    def __init__(self) -> None:
        self.asked = False

    def ask(self, *_: object) -> None:
        self.asked = True

    def ask_when_stdin_ends(self) -> None:
        # Not by sys.stdin, whose lock would be held when the shop ends otherwise.
        with contextlib.suppress(OSError):
            while os.read(0, 1):
                pass
        self.ask()


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    ending = Ending()
    for name in SIGNALS:
        signal.signal(name, ending.ask)
    if asked.while_stdin_is_open:
        threading.Thread(target=ending.ask_when_stdin_ends, daemon=True).start()
    try:
        with tempfile.TemporaryDirectory(prefix="shop-", ignore_cleanup_errors=True) as folder:
            return run(asked, asked.database or Path(folder) / "shop.sqlite", ending)
    except CanNotStart as error:
        sys.stderr.write(f"The shop can't start: {error}\n")
        return 1
    finally:
        # Python gives handlers of its own back before it ends, and a late signal would kill what has ended well.
        for name in SIGNALS:
            signal.signal(name, signal.SIG_IGN)


def run(asked: argparse.Namespace, path: Path, ending: Ending) -> int:
    """Until it is told to end, or can't go on. Gives the exit status."""
    if bugs.unknown():
        raise CanNotStart(f"SHOP_BUGS names {bugs.unknown()}; there are {', '.join(bugs.KNOWN)}")
    database, make_outbox = _kept(os.environ.get(BY_DEBEZIUM), path)
    # Open until the process is gone: the thread of the server looks at it until then.
    listening = _listen(asked.port)
    make_topics(asked.kafka, TOPICS)
    outbox = make_outbox(asked.kafka)
    groups = [
        Group(asked.kafka, group, topic, handler, database, PROTOCOLS[asked.group_protocol])
        for group, (topic, handler) in GROUPS.items()
    ]
    workers: list[Worker] = [outbox, *groups]

    def trouble() -> str | None:
        return "; ".join(filter(None, (worker.trouble() for worker in workers))) or None

    server = create_server(make_app(database, trouble), sockets=[listening], threads=THREADS, ident="shop")
    http = threading.Thread(target=server.run, name="http", daemon=True)
    outbox.prepare()
    for worker in workers:
        worker.start()
    try:
        if _wait_until_ready(groups, ending):
            http.start()
            sys.stdout.write(f"The shop is open: http://{HOST}:{server.effective_port}\n")
            sys.stdout.flush()
            while not ending.asked and _all_alive([*workers, http]):
                time.sleep(LOOK_SECONDS)
        return 0 if ending.asked and _all_alive(workers) else 1
    finally:
        # Requests that are under way are answered.
        server.task_dispatcher.shutdown()
        stop(groups)
        # What the groups have taken last is still published.
        stop([outbox])


def _kept(described: str | None, path: Path) -> tuple[Database, Callable[[str], Worker]]:
    """Where all is kept, and what makes the worker that publishes from there."""
    if not described:
        database = Database(path)
        return database, lambda address: Outbox(address, database)
    from examples.shop import postgres  # noqa: PLC0415 - it needs a package that nothing else does

    kept = postgres.Postgres(postgres.Places(Path(described)), path)
    return kept, lambda _: postgres.Router(kept)


def _listen(port: int) -> socket.socket:
    try:
        # On Windows, too, it fails where another listens; a server's own way does not.
        return socket.create_server((HOST, port))
    except OSError as error:
        raise CanNotStart(f"port {port} can't be used: {error.strerror}. Another one: --port") from error


def _wait_until_ready(groups: Sequence[Worker], ending: Ending) -> bool:
    """Whether they got so far, before the shop is to end or one of them has."""
    until = time.monotonic() + READY_SECONDS
    while not ending.asked and _all_alive(groups):
        trouble = ", ".join(filter(None, (group.trouble() for group in groups)))
        if not trouble:
            return True
        if time.monotonic() > until:
            raise CanNotStart(f"within {READY_SECONDS:.0f} seconds {trouble}")
        time.sleep(LOOK_SECONDS)
    return False


def _all_alive(threads: Sequence[threading.Thread]) -> bool:
    """What has ended one of them was printed where it ended."""
    return all(thread.is_alive() for thread in threads)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{port} is not a port; they go from 0 to 65535")
    return port


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m examples.shop", description=__doc__)
    parser.add_argument("--kafka", metavar="HOST:PORT", required=True, help="where Kafka listens")
    parser.add_argument("--port", type=_port, default=8080, help="for HTTP on this machine; 0 takes a free one")
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
