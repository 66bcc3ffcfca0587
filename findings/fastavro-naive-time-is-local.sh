#!/usr/bin/env bash
# Versions: fastavro 1.13.1; avro 1.12.2 (Apache's Python package) beside it.
# One expects: a datetime without a zone, written as timestamp-millis, is UTC or is
#   refused: the same bytes on every machine.
# What happens: fastavro reads it as local time of the machine: 10:00 is 10:00Z on a
#   build server in UTC and 15:00Z on a desk in New York. avro refuses it.
# A tester is hurt: the same test publishes other events at the desk than in the
#   build; what passes there fails here, by hours, and only by hours.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check avro==1.12.2 fastavro==1.13.1
cat >"$work/write.py" <<'PY'
import io
import json
import sys
from datetime import datetime

import avro.errors
import avro.io
import avro.schema
import fastavro

SCHEMA = {"type": "long", "logicalType": "timestamp-millis"}
moment = datetime(2026, 11, 30, 10, 0)
written = io.BytesIO()
if sys.argv[1] == "fastavro":
    fastavro.schemaless_writer(written, SCHEMA, moment)
    written.seek(0)
    print(fastavro.schemaless_reader(written, SCHEMA, None))
else:
    parsed = avro.schema.parse(json.dumps(SCHEMA))
    try:
        avro.io.DatumWriter(parsed).write(moment, avro.io.BinaryEncoder(written))
        print("written")
    except avro.errors.AvroTypeException:
        print("refused")
PY
failed=0
expect() {
  local seen
  seen=$(TZ=$2 "$work/venv/bin/python" "$work/write.py" "$1")
  echo "$1, TZ=$2, 10:00 without a zone: $seen"
  [ "$seen" = "$3" ] || failed=1
}
expect fastavro UTC0 "2026-11-30 10:00:00+00:00"
expect fastavro EST5EDT "2026-11-30 15:00:00+00:00"
expect avro EST5EDT refused
if [ "$failed" != 0 ]; then
  echo "the behaviour has changed" >&2
  exit 1
fi
