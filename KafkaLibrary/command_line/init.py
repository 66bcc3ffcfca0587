"""``init``: a project with a first suite, which runs at once."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path

import click

from KafkaLibrary.command_line.output.streams import say

_FILES = {
    "README.md": "readme.md",
    ".gitignore": "gitignore",
    "tests/orders.robot": "orders.robot",
    "resources/kafka.resource": "kafka.resource",
    "variables/kafka.json": "kafka.json",
    ".github/workflows/tests.yml": "tests.yml",
}
"""Where each file of ``project`` goes."""
_DISTRIBUTION = "robotframework-kafka-events"
_FROM_A_FOLDER = """\
# Here it was installed from a folder. Where these tests run elsewhere, name an address that pip finds there:
# {name} @ git+https://HOST/PROJECT.git
{name}
"""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Begin a project in DIR: a suite, a resource, variables and a workflow for CI.

    \b
      init order-tests

    The suite runs at once on the embedded broker. A file that is there already is never overwritten.
    """
    project = {name: _shipped(source) for name, source in _FILES.items()} | {"requirements.txt": _requirement()}
    there = [name for name in project if (folder / name).exists()]
    if there:
        raise click.UsageError(f"There is a file already in '{folder}': {', '.join(there)}. Nothing was written.")
    try:
        for name, contents in project.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(contents)
    except OSError as problem:
        raise click.UsageError(f"The project can't be written: {problem}.") from None
    listed = "\n".join(f"    {name}" for name in project)
    say(f"The project is in '{folder}':\n{listed}\nRun it:\n    cd {folder}\n    robot --outputdir results tests")


def _shipped(source: str) -> bytes:
    return (files("KafkaLibrary.command_line") / "project" / source).read_bytes()


def _requirement() -> bytes:
    """The library as it is installed here: who has it from a repository or an archive finds it on no index.

    pip writes into direct_url.json where it was installed from, see
    https://packaging.python.org/en/latest/specifications/direct-url.
    """
    try:
        installed = distribution(_DISTRIBUTION)
        origin = json.loads(installed.read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return f"{_DISTRIBUTION}\n".encode()
    if "dir_info" in origin:
        return _FROM_A_FOLDER.format(name=_DISTRIBUTION).encode()
    if "url" not in origin:
        return f"{_DISTRIBUTION}>={installed.version}\n".encode()
    repository = origin.get("vcs_info")
    address = f"{repository['vcs']}+{origin['url']}@{repository['commit_id']}" if repository else origin["url"]
    folder = f"#subdirectory={origin['subdirectory']}" if "subdirectory" in origin else ""
    return f"{_DISTRIBUTION} @ {address}{folder}\n".encode()
