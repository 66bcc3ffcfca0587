"""How soon a wait for a group's commit returns, and what it costs the cluster meanwhile.

python -m tests.benchmarks.group_waits    with the address of a real Kafka in KAFKA_BOOTSTRAP_SERVERS
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
import uuid
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import confluent_kafka as client

from KafkaLibrary.broker.settings.client_settings import Settings
from KafkaLibrary.connection import Connection
from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import ExpectationFailed
from KafkaLibrary.watching.marks import Scope
from tests.benchmarks.measuring import Goal, Row, Times, shown, table
from tests.contract.brokers import Broker

ROUNDS = 150
GOAL_SECONDS = 0.05
GOAL_REQUESTS = 40
WAIT_SECONDS = 6.0
EARLIEST, LATEST = 0.05, 0.15
"""Seconds after which the other client commits: somewhere in between, so that it falls anywhere between two looks."""


class Requests:
    """What the clients of a connection have sent, as they tell in their statistics."""

    def __init__(self) -> None:
        self._by_client: dict[str, tuple[float, dict[str, int]]] = {}

    def told(self, statistics: str) -> None:
        """The client's callback."""
        said = json.loads(statistics)
        sent: dict[str, int] = {}
        for broker in said["brokers"].values():
            for request, number in broker["req"].items():
                sent[request] = sent.get(request, 0) + number
        self._by_client[said["name"]] = (said["ts"] / 1e6, sent)

    def sum(self) -> dict[str, int]:
        """How many of each kind there were."""
        found: dict[str, int] = {}
        for _, sent in self._by_client.values():
            for request, number in sent.items():
                if number:
                    found[request] = found.get(request, 0) + number
        return found


def latencies(broker: Broker, rounds: int) -> Times:
    """Seconds from another client's commit, as it was acknowledged, until the wait returns."""
    topic, group = broker.topic(1), f"benchmark-{uuid.uuid4()}"
    member = broker.member(group)
    seconds = []
    for _ in range(rounds):
        event = broker.connection.event(broker.publish(topic, b"a")[0], None)
        committed: list[float] = []

        def commit(offset: int = event.offset + 1, at: list[float] = committed) -> None:
            part = client.TopicPartition(topic, 0, offset)
            member.commit(offsets=[part], asynchronous=False)
            at.append(time.perf_counter())

        later = threading.Timer(random.uniform(EARLIEST, LATEST), commit)
        later.start()
        broker.connection.consumption.wait_until_consumed(event, group, Deadline(10))
        returned = time.perf_counter()
        later.join()
        seconds.append(max(0.0, returned - committed[0]))
    return Times(seconds)


def requests(address: str) -> tuple[float, dict[str, int]]:
    """What a wait in vain sends, in all and by kind, a second."""
    told = Requests()
    settings = Settings.read(address, None, {})
    counting = {"stats_cb": told.told, "statistics.interval.ms": 100}
    settings = replace(settings, properties={**settings.properties, **counting})
    connection = Connection("counted", settings, 10.0, 1 << 20, [Scope("suite", datetime.now(timezone.utc))])
    with_topic = Broker(address)
    try:
        topic, group = with_topic.topic(1), f"benchmark-{uuid.uuid4()}"
        event = with_topic.connection.event(with_topic.publish(topic, b"a")[0], None)
        _in_vain(connection, event, group, 1.0)  # whatever it takes to meet the cluster
        before = told.sum()
        _in_vain(connection, event, group, WAIT_SECONDS)
        sent = {kind: number - before.get(kind, 0) for kind, number in told.sum().items()}
    finally:
        connection.close()
        with_topic.close()
    return sum(sent.values()) / WAIT_SECONDS, {kind: number for kind, number in sent.items() if number}


def _in_vain(connection: Connection, event: Any, group: str, seconds: float) -> None:
    try:
        connection.consumption.wait_until_consumed(event, group, Deadline(seconds))
    except ExpectationFailed:
        return
    raise AssertionError("Nobody has committed, and the wait returned.")


def main(address: str) -> int:
    broker = Broker(address)
    try:
        times = latencies(broker, ROUNDS)
    finally:
        broker.close()
    a_second, kinds = requests(address)
    goal = Goal(f"at most {shown(GOAL_SECONDS)}", GOAL_SECONDS, in_seconds=True)
    rows = [Row("commit of another client → wait returns", "this library", times, None, goal)]
    sys.stdout.write(f"{table(rows)}\n\n")
    listed = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items(), key=lambda one: -one[1]))
    sys.stdout.write(f"A wait in vain sends {a_second:.1f} requests a second (goal: at most {GOAL_REQUESTS}); ")
    sys.stdout.write(f"in {WAIT_SECONDS:g} seconds {listed}.\n")
    return int(times.median > GOAL_SECONDS or a_second > GOAL_REQUESTS)


if __name__ == "__main__":
    sys.exit(main(os.environ["KAFKA_BOOTSTRAP_SERVERS"]))
