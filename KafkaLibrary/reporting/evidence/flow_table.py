"""The table of a flow in ``log.html``: which events of two topics have no counterpart or several, and when each came.

It is made as the table of events is: plain HTML, folded, and nothing of an event that is not escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from heapq import nsmallest
from typing import NamedTuple

from KafkaLibrary.matching import show_text
from KafkaLibrary.matching.sequences.correspondence import At
from KafkaLibrary.matching.sequences.identities import Identity
from KafkaLibrary.reporting.evidence.evidence_table import TABLE
from KafkaLibrary.reporting.evidence.value_in_html import html_text
from KafkaLibrary.reporting.waits.phrases import clock, counted
from KafkaLibrary.watching.across_topics.flow import Flow

_MOST = 20
_PLACES = 5
_VALUE_MOST = 200
_CELL = 'align="left" valign="top" style="border:1px solid #8886;padding:3px 8px"'


class _Row(NamedTuple):
    verdict: str
    identity: Identity
    places: Sequence[At]
    side: int


def table(flow: Flow, first: str, second: str, by: str) -> str:
    """The first twenty, the earliest first; empty where each has one counterpart."""
    rows = [
        *_rows("missing", flow.pairs.missing(), 0),
        *_rows("duplicated", flow.pairs.doubled(), 1),
        *_rows("stray", flow.pairs.stray(), 1),
    ]
    if not rows:
        return ""
    head = "".join(f"<th {_CELL}>{html_text(title)}</th>" for title in ("", by, f"on {first}", f"on {second}"))
    body = "".join(map(_line, nsmallest(_MOST, rows, key=_when)))
    left_out = len(rows) - _MOST
    more = f"<i>… {left_out:,} more</i>" if left_out > 0 else ""
    read = ", ".join(f"{counted(flow.read[topic])} on {html_text(topic)}" for topic in (first, second))
    return (
        f"<details><summary>{len(rows):,} without exactly one counterpart, of {read}</summary>"
        f'<div style="overflow-x:auto"><table {TABLE}><tr>{head}</tr>{body}</table></div>{more}</details>'
    )


def _rows(verdict: str, found: Iterator[tuple[Identity, list[At]]], side: int) -> Iterator[_Row]:
    return (_Row(verdict, identity, places, side) for identity, places in found)


def _when(row: _Row) -> tuple[int, int, int]:
    partition, offset, (_, milliseconds) = row.places[0]
    return milliseconds, partition, offset


def _line(row: _Row) -> str:
    value = f"a {row.identity[0]}" if isinstance(row.identity, tuple) else str(row.identity)
    places = "<br>".join(map(_place, row.places[:_PLACES]))
    if len(row.places) > _PLACES:
        places += f"<br>{len(row.places) - _PLACES:,} more"
    on = ["<b>none</b>" if row.verdict != "duplicated" else "one", places]
    cells = [html_text(row.verdict), html_text(show_text(value, _VALUE_MOST)), *(on if row.side else reversed(on))]
    return "<tr>" + "".join(f"<td {_CELL}>{cell}</td>" for cell in cells) + "</tr>"


def _place(at: At) -> str:
    partition, offset, (kind, milliseconds) = at
    try:
        moment = datetime.fromtimestamp(milliseconds / 1000, timezone.utc) if kind else None
    except (ValueError, OverflowError, OSError):  # no calendar has it
        moment = None
    return f"[{partition}]@{offset}, {clock(moment)}"
