#!/usr/bin/env bash
# Versions: CloudEvents' SDK for Python 2.2.0 and for JavaScript 10.0.0 (Node 20), with their Kafka bindings.
# One expects: an event without `time`, which is optional, is read as one without it.
# What happens: each reading gives it the time of that moment, so one message read twice is two events that differ, and an
#   event of last year has happened now. Python writes that time out where the event is passed on.
# A tester is hurt: "it carries a time" passes for a producer that sends none; "it is younger than the test" passes for each
#   event that was left in the topic; a comparison with what was read before always fails.
# Seen: 2026-12-01
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --no-save --prefix "$work" cloudevents@10.0.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cloudevents==2.2.0
cat >times.js <<'JS'
const { Kafka } = require("cloudevents");

const headers = { ce_id: "1", ce_source: "/shop", ce_type: "placed", ce_specversion: "1.0" };
const message = { headers, value: Buffer.from("paid") };
const first = Kafka.toEvent(message).time;
setTimeout(() => console.log(JSON.stringify([first, Kafka.toEvent(message).time])), 50);
JS
node times.js >times.json
venv/bin/python - <<'PYTHON'
import json
import time
from datetime import datetime, timezone

from cloudevents.core.bindings.kafka import KafkaMessage, from_binary_event, to_binary_event

headers = {"ce_id": b"1", "ce_source": b"/shop", "ce_type": b"placed", "ce_specversion": b"1.0"}
before = datetime.now(timezone.utc)
read = []
for _ in range(2):
    read.append(from_binary_event(KafkaMessage(headers, None, b"paid")))
    time.sleep(0.01)
times = [event.get_time() for event in read]
by_node = json.load(open("times.json"))
print("Python reads", *times)
print("Node reads  ", *by_node)
passed_on = to_binary_event(read[0]).headers
print("passed on   ", passed_on)
assert before <= times[0] < times[1]
assert "ce_time" not in headers and passed_on["ce_time"].decode()[:19] == times[0].isoformat()[:19]
assert by_node[0] < by_node[1]
PYTHON
