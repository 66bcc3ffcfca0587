#!/usr/bin/env bash
# Versions: jsonschema 4.26.0; jsonschema-rs 0.61.2 beside it.
# One expects: the error of a member whose schema is `false` (it must not be there) tells which member
#   it is, as the error of any other schema does.
# What happens: the last step of both paths is missing: json_path is that of the object around the member,
#   and the schema's path ends at "properties". `{"not": {}}`, which means the same, gets both whole.
#   jsonschema-rs gives them for `false` too.
# A tester is hurt: "False schema does not allow 7" of an event with forty members says neither which
#   one must go nor which rule forbids it.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check jsonschema==4.26.0 jsonschema-rs==0.61.2
"$work/venv/bin/python" - <<'PY'
import sys

import jsonschema
import jsonschema_rs

EVENT = {"order": {"lines": [{"sku": "A-1", "legacyId": 7}]}}


def schema(forbidden):
    line = {"properties": {"sku": {"type": "string"}, "legacyId": forbidden}}
    return {"properties": {"order": {"properties": {"lines": {"items": line}}}}}


seen = []
for forbidden in ({"not": {}}, False):
    (python,) = jsonschema.Draft202012Validator(schema(forbidden)).iter_errors(EVENT)
    (rust,) = jsonschema_rs.Draft202012Validator(schema(forbidden)).iter_errors(EVENT)
    places = (python.json_path, list(python.absolute_schema_path)[-2:], rust.instance_path[-1:])
    print(f"{forbidden}: jsonschema says {python.message!r}")
    print("  at", python.json_path, "by", list(python.absolute_schema_path))
    print("  jsonschema-rs at", rust.instance_path, "by", rust.schema_path)
    seen.append(places)
if seen != [
    ("$.order.lines[0].legacyId", ["legacyId", "not"], ["legacyId"]),
    ("$.order.lines[0]", ["items", "properties"], ["legacyId"]),
]:
    sys.exit("the behaviour has changed")
PY
