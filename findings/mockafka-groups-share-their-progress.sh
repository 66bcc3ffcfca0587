#!/usr/bin/env bash
# Versions: mockafka-py 0.2.3, the stand-in for confluent-kafka in unit tests.
# One expects: each consumer group has offsets of its own, as in Kafka: what group
#   billing has committed is still to be read by group shipping.
# What happens: a commit of one group moves the topic for all: a consumer of another
#   group reads nothing. Nor does a message have an offset: it is None.
# A tester is hurt: a test with two services on one topic sees the second get no event
#   and blames it, or takes for granted that it does not handle an event twice.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check mockafka-py==0.2.3
"$work/venv/bin/python" - <<'PY'
import sys

from mockafka import FakeAdminClientImpl, FakeConsumer, FakeProducer
from mockafka.admin_client import NewTopic

FakeAdminClientImpl().create_topics([NewTopic(topic="orders", num_partitions=1)])
producer = FakeProducer()
for number in range(3):
    producer.produce(topic="orders", key="1", value=f"event {number}", partition=0)


def read(group, commit):
    consumer = FakeConsumer({"group.id": group, "auto.offset.reset": "earliest"})
    consumer.subscribe(["orders"])
    messages = [consumer.poll(0.1) for _ in range(4)]
    got = [(message.value(), message.offset()) for message in messages if message is not None]
    if commit:
        consumer.commit()
    consumer.close()
    return got


billing = read("billing", commit=True)
shipping = read("shipping", commit=False)
print("billing, which commits, reads", billing)
print("shipping, after it, reads", shipping)
if billing != [(b"event 0", None), (b"event 1", None), (b"event 2", None)] or shipping:
    sys.exit("the behaviour has changed")
PY
