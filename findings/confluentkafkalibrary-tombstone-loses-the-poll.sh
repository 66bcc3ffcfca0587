#!/usr/bin/env bash
# Versions: robotframework-confluentkafkalibrary 2.12.2.post1, confluent-kafka 2.12.2 with
#   its embedded broker, Robot Framework 7.5.
# One expects: Poll with decode_format=utf-8 gives None, or an empty text, for a tombstone.
# What happens: it fails with "'NoneType' object has no attribute 'decode'", and every
#   event read in that call is gone: the next Poll goes on behind them.
# A tester is hurt: on a compacted topic one deletion fails the test, hides the events
#   around it, and a Wait Until Keyword Succeeds around Poll then misses them for good.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check robotframework==7.5 \
  confluent-kafka==2.12.2 robotframework-confluentkafkalibrary==2.12.2.post1
cat >"$work/poll.robot" <<'ROBOT'
*** Settings ***
Library    ${LIBRARY}

*** Test Cases ***
Poll Over A Tombstone
    ${group}=    Create Consumer    server=${HOST}    port=${PORT}    auto_offset_reset=earliest
    Subscribe Topic    group_id=${group}    topics=orders
    ${error}=    Run Keyword And Expect Error    *    Poll    group_id=${group}    max_records=3
    ...    poll_attempts=100    timeout=0.2    decode_format=utf-8
    ${rest}=    Poll    group_id=${group}    max_records=1    poll_attempts=100    timeout=0.2
    ...    decode_format=utf-8
    Log To Console    ${\n}first Poll: ${error}${\n}next Poll: ${rest}
    Should Be Equal    ${error}    AttributeError: 'NoneType' object has no attribute 'decode'
    Should Be Equal    ${rest}    ${{['shipped']}}
    Close Consumer    group_id=${group}
ROBOT
cat >"$work/run.py" <<'PY'
import logging
import subprocess
import sys
from importlib.metadata import distribution

from confluent_kafka import Producer

quiet = logging.getLogger("client")
quiet.addHandler(logging.NullHandler())
quiet.propagate = False
producer = Producer({"test.mock.num.brokers": 1}, logger=quiet)
broker = next(iter(producer.list_topics(timeout=10).brokers.values()))
for value in (b"made", None, b"paid", b"shipped"):
    producer.produce("orders", key=b"1", value=value, partition=0)
producer.flush(10)
package = distribution("robotframework-confluentkafkalibrary")
library = package.read_text("top_level.txt").split()[0]
robot = [sys.executable, "-m", "robot", "--output", "NONE", "--log", "NONE", "--report", "NONE"]
place = ["--variable", f"HOST:{broker.host}", "--variable", f"PORT:{broker.port}"]
place += ["--variable", f"LIBRARY:{library}"]
sys.exit(subprocess.run([*robot, *place, sys.argv[1]], stderr=subprocess.DEVNULL).returncode)
PY
"$work/venv/bin/python" "$work/run.py" "$work/poll.robot"
