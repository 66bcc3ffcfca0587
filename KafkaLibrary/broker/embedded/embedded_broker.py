"""The embedded broker (``bootstrap_servers=embedded``) and the topics that are made on it."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Any

import confluent_kafka as client

from KafkaLibrary.broker.diagnosis.client_errors import ClientErrors
from KafkaLibrary.broker.embedded.native_cluster import NativeCluster, native_functions
from KafkaLibrary.errors import KafkaUnusable, KeywordMisused, NeedsRealKafka

Error = client.KafkaError
_START = 5.0
_BY_ITSELF = 4
"""The partitions of a topic that the broker makes by itself. Nothing sets another number."""
_REASONS = (
    "    - The consumer subscribed before the topic '{}' existed, and finds it only minutes later. "
    "Give the topic as watch=, or call 'Create Topic', before the application starts.\n"
    "    - Another member joined the group, or one ended without leaving it. A classic group then waits for "
    "session.timeout.ms, 45 s unless set. Set group.protocol=consumer, or session.timeout.ms=6000, in the application."
)


class EmbeddedBroker:
    """Lives until it is closed."""

    def __init__(self, client_errors: ClientErrors) -> None:
        functions = native_functions()
        self._cluster: Any = NativeCluster(functions) if functions else _ClusterOfAProducer(client_errors)
        self.bootstrap_servers: str = self._cluster.bootstrap_servers
        if not self.bootstrap_servers:
            raise KafkaUnusable("The embedded broker did not start.")
        self.watched: set[str] = set()
        """Topics that were made by watching them, and that nobody has created since."""

    def provide(self, topics: Collection[str]) -> None:
        """Have these topics, with one partition where they are new. A name that no topic can have is left out."""
        for topic in topics:
            if self._cluster.create(topic, self._cluster.fewest) == 0:
                self.watched.add(topic)

    def create(self, topic: str, partitions: int, replication: int | None) -> None:
        """Make a topic. Raises ``KeywordMisused`` where there is one, unless watching alone has made it like that."""
        if replication is not None and replication > 1:
            raise KeywordMisused(
                f"Kafka does not make the topic '{topic}': its replication factor is {replication}, "
                "and the embedded broker is one broker."
            )
        if topic in self.watched:
            there = self._cluster.fewest
            if partitions != there:
                raise KeywordMisused(
                    f"The topic '{topic}' already exists, with {there} partition{'s' * (there > 1)}: watch= made it, "
                    "and no option of it gives another number.\nLeave it out of watch= and write:\n"
                    f"    Create Topic    {topic}    partitions={partitions}\n    Watch Topics    {topic}"
                )
            self.watched.remove(topic)
            return
        code = self._cluster.create(topic, partitions)
        if code == Error.TOPIC_ALREADY_EXISTS:
            raise KeywordMisused(
                f"The topic '{topic}' exists already.\nUse 'Create Temporary Topic' for a topic of this test's own."
            )
        if code:
            raise KafkaUnusable(f"The embedded broker did not make the topic '{topic}': {Error(code).str()}.")

    def usual_reasons(self, topic: str) -> str:
        """Why a group takes nothing here that would on Kafka, in sentences for a failure."""
        return f"The embedded broker can't describe the group. Usual reasons there:\n{_REASONS.format(topic)}"

    def close(self) -> None:
        """End the broker."""
        self._cluster.close()


class _ClusterOfAProducer:
    """The way without C functions: a producer runs the broker, which makes a topic that a producer asks for."""

    def __init__(self, client_errors: ClientErrors) -> None:
        properties = {"test.mock.num.brokers": 1, "error_cb": client_errors.told}
        self._host: Any = client.Producer(properties, logger=client_errors)
        brokers = self._host.list_topics(timeout=_START).brokers
        self.bootstrap_servers = ",".join(f"{broker.host}:{broker.port}" for broker in brokers.values())

    fewest = _BY_ITSELF

    def create(self, topic: str, partitions: int) -> int:
        if partitions != _BY_ITSELF:
            raise NeedsRealKafka(
                f"create a topic with other than {_BY_ITSELF} partitions here: the Kafka client that is installed "
                "does not offer its functions for that, as the wheels of confluent-kafka do"
            )
        if topic in self._host.list_topics(timeout=_START).topics:
            return int(Error.TOPIC_ALREADY_EXISTS)
        with suppress(client.KafkaException):  # the answer may be that the topic is not there yet
            self._host.list_topics(topic, timeout=_START)
        return 0 if topic in self._host.list_topics(timeout=_START).topics else int(Error._TIMED_OUT)

    def close(self) -> None:
        self._host = None
