"""Runs of suites in processes of their own, and what others see in Kafka meanwhile."""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic
from robot.api import ExecutionResult

from tests.places import ROOT

SUITES = Path(__file__).with_name("suites")
ANSWER_SECONDS = 15.0


class Kafkas:
    """Another client's view of the cluster."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._admin = AdminClient({"bootstrap.servers": address, "log_level": 0})

    def new_topic(self, name: str = "", partitions: int = 1) -> str:
        topic = name or f"endurance-{secrets.token_hex(6)}"
        self._admin.create_topics([NewTopic(topic, partitions)])[topic].result(ANSWER_SECONDS)
        return topic

    def topics(self) -> set[str]:
        return set(self._admin.list_topics(timeout=ANSWER_SECONDS).topics)

    def delete(self, topics: Iterable[str]) -> None:
        try:
            for answer in self._admin.delete_topics(list(topics)).values():
                answer.result(ANSWER_SECONDS)
        except KafkaException:
            return  # somebody else was quicker

    def keys(self, topic: str) -> list[str]:
        """Of all events on the topic's only partition, in their order."""
        settings = {"bootstrap.servers": self.address, "group.id": "endurance", "log_level": 0}
        consumer = Consumer({**settings, "enable.auto.commit": False, "enable.partition.eof": True})
        try:
            consumer.assign([TopicPartition(topic, 0, 0)])
            found: list[str] = []
            over = time.monotonic() + ANSWER_SECONDS
            while time.monotonic() < over:
                message = consumer.poll(0.1)
                error = message.error() if message is not None else None
                if error is not None and error.code() == KafkaError._PARTITION_EOF:
                    return found
                if message is not None and error is None:
                    found.append((message.key() or b"").decode())
            raise AssertionError(f"After {len(found)} events the end of '{topic}' was not reached.")
        finally:
            consumer.close()


def robot(folder: Path, suite: str | Path, address: str, **variables: object) -> list[str]:
    """The command that runs a suite, with its results in the folder."""
    return [sys.executable, "-m", "robot", *options(folder, address, **variables), str(SUITES / suite)]


def options(folder: Path, address: str, **variables: object) -> list[str]:
    given: dict[str, Any] = {"BOOTSTRAP_SERVERS": address, **variables}
    return [
        *("--outputdir", str(folder), "--pythonpath", str(ROOT), "--log", "NONE", "--report", "NONE"),
        *(word for name, value in given.items() for word in ("--variable", f"{name}:{value}")),
    ]


def outcomes(folder: Path) -> dict[str, str]:
    """By the test's name its message, empty where it passed."""
    tests = ExecutionResult(folder / "output.xml").suite.all_tests
    return {test.full_name: "" if test.passed else test.message or test.status for test in tests}
