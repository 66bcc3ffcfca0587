"""How bytes become a key, a value or a header, and back: formats, schemas, frames and the schema registry."""
