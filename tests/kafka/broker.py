"""A real Kafka for the tests: one node, broker and controller in one process."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from tests.kafka.jars import KAFKA
from tests.kafka.node import Node
from tests.kafka.ports import LOCALHOST, free_port
from tests.places import RESULTS

# One node keeps one copy, and few partitions of Kafka's own topics come up faster.
SETTINGS = {
    "node.id": "1",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "2",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "2",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "log.dirs": "{folder}/data",
}

OwnKind = TypeVar("OwnKind", bound="Kafka")


class Kafka(Node):
    """Runs inside `with`, or from `start()` to `close()`.

    `settings` are Kafka's own, by name, and win over those of the tests.
    """

    def __init__(
        self, settings: Mapping[str, str] | None = None, *, log: Path | None = None, pom: Path = KAFKA
    ) -> None:
        port, controller_port = free_port(), free_port()
        self.bootstrap_servers = f"{LOCALHOST}:{port}"
        chosen = {
            **SETTINGS,
            "listeners": f"PLAINTEXT://{self.bootstrap_servers},CONTROLLER://{LOCALHOST}:{controller_port}",
            "advertised.listeners": f"PLAINTEXT://{self.bootstrap_servers}",
            "controller.quorum.voters": f"1@{LOCALHOST}:{controller_port}",
            **(settings or {}),
        }
        super().__init__(self.bootstrap_servers, chosen, log=log or RESULTS / "kafka" / f"broker-{port}.log", pom=pom)

    def __enter__(self: OwnKind) -> OwnKind:
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
