"""What the shop says no to, and why."""

from __future__ import annotations


class CanNotStart(Exception):
    """Something that the shop needs is not there."""


class Unreadable(Exception):
    """An event or a request that the shop can't take."""
