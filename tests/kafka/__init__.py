"""The real Kafka and schema registry that the tests start, and real applications on top of them."""

from tests.kafka.broker import Kafka
from tests.kafka.registry import SchemaRegistry

__all__ = ["Kafka", "SchemaRegistry"]
