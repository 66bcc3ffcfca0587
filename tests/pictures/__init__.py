"""Pictures for the documentation that are drawn from the code."""
