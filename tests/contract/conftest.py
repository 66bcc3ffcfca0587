"""The same specification for each broker that there is: the embedded one, and a real one where its address is given."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.brokers import Broker, Connect

REAL = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "")
BROKERS = ["embedded", *([REAL] if REAL else [])]
# What only a real Kafka can do is not collected without one, and the first lines of the report say so.
collect_ignore_glob = [] if REAL else ["test_real_*.py"]


def pytest_configure() -> None:
    if os.environ.get("REQUIRE_REAL_KAFKA") == "1" and not REAL:
        raise pytest.UsageError("REQUIRE_REAL_KAFKA=1 needs the address of one in KAFKA_BOOTSTRAP_SERVERS.")


def pytest_report_header() -> str:
    if REAL:
        return f"contract: on the embedded broker and on the real Kafka at {REAL}"
    return "contract: on the embedded broker ONLY; for a real Kafka give its address in KAFKA_BOOTSTRAP_SERVERS"


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
