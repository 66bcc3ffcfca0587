"""``init``: a project with a first suite, which runs at once."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from KafkaLibrary.command_line.output.streams import say

_FILES = {
    "README.md": "readme.md",
    "requirements.txt": "requirements.txt",
    ".gitignore": "gitignore",
    "tests/orders.robot": "orders.robot",
    "resources/kafka.resource": "kafka.resource",
    "variables/kafka.json": "kafka.json",
    ".github/workflows/tests.yml": "tests.yml",
}
"""Where each file of ``project`` goes."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Begin a project in DIR: a suite, a resource, variables and a workflow for CI.

    \b
      init order-tests

    The suite runs at once on the embedded broker. A file that is there already is never overwritten.
    """
    there = [name for name in _FILES if (folder / name).exists()]
    if there:
        raise click.UsageError(f"There is a file already in '{folder}': {', '.join(there)}. Nothing was written.")
    try:
        for name, source in _FILES.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes((files("KafkaLibrary.command_line") / "project" / source).read_bytes())
    except OSError as problem:
        raise click.UsageError(f"The project can't be written: {problem}.") from None
    listed = "\n".join(f"    {name}" for name in _FILES)
    say(f"The project is in '{folder}':\n{listed}\nRun it:\n    cd {folder}\n    robot --outputdir results tests")
