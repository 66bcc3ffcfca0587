// Handlers of Watermill that take no order, with the poison queue's middleware. They run until they are ended.
// Argument: bootstrap servers.
//
//   - Handler bill, group billing: letters on orders.poison.
//   - Handler repair reads those and fails, too: letters on orders.poison.again.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/IBM/sarama"
	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill-kafka/v3/pkg/kafka"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	servers := []string{os.Args[1]}
	router := must(message.NewRouter(message.RouterConfig{}, watermill.NopLogger{}))
	publisher := must(kafka.NewPublisher(kafka.PublisherConfig{
		Brokers: servers, Marshaler: kafka.DefaultMarshaler{},
	}, watermill.NopLogger{}))
	for _, one := range []struct{ name, topic, group, letters, words string }{
		{"bill", "orders", "billing", "orders.poison", "no such currency"},
		{"repair", "orders.poison", "repair", "orders.poison.again", "no way to repair it"},
	} {
		settings := kafka.DefaultSaramaSubscriberConfig()
		settings.Consumer.Offsets.Initial = sarama.OffsetOldest
		subscriber := must(kafka.NewSubscriber(kafka.SubscriberConfig{
			Brokers: servers, Unmarshaler: kafka.DefaultMarshaler{}, ConsumerGroup: one.group,
			OverwriteSaramaConfig: settings,
		}, watermill.NopLogger{}))
		handler := router.AddNoPublisherHandler(one.name, one.topic, subscriber, func(order *message.Message) error {
			if strings.Contains(string(order.Payload), "paid") {
				return nil
			}
			if strings.Contains(string(order.Payload), "wrapped") {
				return fmt.Errorf("not billed: %w", errors.New(one.words))
			}
			return errors.New(one.words)
		})
		handler.AddMiddleware(must(middleware.PoisonQueue(publisher, one.letters)))
	}
	if err := router.Run(context.Background()); err != nil {
		panic(err)
	}
}
