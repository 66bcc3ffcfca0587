"""Starts one Kafka on this machine.

python -m tests.kafka run [--set NAME=VALUE] -- COMMAND...   for one command
python -m tests.kafka serve [--set NAME=VALUE]               until Ctrl-C
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence

from tests.commands import run, signals_as_exits
from tests.kafka.broker import Kafka

ADDRESS = "KAFKA_BOOTSTRAP_SERVERS"


def main(arguments: Sequence[str]) -> int:
    asked = _parser().parse_args(arguments)
    with signals_as_exits(), Kafka(dict(asked.set)) as kafka:
        return int(asked.action(kafka, asked))


def _run(kafka: Kafka, asked: argparse.Namespace) -> int:
    return run(asked.command, **{ADDRESS: kafka.bootstrap_servers})


def _serve(kafka: Kafka, _: argparse.Namespace) -> int:
    sys.stdout.write(f"Kafka listens on {kafka.bootstrap_servers} until Ctrl-C. Its log: {kafka.log}\n")
    sys.stdout.flush()
    signal.pause()
    return 0


def _parser() -> argparse.ArgumentParser:
    as_it_stands = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m tests.kafka", description=__doc__, formatter_class=as_it_stands)
    actions = parser.add_subparsers(required=True)
    run_one = actions.add_parser("run", help=f"run a command with {ADDRESS} set, and stop Kafka after it")
    run_one.set_defaults(action=_run)
    serve = actions.add_parser("serve", help="print the address and wait for Ctrl-C")
    serve.set_defaults(action=_serve)
    for action in (run_one, serve):
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
