#!/usr/bin/env bash
# Versions: Robot Framework 7.5.
# One expects: `BuiltIn().get_variable_value("${NAME}", default)` and the keyword `Get Variable Value` look a name up,
#   and give the default where there is none.
# What happens: for a name that is not there Robot first looks for similar names among all variables, with difflib,
#   for an error message that nobody sees.
# A tester is hurt: a library or listener that asks for an optional variable at each test, such as pabot's, pays for
#   it by the number of variables in the suite: with a thousand of them, milliseconds a time.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check robotframework==7.5
cat >"$work/Optional.py" <<'PY'
import difflib
import os

from robot.libraries.BuiltIn import BuiltIn

compared = []
ratio = difflib.SequenceMatcher.real_quick_ratio


def counting(self):
    compared.append(self.a)
    return ratio(self)


difflib.SequenceMatcher.real_quick_ratio = counting


def ask_for_optional_variables():
    found = BuiltIn().get_variable_value("${ORDER_7}"), len(compared)
    missing = BuiltIn().get_variable_value("${PABOT_ONLY}", "default"), len(compared)
    with open(os.environ["SEEN"], "w") as file:
        file.write(f"{found[0]} {found[1]} {missing[0]} {missing[1]}")
PY
{
  printf '*** Settings ***\nLibrary    Optional.py\n\n*** Variables ***\n'
  for number in $(seq 1000); do printf '${ORDER_%s}    %s\n' "$number" "$number"; done
  printf '\n*** Test Cases ***\nAsk\n    Ask For Optional Variables\n'
} >"$work/ask.robot"
export SEEN="$work/seen.txt"
"$work/venv/bin/python" -m robot --output NONE --log NONE --report NONE --console none "$work/ask.robot"
"$work/venv/bin/python" - "$SEEN" <<'PY'
import sys

with open(sys.argv[1]) as seen_file:
    there, before, default, after = seen_file.read().split()
print(f"there: {there}, {before} names compared; missing: {default}, {int(after) - int(before)} names compared")
if (there, before, default) != ("7", "0", "default") or int(after) < 1000:
    sys.exit("the behaviour has changed")
PY
