"""Starts one Kafka on this machine, and a schema registry beside it where that is asked for.

python -m tests.kafka run [--registry] [--set NAME=VALUE] -- COMMAND...   for one command
python -m tests.kafka serve [--registry] [--set NAME=VALUE]               until Ctrl-C
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from tests.commands import run, signals_as_exits
from tests.kafka.broker import Kafka
from tests.kafka.registry import SchemaRegistry

ADDRESS = "KAFKA_BOOTSTRAP_SERVERS"
REGISTRY = "SCHEMA_REGISTRY_URL"


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    with signals_as_exits(), ExitStack() as started:
        kafka = started.enter_context(Kafka(dict(asked.set)))
        registry = started.enter_context(SchemaRegistry()) if asked.registry else None
        return int(asked.action(kafka, registry, asked))


def _run(kafka: Kafka, registry: SchemaRegistry | None, asked: argparse.Namespace) -> int:
    addresses = {ADDRESS: kafka.bootstrap_servers, **({REGISTRY: registry.url} if registry else {})}
    return run(asked.command, **addresses)


def _serve(kafka: Kafka, registry: SchemaRegistry | None, _: argparse.Namespace) -> int:
    sys.stdout.write(f"Kafka listens on {kafka.bootstrap_servers} until Ctrl-C. Its log: {kafka.log}\n")
    if registry:
        sys.stdout.write(f"The schema registry answers at {registry.url}. Its log: {registry.log}\n")
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
