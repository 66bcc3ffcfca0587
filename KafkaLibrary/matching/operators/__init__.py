"""The operators of conditions: the table of them, and how each compares a field with what is expected."""
