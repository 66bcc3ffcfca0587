"""What ConfluentKafkaLibrary takes far away: run by the Python of its own environment, prints seconds by work as JSON.

It is given the address, properties of the client as JSON, a topic, an order, and the offset of an event before it.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

_TESTS = 5
_MANY = 1000


class Peer:
    """Its producer and its consumer, each made at first use."""

    def __init__(self, address: str, properties: str, topic: str, order: str) -> None:
        self._library: Any = importlib.import_module("ConfluentKafkaLibrary").ConfluentKafkaLibrary()
        server, _, port = address.partition(",")[0].rpartition(":")
        self._where = {"server": server, "port": port, **json.loads(properties)}
        self._topic, self._order = topic, order
        self._producer = self._consumer = ""

    def first(self) -> None:
        more = {"linger.ms": 0, "acks": "all", "enable.idempotence": True}
        self._producer = self._library.create_producer(**self._where, **more)
        self.publish()

    def publish(self, count: int = 1) -> None:
        for _ in range(count):
            self._library.produce(self._producer, self._topic, self._order, key="1", partition=0)
        if self._library.flush(self._producer, timeout=60):
            raise RuntimeError("Kafka did not take all events.")

    def first_wait(self, offset: int) -> None:
        self._consumer = self._library.create_consumer(**self._where)
        place = self._library.create_topic_partition(self._topic, 0, offset)
        self._library.assign_to_topic_partition(self._consumer, place)
        self.poll()

    def poll(self) -> None:
        if not self._library.poll(self._consumer, max_records=1, poll_attempts=30):
            raise RuntimeError("No event came.")

    def round_trip(self) -> None:
        self.publish()
        self.poll()

    def close(self) -> None:
        self._library.close_consumer(self._consumer)


def main(address: str, properties: str, topic: str, order: str, offset: str) -> None:
    peer = Peer(address, properties, topic, order)
    taken = {
        "first": _timed(peer.first),
        "again": _timed(peer.publish),
        "wait": _timed(lambda: peer.first_wait(int(offset))),
    }
    for _ in range(2):  # what was published until now
        peer.poll()
    taken["in a test"] = median(_timed(peer.round_trip) for _ in range(_TESTS))
    taken["thousand"] = _timed(lambda: peer.publish(_MANY))
    peer.close()
    sys.stdout.write(json.dumps(taken))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(*sys.argv[1:])
