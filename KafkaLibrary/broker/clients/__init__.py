"""What all clients of Kafka share: calls that may fail, and an end that takes no time."""
