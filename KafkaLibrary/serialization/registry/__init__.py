"""The schema registry: what it knows, and what of that values are written and read with."""
