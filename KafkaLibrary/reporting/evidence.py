"""What ``log.html`` shows of a failed wait: the events that were read, folded. Everything from an event is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from KafkaLibrary.event import Event
from KafkaLibrary.matching import show_text, show_value
from KafkaLibrary.watching.waits import Outcome

_ROWS = 20
_COLUMNS = ("event", "time", "key", "headers", "value")
_VALUE_MOST = 4000
_CELL = 'style="text-align:left;vertical-align:top;padding:2px 8px;white-space:pre-wrap;word-break:break-word"'


def table(outcome: Outcome) -> str:
    """A folded table of the events that came nearest and those that could not be judged; empty where there is none."""
    rows = [(miss.event, miss.text) for miss in outcome.near.nearest()] if outcome.near else []
    known = {event.place for event, _ in rows}
    rows += [(event, reason) for event, reason in outcome.unjudged if event.place not in known]
    rows += [(event, "matched") for event in outcome.events[-_ROWS:]]
    if not rows:
        return ""
    left_out = outcome.findings.read - len(rows)
    summary = f"{len(rows)} of {outcome.findings.read:,} events that were read"
    return _folded(summary, (*_COLUMNS, "judged"), [[*_cells(event), why] for event, why in rows], left_out)


def events_table(events: Sequence[Event]) -> str:
    """A table of events, the last of them where there are many."""
    shown = events[-_ROWS:]
    summary = f"{len(events):,} event{'s' * (len(events) != 1)}"
    return _folded(summary, _COLUMNS, [_cells(event) for event in shown], len(events) - len(shown), is_open=True)


def _folded(
    summary: str, columns: Sequence[str], rows: Sequence[Sequence[str]], left_out: int, *, is_open: bool = False
) -> str:
    head = "".join(f"<th {_CELL}>{name}</th>" for name in columns)
    body = "".join("<tr>" + "".join(f"<td {_CELL}>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    more = f"<p>{left_out:,} more are not shown.</p>" if left_out > 0 else ""
    state = " open" if is_open else ""
    return f"<details{state}><summary>{summary}</summary><table><tr>{head}</tr>{body}</table>{more}</details>"


def _cells(event: Event) -> list[str]:
    headers = "\n".join(f"{name}: {show_value(value)}" for name, value in event.headers.pairs)
    key = "" if event.raw_key is None else show_value(event.key)
    moment = "" if event.timestamp is None else event.timestamp.astimezone().isoformat(timespec="milliseconds")
    return [event.place, moment, key, headers, _value(event)]


def _value(event: Event) -> str:
    raw = event.raw_value
    if raw is None:
        return "tombstone"
    return show_text(raw[: _VALUE_MOST * 4].decode(errors="backslashreplace"), _VALUE_MOST)
