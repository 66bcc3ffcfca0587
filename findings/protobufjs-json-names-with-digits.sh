#!/usr/bin/env bash
# Versions: protobufjs 8.8.1; protobuf 7.36.2 (Python) for the names of the specification.
# One expects: protobufjs gives a field the JSON name that protoc gives it, so that JSON
#   written by a service in Java, Go or Python can be read: address_line_1 -> addressLine1.
# What happens: before a digit the underscore stays: addressLine_1. fromObject() passes over
#   addressLine1 as unknown, verify() finds nothing wrong, and the field is empty.
# A tester is hurt: a test in JavaScript sends the JSON of the documentation and the event
#   lacks that field alone; read back, the field has a name that no schema shows.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check protobuf==7.36.2
npm install --silent --no-audit --no-fund --no-save --prefix "$work" protobufjs@8.8.1
"$work/venv/bin/python" - >python.txt <<'PY'
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

file = descriptor_pb2.FileDescriptorProto(name="a.proto", syntax="proto3")
message = file.message_type.add(name="Address")
for number, name in enumerate(("address_line_1", "iso_3166_code", "city_name"), 1):
    message.field.add(name=name, number=number, type=9, label=1)
pool = descriptor_pool.DescriptorPool()
pool.Add(file)
address = message_factory.GetMessageClass(pool.FindMessageTypeByName("Address"))
written = address(address_line_1="1 High Street", iso_3166_code="GB", city_name="York")
print(json_format.MessageToJson(written, indent=None))
PY
cat >read.cjs <<'JS'
const assert = require('node:assert');
const fs = require('node:fs');
const protobuf = require('protobufjs');

const { root } = protobuf.parse(`
  syntax = "proto3";
  message Address {
    string address_line_1 = 1;
    string iso_3166_code = 2;
    string city_name = 3;
  }`);
const Address = root.lookupType('Address');
const json = JSON.parse(fs.readFileSync('python.txt', 'utf8'));
console.log('Python writes', json);
console.log('protobufjs names the fields', Object.keys(Address.fields));
const fault = Address.verify(json);
const read = Address.toObject(Address.decode(Address.encode(Address.fromObject(json)).finish()));
console.log('its verify() says', fault, 'and what it read is', read);
assert.deepStrictEqual(json, { addressLine1: '1 High Street', iso3166Code: 'GB', cityName: 'York' });
assert.deepStrictEqual(Object.keys(Address.fields), ['addressLine_1', 'iso_3166Code', 'cityName']);
assert.strictEqual(fault, null);
assert.deepStrictEqual(read, { cityName: 'York' });
JS
node read.cjs
