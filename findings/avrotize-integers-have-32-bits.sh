#!/usr/bin/env bash
# Versions: avrotize 3.9.3, fastavro 1.13.1.
# One expects: the Avro schema made of a JSON Schema by `avrotize j2a` takes every event that the JSON
#   Schema takes, so "integer" becomes long and "number" double.
# What happens: "integer" becomes int and "number" float, without a word. The id 3000000000 is not
#   valid by the schema made, and 19.99 is read as 19.989999771118164.
# A tester is hurt: with the small numbers of a test's data all is well; real ids stop the producer, and
#   every amount in the topic is off by a little.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check avrotize==3.9.3 fastavro==1.13.1
cat >order.json <<'JSON'
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Order",
  "type": "object",
  "properties": {"id": {"type": "integer"}, "amount": {"type": "number"}},
  "required": ["id", "amount"]
}
JSON
"$work/venv/bin/avrotize" j2a order.json --out order.avsc >/dev/null
"$work/venv/bin/python" - <<'PY'
import io
import json
import sys

import fastavro

with open("order.avsc") as schema_file:
    made = json.load(schema_file)
schema = fastavro.parse_schema(made)
types = {field["name"]: field["type"] for field in made["fields"]}
print("the schema made:", types)


def read_back(event):
    written = io.BytesIO()
    fastavro.schemaless_writer(written, schema, event)
    return fastavro.schemaless_reader(io.BytesIO(written.getvalue()), schema, None)


amount = read_back({"id": 7, "amount": 19.99})["amount"]
print("19.99 is read as", amount)
valid = [fastavro.validate({"id": id, "amount": 1.0}, schema, raise_errors=False) for id in (7, 3000000000)]
print("valid with the id 7 and 3000000000:", *valid)
if (types, amount, valid) != ({"id": "int", "amount": "float"}, 19.989999771118164, [True, False]):
    sys.exit("the behaviour has changed")
PY
