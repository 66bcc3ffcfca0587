#!/usr/bin/env bash
# Versions: watermill 1.5.1, watermill-kafka 3.0.6 with their default marshaler; Go 1.24 or later.
#   The middleware and the marshaler alone, without a broker.
# One expects: a message that fails ends in the poison topic as it came, with its key: that is what is
#   needed to find and to replay it.
# What happens: the key is gone (null), of a repeated header the last is left, a null header is empty; and
#   neither partition nor offset of the message is told.
# A tester is hurt: a wait for the dead letter of order 42 by its key can't ever succeed, and what is
#   replayed from there goes to any partition.
# Seen: 2026-11-30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >main.go <<'GO'
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/IBM/sarama"
	"github.com/ThreeDotsLabs/watermill-kafka/v3/pkg/kafka"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
)

// What would be sent to Kafka: the publisher's marshaler, without the connection behind it.
type written struct{ messages []*sarama.ProducerMessage }

func (w *written) Publish(topic string, messages ...*message.Message) error {
	for _, one := range messages {
		marshaled, err := kafka.DefaultMarshaler{}.Marshal(topic, one)
		if err != nil {
			return err
		}
		w.messages = append(w.messages, marshaled)
	}
	return nil
}

func (w *written) Close() error { return nil }

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	read := must(kafka.DefaultMarshaler{}.Unmarshal(&sarama.ConsumerMessage{
		Topic: "orders", Partition: 3, Offset: 7, Key: []byte("order-42"), Value: []byte("{}"),
		Headers: []*sarama.RecordHeader{
			{Key: []byte("tag"), Value: []byte("one")},
			{Key: []byte("tag"), Value: []byte("two")},
			{Key: []byte("tenant"), Value: nil},
		},
	}))
	topic := &written{}
	poison := must(middleware.PoisonQueue(topic, "poison"))
	fails := func(*message.Message) ([]*message.Message, error) { return nil, errors.New("boom") }
	must(poison(fails)(read))

	letter := topic.messages[0]
	tags, told := []string{}, map[string]bool{}
	for _, header := range letter.Headers {
		told[string(header.Key)] = true
		if string(header.Key) == "tag" {
			tags = append(tags, string(header.Value))
		}
		fmt.Printf("header %s: %q (null: %v)\n", header.Key, header.Value, header.Value == nil)
	}
	fmt.Printf("topic %s, key %v, partition and offset told: %v\n", letter.Topic, letter.Key,
		told["partition_poisoned"] || told["offset_poisoned"])
	if letter.Key != nil || len(tags) != 1 || tags[0] != "two" || len(letter.Headers) != 7 {
		fmt.Fprintln(os.Stderr, "the behaviour has changed")
		os.Exit(1)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/ThreeDotsLabs/watermill@v1.5.1 github.com/ThreeDotsLabs/watermill-kafka/v3@v3.0.6 \
  >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go run .
