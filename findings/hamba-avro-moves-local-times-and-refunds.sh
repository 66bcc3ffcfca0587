#!/usr/bin/env bash
# Versions: github.com/hamba/avro/v2 2.31.0, Go 1.24 or later; fastavro 1.13.1 for the same value by Python.
# One expects: a local timestamp, which by Avro's definition knows no zone, is what the clock on the wall shows: 10:00. And
#   a price and its refund, cut to cents, cancel each other.
# What happens: 10:00 in Prague is written as 09:00, as by a timestamp with a zone; fastavro writes 10:00. A decimal is cut
#   towards minus infinity without an error: 1.999 is 1.99, -1.999 is -2.00, and -0.001 is a whole cent.
# A tester is hurt: services in Go and Python say different hours of one delivery, and only where the machine isn't on UTC; a
#   sum over orders and refunds is off by cents.
# Seen: 2026-12-01
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"fmt"
	"math/big"
	"os"
	"time"

	"github.com/hamba/avro/v2"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	amount := avro.MustParse(`{"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}`)
	for given, expected := range map[string]string{"1.999": "1.99", "-1.999": "-2.00", "-0.001": "-0.01", "-1.99": "-1.99"} {
		value, _ := new(big.Rat).SetString(given)
		var read *big.Rat
		if err := avro.Unmarshal(amount, must(avro.Marshal(amount, value)), &read); err != nil {
			panic(err)
		}
		fmt.Fprintf(os.Stderr, "%s is written as %s\n", given, read.FloatString(2))
		if read.FloatString(2) != expected {
			fmt.Fprintln(os.Stderr, "the behaviour has changed")
			os.Exit(1)
		}
	}
	local := avro.MustParse(`{"type": "long", "logicalType": "local-timestamp-millis"}`)
	prague := time.FixedZone("Prague", 3600)
	fmt.Printf("%x\n", must(avro.Marshal(local, time.Date(2026, 11, 30, 10, 0, 0, 0, prague))))
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/hamba/avro/v2@v2.31.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run . >written
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fastavro==1.13.1
venv/bin/python - <<'PYTHON'
import io
from datetime import datetime, timedelta, timezone

import fastavro

LOCAL = {"type": "long", "logicalType": "local-timestamp-millis"}
prague = datetime(2026, 11, 30, 10, tzinfo=timezone(timedelta(hours=1)))
stream = io.BytesIO()
fastavro.schemaless_writer(stream, LOCAL, prague)
read = {}
for library, written in (("hamba", bytes.fromhex(open("written").read())), ("fastavro", stream.getvalue())):
    read[library] = fastavro.schemaless_reader(io.BytesIO(written), LOCAL, None)
    print(f"10:00 in Prague, written by {library}, is {read[library]}")
assert read == {"hamba": datetime(2026, 11, 30, 9), "fastavro": datetime(2026, 11, 30, 10)}, read
PYTHON
