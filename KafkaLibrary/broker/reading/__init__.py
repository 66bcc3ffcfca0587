"""The consumer that reads events for a connection, and what is different on the embedded broker."""
