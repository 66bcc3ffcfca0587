"""Avro with a schema registry: by the library, and by Confluent's own serializer and fastavro with the raw client."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable
from itertools import chain
from typing import Any

import fastavro
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

from KafkaLibrary import KafkaLibrary
from tests.benchmarks.measuring import Goal, Row, in_turns, timed
from tests.benchmarks.one_scan import AVRO_ORDER
from tests.benchmarks.raw_client import RawClient, Topics, publish_many, receive_raw
from tests.benchmarks.scans import EVENTS, NOWHERE, in_a_process
from tests.benchmarks.sizes import Sizes
from tests.kafka import SchemaRegistry

ROUNDS = 600
SCANS = 3
_WARM_UP = 600
_A_TEST = 5
PUBLISHED = "publish an Avro event and find it"
SCANNED = "1,000,000 Avro events read, all but the last without a match"
_OF_FASTAVRO = Goal("at most 1.43 times fastavro", 1.43)
CONTENDERS = {
    "client": "consume(500), and nothing looked at",
    "fastavro": "consume(500) and fastavro, one field compared",
    "avro": "KafkaLibrary, `$.quantity >= 19999`",
}


def measure(bootstrap_servers: str, topics: Topics, _: Sizes) -> list[Row]:
    with SchemaRegistry() as registry:
        published = _published(bootstrap_servers, registry.url, topics)
        return published + _scanned(bootstrap_servers, registry.url, topics)


def _published(bootstrap_servers: str, registry: str, topics: Topics) -> list[Row]:
    ours, theirs = topics.new("avro-library"), topics.new("avro-raw")
    library = KafkaLibrary(bootstrap_servers=bootstrap_servers, watch=ours, schema_registry=registry)
    for topic in (ours, theirs):
        library.register_schema(f"{topic}-value", AVRO_ORDER)
    library.set_topic_format(ours, "avro")
    client = RawClient(bootstrap_servers)
    consumer = client.consumer(theirs)
    asked = SchemaRegistryClient({"url": registry})
    serialize = AvroSerializer(asked, json.dumps(AVRO_ORDER), conf={"auto.register.schemas": False})
    deserialize = AvroDeserializer(asked)
    context = SerializationContext(theirs, MessageField.VALUE)

    def by_library(number: int) -> float:
        if number % _A_TEST == 0:
            library.start_test()
        value, key, condition = order(number, 1), str(number), f"orderId == {number}"

        def work() -> None:
            library.publish_event(ours, value, key=key)
            library.wait_for_event(ours, condition)

        return timed(work)

    def by_client(number: int) -> float:
        value, key = order(number, 1), str(number)

        def work() -> None:
            offset = client.publish(theirs, serialize(value, context), key)
            read: Any = deserialize(receive_raw(consumer, offset), context)
            if read["orderId"] != number:
                raise RuntimeError("This is another order.")

        return timed(work)

    try:
        times = in_turns({"library": by_library, "raw": by_client}, ROUNDS, _WARM_UP)
    finally:
        library.disconnect_from_all_kafka()
        consumer.close()
    return [
        Row(PUBLISHED, "raw client and Confluent's serializer", times["raw"]),
        Row(PUBLISHED, "KafkaLibrary", times["library"], times["raw"], Goal("at most 1.5 times raw", 1.5)),
    ]


def _scanned(bootstrap_servers: str, registry: str, topics: Topics) -> list[Row]:
    topic = topics.new("avro-scan")
    library = KafkaLibrary(bootstrap_servers=bootstrap_servers, schema_registry=registry)
    schema_id = library.register_schema(f"{topic}-value", AVRO_ORDER)
    library.disconnect_from_all_kafka()
    write = _writer(schema_id)
    orders = (write(order(number, random.randrange(NOWHERE))) for number in range(EVENTS))
    publish_many(bootstrap_servers, topic, chain(orders, [write(order(EVENTS, NOWHERE))]))

    def contender(name: str) -> Callable[[int], float]:
        return lambda _: in_a_process(name, bootstrap_servers, topic, registry).seconds

    times = in_turns({name: contender(name) for name in CONTENDERS}, SCANS, warm_up=1)
    return [
        Row(SCANNED, CONTENDERS["client"], times["client"]),
        Row(SCANNED, CONTENDERS["fastavro"], times["fastavro"], times["client"]),
        Row(
            SCANNED,
            CONTENDERS["avro"],
            times["avro"],
            times["fastavro"],
            _OF_FASTAVRO,
        ),
    ]


def _writer(schema_id: int) -> Callable[[dict[str, Any]], bytes]:
    schema = fastavro.parse_schema(AVRO_ORDER)
    frame = b"\0" + schema_id.to_bytes(4, "big")

    def write(order: dict[str, Any]) -> bytes:
        out = io.BytesIO()
        fastavro.schemaless_writer(out, schema, order)
        return frame + out.getvalue()

    return write


def order(number: int, quantity: int) -> dict[str, Any]:
    return {
        "eventId": f"{random.getrandbits(128):032x}",
        "orderId": number,
        "status": "NEW",
        "quantity": quantity,
        "total": round(random.random() * 1000, 2),
        "customer": {"id": f"C-{number % 1000}", "name": "Ada Lovelace", "email": "ada@example.com"},
        "items": [{"sku": "P-7", "count": 2}, {"sku": "P-8", "count": 1}],
        "placedAt": 1_795_348_800_000 + number,
        "note": "Please leave the parcel with the neighbours.",
    }
