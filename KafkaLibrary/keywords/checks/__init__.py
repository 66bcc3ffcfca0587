"""Checks of events that a test already has: of one event, and of several beside each other."""
