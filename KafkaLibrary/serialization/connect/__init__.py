"""JSON as Kafka Connect's converter writes it with schemas: each value in an envelope, together with its schema."""
