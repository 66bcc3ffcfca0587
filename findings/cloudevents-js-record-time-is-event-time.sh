#!/usr/bin/env bash
# Versions: cloudevents 10.0.0 (JavaScript), its Kafka binding.
# One expects: the attribute `time` travels as the header ce_time, or in the JSON; the
#   record's own timestamp is left to the client, that is, to the moment of publishing.
# What happens: the binding also makes `time` the record's timestamp; structured mode cuts
#   its microseconds and its offset, binary mode leaves the text as it was.
# A tester is hurt: an event about last year is published with last year's timestamp: a search
#   from the test's start misses it, and the topic's retention may remove it at once. The
#   same event has another `time` by each mode.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix "$work" cloudevents@10.0.0
cat >time.cjs <<'JS'
const assert = require('node:assert');
const { CloudEvent, Kafka } = require('cloudevents');

const time = '2025-01-02T10:00:00.123456+01:00';
const event = new CloudEvent({ id: '1', type: 'order.paid', source: '/orders', time, data: { id: 1 } });
const binary = Kafka.binary(event);
const structured = Kafka.structured(event);
const record = (message) => new Date(Number(message.timestamp)).toISOString();
console.log('event time', time);
console.log('binary:     record', record(binary), 'ce_time', binary.headers.ce_time);
console.log('structured: record', record(structured), 'time', JSON.parse(structured.value).time);
assert.strictEqual(record(binary), '2025-01-02T09:00:00.123Z');
assert.strictEqual(record(structured), '2025-01-02T09:00:00.123Z');
assert.strictEqual(binary.headers.ce_time, time);
assert.strictEqual(JSON.parse(structured.value).time, '2025-01-02T09:00:00.123Z');
JS
node time.cjs
