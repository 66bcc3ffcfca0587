#!/usr/bin/env bash
# Versions: goavro 2.15.0 (github.com/linkedin/goavro/v2), Go 1.24 or later; fastavro 1.13.1 beside it.
# One expects: an amount with more digits than the schema's scale is refused or rounded, and a date is the
#   day that the time shows.
# What happens: digits are cut, 1.999 becomes 1.99; midnight of 30 November in Prague is written as the 29th;
#   and noon of 30 December 1969 as the 31st, since days before 1970 are cut upward.
#   fastavro refuses the amount and writes the days that the times show.
# A tester is hurt: amounts are a cent short and days one off, only for some amounts, zones and birthdays.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check fastavro==1.13.1
cd "$work"
cat >main.go <<'GO'
package main

import (
	"fmt"
	"math/big"
	"time"

	"github.com/linkedin/goavro/v2"
)

func roundTrip(schema string, value any) any {
	codec, err := goavro.NewCodec(schema)
	if err != nil {
		panic(err)
	}
	written, err := codec.BinaryFromNative(nil, value)
	if err != nil {
		panic(err)
	}
	read, _, err := codec.NativeFromBinary(written)
	if err != nil {
		panic(err)
	}
	return read
}

func main() {
	amount := `{"type": "bytes", "logicalType": "decimal", "precision": 8, "scale": 2}`
	day := `{"type": "int", "logicalType": "date"}`
	prague := time.FixedZone("CET", 3600)
	cut := roundTrip(amount, big.NewRat(1999, 1000)).(*big.Rat)
	fmt.Println("1.999", cut.FloatString(3))
	for _, moment := range []time.Time{
		time.Date(2026, 11, 30, 0, 0, 0, 0, prague),
		time.Date(1969, 12, 30, 12, 0, 0, 0, time.UTC),
	} {
		fmt.Println(moment.Format(time.RFC3339), roundTrip(day, moment).(time.Time).Format(time.DateOnly))
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/linkedin/goavro/v2@v2.15.0 >/dev/null 2>&1
go run . >goavro.txt
"$work/venv/bin/python" - >fastavro.txt <<'PY'
import io
from datetime import datetime
from decimal import Decimal

import fastavro


def round_trip(schema, value):
    parsed = fastavro.parse_schema(schema)
    written = io.BytesIO()
    fastavro.schemaless_writer(written, parsed, value)
    written.seek(0)
    return fastavro.schemaless_reader(written, parsed, None)


AMOUNT = {"type": "bytes", "logicalType": "decimal", "precision": 8, "scale": 2}
DAY = {"type": "int", "logicalType": "date"}
try:
    print("1.999", round_trip(AMOUNT, Decimal("1.999")))
except ValueError:
    print("1.999 refused")
for moment in ("2026-11-30T00:00:00+01:00", "1969-12-30T12:00:00+00:00"):
    print(moment, round_trip(DAY, datetime.fromisoformat(moment)))
PY
echo "goavro:"
cat goavro.txt
echo "fastavro:"
cat fastavro.txt
cat >expected-goavro.txt <<'TXT'
1.999 1.990
2026-11-30T00:00:00+01:00 2026-11-29
1969-12-30T12:00:00Z 1969-12-31
TXT
cat >expected-fastavro.txt <<'TXT'
1.999 refused
2026-11-30T00:00:00+01:00 2026-11-30
1969-12-30T12:00:00+00:00 1969-12-30
TXT
cmp expected-goavro.txt goavro.txt
cmp expected-fastavro.txt fastavro.txt
