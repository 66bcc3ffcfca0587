#!/usr/bin/env bash
# Versions: avro 1.12.2 (Apache's own Python package); fastavro 1.13.1 beside it.
# One expects: Decimal("1.5") written by a schema of scale 2 is 1.50, or is refused.
# What happens: avro writes the digits 15 as they are, so the event holds 0.15,
#   and 20 becomes 0.20. Nothing is raised. fastavro writes 1.50 and 20.00.
# A tester is hurt: an amount typed without its trailing zeros is published ten or
#   a hundred times too small, and the service under test is blamed for it.
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
from decimal import Decimal

import avro.io
import avro.schema
import fastavro

AMOUNT = {"type": "bytes", "logicalType": "decimal", "precision": 8, "scale": 2}


def by_avro(amount):
    schema = avro.schema.parse(json.dumps(AMOUNT))
    written = io.BytesIO()
    avro.io.DatumWriter(schema).write(amount, avro.io.BinaryEncoder(written))
    return written.getvalue()


def by_fastavro(amount):
    written = io.BytesIO()
    fastavro.schemaless_writer(written, fastavro.parse_schema(AMOUNT), amount)
    return written.getvalue()


def read(data):
    return fastavro.schemaless_reader(io.BytesIO(data), fastavro.parse_schema(AMOUNT), None)


seen = [
    (text, str(read(by_avro(Decimal(text)))), str(read(by_fastavro(Decimal(text)))))
    for text in ("1.50", "1.5", "20")
]
for text, apache, fast in seen:
    print(f"Decimal({text!r}): avro writes {apache}, fastavro writes {fast}")
if seen != [("1.50", "1.50", "1.50"), ("1.5", "0.15", "1.50"), ("20", "0.20", "20.00")]:
    sys.exit("the behaviour has changed")
PY
