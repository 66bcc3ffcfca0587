"""The consumer that reads events for a connection, and the embedded broker that it may read from."""
