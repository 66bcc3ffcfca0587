"""The introduction of the keyword manual."""

INTRODUCTION = """Tests event-driven systems on Kafka: publishes events, waits for them, checks them.

A placeholder.
"""
