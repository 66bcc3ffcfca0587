"""The producer: events that are published, what the broker acknowledged of each, and transactions."""
