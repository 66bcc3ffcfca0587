"""The schema registry: what is asked of it, and by which of its schemas values are written and read."""
