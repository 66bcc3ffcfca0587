"""The output and the error output, and readers of them that leave before the end."""

from __future__ import annotations

import errno
import io
import os
import sys

import click

_GONE = (errno.EPIPE, errno.EINVAL)
"""Windows says the latter."""
_AT_ONCE = 16_384
"""Characters that are written at once: of a reader that leaves during a write, the next one is told."""


class OutputClosed(Exception):
    """Whoever reads the output has closed it."""


def say(text: str) -> None:
    """Lines for whoever reads the output."""
    if sys.stdout is None:
        raise OutputClosed
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        # Other programs read UTF-8. Half of a surrogate pair has no bytes in it.
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        for start in range(0, len(text), _AT_ONCE):
            click.echo(text[start : start + _AT_ONCE], nl=False)
        click.echo()
    except OSError as problem:
        _let_go()
        if problem.errno in _GONE:
            raise OutputClosed from None
        raise click.UsageError(f"The output can't be written: {problem.strerror}.") from None


def tell(text: str) -> None:
    """A line beside the output: why it failed, or what else is to be known."""
    click.echo(text.encode("utf-8", "backslashreplace").decode(), err=True)


def _let_go() -> None:
    """What is left in the buffer goes nowhere: else Python tries once more at its end, and says that it failed."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
