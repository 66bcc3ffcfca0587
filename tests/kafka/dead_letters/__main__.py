"""python -m tests.kafka.dead_letters [NAME...]   records what the frameworks write of events that die."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.commands import signals_as_exits
from tests.kafka.dead_letters.frameworks import FRAMEWORKS
from tests.kafka.dead_letters.recorder import record
from tests.kafka.dead_letters.recordings import keep


def main(arguments: Sequence[str]) -> int:
    known = {framework.name: framework for framework in FRAMEWORKS}
    parser = argparse.ArgumentParser("python -m tests.kafka.dead_letters")
    parser.add_argument("names", nargs="*", choices=[*known, []], metavar="NAME", help=", ".join(known))
    with signals_as_exits():
        for name in parser.parse_args(arguments).names or known:
            keep(name, record(known[name]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
