"""Kinds of values in comparisons: numbers, times, JSON in texts, bytes that are no text, and what nothing decides."""
