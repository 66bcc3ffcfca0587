"""Schemas in a contract: of values, keys and headers, in JSON Schema, Avro or Protobuf, and what they leave unasked."""
