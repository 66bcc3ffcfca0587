"""What a condition expects, before an operator makes a check of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from KafkaLibrary.matching.equality import read_text
from KafkaLibrary.matching.faults import Fault
from KafkaLibrary.matching.moments import aware, read_moment
from KafkaLibrary.matching.shown import show_value
from KafkaLibrary.properties import is_secret_value

_SEVERAL = (list, tuple, set, frozenset)


class Wanted(NamedTuple):
    """An expected value. ``of_time`` is true where the path is the event's timestamp."""

    expected: Any
    strict: bool = False
    of_time: bool = False

    def check_moment(self) -> None:
        """A timestamp is compared with points in time only. Raises ``Fault``."""
        if self.of_time and not self._is_moment():
            raise Fault(
                f"This is no point in time: {show_value(self.expected)}.",
                0,
                "Write it as `2026-11-03 17:03:11.120`, with `Z` or `+01:00` behind it if not in local time.",
            )

    def check_kind(self) -> None:
        """A ``Secret`` of Robot is compared with nothing: it would show nothing of why. Raises ``Fault``."""
        if _holds_secret(self.expected):
            raise Fault(
                "A Secret can't be compared with what is in an event: a failure would show it.",
                0,
                "Give its text where that may be in the log, `${SECRET.value}`.",
            )

    def _is_moment(self) -> bool:
        if isinstance(self.expected, str):
            return read_moment(read_text(self.expected).text) is not None
        return isinstance(self.expected, datetime)

    @property
    def moment(self) -> datetime | None:
        """The point in time that is expected, if it is one."""
        if isinstance(self.expected, datetime):
            return aware(self.expected)
        return read_moment(read_text(self.expected).text) if isinstance(self.expected, str) else None


def _holds_secret(value: Any) -> bool:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, _SEVERAL):
            waiting += one
        elif is_secret_value(one):
            return True
    return False
