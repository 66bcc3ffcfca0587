#!/usr/bin/env bash
# avro 1.12.2 (bytes and fixed) and fastavro 1.13.1 (fixed alone): a decimal of minus zero is written as minus two units.
# One expects: Decimal("-0.00"), which is equal to zero, is written as zero, or refused.
# What happens: it is written as -2, so it reads as -0.02. fastavro's bytes are right, every other number is, too.
# Why it hurts: minus zero is what Python makes of -0.001 when it rounds to cents, and of a zero price times -1. The sum is
#   two cents off, for such rows alone, in the event and not in the producer; "total >= 0" fails for a price of nothing.
# Seen 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check avro==1.12.2 fastavro==1.13.1
"$folder/venv/bin/python" - <<'PYTHON'
import io
import json
from decimal import Decimal

import avro.io
import avro.schema
import fastavro

DECIMAL = {"logicalType": "decimal", "precision": 6, "scale": 2}
BYTES = {"type": "bytes", **DECIMAL}
FIXED = {"type": "fixed", "name": "amount", "size": 4, **DECIMAL}


def by_avro(schema, value):
    parsed, stream = avro.schema.parse(json.dumps(schema)), io.BytesIO()
    avro.io.DatumWriter(parsed).write(value, avro.io.BinaryEncoder(stream))
    return stream.getvalue(), avro.io.DatumReader(parsed).read(avro.io.BinaryDecoder(io.BytesIO(stream.getvalue())))


def by_fastavro(schema, value):
    parsed, stream = fastavro.parse_schema(schema), io.BytesIO()
    fastavro.schemaless_writer(stream, parsed, value)
    return stream.getvalue(), fastavro.schemaless_reader(io.BytesIO(stream.getvalue()), parsed, None)


seen = {}
for refund in (Decimal("-0.001").quantize(Decimal("0.01")), Decimal("0.00") * -1):
    assert refund == 0 and str(refund) == "-0.00"
    for library in (by_avro, by_fastavro):
        for schema in (BYTES, FIXED):
            written, read = library(schema, refund)
            print(f"{library.__name__}, {schema['type']}: {refund} is written as {written!r} and reads {read}")
            seen[library.__name__, schema["type"]] = read
assert by_avro(BYTES, Decimal("-0.01"))[1] == by_fastavro(FIXED, Decimal("-0.01"))[1] == Decimal("-0.01")
assert seen == {
    ("by_avro", "bytes"): Decimal("-0.02"),
    ("by_avro", "fixed"): Decimal("-0.02"),
    ("by_fastavro", "bytes"): 0,
    ("by_fastavro", "fixed"): Decimal("-0.02"),
}, seen
PYTHON
