"""Kafka itself: its client, its settings, and all that is asked of it."""
