"""How the tests with open input run: as long as they need, for the machine may be busy. And a library to call.

In an environment of tox they try the same examples each time, so that a run that failed fails again, wherever it is.
Whoever runs pytest alone looks at new ones.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from hypothesis import settings

from KafkaLibrary import KafkaLibrary

settings.register_profile("patient", deadline=None, derandomize="TOX_ENV_NAME" in os.environ)
settings.load_profile("patient")


@pytest.fixture(scope="module")
def shared() -> Iterator[KafkaLibrary]:
    library = KafkaLibrary("embedded", timeout="10 s")
    yield library
    library.disconnect_from_all_kafka()


@pytest.fixture
def kafka(shared: KafkaLibrary) -> KafkaLibrary:
    shared.start_test()
    return shared


@pytest.fixture
def topic(request: pytest.FixtureRequest) -> str:
    """A topic for one test."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", str(request.node.name))[:200]
