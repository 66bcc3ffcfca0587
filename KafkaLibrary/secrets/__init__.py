"""What must never be shown: Robot's ``Secret``, secret client properties, and secrets inside texts."""
