#!/usr/bin/env bash
# Versions: @asyncapi/parser 3.6.6 with @asyncapi/avro-schema-parser 3.1.0.
# One expects: an Avro payload is converted to JSON Schema whatever 1.x its schemaFormat
#   names, or the document gets a diagnostic: the parser for Avro is registered.
# What happens: 1.9.0 is converted; 1.11.0, 1.12.0 and a schemaFormat without a version are left
#   as they are, without a diagnostic: payload() is the Avro record.
# A tester is hurt: whoever reads payload() as JSON Schema finds no properties: no field is checked,
#   documented or made up for a test, and the document is said to be valid.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix "$work" \
  @asyncapi/parser@3.6.6 @asyncapi/avro-schema-parser@3.1.0
cat >parse.cjs <<'JS'
const assert = require('node:assert');
const { Parser } = require('@asyncapi/parser');
const { AvroSchemaParser } = require('@asyncapi/avro-schema-parser');

const record = { type: 'record', name: 'Order', fields: [{ name: 'id', type: 'long' }] };

async function main() {
  const parser = new Parser();
  parser.registerSchemaParser(AvroSchemaParser());
  const seen = {};
  for (const version of [';version=1.9.0', ';version=1.11.0', ';version=1.12.0', '']) {
    const schemaFormat = `application/vnd.apache.avro${version}`;
    const { document, diagnostics } = await parser.parse(
      JSON.stringify({
        asyncapi: '3.0.0',
        info: { title: 'Orders', version: '1' },
        channels: {
          orders: {
            address: 'orders',
            messages: { order: { payload: { schemaFormat, schema: record } } },
          },
        },
      }),
    );
    const payload = document.channels().get('orders').messages().get('order').payload().json();
    const schema = payload.schema ?? payload;
    const about = diagnostics.filter(({ message }) => /avro|schemaFormat/i.test(message)).length;
    const properties = Object.keys(schema.properties ?? {}).length;
    console.log(`${schemaFormat}: type ${schema.type}, properties ${properties}, diagnostics ${about}`);
    seen[version] = [schema.type, properties, about];
  }
  assert.deepStrictEqual(seen, {
    ';version=1.9.0': ['object', 1, 0],
    ';version=1.11.0': ['record', 0, 0],
    ';version=1.12.0': ['record', 0, 0],
    '': ['record', 0, 0],
  });
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
JS
node parse.cjs
