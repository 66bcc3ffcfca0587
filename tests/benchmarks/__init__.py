"""How fast the library is, beside the raw client and its peers. Measured, not asserted."""
