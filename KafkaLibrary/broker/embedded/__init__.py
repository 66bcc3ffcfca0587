"""The broker inside the Kafka client: how it is started, which topics it is given, and what to know of it."""
