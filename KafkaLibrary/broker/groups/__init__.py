"""Consumer groups of the system under test: their members, committed offsets and lag."""
