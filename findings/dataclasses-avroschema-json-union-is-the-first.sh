#!/usr/bin/env bash
# Versions: dataclasses-avroschema 0.71.1, with the fastavro 1.13.1 it reads by.
# One expects: a member of Union[Placed, Cancelled] is read back as what was written: Avro writes
#   which branch it is, and "avro-json" writes it as a word.
# What happens: from bytes it is Cancelled again. From "avro-json" deserialize() drops the word and takes
#   the first class that the members fit: the Cancelled of an order is read as Placed, its reason
#   is lost, and its amount is the default 0.
# A tester is hurt: a test that reads its events as JSON passes for Placed on a cancellation, and one that
#   looks for the Cancelled never sees it.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  dataclasses-avroschema==0.71.1 fastavro==1.13.1
"$work/venv/bin/python" - <<'PY'
import io
import json
import sys
from dataclasses import dataclass
from typing import Union

import fastavro
from dataclasses_avroschema import AvroModel


@dataclass
class Placed(AvroModel):
    order: str
    amount: int = 0


@dataclass
class Cancelled(AvroModel):
    order: str
    reason: str = ""


@dataclass
class Event(AvroModel):
    fact: Union[Placed, Cancelled]


written = Event(Cancelled("O-1", "late")).serialize()
text = Event(Cancelled("O-1", "late")).serialize(serialization_type="avro-json")
schema = fastavro.parse_schema(json.loads(Event.avro_schema()))
branch, _ = fastavro.schemaless_reader(io.BytesIO(written), schema, None, return_record_name=True)["fact"]
print("written as bytes:", written, "in which fastavro finds a", branch)
print("written as JSON:", text.decode())
seen = [Event.deserialize(written).fact, Event.deserialize(text, serialization_type="avro-json").fact]
print("read back:", *seen)
if branch != "Cancelled" or "Cancelled" not in text.decode():
    sys.exit("the branch is not written")
if seen != [Cancelled("O-1", "late"), Placed("O-1")]:
    sys.exit("the behaviour has changed")
PY
