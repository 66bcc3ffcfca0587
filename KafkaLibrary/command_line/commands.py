"""The subcommands by name, and what the command line ends with: its exit status, and what it says of a failure."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from KafkaLibrary.command_line.output.streams import OutputClosed, tell
from KafkaLibrary.errors import ExpectationFailed, KafkaLibraryError, KeywordMisused, did_you_mean
from KafkaLibrary.version import __version__

COMMANDS = {name: name for name in ("peek", "wait", "topics", "lag", "contract", "coverage", "init")}
"""The name and the module of each subcommand, in the order of the help. A module has its ``command``."""

NOT_MET, MISUSED, UNUSABLE, INTERRUPTED, CLOSED = 1, 2, 3, 130, 141
STATUSES = f"""\
\b
Exit status:
  0    done; what was searched is there
  {NOT_MET}    what was searched is not there
  {MISUSED}    the command was used wrongly, or its output can't be written
  {UNUSABLE}    it is not known: Kafka can't be used, or an event could not be read
  {INTERRUPTED}  interrupted by Ctrl-C
  {CLOSED}  whoever reads the output has closed it, as `head` does
"""


class Commands(click.Group):
    """Imports a subcommand when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            near = did_you_mean(cmd_name, COMMANDS)
            ctx.fail(f"There is no command '{cmd_name}'. {near}".rstrip())
        command: click.Command = import_module(f"KafkaLibrary.command_line.{COMMANDS[cmd_name]}").command
        return command


@click.group(cls=Commands, epilog=STATUSES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="KafkaLibrary %(version)s")
def commands() -> None:
    """Look at Kafka: what the keywords of KafkaLibrary do, without a test."""


def run(arguments: Sequence[str]) -> int:
    """Run a subcommand. Gives the exit status; a failure is told on the error output."""
    warnings = _Warnings()
    logger = logging.getLogger("RobotFramework")
    logger.addHandler(warnings)
    try:
        return _status(arguments)
    finally:
        logger.removeHandler(warnings)


def _status(arguments: Sequence[str]) -> int:
    try:
        ended: Any = commands.main(list(arguments), prog_name="python -m KafkaLibrary", standalone_mode=False)
    except click.ClickException as misuse:
        misuse.show()
        return misuse.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OutputClosed:
        return CLOSED
    except KafkaLibraryError as problem:
        tell(str(problem))
        return _status_of(problem)
    return ended if isinstance(ended, int) else 0


def _status_of(problem: KafkaLibraryError) -> int:
    if isinstance(problem, ExpectationFailed):
        return NOT_MET
    return MISUSED if isinstance(problem, KeywordMisused) else UNUSABLE


class _Warnings(logging.Handler):
    """What the library warns of: outside Robot it goes to Python's logging."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        tell(f"Warning: {record.getMessage()}")
