"""Numbers given for a time, as ``1764500000``: seconds to nanoseconds since 1970, told by how many digits there are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

_UNITS = {
    **dict.fromkeys(range(9, 12), ("seconds", 0)),
    **dict.fromkeys(range(12, 15), ("milliseconds", 3)),
    **dict.fromkeys(range(15, 18), ("microseconds", 6)),
    **dict.fromkeys(range(18, 21), ("nanoseconds", 9)),
}
"""From 1973 to 5138 by the number of digits, and of those for a fraction of a second."""
_MOST = 20


class Epoch(NamedTuple):
    """A unit, and the point in time that so many of it have led to since 1970, as ISO 8601 writes it."""

    unit: str
    iso: str

    @property
    def advice(self) -> str:
        return f"If these are {self.unit} since 1970, that is `{self.iso}`."


def read_epoch(value: Any) -> Epoch | None:
    """What an integer, or digits alone, are most likely to count; nothing where they could be of several units."""
    if isinstance(value, bool) or not isinstance(value, (int, str)) or (isinstance(value, int) and value >= 10**_MOST):
        return None
    digits = str(value)
    known = _UNITS.get(len(digits)) if digits.isascii() and digits.isdigit() and digits[0] != "0" else None
    if known is None:
        return None
    unit, of_fraction = known
    seconds, fraction = divmod(int(digits), 10**of_fraction)
    moment = datetime(1970, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001 - in UTC, as is written behind it
    behind = f".{fraction:0{of_fraction}}" if fraction else ""
    return Epoch(unit, f"{moment.isoformat()}{behind}Z")
