#!/usr/bin/env bash
# kcat 1.7.1 (Debian 12; if there is none on the PATH, its package is taken apart in the temporary folder by apt-get and
#   dpkg): what -J and -Z write. The broker is that of confluent-kafka 2.16.1, which needs Python 3.10 or newer.
# One expects: each line of -J is JSON; -s unpacks a number there as it does elsewhere; -Z writes NULL for what is null.
# What happens: bytes that are no UTF-8 are put into the text as they are, so the line is no JSON: Python refuses it, and jq
#   puts another character there. -s "key=>i" is passed over: the key 42 is "\u0000\u0000\u0000*". -Z writes NULL for an
#   empty value, too.
# Why it hurts: a script that reads `kcat -J` stops at the first Avro value, or compares what jq made of it; "the tombstone
#   came" is true of an empty event.
# Seen 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
if ! command -v kcat >/dev/null; then
  apt-get download kcat librdkafka1 libyajl2 >apt.log 2>&1
  for one in *.deb; do
    dpkg -x "$one" unpacked
  done
  PATH="$PWD/unpacked/usr/bin:$PATH"
  LD_LIBRARY_PATH=$(dirname "$(find "$PWD/unpacked" -name 'librdkafka.so.1')")
  export LD_LIBRARY_PATH
fi
kcat -V | grep -o 'Version [0-9.]*'
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check confluent-kafka==2.16.1
venv/bin/python - <<'PYTHON'
import json
import subprocess

from confluent_kafka import Producer

producer = Producer({"bootstrap.servers": "unused:1", "test.mock.num.brokers": 1})
brokers = ",".join(
    f"{broker.host}:{broker.port}" for broker in producer.list_topics(timeout=10).brokers.values()
)
KEY = (42).to_bytes(4, "big")
for value in (b"\x00\xff\x02", b"", None):
    producer.produce("orders", value, KEY, partition=0)
assert producer.flush(10) == 0


def kcat(*options):
    words = ["kcat", "-q", "-b", brokers, "-C", "-t", "orders", "-p", "0", "-o", "beginning", "-e", *options]
    lines = subprocess.run(words, check=True, capture_output=True, timeout=60).stdout.splitlines()
    print(*options, *lines, sep="\n  ")
    return lines


values = kcat("-J")
try:
    json.loads(values[0])
    raise AssertionError("the behaviour has changed")
except UnicodeDecodeError as error:
    print(error)
assert b'"payload":"\\u0000\xff\\u0002"' in values[0]
numbers = kcat("-J", "-s", "key=>i")
assert [json.loads(line)["key"] for line in numbers[1:]] == ["\0\0\0*"] * 2
assert kcat("-s", "key=>i", "-f", "%k\n") == [b"42"] * 3
assert kcat("-Z")[1:] == [b"NULL", b"NULL"]
PYTHON
