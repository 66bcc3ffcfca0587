"""The real Kafka that the tests start, and real applications on top of it."""

from tests.kafka.broker import Kafka

__all__ = ["Kafka"]
