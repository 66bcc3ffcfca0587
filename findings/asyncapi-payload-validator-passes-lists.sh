#!/usr/bin/env bash
# Versions: asyncapi-payload-validator 1.0.2 (Python); jsonschema 4.26.0 beside it.
# One expects: its verdict on an event is that of JSON Schema: types and required members, which it names
#   among what it checks, hold for each item of a list.
# What happens: an item of a wrong type, and a second item without a required member, are valid; so is
#   another value than `const`. An empty list is invalid, as if its items lacked their members.
# A tester is hurt: the check of the AsyncAPI document passes an order whose lines are broken, and fails
#   the valid one that has no lines.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  asyncapi-payload-validator==1.0.2 jsonschema==4.26.0
"$work/venv/bin/python" - <<'PY'
import sys

import jsonschema
from asyncapi_payload_validator import validate_payload

LINE = {"type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}
PAYLOAD = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "const": "placed"},
        "codes": {"type": "array", "items": {"type": "integer"}},
        "lines": {"type": "array", "items": LINE},
    },
}
DOCUMENT = {
    "asyncapi": "3.0.0",
    "info": {"title": "Orders", "version": "1.0.0"},
    "channels": {"orders": {"address": "orders", "messages": {"order": {"payload": PAYLOAD}}}},
}
GOOD = {"kind": "placed", "codes": [1, 2], "lines": [{"sku": "A-1"}]}
CHANGES = {
    "as it should be": {},
    "a text among the codes": {"codes": [1, "two"]},
    "a second line without sku": {"lines": [{"sku": "A-1"}, {}]},
    "another kind": {"kind": "paid"},
    "no lines": {"lines": []},
}
seen = []
for change, members in CHANGES.items():
    event = GOOD | members
    rules = jsonschema.Draft7Validator(PAYLOAD).is_valid(event)
    verdict = validate_payload(event, DOCUMENT)
    print(f"{change}: by JSON Schema {rules}, by the validator {verdict['valid']}")
    seen.append((rules, verdict["valid"]))
if seen != [(True, True), (False, True), (False, True), (False, True), (True, False)]:
    sys.exit("the behaviour has changed")
PY
