#!/usr/bin/env bash
# Versions: jsonschema 4.26.0, fastjsonschema 2.22.3, jsonschema-rs 0.61.2 (Python); ajv 8.20.0 (Node).
# One expects: the pattern ^[A-Z]{3}$ admits three letters and nothing else; the specification
#   asks for ECMA 262's meaning of $.
# What happens: jsonschema uses Python's own $, which also fits before a final line break: "EUR\n"
#   is valid. The other three refuse it.
# A tester is hurt: a producer that forgets to strip what it read from a file or a terminal passes
#   the contract check in Python, and the consumer with Ajv refuses each of its events.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  jsonschema==4.26.0 fastjsonschema==2.22.3 jsonschema-rs==0.61.2
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix "$work" ajv@8.20.0
cat >schema.json <<'JSON'
{"type": "object", "properties": {"currency": {"type": "string", "pattern": "^[A-Z]{3}$"}}}
JSON
printf '{"currency": "EUR\\n"}' >event.json
"$work/venv/bin/python" - >seen.txt <<'PY'
import json

import fastjsonschema
import jsonschema
import jsonschema_rs

with open("schema.json") as schema_file, open("event.json") as event_file:
    schema, event = json.load(schema_file), json.load(event_file)
print("jsonschema", str(jsonschema.Draft202012Validator(schema).is_valid(event)).lower())
print("jsonschema-rs", str(jsonschema_rs.Draft202012Validator(schema).is_valid(event)).lower())
try:
    fastjsonschema.validate(schema, event)
    print("fastjsonschema true")
except fastjsonschema.JsonSchemaValueException:
    print("fastjsonschema false")
PY
node -e '
const fs = require("fs");
const read = (name) => JSON.parse(fs.readFileSync(name, "utf8"));
const validate = new (require("ajv").default)().compile(read("schema.json"));
console.log("ajv", validate(read("event.json")));
' >>seen.txt
echo 'Are three letters and a line break valid?'
cat seen.txt
printf 'jsonschema true\njsonschema-rs false\nfastjsonschema false\najv false\n' | cmp - seen.txt
