"""JSON Schema: values held against schemas, and parts of documents that are schemas."""
