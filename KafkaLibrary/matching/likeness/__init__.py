"""Whether a value is like an expected document, its markers included, and where it differs."""
