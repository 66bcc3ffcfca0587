#!/usr/bin/env bash
# Versions: jsonschema 4.26.0 (the judge in confluent-kafka's JSONSerializer), jsonschema-rs 0.61.2,
#   fastjsonschema 2.22.3 (Python); ajv 8.20.0 (Node).
# One expects: "multipleOf": 0.01 takes every price in whole cents, as the specification's arithmetic does.
# What happens: jsonschema and ajv divide as floats: 19.99 and 4.35 are refused, 29.99 and 1.10 taken.
#   jsonschema-rs and fastjsonschema take all four, and refuse 1.005 as they should.
# A tester is hurt: a valid event is refused for its price alone, so the same test passes with one
#   product and fails with another, and the validators of two services disagree.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  jsonschema==4.26.0 fastjsonschema==2.22.3 jsonschema-rs==0.61.2
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix "$work" ajv@8.20.0
cat >ajv.cjs <<'JS'
const ajv = new (require('ajv').default)();
const cents = ajv.compile({ type: 'number', multipleOf: 0.01 });
console.log(JSON.stringify([19.99, 4.35, 29.99, 1.1, 1.005].map((price) => cents(price))));
JS
node ajv.cjs >ajv.json
"$work/venv/bin/python" - <<'PY'
import json
import sys

import fastjsonschema
import jsonschema
import jsonschema_rs

CENTS = {"type": "number", "multipleOf": 0.01}
EXPECTED = {
    19.99: (False, False, True, True),
    4.35: (False, False, True, True),
    29.99: (True, True, True, True),
    1.1: (True, True, True, True),
    1.005: (False, False, False, False),
}


def fast(price):
    try:
        fastjsonschema.validate(CENTS, price)
        return True
    except fastjsonschema.JsonSchemaValueException:
        return False


with open("ajv.json") as ajv_file:
    by_ajv = json.load(ajv_file)
python, rust = jsonschema.Draft7Validator(CENTS), jsonschema_rs.Draft7Validator(CENTS)
seen = {}
print("price  jsonschema  ajv     -rs     fast")
for price, in_ajv in zip(EXPECTED, by_ajv):
    seen[price] = (python.is_valid(price), in_ajv, rust.is_valid(price), fast(price))
    print(f"{price:<7}", *(f"{one!s:8}" for one in seen[price]))
if seen != EXPECTED:
    sys.exit("the behaviour has changed")
PY
