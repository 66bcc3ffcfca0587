#!/usr/bin/env bash
# Versions: Robot Framework 7.5.
# One expects: the converters of a library are read once, when it is imported; a keyword's call then converts its
#   arguments.
# What happens: Robot makes an object of each converter anew for every call of a keyword of that library, with
#   `inspect.signature` of each, also for a keyword without arguments.
# A tester is hurt: the more types a library documents for editors and Libdoc, the slower each of its keywords is:
#   with fifty of them a keyword that does nothing takes several times as long.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check robotframework==7.5
cat >"$work/Typed.py" <<'PY'
import os
from inspect import Parameter, Signature

from robot.api.deco import keyword, library

KINDS = [type(f"Kind{number}", (), {}) for number in range(50)]
asked = []


class Convert:
    """Gives a value as it is, and counts who asks what it takes."""

    __name__ = "convert"

    @property
    def __signature__(self):
        asked.append(self)
        return Signature([Parameter("value", Parameter.POSITIONAL_ONLY)])

    def __call__(self, value):
        return value


convert = Convert()


@library(converters={kind: convert for kind in KINDS})
class Typed:
    @keyword
    def nothing_to_convert(self):
        with open(os.environ["SEEN"], "a") as file:
            file.write(f"{len(asked)}\n")
PY
cat >"$work/calls.robot" <<'ROBOT'
*** Settings ***
Library    Typed.py

*** Test Cases ***
Calls
    Nothing To Convert
    Nothing To Convert
    Nothing To Convert
ROBOT
export SEEN="$work/seen.txt"
"$work/venv/bin/python" -m robot --output NONE --log NONE --report NONE --console none "$work/calls.robot"
"$work/venv/bin/python" - "$SEEN" <<'PY'
import sys

with open(sys.argv[1]) as seen_file:
    seen = [int(line) for line in seen_file]
more = [later - earlier for earlier, later in zip(seen, seen[1:])]
print(f"signatures of converters that were looked through until the first, second and third call: {seen}")
if more != [50, 50]:
    sys.exit("the behaviour has changed")
PY
