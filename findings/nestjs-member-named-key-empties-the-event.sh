#!/usr/bin/env bash
# Versions: @nestjs/microservices 12.1.1 with kafkajs 2.2.4, against the embedded broker of
#   confluent-kafka 2.16.1.
# One expects: client.emit("settings", object) publishes the object as JSON.
# What happens: an object that has a member `key` is taken for a whole Kafka message, so
#   its other members are lost and a TOMBSTONE is published; with a member `value`, the
#   value is that member alone.
# A tester is hurt: the schema is right, the service publishes without an error, and on a
#   compacted topic the setting is deleted; only objects with such a name are hit.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check confluent-kafka==2.16.1
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix "$work" \
  @nestjs/common@12.5.1 @nestjs/core@12.5.1 @nestjs/microservices@12.1.1 kafkajs@2.2.4 \
  reflect-metadata@0.2.2 rxjs@7.8.2
cat >emit.mjs <<'JS'
import 'reflect-metadata';
import { ClientKafka } from '@nestjs/microservices';
import { logLevel } from 'kafkajs';
import { lastValueFrom } from 'rxjs';

process.env.KAFKAJS_NO_PARTITIONER_WARNING = '1';
const client = new ClientKafka({
  client: { brokers: [process.argv[2]], logLevel: logLevel.NOTHING },
  producerOnlyMode: true,
});
await client.connect();
for (const event of [
  { name: 'currency', text: 'EUR' },
  { key: 'currency', text: 'EUR' },
  { name: 'currency', value: 'EUR' },
]) {
  await lastValueFrom(client.emit('settings', event));
}
await client.close();
JS
cat >run.py <<'PY'
import logging
import subprocess
import sys
import time

from confluent_kafka import Consumer, Producer, TopicPartition

quiet = logging.getLogger("client")
quiet.addHandler(logging.NullHandler())
quiet.propagate = False
broker = Producer({"test.mock.num.brokers": 1}, logger=quiet)
first = next(iter(broker.list_topics(timeout=10).brokers.values()))
address = f"{first.host}:{first.port}"
subprocess.run(["node", "emit.mjs", address], check=True, timeout=60)

consumer = Consumer(
    {"bootstrap.servers": address, "group.id": "reader", "fetch.wait.max.ms": 10}, logger=quiet
)
partitions = consumer.list_topics("settings", timeout=10).topics["settings"].partitions
consumer.assign([TopicPartition("settings", number, 0) for number in partitions])
seen = set()
deadline = time.monotonic() + 20
while len(seen) < 3 and time.monotonic() < deadline:
    message = consumer.poll(0.1)
    if message is not None and not message.error():
        seen.add((message.key(), message.value()))
consumer.close()
for key, value in sorted(seen, key=repr):
    print(f"key {key}, value {value}")
if seen != {
    (None, b'{"name":"currency","text":"EUR"}'),
    (b"currency", None),
    (None, b"EUR"),
}:
    sys.exit("the behaviour has changed")
PY
"$work/venv/bin/python" run.py
