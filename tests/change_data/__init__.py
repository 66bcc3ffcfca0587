"""Changes of rows as they were recorded, for unit tests and suites."""
