"""What a subcommand writes: to whom, in which layout, and how far it has come."""
