"""What ``log.html`` shows of a failed wait: the events that were read, folded. Everything from an event is escaped."""

from __future__ import annotations

from html import escape

from KafkaLibrary.event import Event
from KafkaLibrary.matching import show_text, show_value
from KafkaLibrary.watching.waits import Outcome

_ROWS = 20
_VALUE_MOST = 4000
_CELL = 'style="text-align:left;vertical-align:top;padding:2px 8px;white-space:pre-wrap;word-break:break-word"'


def table(outcome: Outcome) -> str:
    """A folded table of the events that came nearest and those that could not be judged; empty where there is none."""
    rows = [(miss.event, miss.text) for miss in outcome.near.nearest()] if outcome.near else []
    rows += [(event, reason) for event, reason in outcome.unjudged]
    rows += [(event, "matched") for event in outcome.events[-_ROWS:]]
    if not rows:
        return ""
    left_out = outcome.findings.read - len(rows)
    more = f"<p>{left_out:,} more events were read.</p>" if left_out > 0 else ""
    head = "".join(f"<th {_CELL}>{name}</th>" for name in ("event", "time", "key", "headers", "value", "judged"))
    body = "".join(_row(event, why) for event, why in rows)
    return (
        f"<details><summary>{len(rows)} of {outcome.findings.read:,} events that were read</summary>"
        f"<table><tr>{head}</tr>{body}</table>{more}</details>"
    )


def _row(event: Event, why: str) -> str:
    headers = "\n".join(f"{name}: {show_value(value)}" for name, value in event.headers.pairs)
    key = "" if event.raw_key is None else show_value(event.key)
    moment = "" if event.timestamp is None else event.timestamp.astimezone().isoformat(timespec="milliseconds")
    cells = (event.place, moment, key, headers, _value(event), why)
    return "<tr>" + "".join(f"<td {_CELL}>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _value(event: Event) -> str:
    raw = event.raw_value
    if raw is None:
        return "tombstone"
    return show_text(raw[: _VALUE_MOST * 4].decode(errors="backslashreplace"), _VALUE_MOST)
