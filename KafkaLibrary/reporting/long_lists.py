"""Lists in messages, as far as Robot shows them: it cuts a message of many lines, or long ones, from its middle."""

from __future__ import annotations

from collections.abc import Sequence

_MOST_LINES = 26
_LINE = 78
"""Characters after which Robot counts a line as one more."""


def bounded(lines: Sequence[str], more: int = 0) -> list[str]:
    """The lines, indented, from the first on; then how many more there are, beside these too. At least one is shown."""
    shown: list[str] = []
    room = _MOST_LINES
    for line in lines:
        room -= 1 + (len(line) + 3) // _LINE
        if room < 0 and shown:
            more += len(lines) - len(shown)
            break
        shown.append(f"    {line}")
    return [*shown, f"    ... and {more:,} more"] if more else shown
