"""Schemas whatever their kind: where they come from, which kind they are, and what does not fit them."""
