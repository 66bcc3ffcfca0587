"""``python -m KafkaLibrary``: the command line, where the package that it needs is installed."""

from __future__ import annotations

import sys
from importlib.util import find_spec

_MISSING = (
    "The command line needs the package click.\nInstall it with: pip install 'robotframework-kafka-events[cli]'\n"
)
_USAGE = 2


def main() -> int:
    """Gives the exit status."""
    if find_spec("click") is None:
        sys.stderr.write(_MISSING)
        return _USAGE
    from KafkaLibrary.command_line.commands import run  # noqa: PLC0415 - it needs what may be missing

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
