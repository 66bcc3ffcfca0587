"""One process of a real Kafka: its settings, its data, its log, and all that can be done to it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from tests.kafka.jars import KAFKA
from tests.kafka.java import JavaProgram

START_SECONDS = 60.0
CLUSTER_ID = "KafkaLibraryTests00000"

# Everything else is Kafka's default, `message.max.bytes` for one.
SETTINGS = {
    "process.roles": "broker,controller",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    # A topic that nobody made must stay missing, or a test can't tell who asked about it.
    "auto.create.topics.enable": "false",
    # Consumers of the tests come one by one; there is nobody to wait for.
    "group.initial.rebalance.delay.ms": "0",
    # A killed node that starts again is let in only when its former session is over; 9 seconds by default.
    "broker.session.timeout.ms": "2000",
    "broker.heartbeat.interval.ms": "500",
    # By default 128 MiB of the heap.
    "log.cleaner.dedupe.buffer.size": str(8 * 1024 * 1024),
}


class Node:
    """A Kafka that answers at ``address``. Its data lives until `close`, its log stays.

    `{folder}` in a setting is the folder of its data.
    """

    def __init__(
        self, address: str, settings: Mapping[str, str], *, log: Path, heap: str = "512m", pom: Path = KAFKA
    ) -> None:
        self._address = address
        self._folder = tempfile.TemporaryDirectory(prefix="kafka-", ignore_cleanup_errors=True)
        self._configuration = self.folder / "server.properties"
        self._settings = {**SETTINGS, **settings}
        self._log = log
        self._pom = pom
        self._process = JavaProgram("kafka.Kafka", str(self._configuration), log=log, heap=heap, pom=pom)

    @property
    def log(self) -> Path:
        return self._log

    @property
    def folder(self) -> Path:
        return Path(self._folder.name)

    @property
    def is_running(self) -> bool:
        return self._process.is_running

    @property
    def process_id(self) -> int:
        return self._process.process_id

    def start(self) -> None:
        """Returns when the node answers; after `stop` or `kill` at the same address with the same data."""
        self.begin()
        self.wait_until_ready()

    def begin(self) -> None:
        """Starts it, and does not wait for an answer."""
        if not self._configuration.exists():
            self._format()
        self._process.start()

    def wait_until_ready(self) -> None:
        # Silent, and quick to knock again: until the node listens, every attempt is refused.
        admin = AdminClient({"bootstrap.servers": self._address, "log_level": 0, "reconnect.backoff.max.ms": 100})
        self.wait_until(lambda: _has_a_node(admin), START_SECONDS)

    def wait_until(self, answers: Callable[[], bool], timeout: float) -> None:
        """Returns once `answers` gives true; fails with the last lines of the log where the node ends before that."""
        self._process.wait_until(answers, timeout)

    def stop(self) -> None:
        """An orderly end."""
        self._process.stop()

    def kill(self) -> None:
        """An end without warning."""
        self._process.kill()

    def pause(self) -> None:
        """Connections stay open and nothing is answered, until `resume`."""
        self._process.pause()

    def resume(self) -> None:
        self._process.resume()

    def close(self) -> None:
        """Nobody needs the data any more, so nothing waits for it to be written."""
        self._process.kill()
        self._folder.cleanup()

    def _format(self) -> None:
        folder = self._folder.name
        lines = (f"{name}={value.replace('{folder}', folder)}" for name, value in self._settings.items())
        self._configuration.write_text("\n".join([*lines, ""]))
        arguments = (
            "format",
            "--cluster-id",
            CLUSTER_ID,
            "--config",
            str(self._configuration),
            *self._format_options(),
        )
        JavaProgram("kafka.tools.StorageTool", *arguments, log=self._log, pom=self._pom).run()

    def _format_options(self) -> list[str]:
        """More that the node is to find when it starts for the first time."""
        return []


def _has_a_node(admin: AdminClient) -> bool:
    """A node that listens but may not serve yet is not in its own answer."""
    answer: Future[Any] = admin.describe_cluster(request_timeout=1)
    try:
        return bool(answer.result().nodes)
    except KafkaException:
        return False
