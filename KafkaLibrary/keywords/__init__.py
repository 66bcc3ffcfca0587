"""The keywords, a class for each theme."""
