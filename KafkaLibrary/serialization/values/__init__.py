"""Single values as testers see them, and back: the same in all formats. What is no such value is ``None``."""
