"""Values that Debezium did not send: a mark stands in their place, and no comparison decides on it.

An update that leaves a long text, a document, bytes or a list alone does not tell them, where the database keeps them
out of the row (PostgreSQL's TOAST) and the table has not ``REPLICA IDENTITY FULL``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from KafkaLibrary.fields import NOT_SENT
from KafkaLibrary.matching.values.decisions import Unjudged

LENGTHS = frozenset(map(len, NOT_SENT))
"""What most texts are told apart by, before anything else is asked."""
REASON = (
    f'"{NOT_SENT[0]}" is not the value: Debezium did not send it, for the update left it unchanged '
    "and the database keeps it out of line"
)
UNJUDGED = Unjudged(REASON)


def is_not_sent(value: Any) -> bool:
    """Whether it is the mark; of a list or a map the mark is all that is in it."""
    if isinstance(value, str):
        return len(value) in LENGTHS and value in NOT_SENT
    if isinstance(value, (list, tuple)) and len(value) == 1:
        return isinstance(value[0], str) and value[0] in NOT_SENT
    return isinstance(value, dict) and len(value) == 1 and NOT_SENT[0] in value


def unless_sent(check: Callable[[Any, bool], Any]) -> Callable[[Any, bool], Any]:
    """The same for a field that is no mark."""

    def checked(found: Any, exact: bool) -> Any:
        if len(found) in LENGTHS and found in NOT_SENT:
            return UNJUDGED
        return check(found, exact)

    return checked
