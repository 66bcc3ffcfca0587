#!/usr/bin/env bash
# Versions: dataclasses-avroschema 0.71.1; jsonschema-rs 0.61.2 as the judge of date-time.
# One expects: to_json() of an event tells the time that serialize() writes.
# What happens: serialize() writes the milliseconds, to_json() cuts them: 10:00:00.123 is 10:00:00+0000.
#   The zone has no colon, so the text is no date-time of RFC 3339 either. to_dict() keeps all.
# A tester is hurt: the expected event made with to_json() differs from the one in the topic, but not when
#   the time happens to be a whole second; and a check of "format": "date-time" refuses it.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  dataclasses-avroschema==0.71.1 fastavro==1.13.1 jsonschema-rs==0.61.2
"$work/venv/bin/python" - <<'PY'
import json
import sys
from dataclasses import dataclass
from datetime import datetime, timezone

import jsonschema_rs
from dataclasses_avroschema import AvroModel


@dataclass
class Paid(AvroModel):
    at: datetime


moment = datetime(2026, 11, 30, 10, 0, 0, 123000, tzinfo=timezone.utc)
paid = Paid(moment)
in_bytes, in_dict = Paid.deserialize(paid.serialize()).at, paid.to_dict()["at"]
in_json = json.loads(paid.to_json())["at"]
judge = jsonschema_rs.Draft7Validator({"type": "string", "format": "date-time"}, validate_formats=True)
print("from bytes:", in_bytes.isoformat(), "from to_dict():", in_dict.isoformat())
print("from to_json():", in_json, "which is a date-time:", judge.is_valid(in_json))
if not (in_bytes == in_dict == moment) or not judge.is_valid(moment.isoformat()):
    sys.exit("the behaviour has changed")
if in_json != "2026-11-30T10:00:00+0000" or judge.is_valid(in_json):
    sys.exit("the behaviour has changed")
PY
