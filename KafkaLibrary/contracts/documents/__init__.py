"""The files of a contract: read once, with places that have a line, and references between them. Nothing is fetched."""
