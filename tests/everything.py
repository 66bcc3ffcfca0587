"""Runs every tox environment that this machine has a Python for, then the summary.

tests/run.sh calls it, with tox beside this Python.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests import summary
from tests.commands import run, signals_as_exits
from tests.places import RESULTS

MINORS = range(10, 15)


def pythons() -> dict[int, str]:
    """The Pythons that start, by minor version; one on the PATH may be a stand-in that does not."""
    return {minor: path for minor in MINORS for path in _candidates(minor) if _starts(path, minor)}


def environments(minors: list[int]) -> list[tuple[str, ...]]:
    """Those that run side by side stand together: they wait for servers most of their time. The last fills a machine.

    The oldest Python with the oldest parts and the newest with the newest are where a gap would show.
    """
    return [
        ("lint",),
        ("package",),
        ("quickstart",),
        (f"py3{min(minors)}-rflowest", f"py3{max(minors)}-rfnewest"),
        ("tests", "applications"),
        ("endurance",),
    ]


def main() -> int:
    shutil.rmtree(RESULTS, ignore_errors=True)
    found = pythons()
    statuses = []
    with signals_as_exits():
        for together in environments(sorted(found)):
            name = ",".join(together)
            began = time.monotonic()
            way = ["run-parallel", "--parallel-no-spinner", "--parallel", "all"] if together[1:] else ["run"]
            tox = [sys.executable, "-m", "tox", *way, "--discover", *found.values(), "-e", name]
            status = run(tox)
            sys.stdout.write(f"--- {name}: {time.monotonic() - began:.0f} s, status {status}\n")
            sys.stdout.flush()
            statuses.append(f"{name}={status}")
        return summary.main(statuses)


def _candidates(minor: int) -> Iterator[str]:
    name = f"python3.{minor}"
    for folder in sorted(Path.home().glob(f".pyenv/versions/3.{minor}.*/bin")):
        yield str(folder / name)
    on_path = shutil.which(name)
    if on_path:
        yield on_path
    if sys.version_info[:2] == (3, minor):
        yield sys.executable


def _starts(path: str, minor: int) -> bool:
    question = f"import sys, venv; sys.exit(sys.version_info[:2] != (3, {minor}))"
    try:
        return subprocess.run([path, "-c", question], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
