"""Why Kafka can't be used: what the client says, what answers at the address, and what to do."""
