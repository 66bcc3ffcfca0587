"""What all clients of Kafka share: calls of them that may block or fail, and how they are closed."""
