"""Which row of a database changed, how, and in which transaction? Pure: it gets values and asks nobody."""
