#!/usr/bin/env bash
# Versions: avro 1.12.2 (Apache's own Python package); fastavro 1.13.1 beside it.
# One expects: what avro.compatibility calls compatible, avro's own DatumReader reads.
# What happens: by the specification's rules the checker says compatible for a field renamed with an
#   alias, for bytes read as a string, and for a new symbol where the reader's enum has a default;
#   DatumReader refuses all three with SchemaResolutionException. fastavro reads them.
# A tester is hurt: the compatibility test of the schemas is green, and the consumer, by the same
#   package, stops at the first event of the new producer.
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

import avro.errors
import avro.io
import avro.schema
import fastavro
from avro.compatibility import ReaderWriterCompatibilityChecker


def order(**field):
    return {"type": "record", "name": "Order", "fields": [field]}


def status(*symbols, **more):
    return {"type": "enum", "name": "Status", "symbols": list(symbols), **more}


CHANGES = {
    "a field renamed with an alias": (
        order(name="sku", type="string"),
        order(name="article", type="string", aliases=["sku"]),
        {"sku": "A-1"},
    ),
    "bytes read as a string": ("bytes", "string", b"A-1"),
    "a new symbol, and a default": (
        status("NEW", "PAID", "SENT"),
        status("NEW", "PAID", default="NEW"),
        "SENT",
    ),
}
seen = []
for change, (writer, reader, value) in CHANGES.items():
    written = io.BytesIO()
    fastavro.schemaless_writer(written, fastavro.parse_schema(writer), value)
    data = written.getvalue()
    wrote, reads = (avro.schema.parse(json.dumps(schema)) for schema in (writer, reader))
    verdict = ReaderWriterCompatibilityChecker().get_compatibility(reads, wrote).compatibility.value
    try:
        apache = avro.io.DatumReader(wrote, reads).read(avro.io.BinaryDecoder(io.BytesIO(data)))
    except avro.errors.SchemaResolutionException:
        apache = "refused"
    fast = fastavro.schemaless_reader(io.BytesIO(data), writer, reader)
    print(f"{change}: {verdict}; avro reads: {apache}; fastavro reads: {fast}")
    seen.append((verdict, apache, fast))
if seen != [
    ("compatible", "refused", {"article": "A-1"}),
    ("compatible", "refused", "A-1"),
    ("compatible", "refused", "NEW"),
]:
    sys.exit("the behaviour has changed")
PY
