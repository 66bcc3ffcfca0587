"""Tables as plain text, for a terminal and for reports that show none of HTML: nothing of an event moves the cursor."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event, as_text
from KafkaLibrary.matching import show_text, show_value
from KafkaLibrary.reporting.waits.phrases import clock

_GAP = 2
_LEAST = 5
"""Columns of the terminal that a column of the table keeps, however narrow the terminal is."""
_WHOLE = 1_000_000
_WIDE = ("W", "F")


def events_as_text(events: Sequence[Event], width: int | None = None) -> str:
    """A line for each event. With ``width`` it is cut to that, and says less of what all of them have in common."""
    most = width or _WHOLE
    on_one_topic = len({event.topic for event in events}) == 1 and width is not None
    on_one_day = len({_day(event.timestamp) for event in events}) == 1 and width is not None
    rows = [
        [
            event.place.removeprefix(event.topic if on_one_topic else ""),
            _moment(event.timestamp, with_day=not on_one_day),
            "" if event.raw_key is None else show_value(event.shown_key, most),
            ", ".join(
                f"{show_text(name, most)}: {show_value(read.content, most)}" for name, read in event.read_headers()
            ),
            _value(event, most),
        ]
        for event in events
    ]
    head = ["event", "time", "key", "headers", "value"]
    if not any(row[3] for row in rows):
        for row in (head, *rows):
            del row[3]
    return in_columns(head, rows, width)


def in_columns(head: Sequence[str], rows: Iterable[Sequence[str]], width: int | None = None) -> str:
    """Rows under their heads. Where ``width`` is too small for all, the widest columns are cut."""
    lines = [head, *rows]
    widths = [max(map(_columns, column)) for column in zip(*lines, strict=True)]
    if width is not None:
        widths = _narrowed(widths, width)
    return "\n".join(_line(cells, widths, cut=width is not None) for cells in lines)


def _narrowed(widths: list[int], width: int) -> list[int]:
    room = width - _GAP * (len(widths) - 1)
    narrowed = [min(one, max(room, _LEAST)) for one in widths]
    while sum(narrowed) > room and max(narrowed) > _LEAST:
        # Of two that are as wide the right one is cut: the place of an event stands on the left.
        widest = max(range(len(narrowed)), key=lambda at: (narrowed[at], at))
        narrowed[widest] -= 1
    return narrowed


def _line(cells: Sequence[str], widths: Sequence[int], *, cut: bool) -> str:
    shown = [_cut(cell, width) if cut else cell for cell, width in zip(cells, widths, strict=True)]
    padded = [cell + " " * (width - _columns(cell)) for cell, width in zip(shown, widths, strict=True)]
    return (" " * _GAP).join(padded).rstrip()


def _columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _cut(text: str, width: int) -> str:
    if _columns(text) <= width:
        return text
    kept, taken = [], 0
    for character in text:
        taken += _width(character)
        if taken > width - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _value(event: Event, most: int) -> str:
    if event.is_tombstone:
        return "tombstone"
    try:
        return show_value(event.decoded().content, most)
    except (Undecodable, KafkaUnusable):
        return show_value(as_text(event.raw_value), most)


def _day(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone():%Y-%m-%d}"


def _moment(moment: datetime | None, *, with_day: bool) -> str:
    if moment is None:
        return ""
    return f"{_day(moment)} {clock(moment)}" if with_day else clock(moment)
