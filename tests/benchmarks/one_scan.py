"""One contender reads a topic once. Prints the seconds, the peak of its memory in MB, and its processor time.

python -m tests.benchmarks.one_scan CONTENDER BOOTSTRAP_SERVERS TOPIC EVENTS [SCHEMA_REGISTRY]
"""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from confluent_kafka import Consumer, TopicPartition

from KafkaLibrary import KafkaLibrary, connection
from tests.benchmarks import connect_in_python

BATCH = 500
WAIT = 0.1
SECONDS = 300
LONG_ENOUGH = 8


def by_client(bootstrap_servers: str, topic: str, events: int, look: Callable[[Any], object] | None = None) -> None:
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap_servers,
            "group.id": "benchmarks",
            "enable.auto.commit": False,
            # With less than this it waits more than it reads.
            "fetch.queue.backoff.ms": 10,
            "queued.min.messages": 1_000_000,
        }
    )
    consumer.assign([TopicPartition(topic, 0, 0)])
    read = 0
    while read < events:
        # Of more than there are left it would wait its whole time.
        batch = consumer.consume(min(BATCH, events - read), WAIT)
        read += len(batch)
        if look is not None:
            for message in batch:
                look(message)
    consumer.close()


def decode(message: Any) -> bool:
    return message.error() is None and orjson.loads(message.value())["quantity"] >= 19999


def decode_row(message: Any) -> bool:
    return message.error() is None and orjson.loads(message.value())["payload"]["after"]["total"] == "BfXhAA=="


def read_row(message: Any) -> bool:
    return message.error() is None and connect_in_python.read(message.value())["after"]["total"] >= 1000000


def by_library(*conditions: str) -> Callable[[str, str, int], None]:
    def run(bootstrap_servers: str, topic: str, _: int) -> None:
        kafka = KafkaLibrary(bootstrap_servers, timeout=SECONDS)
        kafka.wait_for_event(topic, *conditions, since="earliest")

    return run


def failing(bootstrap_servers: str, topic: str, _: int) -> float:
    """Seconds beyond its deadline, of a wait that has read all."""
    kafka = KafkaLibrary(bootstrap_servers)
    began = time.perf_counter()
    try:
        kafka.wait_for_event(topic, "$.quantity == 19999", "orderId == -5", since="earliest", timeout=LONG_ENOUGH)
    except AssertionError:
        return time.perf_counter() - began - LONG_ENOUGH
    raise RuntimeError("There should be no such event.")


def decode_both(bootstrap_servers: str, topics: str, events: int) -> None:
    for topic in topics.split(","):
        by_client(bootstrap_servers, topic, events, decode_all)


def decode_all(message: Any) -> Any:
    return message.error() or orjson.loads(message.value())


def pair(bootstrap_servers: str, topics: str, _: int) -> None:
    kafka = KafkaLibrary(bootstrap_servers, timeout=SECONDS)
    source, target = topics.split(",")
    kafka.events_should_correspond(source, target, by="$.orderId", since="earliest", within=0)


AVRO_ORDER: dict[str, Any] = {
    "type": "record",
    "name": "Order",
    "namespace": "shop",
    "fields": [
        {"name": "eventId", "type": "string"},
        {"name": "orderId", "type": "long"},
        {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["NEW", "PAID", "SENT"]}},
        {"name": "quantity", "type": "int"},
        {"name": "total", "type": "double"},
        {
            "name": "customer",
            "type": {
                "type": "record",
                "name": "Customer",
                "fields": [{"name": name, "type": "string"} for name in ("id", "name", "email")],
            },
        },
        {
            "name": "items",
            "type": {
                "type": "array",
                "items": {
                    "type": "record",
                    "name": "Item",
                    "fields": [{"name": "sku", "type": "string"}, {"name": "count", "type": "int"}],
                },
            },
        },
        {"name": "placedAt", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "note", "type": ["null", "string"], "default": None},
    ],
}


def by_fastavro(bootstrap_servers: str, topic: str, events: int) -> None:
    import fastavro  # noqa: PLC0415 - the other contenders do without

    schema, read = fastavro.parse_schema(AVRO_ORDER), fastavro.schemaless_reader

    def look(message: Any) -> bool:
        raw = io.BytesIO(message.value())
        raw.seek(5)
        order: Any = read(raw, schema, None)
        return message.error() is None and order["quantity"] >= 19999

    by_client(bootstrap_servers, topic, events, look)


def by_library_with(registry: str) -> Callable[[str, str, int], None]:
    def run(bootstrap_servers: str, topic: str, _: int) -> None:
        kafka = KafkaLibrary(bootstrap_servers, timeout=SECONDS, schema_registry=registry)
        kafka.wait_for_event(topic, "$.quantity >= 19999", since="earliest")

    return run


FOUR_MORE = ("$.status in NEW, PAID", "$.customer.name ^= Ada", "$.orderId >= 0", "$.items[0].count > 1")
"""Conditions that all events meet."""

CONTENDERS: dict[str, Callable[[str, str, int], float | None]] = {
    "fastavro": by_fastavro,
    "failing": failing,
    "client": by_client,
    "decoded": lambda bootstrap_servers, topic, events: by_client(bootstrap_servers, topic, events, decode),
    "rows decoded": lambda bootstrap_servers, topic, events: by_client(bootstrap_servers, topic, events, decode_row),
    "rows in Python": lambda bootstrap_servers, topic, events: by_client(bootstrap_servers, topic, events, read_row),
    "rows judged": by_library("after.total >= 1000000"),
    "flow decoded": decode_both,
    "flow paired": pair,
    "screened": by_library("$.quantity == 19999"),
    "judged": by_library("$.quantity >= 19999"),
    "five screened": by_library("$.quantity == 19999", *FOUR_MORE),
    "five judged": by_library("$.quantity >= 19999", *FOUR_MORE),
}


def tell(seconds: float) -> None:
    """What this process took, for the one that started it."""
    sys.stdout.write(f"{seconds} {_peak()} {time.process_time()}\n")


def _peak() -> float:
    """The most memory that this process had, in MB. What the system counts begins with that of the starting process."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def main(name: str, bootstrap_servers: str, topic: str, events: str, registry: str = "") -> None:
    assert connection  # what a connection needs is imported before the clock runs, as the client is
    began = time.perf_counter()
    run = by_library_with(registry) if name == "avro" else CONTENDERS[name]
    measured = run(bootstrap_servers, topic, int(events))
    tell(time.perf_counter() - began if measured is None else measured)


if __name__ == "__main__":
    main(*sys.argv[1:])
