"""Scenes for the tests of watching: as usual, and with hardly any memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.watching.scene import Scene, a_scene


@pytest.fixture
def scene() -> Iterator[Scene]:
    with a_scene() as made:
        made.kafka.make("orders")
        yield made


@pytest.fixture
def forgetful() -> Iterator[Scene]:
    """With hardly any room in memory: each arrival drops the one before."""
    with a_scene(log_bound=1) as made:
        made.kafka.make("orders")
        yield made
