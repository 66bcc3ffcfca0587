"""Conditions: the cells of a keyword call become conditions, and those are met by an event or not."""
