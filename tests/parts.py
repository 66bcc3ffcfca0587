"""Runs parts of the tests, each with its results in a place of its own, and goes on after a part that failed.

python -m tests.parts FOLDER PART...   with the results in results/FOLDER/
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.commands import run, signals_as_exits
from tests.kafka.__main__ import ADDRESS
from tests.places import RESULTS, ROOT

ACCEPTANCE = ROOT / "tests" / "robot"
# These suites must fail: one of the others runs them and checks what they say.
FAILING = "failing"


def unit(results: Path) -> list[str]:
    return pytest(results / "unit.xml", "tests/unit")


def contract(results: Path) -> list[str]:
    """On the embedded broker, and on the real one where its address is known."""
    return pytest(results / "contract.xml", "tests/contract")


def manual(results: Path) -> list[str]:
    """The examples of the keyword manual, on the same brokers as the contract."""
    return pytest(results / "manual.xml", "tests/manual")


def harness(results: Path) -> list[str]:
    return pytest(results / "harness.xml", "tests/harness")


def embedded(results: Path) -> list[str]:
    return robot(results / "embedded", "embedded", exclude="real-kafka")


def real(results: Path) -> list[str]:
    return robot(results / "real", os.environ[ADDRESS], exclude="embedded-only")


PARTS: dict[str, Callable[[Path], list[str]]] = {
    part.__name__: part for part in (harness, unit, contract, manual, embedded, real)
}


def pytest(report: Path, folder: str) -> list[str]:
    return [sys.executable, "-m", "pytest", folder, f"--junitxml={report}"]


def robot(results: Path, bootstrap_servers: str, exclude: str) -> list[str]:
    themes = (entry for entry in ACCEPTANCE.iterdir() if entry.name != FAILING)
    suites = sorted(theme for theme in themes if theme.suffix == ".robot" or any(theme.rglob("*.robot")))
    return [
        *(sys.executable, "-m", "robot", "--name", f"Acceptance {results.name}"),
        *("--outputdir", str(results), "--pythonpath", str(ROOT)),
        *("--variable", f"BOOTSTRAP_SERVERS:{bootstrap_servers}", "--exclude", exclude),
        *map(str, suites),
    ]


def main(folder: str, *parts: str) -> int:
    with signals_as_exits():
        failed = [part for part in parts if run(PARTS[part](RESULTS / folder))]
    if failed:
        sys.stderr.write(f"Failed: {', '.join(failed)}\n")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
