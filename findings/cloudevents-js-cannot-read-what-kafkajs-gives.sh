#!/usr/bin/env bash
# Versions: cloudevents 10.0.0 (JavaScript) with kafkajs 2.2.4, against the embedded broker of
#   confluent-kafka 2.16.1.
# One expects: what the SDK's Kafka binding makes can be sent with KafkaJS, and the message that
#   KafkaJS hands out can be given to Kafka.toEvent().
# What happens: neither. The binding makes headers without a value and an object as value, which
#   KafkaJS refuses; KafkaJS gives headers as buffers, and toEvent() fails with
#   "startsWith is not a function". A structured event without the optional `time`: "Invalid time value".
# A tester is hurt: mocks of plain objects pass, the first real event fails; and whoever catches the
#   error as "no CloudEvent" passes over valid events.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check confluent-kafka==2.16.1
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix "$work" cloudevents@10.0.0 kafkajs@2.2.4
cat >both.cjs <<'JS'
const assert = require('node:assert');
const { CloudEvent, Kafka: Binding } = require('cloudevents');
const { Kafka, logLevel, Partitioners } = require('kafkajs');

function outcome(act) {
  try {
    act();
    return 'read';
  } catch (error) {
    return error.message;
  }
}

async function main() {
  const kafka = new Kafka({ brokers: [process.argv[2]], logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const event = new CloudEvent({ id: '1', type: 'order.paid', source: '/orders', data: { id: 1 } });
  const made = Binding.binary(event);
  const sent = await producer.send({ topic: 'orders', messages: [made] }).then(
    () => 'sent',
    (error) => error.constructor.name,
  );
  const headers = Object.fromEntries(
    Object.entries(made.headers).filter(([, value]) => value !== undefined),
  );
  headers['content-type'] = 'application/json';
  await producer.send({
    topic: 'orders',
    messages: [{ headers, value: JSON.stringify(made.value), partition: 0 }],
  });
  await producer.disconnect();

  const consumer = kafka.consumer({ groupId: 'reader' });
  await consumer.connect();
  await consumer.subscribe({ topic: 'orders', fromBeginning: true });
  const message = await new Promise((resolve) => {
    consumer.run({ eachMessage: async ({ message }) => resolve(message) });
  });
  await consumer.disconnect();

  const timeless = {
    headers: { 'content-type': 'application/cloudevents+json' },
    value: '{"specversion":"1.0","id":"2","type":"order.paid","source":"/orders","data":{"id":2}}',
  };
  const read = outcome(() => Binding.toEvent(message));
  const readTimeless = outcome(() => Binding.toEvent(timeless));
  console.log('sending what Kafka.binary() made:', sent);
  console.log('reading what KafkaJS gave:', read);
  console.log('reading a structured event without time:', readTimeless);
  assert.strictEqual(sent, 'TypeError');
  assert.match(read, /startsWith is not a function/);
  assert.match(readTimeless, /Invalid time value/);
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
broker = Producer({"test.mock.num.brokers": 1}, logger=quiet)
first = next(iter(broker.list_topics(timeout=10).brokers.values()))
command = ["node", "both.cjs", f"{first.host}:{first.port}"]
sys.exit(subprocess.run(command, timeout=90).returncode)
PY
"$work/venv/bin/python" run.py
