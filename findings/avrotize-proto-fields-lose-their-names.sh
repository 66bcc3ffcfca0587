#!/usr/bin/env bash
# Versions: avrotize 3.9.3.
# One expects: in the .proto made of an Avro schema by `avrotize a2p` each field keeps its name: the field
#   "state" of the enum Status is called state.
# What happens: a field that defines its enum or record in place and the type change names: it becomes
#   `StatusEnum Status = 1`, and `AddressType Address = 2`. A field of a primitive type keeps its name.
# A tester is hurt: the JSON form of the event has "Status" where every document says "state", so a check
#   of the member, or JSON read back by the names of the Avro schema, finds nothing there.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check avrotize==3.9.3
cat >order.avsc <<'JSON'
{
  "type": "record",
  "name": "Order",
  "namespace": "shop",
  "fields": [
    {"name": "state", "type": {"type": "enum", "name": "Status", "symbols": ["NEW", "PAID"]}},
    {"name": "shipTo", "type": {"type": "record", "name": "Address", "fields": [{"name": "city", "type": "string"}]}},
    {"name": "note", "type": "string"}
  ]
}
JSON
"$work/venv/bin/avrotize" a2p order.avsc --out made >/dev/null
cat made/shop.proto
fields=$(grep -E '^  [A-Za-z]+ [A-Za-z]+ = [0-9]+;' made/shop.proto | sed 's/^ *//' | paste -sd ' ')
expected='StatusEnum Status = 1; AddressType Address = 2; string note = 3;'
if [ "$fields" != "$expected" ]; then
  echo "the behaviour has changed: $fields"
  exit 1
fi
