"""The same specification for each broker that there is: the embedded one, and a real one where its address is given."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from KafkaLibrary import KafkaLibrary
from tests.contract.brokers import Broker, Connect, Import

REAL = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "")
BROKERS = ["embedded", *([REAL] if REAL else [])]
REGISTRY = os.environ.get("SCHEMA_REGISTRY_URL", "")
# What only a real one can do is not collected without it, and the first lines of the report say so.
collect_ignore_glob = [*([] if REAL else ["test_real_*.py"]), *([] if REGISTRY else ["test_registry*.py"])]


def pytest_configure() -> None:
    if os.environ.get("REQUIRE_REAL_KAFKA") == "1" and not REAL:
        raise pytest.UsageError("REQUIRE_REAL_KAFKA=1 needs the address of one in KAFKA_BOOTSTRAP_SERVERS.")


def pytest_report_header() -> list[str]:
    return [
        f"contract: on the embedded broker and on the real Kafka at {REAL}"
        if REAL
        else "contract: on the embedded broker ONLY; for a real Kafka give its address in KAFKA_BOOTSTRAP_SERVERS",
        f"contract: with the schema registry at {REGISTRY}"
        if REGISTRY
        else "contract: WITHOUT a schema registry; give the address of one in SCHEMA_REGISTRY_URL",
    ]


@pytest.fixture(params=BROKERS, ids=["embedded", *(["real"] if REAL else [])])
def broker(request: pytest.FixtureRequest) -> Iterator[Broker]:
    """Each broker in turn."""
    made = Broker(request.param)
    yield made
    made.close()


@pytest.fixture
def connect(request: pytest.FixtureRequest) -> Iterator[Connect]:
    """More connections to the real Kafka, with options."""
    made: list[Broker] = []

    def make(address: str = REAL, **options: Any) -> Broker:
        made.append(Broker(address, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def real(connect: Connect) -> Broker:
    """The real Kafka alone."""
    return connect()


@pytest.fixture
def imported(real: Broker) -> Iterator[Import]:
    """More libraries, as test suites import them. They let go of Kafka before the topics of ``real`` are deleted."""
    made: list[KafkaLibrary] = []

    def make(*address: str, **options: Any) -> KafkaLibrary:
        made.append(KafkaLibrary(*address, **options))
        return made[-1]

    yield make
    for one in made:
        one.disconnect_from_all_kafka()


@pytest.fixture
def library(imported: Import) -> KafkaLibrary:
    """The library with the real Kafka, in its first test."""
    made = imported(REAL)
    made.start_test()
    return made
