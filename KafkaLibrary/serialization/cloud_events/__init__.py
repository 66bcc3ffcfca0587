"""CloudEvents over Kafka: their attributes, and how they travel in headers or in JSON."""
