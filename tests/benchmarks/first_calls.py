"""The first call of a new library object: it opens the connection, too. All modules are imported already."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from KafkaLibrary import KafkaLibrary, connection
from tests.benchmarks.measuring import Goal, Row, in_turns, timed
from tests.benchmarks.orders import order
from tests.benchmarks.raw_client import RawClient, Topics, receive
from tests.benchmarks.sizes import Sizes

_WAIT = "first wait, connection included"
_PUBLISH = "first publish, connection included"
_GOAL = Goal("at most 40 ms", 0.04, in_seconds=True)


def measure(bootstrap_servers: str, topics: Topics, sizes: Sizes) -> list[Row]:
    assert connection  # what a connection needs is imported
    topic = topics.new("first")
    rounds = sizes.first_calls
    return [*_first_waits(bootstrap_servers, topic, rounds), *_first_publishes(bootstrap_servers, topic, rounds)]


def _first_waits(bootstrap_servers: str, topic: str, rounds: int) -> list[Row]:
    client = RawClient(bootstrap_servers)
    client.meet(topic)

    def by_library(**more: Any) -> Callable[[int], float]:
        def first_wait(number: int) -> float:
            library = KafkaLibrary(bootstrap_servers=bootstrap_servers)
            client.publish(topic, order(number), str(number))
            try:
                return timed(lambda: library.wait_for_event(topic, f"orderId == {number}", **more))
            finally:
                library.disconnect_from_all_kafka()

        return first_wait

    def by_client(number: int) -> float:
        offset = client.publish(topic, order(number), str(number))
        with ExitStack() as afterwards:

            def work() -> None:
                consumer = client.consumer(topic)
                afterwards.callback(consumer.close)
                receive(consumer, offset)

            return timed(work)

    contenders = {"raw": by_client, "earliest": by_library(since="earliest"), "test start": by_library()}
    times = in_turns(contenders, rounds, warm_up=1)
    raw = times["raw"]
    return [
        Row(_WAIT, "raw client", raw),
        Row(_WAIT, "KafkaLibrary, since=earliest", times["earliest"], raw, _GOAL),
        Row(_WAIT, "KafkaLibrary, since the test's start", times["test start"], raw, _GOAL),
    ]


def _first_publishes(bootstrap_servers: str, topic: str, rounds: int) -> list[Row]:
    def by_library(number: int) -> float:
        library = KafkaLibrary(bootstrap_servers=bootstrap_servers)
        try:
            return timed(lambda: library.publish_event(topic, order(number), key=str(number)))
        finally:
            library.disconnect_from_all_kafka()

    def by_client(number: int) -> float:
        def work() -> None:
            client = RawClient(bootstrap_servers)
            client.meet(topic)
            client.publish(topic, order(number), str(number))

        return timed(work)

    times = in_turns({"raw": by_client, "library": by_library}, rounds, warm_up=1)
    return [
        Row(_PUBLISH, "raw client", times["raw"]),
        Row(_PUBLISH, "KafkaLibrary", times["library"], times["raw"]),
    ]
