#!/usr/bin/env bash
# Versions: robotframework-tracer 0.6.1, Robot Framework 7.5.
# One expects: each test has a trace of its own, so that ${TRACE_ID} finds the events that this test has
#   caused.
# What happens: ${TRACE_ID}, and the id in ${TRACE_HEADERS}, is one for the whole run: the same in each test of
#   each suite; only the span changes.
# A tester is hurt: a wait for an event with ${TRACE_ID} is met by an event of a test before it, and a check
#   that no event came fails because of one.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  robotframework==7.5 robotframework-tracer==0.6.1
mkdir "$work/suites"
for suite in first second; do
  cat >"$work/suites/$suite.robot" <<'ROBOT'
*** Test Cases ***
Made
    Append To File    ${SEEN}    ${TRACE_ID} ${TRACE_HEADERS}[traceparent]\n

Paid
    Append To File    ${SEEN}    ${TRACE_ID} ${TRACE_HEADERS}[traceparent]\n

*** Settings ***
Library    OperatingSystem
ROBOT
done
# Nothing listens on port 9: the spans themselves go nowhere.
OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9 "$work/venv/bin/python" -m robot --output NONE --log NONE \
  --report NONE --console none --variable "SEEN:$work/seen.txt" \
  --listener robotframework_tracer.TracingListener "$work/suites" 2>/dev/null
"$work/venv/bin/python" - "$work/seen.txt" <<'PY'
import sys

with open(sys.argv[1]) as seen_file:
    seen = [line.split() for line in seen_file]
traces = {trace for trace, _ in seen} | {parent.split("-")[1] for _, parent in seen}
spans = {parent.split("-")[2] for _, parent in seen}
print(f"{len(seen)} tests in two suites, {len(spans)} spans, {len(traces)} trace")
if (len(seen), len(spans), len(traces)) != (4, 4, 1):
    sys.exit("the behaviour has changed")
PY
