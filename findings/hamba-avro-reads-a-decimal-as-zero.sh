#!/usr/bin/env bash
# Versions: github.com/hamba/avro/v2 2.31.0, Go 1.24 or later.
# One expects: what a struct's field of the type big.Rat is written to is read into the same struct, or there's an error.
# What happens: the bytes are right, and reading them gives 0 without an error. A field of *big.Rat, the type that the
#   documentation names, reads 19.99 from the same bytes; so does an empty interface.
# A tester is hurt: a consumer's test that reads its own total as 0 looks for the fault in the producer, and "total of a
#   cancelled order is 0" passes for each order.
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

	"github.com/hamba/avro/v2"
)

type plain struct {
	Total big.Rat `avro:"total"`
}

type pointing struct {
	Total *big.Rat `avro:"total"`
}

func main() {
	order := avro.MustParse(`{"type": "record", "name": "Order", "fields": [{"name": "total",
		"type": {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}}]}`)
	written, err := avro.Marshal(order, plain{*big.NewRat(1999, 100)})
	if err != nil {
		panic(err)
	}
	var one plain
	var other pointing
	first, second := avro.Unmarshal(order, written, &one), avro.Unmarshal(order, written, &other)
	fmt.Printf("written as % x\n", written)
	fmt.Printf("read into a big.Rat:  %s, error %v\n", one.Total.FloatString(2), first)
	fmt.Printf("read into a *big.Rat: %s, error %v\n", other.Total.FloatString(2), second)
	if first != nil || second != nil || one.Total.Sign() != 0 || other.Total.FloatString(2) != "19.99" {
		fmt.Fprintln(os.Stderr, "the behaviour has changed")
		os.Exit(1)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/hamba/avro/v2@v2.31.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run .
