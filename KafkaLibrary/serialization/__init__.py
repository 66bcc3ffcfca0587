"""From values to bytes and back, one file a format."""
