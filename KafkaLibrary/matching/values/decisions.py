"""What a comparison may decide beside true and false: ``NEEDS_EXACT`` numbers, or ``Unjudged``, nothing at all."""

from __future__ import annotations

import enum
from typing import Any, Final, Literal, NamedTuple


class _NeedsExact(enum.Enum):
    NEEDS_EXACT = "doubles tie"


NEEDS_EXACT: Final = _NeedsExact.NEEDS_EXACT
"""Of a comparison that doubles can't decide: it needs the exact value."""


class Unjudged(NamedTuple):
    """Of a comparison that nothing decides: what was found can't be compared with what is expected.

    ``reason`` is a sentence that says why. A wait goes on; a negative fails, and names the event.
    """

    reason: str


Decision = bool | Literal[_NeedsExact.NEEDS_EXACT] | Unjudged
Order = int | Literal[_NeedsExact.NEEDS_EXACT] | Unjudged | None


def settled(decision: Any) -> bool:
    """Whether a comparison has decided: by true or false, or by an order."""
    return decision is not NEEDS_EXACT and not isinstance(decision, Unjudged)
