"""Kafka itself: the settings of its clients, and all that is asked of it or sent to it."""
