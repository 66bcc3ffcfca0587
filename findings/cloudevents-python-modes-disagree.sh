#!/usr/bin/env bash
# Versions: cloudevents 2.2.0 (Python), its Kafka binding.
# One expects: binary and structured mode carry the same event: true is `true`, and a text
#   of the type application/json is JSON, that is, in quotes.
# What happens: in binary mode the boolean attribute is the header "True" (the specification's
#   form is "true"), and the text is written without quotes: `paid`, which is no JSON,
#   under a content-type that says so; structured mode writes true and "paid".
# A tester is hurt: a check that passes on one mode fails on the other, and a consumer in
#   another language stops at the JSON of an event that this SDK reads back as it was.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check cloudevents==2.2.0
"$work/venv/bin/python" - <<'PY'
import json
import sys

from cloudevents.core.bindings.kafka import to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent

event = CloudEvent(
    attributes={
        "specversion": "1.0",
        "id": "1",
        "type": "order.paid",
        "source": "/orders",
        "datacontenttype": "application/json",
        "urgent": True,
    },
    data="paid",
)
binary = to_binary_event(event)
structured = json.loads(to_structured_event(event).value)
print("binary:", binary.headers["content-type"], binary.headers["ce_urgent"], binary.value)
print("structured:", json.dumps(structured))
try:
    json.loads(binary.value)
    is_json = True
except json.JSONDecodeError:
    is_json = False
if (binary.headers["ce_urgent"], binary.value, is_json) != (b"True", b"paid", False):
    sys.exit("the behaviour has changed: binary mode")
if (structured["urgent"], structured["data"]) != (True, "paid"):
    sys.exit("the behaviour has changed: structured mode")
PY
