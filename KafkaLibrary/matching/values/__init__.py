"""What fields hold when they are compared: numbers, times, JSON in texts, bytes that are no text."""
