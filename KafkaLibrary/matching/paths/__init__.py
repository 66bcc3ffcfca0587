"""Paths into events: their grammar, how they are followed, and names similar to one that is missing."""
