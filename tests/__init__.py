"""The tests of KafkaLibrary, and what they need to run."""
