"""From the documents of a contract to its channels, operations and messages, in each version of AsyncAPI."""
