"""Several events beside each other: whether they are in order, each is unique, and two topics correspond."""
