#!/usr/bin/env bash
# Versions: jsoncompat 0.3.1; jsonschema 4.26.0 for what the schemas take.
# One expects: a change that check_compat calls compatible for "both" leaves old events readable and new
#   ones too; what it can't judge is a ValueError, as its documentation says.
# What happens: patterns are passed over without a word: from "^[0-9]+$" to "^[A-Z]+$" the same member is
#   compatible both ways, though no text matches both. The same for names by propertyNames.
#   A change of maxLength is judged.
# A tester is hurt: the check of the build is green for a new form of order numbers, which every consumer
#   that validates by the old schema refuses.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check jsoncompat==0.3.1 jsonschema==4.26.0
"$work/venv/bin/python" - <<'PY'
import json
import sys

import jsoncompat
import jsonschema


def order(**number):
    schema = {"type": "object", "properties": {"number": {"type": "string", **number}}}
    return schema | {"required": ["number"]}


def names(pattern):
    return {"type": "object", "propertyNames": {"pattern": pattern}}


CHANGES = {
    "maxLength": (order(maxLength=5), order(maxLength=4), {"number": "12345"}),
    "pattern": (order(pattern="^[0-9]+$"), order(pattern="^[A-Z]+$"), {"number": "12345"}),
    "propertyNames": (names("^[0-9]+$"), names("^[A-Z]+$"), {"12345": 1}),
}
seen = []
for change, (old, new, old_event) in CHANGES.items():
    verdict = jsoncompat.check_compat(json.dumps(old), json.dumps(new), "both")
    taken = [jsonschema.Draft202012Validator(schema).is_valid(old_event) for schema in (old, new)]
    print(f"{change}: compatible both ways: {verdict}; {old_event} valid before and after: {taken}")
    seen.append((verdict, taken))
if seen != [(False, [True, False]), (True, [True, False]), (True, [True, False])]:
    sys.exit("the behaviour has changed")
PY
