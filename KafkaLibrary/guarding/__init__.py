"""What is looked at whenever a test ends? Guards of dead letters and of contracts, with one round trip for all."""
