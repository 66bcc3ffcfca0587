#!/usr/bin/env bash
# Versions: kafkajs 2.2.4, against the embedded broker of confluent-kafka 2.16.1.
# One expects: a message that KafkaJS has read can be sent on as it is, headers and all: a retry
#   topic, a mirror, a replay.
# What happens: a header may be null; KafkaJS hands it out as null, and its own producer raises a
#   TypeError on a null header. The event is not sent.
# A tester is hurt: the service's retry path breaks on a valid event of a Java or Python producer, and
#   a test made with KafkaJS itself can never send the event that shows it.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check confluent-kafka==2.16.1
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix "$work" kafkajs@2.2.4
cat >forward.cjs <<'JS'
const assert = require('node:assert');
const { Kafka, logLevel, Partitioners } = require('kafkajs');

async function main() {
  const kafka = new Kafka({ brokers: [process.argv[2]], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId: 'retry' });
  await consumer.connect();
  await consumer.subscribe({ topic: 'orders', fromBeginning: true });
  const message = await new Promise((resolve) => {
    consumer.run({ eachMessage: async ({ message }) => resolve(message) });
  });
  await consumer.disconnect();
  console.log('read', message.headers, 'value', message.value.toString());

  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const { headers, key, value } = message;
  const outcome = await producer.send({ topic: 'retry', messages: [{ headers, key, value }] }).then(
    () => 'sent',
    (error) => `${error.constructor.name}: ${error.message}`,
  );
  await producer.disconnect();
  console.log('sent on:', outcome);
  assert.strictEqual(message.headers.tenant, null);
  assert.match(outcome, /^TypeError/);
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
JS
cat >run.py <<'PY'
import logging
import subprocess
import sys

from confluent_kafka import Producer

quiet = logging.getLogger("client")
quiet.addHandler(logging.NullHandler())
quiet.propagate = False
producer = Producer({"test.mock.num.brokers": 1}, logger=quiet)
first = next(iter(producer.list_topics(timeout=10).brokers.values()))
producer.produce("orders", key=b"1", value=b"made", headers=[("tenant", None)], partition=0)
producer.flush(10)
command = ["node", "forward.cjs", f"{first.host}:{first.port}"]
sys.exit(subprocess.run(command, timeout=90).returncode)
PY
"$work/venv/bin/python" run.py
