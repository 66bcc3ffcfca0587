#!/usr/bin/env bash
# Versions: kafka-go 0.4.51 (github.com/segmentio/kafka-go), Go 1.24 or later, against the embedded
#   broker of confluent-kafka 2.16.1.
# One expects: ReadMessage tells an empty value from a tombstone, and a copier that writes the message
#   it has read writes the same event.
# What happens: both are read as nil, as are null and empty keys and headers; so the copy of an event
#   with an empty value is a TOMBSTONE, and an empty header becomes null.
# A tester is hurt: a mirror or a retry in Go deletes on a compacted topic what was only empty, and no
#   test written in kafka-go can see it: there both look alike.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check confluent-kafka==2.16.1
mkdir "$work/copier"
cd "$work/copier"
cat >main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/segmentio/kafka-go"
)

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	reader := kafka.NewReader(kafka.ReaderConfig{
		Brokers: []string{os.Args[1]}, Topic: "orders", Partition: 0, MaxWait: 100 * time.Millisecond,
	})
	writer := &kafka.Writer{
		Addr: kafka.TCP(os.Args[1]), Topic: "copy", BatchTimeout: 10 * time.Millisecond,
		Balancer: kafka.BalancerFunc(func(kafka.Message, ...int) int { return 0 }),
	}
	copies := []kafka.Message{}
	for range 2 {
		message, err := reader.ReadMessage(ctx)
		if err != nil {
			panic(err)
		}
		fmt.Printf("kafka-go reads value nil: %v, header nil: %v\n",
			message.Value == nil, message.Headers[0].Value == nil)
		copies = append(copies,
			kafka.Message{Key: message.Key, Value: message.Value, Headers: message.Headers})
	}
	if err := writer.WriteMessages(ctx, copies...); err != nil {
		panic(err)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/segmentio/kafka-go@v0.4.51 >/dev/null 2>&1
go build -o "$work/copy" .
cat >"$work/run.py" <<'PY'
import logging
import subprocess
import sys
import time

from confluent_kafka import Consumer, Producer, TopicPartition

quiet = logging.getLogger("client")
quiet.addHandler(logging.NullHandler())
quiet.propagate = False
producer = Producer({"test.mock.num.brokers": 1}, logger=quiet)
first = next(iter(producer.list_topics(timeout=10).brokers.values()))
address = f"{first.host}:{first.port}"
producer.produce("orders", key=b"1", value=b"", headers=[("tenant", b"")], partition=0)
producer.produce("orders", key=b"2", value=None, headers=[("tenant", None)], partition=0)
producer.flush(10)
SETTINGS = {"bootstrap.servers": address, "group.id": "reader", "fetch.wait.max.ms": 10}


def read(topic):
    consumer = Consumer(SETTINGS, logger=quiet)
    consumer.assign([TopicPartition(topic, 0, 0)])
    found = {}
    deadline = time.monotonic() + 20
    while len(found) < 2 and time.monotonic() < deadline:
        message = consumer.poll(0.1)
        if message is not None and not message.error():
            found[message.key()] = (message.value(), message.headers())
    consumer.close()
    return found


producer.list_topics("copy", timeout=10)
before = read("orders")
subprocess.run([sys.argv[1], address], check=True, timeout=90)
after = read("copy")
for key, event in before.items():
    print(f"key {key}: written {event}, copied {after.get(key)}")
if before != {b"1": (b"", [("tenant", b"")]), b"2": (None, [("tenant", None)])}:
    sys.exit("the events were not written as meant")
if after != {b"1": (None, [("tenant", None)]), b"2": (None, [("tenant", None)])}:
    sys.exit("the behaviour has changed")
PY
"$work/venv/bin/python" "$work/run.py" "$work/copy"
