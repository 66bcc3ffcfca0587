#!/usr/bin/env bash
# Versions: pydantic-avro 0.13.0; fastavro 1.13.1 as the judge.
# One expects: avro_schema() of a model is a valid Avro schema: the default of a date field is a
#   number of days, the type that the field has in the schema.
# What happens: the type is int with logicalType date, the default the text "2026-11-30". Without a default
#   the same field is fine. fastavro refuses the schema: the default must match the type int.
# A tester is hurt: the model works in Python, its schema is written into a file or a document, and
#   the first to parse it strictly stops there.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pydantic-avro==0.13.0 fastavro==1.13.1
"$work/venv/bin/python" - <<'PY'
import datetime
import sys

import fastavro
from pydantic_avro import AvroBase


class Plain(AvroBase):
    due: datetime.date


class WithDefault(AvroBase):
    due: datetime.date = datetime.date(2026, 11, 30)


def judged(schema):
    try:
        fastavro.parse_schema(schema)
        return "valid"
    except fastavro.schema.SchemaParseException as refusal:
        print(refusal)
        return "refused"


seen = []
for model in (Plain, WithDefault):
    (field,) = model.avro_schema()["fields"]
    verdict = judged(model.avro_schema())
    print(model.__name__, field, verdict)
    seen.append((field["type"]["type"], field.get("default"), verdict))
if seen != [("int", None, "valid"), ("int", "2026-11-30", "refused")]:
    sys.exit("the behaviour has changed")
PY
