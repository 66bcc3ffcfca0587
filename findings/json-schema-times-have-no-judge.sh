#!/usr/bin/env bash
# Versions: jsonschema 4.26.0 with its format checkers, fastjsonschema 2.22.3, jsonschema-rs 0.61.2
#   (Python); ajv 8.20.0 with ajv-formats 3.0.1 (Node).
# One expects: "format": "date-time" and "duration" mean RFC 3339 wherever formats are checked.
# What happens: ajv alone takes a blank for the T and "+01"; ajv and fastjsonschema take "+0100";
#   Python's jsonschema refuses the leap second of 2016, which the others take, and takes
#   PT1.5S, Java's text for 1.5 seconds, which the others refuse.
# A tester is hurt: the producer's check and the consumer's check of one schema disagree on one event,
#   and each is sure of the RFC.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  "jsonschema[format]==4.26.0" rfc3339-validator==0.1.4 isoduration==20.11.0 \
  fastjsonschema==2.22.3 jsonschema-rs==0.61.2
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix "$work" ajv@8.20.0 ajv-formats@3.0.1
cat >texts.json <<'JSON'
[
  ["date-time", "2026-11-30T10:00:00Z"],
  ["date-time", "2026-11-30 10:00:00Z"],
  ["date-time", "2026-11-30T10:00:00+01"],
  ["date-time", "2026-11-30T10:00:00+0100"],
  ["date-time", "2016-12-31T23:59:60Z"],
  ["duration", "PT1S"],
  ["duration", "PT1.5S"]
]
JSON
cat >ajv.cjs <<'JS'
const fs = require('fs');
const ajv = new (require('ajv').default)();
require('ajv-formats').default(ajv);
const texts = JSON.parse(fs.readFileSync('texts.json', 'utf8'));
console.log(JSON.stringify(texts.map(([format, text]) => ajv.validate({ type: 'string', format }, text))));
JS
node ajv.cjs >ajv.json
"$work/venv/bin/python" - <<'PY'
import json
import sys

import fastjsonschema
import jsonschema
import jsonschema_rs


def fast(schema, text):
    try:
        fastjsonschema.validate(schema, text)
        return True
    except fastjsonschema.JsonSchemaValueException:
        return False


EXPECTED = [
    (True, True, True, True),
    (False, False, False, True),
    (False, False, False, True),
    (False, False, True, True),
    (False, True, True, True),
    (True, True, True, True),
    (True, False, False, False),
]
checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
with open("texts.json") as texts_file, open("ajv.json") as ajv_file:
    texts, by_ajv = json.load(texts_file), json.load(ajv_file)
seen = []
print(f"{'':36}jsonschema  -rs    fast   ajv")
for (kind, text), in_ajv in zip(texts, by_ajv):
    schema = {"type": "string", "format": kind}
    python = jsonschema.Draft202012Validator(schema, format_checker=checker)
    rust = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    seen.append((python.is_valid(text), rust.is_valid(text), fast(schema, text), in_ajv))
    print(f"{kind:10}{text:26}", "".join(f"{one!s:7}" for one in seen[-1]))
if seen != EXPECTED:
    sys.exit("the behaviour has changed")
PY
