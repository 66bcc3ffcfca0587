"""Robot keywords for dead letters as frameworks write them."""

from __future__ import annotations

from robot.api.deco import keyword, library

from KafkaLibrary.event import Event


@library(scope="GLOBAL")
class DeadLetters:
    @keyword
    def headers_of_many_deaths(self, event: Event, letters: str, count: int) -> list[tuple[str, str]]:
        """As Kafka Connect writes them, of a letter of the event that has died again and again on its own topic."""
        places = [(event.topic, event.offset), *((letters, 10**9 + number) for number in range(count))]
        named = [{"topic": topic, "partition": str(event.partition), "offset": str(at)} for topic, at in places]
        return [(f"__connect.errors.{name}", content) for headers in named for name, content in headers.items()]

    @keyword
    def headers_of_a_dead_letter(self, event: Event, group: str, message: str) -> list[tuple[str, object]]:
        """Those of the event, and behind them what Spring for Apache Kafka 4.1.2 adds when its listener throws.

        The origin is added again by each death, the error replaced.
        """
        error = {
            "kafka_dlt-exception-fqcn": "org.springframework.kafka.listener.ListenerExecutionFailedException",
            "kafka_dlt-exception-cause-fqcn": "java.lang.IllegalStateException",
            "kafka_dlt-exception-message": f"Listener failed; {message}",
        }
        return [
            *((name, content) for name, content in event.raw_headers if name not in error),
            *error.items(),
            ("kafka_dlt-original-topic", event.topic),
            ("kafka_dlt-original-partition", event.partition.to_bytes(4, "big")),
            ("kafka_dlt-original-offset", event.offset.to_bytes(8, "big")),
            ("kafka_dlt-original-consumer-group", group),
        ]
