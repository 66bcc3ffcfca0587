"""The subcommands by name, and what the command line ends with: its exit status, and what it says of a failure."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from KafkaLibrary.command_line.output.streams import OutputClosed, tell
from KafkaLibrary.errors import EmbeddedElsewhere, ExpectationFailed, KafkaLibraryError, KeywordMisused, did_you_mean
from KafkaLibrary.reporting.robot_log import warnings_told
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

_ENDS_WITH_ITS_RUN = (
    "The server at {} is the embedded broker of a test run, and events can't be read from outside it.\n"
    "The run itself can show them: Log Events in a test, or log_events=on failure on the import. To look from here, "
    "let the tests use a real Kafka."
)


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
    with warnings_told(lambda text: tell(f"Warning: {text}")):
        return _status(arguments)


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
        tell(_ENDS_WITH_ITS_RUN.format(problem.address) if isinstance(problem, EmbeddedElsewhere) else str(problem))
        return _status_of(problem)
    except Exception:  # noqa: BLE001 - a fault of any kind: with Python's own status it would say "not there"
        traceback.print_exc()
        return UNUSABLE
    return ended if isinstance(ended, int) else 0


def _status_of(problem: KafkaLibraryError) -> int:
    if isinstance(problem, ExpectationFailed):
        return NOT_MET
    return MISUSED if isinstance(problem, KeywordMisused) else UNUSABLE
