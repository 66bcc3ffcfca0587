"""Bugs to switch on: what a suite is worth shows when it meets one.

`SHOP_BUGS` in the environment names them, with commas between.
"""

from __future__ import annotations

import os

KNOWN = {
    "event-lost-after-commit": "the item is in the cart, and its event is never published",
    "duplicate-counted": "an event that comes twice counts twice",
    "wrong-field": "the cart's event says quantity 1, whatever was added",
    "late-alert": "the alert comes with the change after the one that made the stock low",
    "dead-letter-swallowed": "an event that can't be read is dropped, not put aside",
}


def switched_on() -> frozenset[str]:
    return frozenset(filter(None, os.environ.get("SHOP_BUGS", "").replace(" ", "").split(",")))


def unknown() -> list[str]:
    return sorted(switched_on() - KNOWN.keys())


def has(name: str) -> bool:
    return name in switched_on()
