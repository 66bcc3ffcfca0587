"""Protobuf: events by a schema that is compiled here."""
