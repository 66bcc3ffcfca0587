"""The layouts of events: a table for people, JSON Lines for programs, HTML for both to keep."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from html import escape

from KafkaLibrary.command_line.output.streams import say
from KafkaLibrary.event import Event
from KafkaLibrary.reporting.evidence.evidence_table import events_table
from KafkaLibrary.reporting.evidence.text_table import events_as_text, in_columns
from KafkaLibrary.serialization.event_files import line_of

_PAGE_MOST = 1_000
_PAGE_ROOM = 4_000_000
_AT_ONCE = 1_000
_STYLE = "body{font:14px system-ui,sans-serif;margin:1.5em;color-scheme:light dark}"


def terminal_width() -> int | None:
    """The columns of the terminal; nothing where the output goes elsewhere, and no line is to be cut."""
    return shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else None


def say_rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of anything."""
    say(in_columns(head, rows, terminal_width()))


def say_events(events: Sequence[Event], layout: str, title: str) -> None:
    """The events in one of the ``LAYOUTS``. Without any, only HTML says something: it has to be a page."""
    LAYOUTS[layout](events, title)


def _table(events: Sequence[Event], _: str) -> None:
    if events:
        say(events_as_text(events, terminal_width()))


def _json_lines(events: Sequence[Event], _: str) -> None:
    for start in range(0, len(events), _AT_ONCE):
        say("\n".join(line_of(event).decode() for event in events[start : start + _AT_ONCE]))


def _html(events: Sequence[Event], title: str) -> None:
    name = escape(title)
    table = events_table(events, _PAGE_MOST, _PAGE_ROOM)
    say(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title><style>{_STYLE}</style>'
        f"</head>\n<body><h1>{name}</h1>\n{table}\n</body></html>"
    )


LAYOUTS: dict[str, Callable[[Sequence[Event], str], None]] = {
    "table": _table,
    "jsonl": _json_lines,
    "html": _html,
}
