"""A real Kafka for the tests: one node, broker and controller in one process."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Any

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from tests.kafka.java import JavaProgram
from tests.kafka.ports import LOCALHOST, free_port
from tests.places import RESULTS

START_SECONDS = 60.0
CLUSTER_ID = "KafkaLibraryTests00000"

# Everything else is Kafka's default, `message.max.bytes` for one.
SETTINGS = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    # A topic that nobody made must stay missing, or a test can't tell who asked about it.
    "auto.create.topics.enable": "false",
    # Consumers of the tests come one by one; there is nobody to wait for.
    "group.initial.rebalance.delay.ms": "0",
    # One node keeps one copy, and few partitions of Kafka's own topics come up faster.
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "2",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "2",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    # A killed node that starts again is let in only when its former session is over; 9 seconds by default.
    "broker.session.timeout.ms": "2000",
    "broker.heartbeat.interval.ms": "500",
    # By default 128 MiB of the heap.
    "log.cleaner.dedupe.buffer.size": str(8 * 1024 * 1024),
}


class Kafka:
    """Runs inside `with`, or from `start()` to `close()`; its data lives that long, its log stays.

    `settings` are Kafka's own, by name, and win over those of `SETTINGS`.
    """

    def __init__(self, settings: Mapping[str, str] | None = None, *, log: Path | None = None) -> None:
        port, controller_port = free_port(), free_port()
        self._bootstrap_servers = f"{LOCALHOST}:{port}"
        self._folder = tempfile.TemporaryDirectory(prefix="kafka-", ignore_cleanup_errors=True)
        self._configuration = Path(self._folder.name) / "server.properties"
        self._log = log or RESULTS / "kafka" / f"broker-{port}.log"
        self._node = JavaProgram("kafka.Kafka", str(self._configuration), log=self._log)
        self._settings = {
            **SETTINGS,
            "listeners": f"PLAINTEXT://{self._bootstrap_servers},CONTROLLER://{LOCALHOST}:{controller_port}",
            "advertised.listeners": f"PLAINTEXT://{self._bootstrap_servers}",
            "controller.quorum.voters": f"1@{LOCALHOST}:{controller_port}",
            "log.dirs": f"{self._folder.name}/data",
            **(settings or {}),
        }

    @property
    def bootstrap_servers(self) -> str:
        return self._bootstrap_servers

    @property
    def log(self) -> Path:
        return self._log

    def start(self) -> None:
        """Returns when the node answers; after `stop` or `kill` at the same address with the same data."""
        if not self._configuration.exists():
            self._format()
        self._node.start()
        self._wait_until_ready()

    def stop(self) -> None:
        """An orderly end."""
        self._node.stop()

    def kill(self) -> None:
        """An end without warning."""
        self._node.kill()

    def pause(self) -> None:
        """Connections stay open and nothing is answered, until `resume`."""
        self._node.pause()

    def resume(self) -> None:
        self._node.resume()

    def close(self) -> None:
        """Nobody needs the data any more, so nothing waits for it to be written."""
        self._node.kill()
        self._folder.cleanup()

    def __enter__(self) -> Kafka:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _format(self) -> None:
        lines = (f"{name}={value}" for name, value in self._settings.items())
        self._configuration.write_text("\n".join([*lines, ""]))
        arguments = (
            "format",
            "--cluster-id",
            CLUSTER_ID,
            "--config",
            str(self._configuration),
            *self._format_options(),
        )
        JavaProgram("kafka.tools.StorageTool", *arguments, log=self._log).run()

    def _format_options(self) -> list[str]:
        """More that the node is to find when it starts for the first time."""
        return []

    def _wait_until_ready(self) -> None:
        # Silent, and quick to knock again: until the node listens, every attempt is refused.
        admin = AdminClient(
            {"bootstrap.servers": self._bootstrap_servers, "log_level": 0, "reconnect.backoff.max.ms": 100}
        )
        self._node.wait_until(lambda: _has_a_node(admin), START_SECONDS)


def _has_a_node(admin: AdminClient) -> bool:
    """A node that listens but may not serve yet is not in its own answer."""
    answer: Future[Any] = admin.describe_cluster(request_timeout=1)
    try:
        return bool(answer.result().nodes)
    except KafkaException:
        return False
