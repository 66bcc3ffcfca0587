"""Parts of the shop on their own: what they must endure where a suite from outside can't bring it about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from examples.shop.database import Database
from KafkaLibrary import KafkaLibrary


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "shop.sqlite")


@pytest.fixture(scope="session")
def kafka() -> Iterator[KafkaLibrary]:
    library = KafkaLibrary("embedded", timeout=5)
    yield library
    library.disconnect_from_all_kafka()


@pytest.fixture
def address(kafka: KafkaLibrary) -> str:
    return str(kafka.kafka_should_be_reachable()["bootstrap_servers"])
