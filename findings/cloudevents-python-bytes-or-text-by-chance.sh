#!/usr/bin/env bash
# Versions: cloudevents 2.2.0 (Python), its Kafka binding, binary mode; fastavro 1.13.1.
# One expects: data of the type application/avro comes back as the bytes that were put in.
# What happens: the type follows the value: bytes that happen to be UTF-8 come as str, the
#   others as bytes. Of one Avro type, the order 63 is text, the order 64 is bytes.
# A tester is hurt: a decoder behind the SDK works on most events of a test's data and fails
#   on others ("a bytes-like object is required"), or the other way round.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check cloudevents==2.2.0 fastavro==1.13.1
"$work/venv/bin/python" - <<'PY'
import io
import sys

import fastavro
from cloudevents.core.bindings.kafka import from_binary_event, to_binary_event
from cloudevents.core.v1.event import CloudEvent

ORDER = fastavro.parse_schema(
    {"type": "record", "name": "Order", "fields": [{"name": "id", "type": "long"}]}
)
seen = []
for number in (1, 63, 64, 100):
    written = io.BytesIO()
    fastavro.schemaless_writer(written, ORDER, {"id": number})
    event = CloudEvent(
        attributes={
            "specversion": "1.0",
            "id": str(number),
            "type": "order.made",
            "source": "/orders",
            "datacontenttype": "application/avro",
        },
        data=written.getvalue(),
    )
    data = from_binary_event(to_binary_event(event)).get_data()
    print(f"order {number}: {written.getvalue()} comes back as {data!r}")
    seen.append(type(data).__name__)
if seen != ["str", "str", "bytes", "bytes"]:
    sys.exit("the behaviour has changed")
PY
