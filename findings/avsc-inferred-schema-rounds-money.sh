#!/usr/bin/env bash
# Versions: avsc 5.7.9 (Node).
# One expects: the type that avsc infers from a value (Type.forValue) carries that value: a number of
#   JavaScript is a double.
# What happens: a number with a fraction is inferred as float, of single precision: 19.99 written by
#   the inferred type and read again is 19.989999771118164.
# A tester is hurt: a test that derives its schema from a sample event publishes amounts that are not
#   the sample's, and only those with a fraction, so that a first try with 20 passes.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix "$work" avsc@5.7.9
cat >infer.cjs <<'JS'
const assert = require('node:assert');
const avsc = require('avsc');

const sample = { id: 1, total: 19.99, net: 20.5 };
const type = avsc.Type.forValue(sample);
const read = type.fromBuffer(type.toBuffer(sample));
console.log('inferred', JSON.stringify(type.schema()));
console.log('written ', JSON.stringify(sample));
console.log('read    ', JSON.stringify(read));
assert.strictEqual(type.field('total').type.typeName, 'float');
assert.strictEqual(read.total, 19.989999771118164);
assert.strictEqual(read.net, 20.5);
JS
node infer.cjs
