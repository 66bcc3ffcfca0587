#!/usr/bin/env bash
# Versions: confluent-kafka 2.16.1 (librdkafka 2.16.0), Python 3.
# One expects: a message of produce_batch has the headers that it was given, or the call refuses them.
# What happens: the headers are dropped without a word. The message is counted as queued, has no _error, is delivered,
#   and arrives without headers. A timestamp, which the docstring lists beside them, is refused.
# A tester is hurt: correlation ids, traces and type headers are gone as soon as a producer is changed from produce to
#   produce_batch, and nothing in the producer tells.
# Seen: 2026-12-01
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check confluent-kafka==2.16.1
cat >"$work/batch.py" <<'PYTHON'
import time

from confluent_kafka import Consumer, Producer, TopicPartition

producer = Producer({"bootstrap.servers": "unused:1", "test.mock.num.brokers": 1, "log_level": 0})
servers = next(iter(producer.list_topics(timeout=10).brokers.values()))
address = f"{servers.host}:{servers.port}"
headers = [("correlation-id", b"42")]
delivered = []


def told(error, message):
    delivered.append((error, message.headers()))


message = {"value": b"by batch", "headers": headers}
queued = producer.produce_batch("orders", [message], on_delivery=told)
producer.produce("orders", b"one by one", headers=headers, on_delivery=told)
producer.flush(10)
consumer = Consumer({"bootstrap.servers": address, "group.id": "finding", "log_level": 0})
partitions = consumer.list_topics("orders", timeout=10).topics["orders"].partitions
consumer.assign([TopicPartition("orders", number, 0) for number in partitions])
seen = {}
until = time.monotonic() + 30
while len(seen) < 2 and time.monotonic() < until:
    record = consumer.poll(0.2)
    if record is not None and not record.error():
        seen[record.value().decode()] = record.headers()
consumer.close()
try:
    producer.produce_batch("orders", [{"value": b"dated", "timestamp": 1_796_032_800_000}])
    refused = "taken"
except NotImplementedError as problem:
    refused = f"{problem}"
print(f"queued {queued}, _error: {message.get('_error')}, delivery errors: {[error for error, _ in delivered]}")
print(f"arrived: {seen}")
print(f"with a timestamp: {refused}")
assert queued == 1
assert "_error" not in message
assert all(error is None for error, _ in delivered)
assert seen == {"by batch": None, "one by one": headers}, seen
assert "not currently supported" in refused
PYTHON
"$work/venv/bin/python" "$work/batch.py"
