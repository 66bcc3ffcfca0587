"""Runs parts of the tests, each with its results in a place of its own, and goes on after a part that failed.

python -m tests.parts FOLDER PART...   with the results in results/FOLDER/
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.commands import run, signals_as_exits
from tests.kafka.__main__ import ADDRESS, CHANGE_DATA, DISTANCE, REGISTRY, SECURED
from tests.places import RESULTS, ROOT

ACCEPTANCE = ROOT / "tests" / "robot"
# These suites must fail: one of the others runs them and checks what they say.
FAILING = "failing"
# Suites with this tag need the address of a schema registry too.
NEEDS_REGISTRY = "schema-registry"
# And these a secured Kafka, described in a file.
NEEDS_SECURED = "secured-kafka"
# And these a database and the Kafka Connect that reads its changes.
NEEDS_CHANGE_DATA = "change-data"
OF_THE_BROKER = ("groups", "promises", "publishing", "topics", "waiting")
"""What a version of Kafka may change."""
# These need more than the library: a web framework, a browser and its libraries.
WITH_A_BROWSER = ("end_to_end", "in_the_browser", "the_shop")
# These need a shop whose events Debezium publishes.
BY_DEBEZIUM = "by-debezium"
SHOP_OUTBOX = "SHOP_OUTBOX"
"""Says where a database and Kafka Connect are: Debezium's router publishes the shop's events from there."""


def unit(results: Path) -> list[str]:
    return pytest(results / "unit.xml", "tests/unit")


def contract(results: Path) -> list[str]:
    """On the embedded broker, and on the real one where its address is known."""
    return pytest(results / "contract.xml", "tests/contract")


def newest_contract(results: Path) -> list[str]:
    """The contract once more, on the newest Kafka. When a keyword ends by its deadline is no version's to say."""
    deadlines = (f"--ignore=tests/contract/{name}.py" for name in ("test_deadlines", "test_real_deadlines"))
    return [*pytest(results / "newest_contract.xml", "tests/contract"), *deadlines]


def newest(results: Path) -> list[str]:
    return robot(results / "newest", os.environ[ADDRESS], OF_THE_BROKER)


def promises(results: Path) -> list[str]:
    """The promises alone: for a Kafka that is far away, where all suites would take too long."""
    return robot(results / "promises", os.environ[ADDRESS], ("promises",))


def manual(results: Path) -> list[str]:
    """The examples of the keyword manual, on the same brokers as the contract."""
    return pytest(results / "manual.xml", "tests/manual")


def guide(results: Path) -> list[str]:
    """The examples of docs/guide, on the embedded broker and with a browser."""
    return pytest(results / "guide.xml", "tests/guide")


def shop(results: Path) -> list[str]:
    """What the shop must endure, where its suites can't bring it about from outside."""
    return pytest(results / "shop.xml", "tests/shop")


def faults(_: Path) -> list[str]:
    """A few faults of a cluster of its own, once each."""
    return [sys.executable, "-m", "tests.faults", "--quick"]


def harness(results: Path) -> list[str]:
    return pytest(results / "harness.xml", "tests/harness")


def endurance(results: Path) -> list[str]:
    """Processes side by side, runs that end early, and long ones."""
    return pytest(results / "endurance.xml", "tests/endurance")


def embedded(results: Path) -> list[str]:
    return robot(results / "embedded", "embedded", themes())


def real(results: Path) -> list[str]:
    return robot(results / "real", os.environ[ADDRESS], themes())


def shop_embedded(results: Path) -> list[str]:
    return robot(results / "shop_embedded", "embedded", WITH_A_BROWSER)


def shop_real(results: Path) -> list[str]:
    return robot(results / "shop_real", os.environ[ADDRESS], WITH_A_BROWSER)


def shop_debezium(results: Path) -> list[str]:
    """The shop's suites once more, with its events published by Debezium; see ``environment``."""
    return robot(results / "shop_debezium", os.environ[ADDRESS], ("end_to_end",))


PARTS: dict[str, Callable[[Path], list[str]]] = {
    part.__name__: part
    for part in (
        guide,
        harness,
        unit,
        contract,
        newest_contract,
        newest,
        promises,
        manual,
        embedded,
        real,
        shop,
        shop_embedded,
        shop_real,
        shop_debezium,
        endurance,
        faults,
    )
}


def pytest(report: Path, folder: str) -> list[str]:
    return [sys.executable, "-m", "pytest", folder, f"--junitxml={report}"]


def themes() -> list[str]:
    """The folders of suites that need the library alone."""
    folders = {suite.relative_to(ACCEPTANCE).parts[0] for suite in ACCEPTANCE.rglob("*.robot")}
    return sorted(folders - {FAILING, *WITH_A_BROWSER})


def robot(results: Path, bootstrap_servers: str, folders: Sequence[str]) -> list[str]:
    registry, secured, changes = (os.environ.get(name, "") for name in (REGISTRY, SECURED, CHANGE_DATA))
    return [
        *(sys.executable, "-m", "robot", "--name", f"Acceptance {results.name}"),
        *("--outputdir", str(results), "--pythonpath", str(ROOT)),
        *("--variable", f"BOOTSTRAP_SERVERS:{bootstrap_servers}"),
        *("--variable", f"DISTANCE:{os.environ.get(DISTANCE, '0')}"),
        *(("--variable", f"SCHEMA_REGISTRY:{registry}") if registry else ("--exclude", NEEDS_REGISTRY)),
        *(("--variable", f"SECURED:{secured}") if secured else ("--exclude", NEEDS_SECURED)),
        *(("--variable", f"CHANGE_DATA:{changes}") if changes else ("--exclude", NEEDS_CHANGE_DATA)),
        *(() if results.name == shop_debezium.__name__ else ("--exclude", BY_DEBEZIUM)),
        *("--exclude", "real-kafka" if bootstrap_servers == "embedded" else "embedded-only"),
        *(str(ACCEPTANCE / folder) for folder in folders),
    ]


def environment(part: str) -> dict[str, str]:
    """What a part has in its environment beside what all have."""
    return {SHOP_OUTBOX: os.environ[CHANGE_DATA]} if part == shop_debezium.__name__ else {}


def main(folder: str, *parts: str) -> int:
    with signals_as_exits():
        failed = [part for part in parts if run(PARTS[part](RESULTS / folder), **environment(part))]
    if failed:
        sys.stderr.write(f"Failed: {', '.join(failed)}\n")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
