"""Avro: events in its binary form, by a schema."""
