#!/usr/bin/env bash
# Versions: confluent-kafka 2.16.1, schema ids in headers, its own mock registry.
# One expects: what AvroSerializer wrote, AvroDeserializer of the same release reads.
# What happens: with the schema's id in the header there is no frame around the value,
#   yet the deserializer wants 6 bytes: a record of two bytes "was not produced
#   with a Confluent Schema Registry serializer". A larger record is read.
# A tester is hurt: a small event, such as a counter or a flag, is taken for a foreign
#   one, by its value: the same type passes as soon as a number in it grows.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  "confluent-kafka[avro,schemaregistry]==2.16.1" fastavro==1.13.1
"$work/venv/bin/python" - <<'PY'
import json
import sys

from confluent_kafka.schema_registry import (
    SchemaRegistryClient,
    dual_schema_id_deserializer,
    header_schema_id_serializer,
)
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext, SerializationError

SCHEMA = json.dumps(
    {
        "type": "record",
        "name": "Seen",
        "fields": [{"name": "id", "type": "long"}, {"name": "note", "type": "string"}],
    }
)
registry = SchemaRegistryClient.new_client({"url": "mock://here"})
write = AvroSerializer(
    registry, SCHEMA, conf={"schema.id.serializer": header_schema_id_serializer}
)
read = AvroDeserializer(
    registry, SCHEMA, conf={"schema.id.deserializer": dual_schema_id_deserializer}
)
seen = []
for event in ({"id": 1, "note": ""}, {"id": 1, "note": "four"}, {"id": 1, "note": "a note"}):
    context = SerializationContext("seen", MessageField.VALUE, [])
    data = write(event, context)
    try:
        result = read(data, context)
    except SerializationError as error:
        result = f"refused: {error}"
    print(f"{event}, {len(data)} bytes: {result}")
    seen.append((len(data), "refused" if isinstance(result, str) else result == event))
if seen != [(2, "refused"), (6, True), (8, True)]:
    sys.exit("the behaviour has changed")
PY
