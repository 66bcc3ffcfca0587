"""The expected value of a condition: null, a Secret of Robot (refused), a point in time for ``timestamp``."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from KafkaLibrary.matching.one_line_texts import show_value
from KafkaLibrary.matching.operators.equality import read_text
from KafkaLibrary.matching.syntax_error import SyntaxFault
from KafkaLibrary.matching.values.epoch_numbers import Epoch, day_in, read_epoch
from KafkaLibrary.matching.values.times import read_moment
from KafkaLibrary.secrets.robot_secret import ADVICE, LITERALLY, SHOWN, hidden_in

_WRITE = "Write it as `2026-11-03 17:03:11.120`, with `Z` or `+01:00` after it if not in local time."
NULLS = ("null", "None")
"""How null is written in a cell."""


def _of_number(expected: Any, epoch: Epoch | None) -> str:
    """What is said of a number: which time it may be, and which field it may have been meant for."""
    if not str(expected).isdecimal():
        return ""
    day = day_in(str(expected))
    may_be = f"If a date is meant, that is `{day}`. " if day else f"{epoch.advice} " if epoch else ""
    return f"{may_be}Kafka's milliseconds since 1970 have 12 to 14 digits; a field of that name is `$.timestamp`. "


class ExpectedValue(NamedTuple):
    """An expected value.

    ``of_time`` is true where the path is the event's timestamp. ``part`` is ``key`` or ``value`` where it is that as
    Kafka has it.
    """

    expected: Any
    strict: bool = False
    of_time: bool = False
    part: str = ""

    @property
    def null_alone(self) -> Any:
        """What is expected. Of a part, null in a cell is Kafka's own and not the text ``null`` as well."""
        return None if self.part and isinstance(self.expected, str) and self.expected in NULLS else self.expected

    def on_clock(self) -> ExpectedValue:
        """A timestamp is compared with points in time only, and Kafka's own milliseconds are one.

        Raises ``SyntaxFault`` for another value.
        """
        if not self.of_time:
            return self
        expected = self.plain.strip() if isinstance(self.expected, str) else self.expected
        epoch = read_epoch(expected)
        if epoch is not None and epoch.unit == "milliseconds":
            return self._replace(expected=epoch.iso)
        moment = read_moment(expected)
        if moment is None or not moment.real:
            raise SyntaxFault(
                f"This is not a point in time: {show_value(self.expected)}.",
                0,
                f"{_of_number(expected, epoch)}{_WRITE}",
            )
        return self if isinstance(expected, datetime) else self._replace(expected=moment.text)

    @property
    def plain(self) -> Any:
        """A text without the quotes around it; another value as it is."""
        return read_text(self.expected).text if isinstance(self.expected, str) else self.expected

    def check_kind(self) -> None:
        """A ``Secret`` of Robot is compared with nothing: it would show nothing of why. Raises ``SyntaxFault``."""
        hidden = hidden_in(self.expected)
        if hidden == SHOWN:
            place = self.expected.index(SHOWN) if isinstance(self.expected, str) else 0
            verdict = f"Robot writes `{SHOWN}` for a Secret inside a text: that would be compared, not the secret."
            raise SyntaxFault(verdict, place, f"{ADVICE} {LITERALLY}")
        if hidden:
            raise SyntaxFault("A Secret can't be compared with an event: a failure would show it.", 0, ADVICE)
