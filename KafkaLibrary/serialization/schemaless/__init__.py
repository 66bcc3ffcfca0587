"""Formats that need no schema: JSON, text, bytes, and the numbers and UUIDs of Kafka's own serializers."""
