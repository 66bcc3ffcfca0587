#!/usr/bin/env bash
# confluent-kafka 2.16.1 for Python: a message that is there counts as false where its value is null or empty.
# One expects: `message = consumer.poll(1)` and then `if message:` tells whether a message came, as for any object.
# What happens: a message has the length of its value, so Python takes a tombstone, and an empty value, for "nothing".
# Why it hurts: a loop of a test that looks for deletes with `if message:` never sees one, and "no tombstone came" passes.
# Seen 2026-11-30. It needs Python 3.10 or newer; the broker is the client's own test broker.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check confluent-kafka==2.16.1
"$folder/venv/bin/python" - <<'PYTHON'
from confluent_kafka import Consumer, Producer, TopicPartition

producer = Producer({"bootstrap.servers": "unused:1", "test.mock.num.brokers": 1})
brokers = ",".join(
    f"{broker.host}:{broker.port}" for broker in producer.list_topics(timeout=10).brokers.values()
)
for value in (b"{}", b"", None):
    producer.produce("orders", value, key=b"7", partition=0)
producer.flush(10)
consumer = Consumer({"bootstrap.servers": brokers, "group.id": "test", "auto.offset.reset": "earliest"})
consumer.assign([TopicPartition("orders", 0, 0)])
seen = []
while len(seen) < 3:
    message = consumer.poll(10)
    assert message is not None and message.error() is None, message
    print(f"key {message.key()!r}, value {message.value()!r}: len {len(message)}, bool {bool(message)}")
    seen.append((message.value(), bool(message)))
consumer.close()
assert seen == [(b"{}", True), (b"", False), (None, False)], seen
PYTHON
