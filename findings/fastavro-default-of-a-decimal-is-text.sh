#!/usr/bin/env bash
# Versions: fastavro 1.13.1, as it is and under confluent-kafka 2.16.1's AvroDeserializer.
# One expects: a field that the writer did not know comes with the reader's default, in
#   the type that the field has otherwise: Decimal("0.05"), a datetime.
# What happens: the default is handed on as it stands in the schema's JSON: the text
#   "\x05" for a decimal of bytes, the int 0 for a timestamp-millis.
# A tester is hurt: after an allowed evolution of the schema, old events give another
#   type than new ones; sums and comparisons fail, or compare text with numbers.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  "confluent-kafka[avro,schemaregistry]==2.16.1" fastavro==1.13.1
"$work/venv/bin/python" - <<'PY'
import io
import json
import sys

import fastavro
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

FEE = {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}
MADE = {"type": "long", "logicalType": "timestamp-millis"}
WRITER = {"type": "record", "name": "Order", "fields": [{"name": "id", "type": "int"}]}
READER = {
    "type": "record",
    "name": "Order",
    "fields": [
        {"name": "id", "type": "int"},
        {"name": "fee", "type": FEE, "default": "\x05"},
        {"name": "made", "type": MADE, "default": 0},
    ],
}
written = io.BytesIO()
fastavro.schemaless_writer(written, fastavro.parse_schema(WRITER), {"id": 1})
written.seek(0)
plain = fastavro.schemaless_reader(
    written, fastavro.parse_schema(WRITER), fastavro.parse_schema(READER)
)
print("fastavro:", plain)

registry = SchemaRegistryClient.new_client({"url": "mock://here"})
context = SerializationContext("orders", MessageField.VALUE, [])
framed = AvroSerializer(registry, json.dumps(WRITER))({"id": 1}, context)
deserialized = AvroDeserializer(registry, json.dumps(READER))(framed, context)
print("AvroDeserializer:", deserialized)
if not plain == deserialized == {"id": 1, "fee": "\x05", "made": 0}:
    sys.exit("the behaviour has changed")
PY
