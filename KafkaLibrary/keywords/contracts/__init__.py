"""Keywords of contracts, and of answers that another service would give."""
