"""A real Kafka, that of the run or one of its own, and processes beside this one that use it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.endurance.runs import Kafkas
from tests.kafka import Kafka


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    given = os.environ.get("KAFKA_BOOTSTRAP_SERVERS")
    if given:
        yield given
        return
    with Kafka() as kafka:
        yield kafka.bootstrap_servers


@pytest.fixture
def kafka(address: str) -> Kafkas:
    return Kafkas(address)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a process in a session of its own; what still runs when the test ends is killed."""
    started: list[subprocess.Popen[str]] = []

    def run(command: list[str], **environment: str) -> subprocess.Popen[str]:
        with (tmp_path / f"console-{len(started)}.txt").open("w") as console:
            process = subprocess.Popen(
                command,
                cwd=tmp_path,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                text=True,
            )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


@pytest.fixture
def until() -> Callable[[Callable[[], object], str], None]:
    """Waits for something that happens elsewhere."""

    def wait(holds: Callable[[], object], what: str) -> None:
        over = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < over, f"It did not happen that {what}."
            time.sleep(0.01)

    return wait
