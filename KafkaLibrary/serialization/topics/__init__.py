"""How each topic's keys, values and headers are read and written: as declared, or by each event."""
