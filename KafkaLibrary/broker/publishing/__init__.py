"""The producer: events on their way out, what became of each, and transactions."""
