"""Faults of a real cluster, brought about while the library publishes and waits. See `python -m tests.faults -h`."""
