"""CloudEvents over Kafka."""
