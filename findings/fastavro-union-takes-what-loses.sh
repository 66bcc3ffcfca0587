#!/usr/bin/env bash
# Versions: fastavro 1.13.1; avro 1.12.2 (Apache's Python package) beside it.
# One expects: in a union each value goes to the branch of its own type: an int to
#   long, a datetime to timestamp-millis.
# What happens: fastavro takes the first branch that can hold the value somehow: by
#   ["null", "double", "long"] the int 9007199254740993 is written as the double
#   9007199254740992.0; by [date, timestamp-millis] 10:00 of the day is dropped.
# A tester is hurt: the id or time published is not the one that the test compares
#   with later, without an error; Apache's package writes both as they are.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check avro==1.12.2 fastavro==1.13.1
"$work/venv/bin/python" - <<'PY'
import io
import json
import sys
from datetime import datetime, timezone

import avro.io
import avro.schema
import fastavro

NUMBER = ["null", "double", "long"]
MOMENT = [
    {"type": "int", "logicalType": "date"},
    {"type": "long", "logicalType": "timestamp-millis"},
]


def by_avro(schema, value):
    written = io.BytesIO()
    parsed = avro.schema.parse(json.dumps(schema))
    avro.io.DatumWriter(parsed).write(value, avro.io.BinaryEncoder(written))
    return written.getvalue()


def by_fastavro(schema, value):
    written = io.BytesIO()
    fastavro.schemaless_writer(written, fastavro.parse_schema(schema), value)
    return written.getvalue()


def read(schema, data):
    return str(fastavro.schemaless_reader(io.BytesIO(data), fastavro.parse_schema(schema), None))


seen = []
for schema, value in (
    (NUMBER, 9007199254740993),
    (MOMENT, datetime(2026, 11, 30, 10, 0, tzinfo=timezone.utc)),
):
    fast = read(schema, by_fastavro(schema, value))
    apache = read(schema, by_avro(schema, value))
    print(f"{value}: fastavro writes {fast}, avro writes {apache}")
    seen.append((fast, apache))
if seen != [
    ("9007199254740992.0", "9007199254740993"),
    ("2026-11-30", "2026-11-30 10:00:00+00:00"),
]:
    sys.exit("the behaviour has changed")
PY
