"""A key or a value between bytes and what a tester sees, by whichever format it has."""
