"""The topics that are followed: those named, those that patterns mean, and what Kafka tells of them during a wait."""
