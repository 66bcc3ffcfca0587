"""One contender publishes many dictionaries at once. Prints seconds, the peak of its memory in MB, processor time.

python -m tests.benchmarks.one_bulk CONTENDER BOOTSTRAP_SERVERS TOPIC EVENTS
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import orjson
from confluent_kafka import Producer

from KafkaLibrary import KafkaLibrary
from tests.benchmarks.one_scan import tell
from tests.benchmarks.orders import order

WAIT = 0.1


def by_client(
    bootstrap_servers: str, topic: str, values: list[Any], report: Callable[[Any, Any], None] | None
) -> float:
    producer = Producer({"bootstrap.servers": bootstrap_servers, "acks": "all", "enable.idempotence": True})
    producer.list_topics(topic, timeout=5)
    options: dict[str, Any] = {} if report is None else {"on_delivery": report}
    began = time.perf_counter()
    for value in values:
        while True:
            try:
                producer.produce(topic, orjson.dumps(value), **options)
                break
            except BufferError:
                producer.poll(WAIT)
    if producer.flush(60):
        raise RuntimeError("Kafka did not take all events.")
    return time.perf_counter() - began


def with_callback(bootstrap_servers: str, topic: str, values: list[Any]) -> float:
    offsets: list[int] = []

    def report(error: Any, message: Any) -> None:
        if error is not None:
            raise RuntimeError(str(error))
        offsets.append(message.offset())

    seconds = by_client(bootstrap_servers, topic, values, report)
    if len(offsets) != len(values):
        raise RuntimeError("Not all events were acknowledged.")
    return seconds


def by_library(bootstrap_servers: str, topic: str, values: list[Any]) -> float:
    library = KafkaLibrary(bootstrap_servers, timeout=120)
    library.publish_event(topic, "the first, which opens the connection")
    began = time.perf_counter()
    events = library.publish_events(topic, values)
    seconds = time.perf_counter() - began
    if len(events) != len(values):
        raise RuntimeError("Not all events were acknowledged.")
    return seconds


CONTENDERS: dict[str, Callable[[str, str, list[Any]], float]] = {
    "plain": lambda servers, topic, values: by_client(servers, topic, values, None),
    "callback": with_callback,
    "library": by_library,
}


def main(name: str, bootstrap_servers: str, topic: str, events: str) -> None:
    values = [json.loads(order(number)) for number in range(int(events))]
    tell(CONTENDERS[name](bootstrap_servers, topic, values))


if __name__ == "__main__":
    main(*sys.argv[1:])
