"""What all keyword classes share: how cells are read, events are asked for and made."""
