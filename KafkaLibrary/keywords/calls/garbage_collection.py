"""Python's garbage collection, put off while many events are made.

Each pass goes through all that is kept, and the more is kept the longer it takes: of 100,000 events published at
once it took more time than all else together.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 1000
"""Objects from which on it is worth it."""


@contextmanager
def not_collected(objects: int) -> Iterator[None]:
    """While about so many objects are made nothing is looked through for garbage; they have to have no cycles."""
    if objects < _MANY or not gc.isenabled():
        yield
        return
    try:
        gc.disable()
        yield
    finally:
        gc.enable()
