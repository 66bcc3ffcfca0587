"""A format whose values take long to read: what stops a keyword has to be heard meanwhile."""

from __future__ import annotations

import time

SECONDS = 60.0


def decode(raw: bytes) -> str:
    """Counts, as a program does that is at work."""
    until, counted = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        counted += 1
    return raw.decode()


def encode(value: object) -> bytes:
    return str(value).encode()
