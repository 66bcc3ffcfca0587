"""Starts one Kafka on this machine, and what is asked for beside it.

python -m tests.kafka run [WHAT...] [--set NAME=VALUE] -- COMMAND...   for one command
python -m tests.kafka serve [WHAT...] [--set NAME=VALUE]               until Ctrl-C

WHAT is --newest, --registry, --secured, --change-data, --far MILLISECONDS.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.commands import run, signals_as_exits
from tests.kafka.broker import Kafka
from tests.kafka.change_data.connect import ChangeData
from tests.kafka.distance import far_away
from tests.kafka.jars import KAFKA, NEWEST
from tests.kafka.registry import SchemaRegistry

if TYPE_CHECKING:
    from tests.kafka.secured import SecuredKafka

ADDRESS = "KAFKA_BOOTSTRAP_SERVERS"
REGISTRY = "SCHEMA_REGISTRY_URL"
SECURED = "KAFKA_SECURED"
"""The path of a file that says where the secured Kafka listens and who may log in."""

CHANGE_DATA = "CHANGE_DATA"
"""The path of a file that says where a database listens, and the Kafka Connect that reads its changes."""

DISTANCE = "KAFKA_DISTANCE"
"""How many seconds it takes there and back, where Kafka is far away."""

# It has no former session to wait for, and a busy machine may keep it from its heartbeats for a while.
NEVER_KILLED = {"broker.session.timeout.ms": "18000"}


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    with signals_as_exits(), ExitStack() as started:
        described = _secured(started) if asked.secured else None
        connected = None
        kafka = started.enter_context(Kafka({**NEVER_KILLED, **dict(asked.set)}, pom=NEWEST if asked.newest else KAFKA))
        if asked.change_data:
            connected = _beside(started, ChangeData(kafka.bootstrap_servers))
        registry = started.enter_context(SchemaRegistry()) if asked.registry else None
        files = {SECURED: described, CHANGE_DATA: connected}
        paths = {name: str(found.result()) for name, found in files.items() if found}
        address = kafka.bootstrap_servers
        if asked.far:
            address = started.enter_context(far_away(address, asked.far)).bootstrap_servers
        return int(asked.action(Started(address, kafka.log, registry, paths), asked))


class Started(NamedTuple):
    """What was started: where clients find Kafka, its log, the registry, and files by the names of their variables."""

    address: str
    log: Path
    registry: SchemaRegistry | None
    paths: Mapping[str, str]


def _secured(started: ExitStack) -> Future[Path]:
    from tests.kafka.secured import SecuredKafka  # noqa: PLC0415 - it needs packages that the others don't

    return _beside(started, SecuredKafka())


def _beside(started: ExitStack, server: SecuredKafka | ChangeData) -> Future[Path]:
    """It takes long to start, so it does while the others start. Its thread stays: the server ends with it."""
    thread = started.enter_context(ThreadPoolExecutor(max_workers=1))
    started.callback(server.close)

    def start() -> Path:
        server.start()
        return server.described

    return thread.submit(start)


def _run(started: Started, asked: argparse.Namespace) -> int:
    registry = {REGISTRY: started.registry.url} if started.registry else {}
    distance = {DISTANCE: str(asked.far / 1000)} if asked.far else {}
    return run(asked.command, **{ADDRESS: started.address, **registry, **distance, **started.paths})


def _serve(started: Started, asked: argparse.Namespace) -> int:
    far = f", {asked.far:g} ms away," if asked.far else ""
    sys.stdout.write(f"Kafka listens on {started.address}{far} until Ctrl-C. Its log: {started.log}\n")
    if started.registry:
        sys.stdout.write(f"The schema registry answers at {started.registry.url}. Its log: {started.registry.log}\n")
    if SECURED in started.paths:
        sys.stdout.write(f"A secured Kafka listens as this file says: {started.paths[SECURED]}\n")
    if CHANGE_DATA in started.paths:
        sys.stdout.write(f"A database and Kafka Connect listen as this file says: {started.paths[CHANGE_DATA]}\n")
    sys.stdout.flush()
    signal.pause()
    return 0


def _parser() -> argparse.ArgumentParser:
    as_it_stands = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m tests.kafka", description=__doc__, formatter_class=as_it_stands)
    actions = parser.add_subparsers(required=True)
    run_one = actions.add_parser("run", help=f"run a command with {ADDRESS} set, and stop what was started after it")
    run_one.set_defaults(action=_run)
    serve = actions.add_parser("serve", help="print the address and wait for Ctrl-C")
    serve.set_defaults(action=_serve)
    for action in (run_one, serve):
        action.add_argument("--registry", action="store_true", help=f"a schema registry too; run sets {REGISTRY}")
        action.add_argument("--newest", action="store_true", help="Kafka in the newest version")
        action.add_argument("--secured", action="store_true", help=f"a secured Kafka too; run sets {SECURED}")
        both = f"a database, and Kafka Connect for its changes; run sets {CHANGE_DATA}"
        action.add_argument("--change-data", action="store_true", help=both)
        far = f"there and back on a bad line: two thirds more or less, 1 %% late by 0.5 s; run sets {DISTANCE}"
        action.add_argument("--far", metavar="MILLISECONDS", type=float, default=0.0, help=far)
        action.add_argument("--set", metavar="NAME=VALUE", type=_setting, action="append", default=[])
    run_one.add_argument("command", nargs="+")
    return parser


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"'{text}' is not NAME=VALUE")
    return name, value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
