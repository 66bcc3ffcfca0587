"""Valid and invalid events made of a schema: at each of its limits, and with one fault at one place, each proved."""
