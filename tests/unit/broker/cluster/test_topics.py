"""Changes of topics, beside a cluster that does something else meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Future
from typing import Any

import pytest

from KafkaLibrary.broker.cluster.topics import Topics
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaUnusable, KeywordMisused
from KafkaLibrary.watching.event_source import TopicFacts


class Cluster:
    """Takes every deletion; its application makes these topics again at once."""

    def __init__(self, made_again: Collection[str]) -> None:
        self.client = self
        self._made_again = made_again

    def delete_topics(self, names: list[str], request_timeout: float) -> dict[str, Future[None]]:
        return {name: Future() for name in names}

    def wait(self, *_: Any) -> None:
        """The deletion was taken."""

    def poll(self, _: float) -> None:
        """Nothing is told."""

    def describe(self, names: Collection[str], _: Deadline) -> dict[str, TopicFacts | None]:
        return {name: TopicFacts("another", (0,)) if name in self._made_again else None for name in names}


def delete(*names: str, made_again: Collection[str] = ()) -> None:
    admin: Any = Cluster(made_again)
    Topics(admin).delete(names, Deadline(0.05))


def test_a_deletion_that_nobody_undoes_passes() -> None:
    delete("orders", "payments")


def test_a_topic_that_is_still_there_is_no_deletion() -> None:
    with pytest.raises(KafkaUnusable, match=r"the deletion of 'payments', but after .* it is still there"):
        delete("orders", "payments", made_again=["payments"])


@pytest.mark.parametrize("config", [{"retention.ms\ud800": "1"}, {"retention.ms": "1\ud800"}, {"a\0": "1"}])
def test_a_configuration_that_would_end_the_client_is_refused(config: dict[str, str]) -> None:
    admin: Any = Cluster(())
    with pytest.raises(KeywordMisused, match=r"its configuration has (half of|a NUL)"):
        Topics(admin).create("orders", 1, None, config, Deadline(0.05))
