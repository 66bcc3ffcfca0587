"""Python's search for cyclic garbage, put off while many events are made.

Each pass of it goes through all that is kept, and the more is kept the longer it takes: of 100,000 events
published at once it took more time than all else together.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_collected() -> Iterator[None]:
    """What is made inside is not looked through for garbage before the end; it has to have no cycles."""
    was_on = gc.isenabled()
    try:
        gc.disable()
        yield
    finally:
        if was_on:
            gc.enable()
