"""Several events beside each other: whether they are in order, and whether each is unique."""
