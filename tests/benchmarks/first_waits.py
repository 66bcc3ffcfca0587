"""The first wait of a new library object: it opens the connection, too. All modules are imported already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from KafkaLibrary import KafkaLibrary
from tests.benchmarks.measuring import Row, in_turns, timed
from tests.benchmarks.orders import order
from tests.benchmarks.raw_client import RawClient, Topics, receive

WORK = "first wait, connection included"
ROUNDS = 20
_GOAL = "at most 50 ms"


def measure(bootstrap_servers: str, topics: Topics) -> list[Row]:
    topic = topics.new("first")
    client = RawClient(bootstrap_servers)

    def publish(number: int) -> int:
        return client.publish(topic, order(number), str(number))

    def by_library(**more: Any) -> Callable[[int], float]:
        def first_wait(number: int) -> float:
            library = KafkaLibrary(bootstrap_servers=bootstrap_servers)
            publish(number)
            try:
                return timed(lambda: library.wait_for_event(topic, f"orderId == {number}", **more))
            finally:
                library.disconnect_from_all_kafka()

        return first_wait

    def by_client(number: int) -> float:
        offset = publish(number)
        consumers = []

        def work() -> None:
            consumers.append(client.consumer(topic))
            receive(consumers[0], offset)

        try:
            return timed(work)
        finally:
            consumers[0].close()

    contenders = {"raw": by_client, "earliest": by_library(since="earliest"), "test start": by_library()}
    times = in_turns(contenders, ROUNDS, warm_up=1)
    raw = times["raw"].median
    return [
        Row(WORK, "raw client", times["raw"]),
        Row(WORK, "KafkaLibrary, since=earliest", times["earliest"], raw, _GOAL),
        Row(WORK, "KafkaLibrary, since the test's start", times["test start"], raw, _GOAL),
    ]
