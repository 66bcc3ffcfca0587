"""Events held against the messages of a contract: which one is meant, and what the event lacks of it."""
