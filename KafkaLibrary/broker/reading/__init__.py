"""The consumer that reads for a connection, and the broker inside librdkafka that it may read from."""
