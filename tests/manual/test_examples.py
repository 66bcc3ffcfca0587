"""Every example of the keyword manual runs: on the embedded broker, and on a real Kafka where its address is known.

Those that need a schema registry run where the address of one is known.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import confluent_kafka
import pytest
from robot.libdocpkg import LibraryDocumentation

from KafkaLibrary import KafkaLibrary

ROOT = Path(__file__).parents[2]
REAL = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "")
REGISTRY = os.environ.get("SCHEMA_REGISTRY_URL", "")
NEEDS_REGISTRY = "needs a schema registry"
TOPICS = (
    *("orders", "orders.eu", "orders-dlt", "payments", "sales", "parcels", "counts", "calls", "retries", "rows"),
    *(
        "visits",
        "payment.requests",
        "shop.transaction",
        "outbox.event.order",
        "outbox.event.parcel",
        "outbox.event.placed",
    ),
    *(f"shop.public.{table}" for table in ("bills", "customers", "orders", "parcels", "placed_orders")),
    "inventory.events",
)
MADE_BY_AN_EXAMPLE = "logins"
GROUP = "shop"

_HEADING = re.compile(r"^Examples?(?: \((?P<needs>[^)]*)\))?:$")
_KEYWORD = re.compile(r"`([^`]+)`")


class Example(NamedTuple):
    """The lines of one example, and what the manual says that it needs."""

    name: str
    lines: tuple[str, ...]
    needs: str


def documented() -> list[Example]:
    """The examples of all keywords, and those of the introduction that are keyword calls."""
    library = LibraryDocumentation("KafkaLibrary")
    found = [example for keyword in library.keywords for example in _examples(keyword.name, keyword.doc)]
    keywords = tuple(f"| `{keyword.name}`" for keyword in library.keywords)
    calls = [line for line in library.doc.splitlines() if line.startswith((*keywords, "| VAR"))]
    return [*found, Example("Introduction", tuple(map(_cell_text, calls)), "")]


def _examples(name: str, doc: str) -> Iterator[Example]:
    needs, inside = "", False
    lines: list[str] = []
    for line in [*doc.splitlines(), ""]:
        heading = _HEADING.match(line)
        if heading:
            inside, needs, lines = True, heading["needs"] or "", []
        elif inside and line.startswith("| "):
            lines.append(_cell_text(line))
        elif inside and lines:
            yield Example(name, tuple(lines), needs)
            inside, lines = False, []


def _cell_text(line: str) -> str:
    return _KEYWORD.sub(r"\1", line[2:])


def suite_of(examples: list[Example], settings: str) -> str:
    """A suite with a test for each example."""
    tests = [
        f"{example.name} {number}\n" + "".join(f"    {line}\n" for line in example.lines)
        for number, example in enumerate(examples, 1)
    ]
    return (
        "*** Settings ***\n"
        f"Library    KafkaLibrary    bootstrap_servers=${{BOOTSTRAP_SERVERS}}    timeout=10 s{settings}\n"
        "Library    Collections\n\n"
        "*** Test Cases ***\n" + "\n".join(tests)
    )


def run(examples: list[Example], bootstrap_servers: str, folder: Path, settings: str = "") -> None:
    """Run them by Robot, and fail with what it printed."""
    suite = folder / "manual.robot"
    suite.write_text(suite_of(examples, settings), encoding="utf-8")
    command = [
        *(sys.executable, "-m", "robot", "--pythonpath", str(ROOT), "--outputdir", str(folder)),
        *("--variable", f"BOOTSTRAP_SERVERS:{bootstrap_servers}", "--variable", f"EXAMPLES:{ROOT / 'examples'}"),
        str(suite),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stdout + result.stderr


@contextmanager
def consuming(bootstrap_servers: str) -> Iterator[None]:
    """An application with an ordinary consumer group, which commits each event."""
    over = threading.Event()
    consumer = confluent_kafka.Consumer(
        {
            "bootstrap.servers": bootstrap_servers,
            "group.id": GROUP,
            "enable.auto.commit": False,
            "auto.offset.reset": "earliest",
        }
    )
    consumer.subscribe([TOPICS[-1]])

    def work() -> None:
        while not over.is_set():
            message = consumer.poll(0.1)
            if message is not None and message.error() is None:
                consumer.commit(message=message, asynchronous=False)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        over.set()
        worker.join()
        consumer.close()


def test_every_keyword_has_an_example() -> None:
    library = LibraryDocumentation("KafkaLibrary")
    covered = {name for example in documented() for line in example.lines for name in re.split(r" {2,}", line)}
    assert {keyword.name for keyword in library.keywords} - covered == set()


def test_examples_run_on_the_embedded_broker(tmp_path: Path) -> None:
    run([example for example in documented() if not example.needs], "embedded", tmp_path)


@pytest.mark.skipif(not REAL, reason="KAFKA_BOOTSTRAP_SERVERS is not set: examples of the manual did not run")
def test_examples_run_on_a_real_kafka(tmp_path: Path) -> None:
    kafka = KafkaLibrary(REAL)
    there = kafka.get_topics()
    if MADE_BY_AN_EXAMPLE in there:
        kafka.delete_topic(MADE_BY_AN_EXAMPLE)
    for topic in TOPICS:
        if topic not in there:
            kafka.create_topic(topic, partitions=3)
    with consuming(REAL):
        run([example for example in documented() if example.needs != NEEDS_REGISTRY], REAL, tmp_path)


@pytest.mark.skipif(not REGISTRY, reason="SCHEMA_REGISTRY_URL is not set: examples of the manual did not run")
@pytest.mark.parametrize("bootstrap_servers", ["embedded", *([REAL] if REAL else [])])
def test_examples_with_a_schema_registry_run(bootstrap_servers: str, tmp_path: Path) -> None:
    # A registry of their own connection: a file is then a schema that has to be registered, which others don't say.
    settings = f"    schema_registry={REGISTRY}    schema_registry_timeout=60"
    run([example for example in documented() if example.needs == NEEDS_REGISTRY], bootstrap_servers, tmp_path, settings)


def test_the_python_example_runs() -> None:
    kafka = KafkaLibrary("embedded")
    kafka.start_test()
    topic = f"orders-{uuid4().hex}"
    kafka.publish_event(topic, {"orderId": 42})
    event = kafka.wait_for_event(topic, "orderId == 42", timeout=5)
    assert event.value.orderId == 42
