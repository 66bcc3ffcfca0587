#!/usr/bin/env bash
# fastavro 1.13.1: it writes values of another type than the schema's, also with strict=True.
# One expects: 1.9 for a long, a text for a list of texts and 2147483648 for an int are refused, by strict=True at least;
#   avro 1.12.2 refuses them all.
# What happens: 1.9 and Decimal("19.99") are written as 1 and 19, "web" as the list w, e, b, a dict as the list of its
#   names, and 2147483648 as an int of 33 bits, which no other language reads. The same behind ["null", ...] is refused:
#   so a mistake shows where the field is nullable, and not where it isn't.
# Why it hurts: what a test publishes isn't what it was told to, and no line says so: the service is blamed for a sum of 19.
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

import avro.errors
import avro.io
import avro.schema
import fastavro

TEXTS = {"type": "array", "items": "string"}


def written(kind, value):
    schema = {"type": "record", "name": "Order", "fields": [{"name": "field", "type": kind}]}
    stream = io.BytesIO()
    try:
        fastavro.schemaless_writer(stream, fastavro.parse_schema(schema), {"field": value}, strict=True)
    except ValueError:
        return "refused"
    stream.seek(0)
    return fastavro.schemaless_reader(stream, fastavro.parse_schema(schema), None)["field"]


def is_refused_by_avro(kind, value):
    try:
        avro.io.DatumWriter(avro.schema.parse(json.dumps(kind))).write(value, avro.io.BinaryEncoder(io.BytesIO()))
    except avro.errors.AvroTypeException:
        return True
    return False


for kind, value, read in (
    ("long", 1.9, 1),
    ("long", Decimal("19.99"), 19),
    (TEXTS, "web", ["w", "e", "b"]),
    (TEXTS, {"web": 1, "shop": 2}, ["web", "shop"]),
    ("int", 2**31, 2**31),
):
    plain, nullable = written(kind, value), written(["null", kind], value)
    print(f"{value!r} by {json.dumps(kind)} is {plain!r}, nullable it is {nullable!r}")
    assert plain == read and type(plain) is type(read), plain
    assert nullable == "refused", nullable
    assert not fastavro.validation.validate(value, kind, raise_errors=False)
    assert is_refused_by_avro(kind, value)
PYTHON
