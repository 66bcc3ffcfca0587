#!/usr/bin/env bash
# aiokafka 0.14.0: the headers of an event that was read are refused by its own producer.
# One expects: `producer.send(topic, value=event.value, key=event.key, headers=event.headers)` passes an event on.
# What happens: the consumer gives headers as a tuple; the producer takes lists alone, and raises TypeError: Expected list,
#   got tuple. An event without headers goes through, for an empty tuple is false. list(event.headers) works.
# Why it hurts: what replays a dead letter, or copies events for a test, works as long as nobody puts a trace on them, and
#   fails at the first header, after the original was read and perhaps committed.
# Seen 2026-12-01. It needs Python 3.10 or newer; the broker is that of confluent-kafka 2.16.1.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check aiokafka==0.14.0 confluent-kafka==2.16.1
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from confluent_kafka import Producer

source = Producer({"bootstrap.servers": "unused:1", "test.mock.num.brokers": 1})
brokers = ",".join(f"{broker.host}:{broker.port}" for broker in source.list_topics(timeout=10).brokers.values())
source.produce("orders", b"{}", b"42", partition=0, headers=[("type", b"OrderPlaced")])
source.produce("orders", b"{}", b"43", partition=0)
assert source.flush(10) == 0


async def main():
    consumer = AIOKafkaConsumer(bootstrap_servers=brokers)
    producer = AIOKafkaProducer(bootstrap_servers=brokers)
    try:
        await consumer.start()
        await producer.start()
        consumer.assign([TopicPartition("orders", 0)])
        await consumer.seek_to_beginning()
        for key in (b"42", b"43"):
            event = await asyncio.wait_for(consumer.getone(), 30)
            assert event.key == key
            try:
                await producer.send_and_wait("copies", event.value, event.key, 0, headers=event.headers)
                result = "sent"
            except TypeError as error:
                result = str(error)
            print(f"{key!r} with the headers {event.headers!r}: {result}")
            assert result == ("Expected list, got tuple" if event.headers else "sent")
            assert bool(event.headers) == (key == b"42")
            await producer.send_and_wait("copies", event.value, event.key, 0, headers=list(event.headers))
    finally:
        await producer.stop()
        await consumer.stop()


asyncio.run(main())
PYTHON
