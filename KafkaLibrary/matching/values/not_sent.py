"""Values that Debezium did not send: a mark stands in their place, and no comparison decides on it.

An update that leaves a long text, a document, bytes or a list alone does not tell them, where the database keeps them
out of the row (PostgreSQL's TOAST) and the table has not ``REPLICA IDENTITY FULL``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from KafkaLibrary.fields import NOT_SENT
from KafkaLibrary.matching.values.decisions import Unjudged

LENGTHS = frozenset(map(len, NOT_SENT))
"""What most texts are told apart by, before anything else is asked."""
_CODES = [ord(sign) for sign in NOT_SENT[0]]
_DAYS = [(date(1970, 1, 1) + timedelta(days=code)).isoformat() for code in _CODES]
"""In a list of whole numbers the mark is its characters, each as a number, and in one of days each as that day."""
_UUIDS = ["b68a35a7-17ad-35b3-af2a-ae46edb4545a"]
"""And in one of UUIDs the one that is made of it."""
_FIRST = frozenset((_CODES[0], _DAYS[0], _UUIDS[0]))
REASON = (
    f'"{NOT_SENT[0]}" is not the value: Debezium did not send it, for the update left it unchanged '
    "and the database keeps it out of line"
)
UNJUDGED = Unjudged(REASON)


def is_not_sent(value: Any) -> bool:
    """Whether it is the mark; of a list or a map the mark is all that is in it."""
    if isinstance(value, str):
        return len(value) in LENGTHS and value in NOT_SENT
    if isinstance(value, (list, tuple)):
        if len(value) == 1 and isinstance(value[0], str) and value[0] in NOT_SENT:
            return True
        return is_in_other_form(value)
    return isinstance(value, dict) and len(value) == 1 and NOT_SENT[0] in value


def is_in_other_form(value: Sequence[Any]) -> bool:
    """Whether it is the mark in a list whose elements can't be the text."""
    if len(value) not in (1, len(_CODES)) or not isinstance(value[0], (int, str)) or value[0] not in _FIRST:
        return False
    return [*value] in (_CODES, _DAYS, _UUIDS)


def unless_sent(check: Callable[[Any, bool], Any]) -> Callable[[Any, bool], Any]:
    """The same for a field that is no mark."""

    def checked(found: Any, exact: bool) -> Any:
        if len(found) in LENGTHS and found in NOT_SENT:
            return UNJUDGED
        return check(found, exact)

    return checked
