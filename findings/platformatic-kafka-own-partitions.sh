#!/usr/bin/env bash
# Versions: @platformatic/kafka 2.12.1; kafka-python 3.0.12 for Java's partition of a key.
# One expects: a modern client for Node places a key by murmur2 in the partition that the Java
#   client takes, as KafkaJS does.
# What happens: the hash is taken as an unsigned number where Java drops the sign bit: with 12
#   partitions about half of the keys go elsewhere, with 4 or 8 none does.
#   `compatibilityPartitioner` agrees with Java.
# A tester is hurt: on the test system with 4 partitions all is well; with 12, events of one key,
#   written by a service and by the test, lie in two partitions and are read in any order.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check kafka-python==3.0.12
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix "$work" @platformatic/kafka@2.12.1
"$work/venv/bin/python" - >java.json <<'PY'
import json

from kafka.partitioner.default import murmur2

keys = [f"order-{number}" for number in range(60)]
print(json.dumps({key: murmur2(key.encode()) & 0x7FFFFFFF for key in keys}))
PY
cat >compare.mjs <<'JS'
import assert from 'node:assert';
import fs from 'node:fs';
import { compatibilityPartitioner, defaultPartitioner } from '@platformatic/kafka';

const java = JSON.parse(fs.readFileSync('java.json', 'utf8'));
const elsewhere = (partitioner, partitions) =>
  Object.keys(java).filter(
    (key) => partitioner({}, Buffer.from(key)) % partitions !== java[key] % partitions,
  ).length;
const counts = [4, 8, 6, 12];
const seen = counts.map((count) => elsewhere(defaultPartitioner, count));
const compatible = counts.map((count) => elsewhere(compatibilityPartitioner, count));
console.log('of 60 keys elsewhere than with Java, by number of partitions:');
counts.forEach((count, at) => console.log(`  ${count}: default ${seen[at]}, compatible ${compatible[at]}`));
assert.deepStrictEqual(compatible, [0, 0, 0, 0]);
assert.deepStrictEqual(seen.slice(0, 2), [0, 0]);
assert.ok(seen[2] > 10 && seen[3] > 10);
JS
node compare.mjs
