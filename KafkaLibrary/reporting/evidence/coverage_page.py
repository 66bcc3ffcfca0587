"""The coverage of contracts as a table in ``log.html``, and as a page of its own.

Plain HTML: Jenkins shows archived pages without any script or style, so colours and bars are attributes and elements
of HTML itself. What stands in a contract or in the name of a test is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from KafkaLibrary.contracts.coverage.sightings import KINDS, Count, Item, Sighting, Sightings, count
from KafkaLibrary.matching import show_text
from KafkaLibrary.reporting.evidence.value_in_html import html_text

_NAMES: Mapping[str, str] = {
    "channel": "channels", "operation": "operations", "message": "messages", "field": "fields that are there",
    "absent": "optional fields that are left out", "null": "nulls", "value": "values of enums", "branch": "branches",
    "example": "examples",
}  # fmt: skip
_COLOURS: Mapping[str, str] = {
    "seen": "#d4edda", "published": "#fff3cd", "several": "#ffe5d0", "never": "#f8d7da",
}  # fmt: skip
_SIGNS: Mapping[str, str] = {
    "seen": "&#10003;", "published": "&#8593;", "several": "?", "never": "&#8211;",
}  # fmt: skip
_SAID: Mapping[str, str] = {
    "seen": "seen", "published": "published by the test", "several": "fits several messages", "never": "never",
}  # fmt: skip
_TABLE = 'border="1" bordercolor="#adb5bd" cellpadding="5" cellspacing="0" dir="ltr"'
_HEAD = 'bgcolor="#e9ecef" align="left"'
_COLUMNS = ("contract", "what", "covered", "", "never")
_TEST_MOST = 80
_INK = 'color="#212529"'


def table(sightings: Sightings, *, is_open: bool = False) -> str:
    """A folded table for the log: the counts of each kind, and beneath each message what was never seen of it."""
    total = count(sightings, sightings.items)
    inside = _summary(sightings) + "".join(_messages(sightings)) + _unchecked(sightings)
    state = " open" if is_open else ""
    return f"<details{state}><summary>Coverage of contracts: {_percent(total)}</summary>{inside}</details>"


def page(sightings: Sightings) -> str:
    """A whole document."""
    total = count(sightings, sightings.items)
    when = [one.at for found in (sightings.seen, sightings.published, sightings.several) for one in found.values()]
    span = f"<p>Events from {_moment(min(when))} to {_moment(max(when))}.</p>" if when else "<p>No event was seen.</p>"
    legend = " ".join(
        f'<td bgcolor="{_COLOURS[state]}"><font {_INK}>{_SIGNS[state]} {_SAID[state]}</font></td>' for state in _COLOURS
    )
    body = (
        f"<h1>Coverage of contracts: {_percent(total)}</h1>{span}"
        f'<table cellpadding="5" cellspacing="4"><tr>{legend}</tr></table>'
        f"{_summary(sightings)}{''.join(_messages(sightings))}{_unchecked(sightings)}"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Coverage of contracts</title>'
        '<meta name="color-scheme" content="light"></head>\n'
        f'<body bgcolor="#ffffff" text="#212529"><font face="sans-serif">{body}</font></body></html>\n'
    )


def _summary(sightings: Sightings) -> str:
    """A row a contract and kind."""
    head = "".join(
        f"<th {_HEAD}><font {_INK}>{one}</font></th>" for one in ("contract", "what", "covered", "", "never")
    )
    rows = []
    for contract in sorted({item.contract for item in sightings.items}):
        own = [item for item in sightings.items if item.contract == contract]
        for kind in KINDS:
            of_kind = [item for item in own if item.kind == kind]
            if of_kind:
                rows.append(_row(contract, _NAMES[kind], count(sightings, of_kind)))
        rows.append(_row(contract, "all", count(sightings, own), bold=True))
    return f"<table {_TABLE}><tr>{head}</tr>{''.join(rows)}</table><br>"


def _row(contract: str, what: str, found: Count, *, bold: bool = False) -> str:
    beside = f" ({found.published} by the test alone)" if found.published else ""
    beside += f", {found.several} fit several messages" if found.several else ""
    texts = [_text(contract), what, f"{found.covered} of {found.there}, {_percent(found)}{beside}"]
    cells = [f"<td>{f'<b>{one}</b>' if bold else one}</td>" for one in texts]
    bar = f'<td><meter min="0" max="100" low="50" high="80" optimum="100" value="{found.percent:.0f}"></meter></td>'
    return f'<tr>{"".join(cells)}{bar}<td align="right">{found.there - found.covered}</td></tr>'


def _messages(sightings: Sightings) -> Iterable[str]:
    """A folded table for each message, open where something of it was never seen."""
    owners = sorted({(item.contract, item.owner) for item in sightings.items if item.kind == "message"})
    for contract, owner in owners:
        own = sorted(item for item in sightings.items if (item.contract, item.owner) == (contract, owner))
        own = [item for item in own if item.kind not in ("channel", "operation")]
        found = count(sightings, own)
        state = sightings.of(next(item for item in own if item.kind == "message"))[0]
        heading = f"<b>{_text(owner)}</b> of {_text(contract)}: {_percent(found)}, {_SAID[state]}"
        yield f"<details><summary>{heading}</summary>{_places(sightings, own)}<br></details>"
    others = sorted(item for item in sightings.items if item.kind in ("channel", "operation"))
    if others:
        rows = "".join(
            f"<tr><td>{_text(one.contract)}</td><td>{one.kind} {_text(one.owner)}</td>{_cell(sightings, [one])}</tr>"
            for one in others
        )
        yield f"<details><summary>Channels and operations</summary><table {_TABLE}>{rows}</table></details>"


def _places(sightings: Sightings, items: Sequence[Item]) -> str:
    """A row for each field: whether it was there, left out, null, and its values and branches."""
    columns = ("field", "absent", "null", "value", "branch", "example")
    titles = ("present", "absent", "null", "values", "branches", "examples")
    rows: dict[str, dict[str, list[Item]]] = {}
    for item in items:
        if item.kind != "message":
            rows.setdefault(item.part, {}).setdefault(item.kind, []).append(item)
    there = {kind for row in rows.values() for kind in row}
    used = [(kind, title) for kind, title in zip(columns, titles, strict=True) if kind in there]
    head = "".join(f"<th {_HEAD}><font {_INK}>{one}</font></th>" for one in ("where", *(title for _, title in used)))
    body = ""
    for part, row in sorted(rows.items()):
        cells = "".join(_cell(sightings, row.get(kind, [])) for kind, _ in used)
        body += f"<tr><td>{_text(part) or 'the whole'}</td>{cells}</tr>"
    return f"<table {_TABLE}><tr>{head}</tr>{body}</table>" if rows else "<p>Nothing of it is counted.</p>"


def _cell(sightings: Sightings, items: Sequence[Item]) -> str:
    """What became of each, in the colour of the worst."""
    if not items:
        return "<td></td>"
    states = [sightings.of(item) for item in items]
    order = ("never", "several", "published", "seen")
    worst = min((state for state, _ in states), key=order.index)
    lines = [
        f"{_SIGNS[state]} {_what(item)}{_first(sighting)}"
        for item, (state, sighting) in zip(items, states, strict=True)
    ]
    return f'<td bgcolor="{_COLOURS[worst]}"><font {_INK}>{"<br>".join(lines)}</font></td>'


def _what(item: Item) -> str:
    return f"<b>{_text(item.shown)}</b> " if item.kind in ("value", "branch", "example") else ""


def _first(sighting: Sighting | None) -> str:
    return "" if sighting is None else f"<small>{_text(show_text(sighting.test, _TEST_MOST))}</small>"


def _unchecked(sightings: Sightings) -> str:
    if not sightings.unchecked:
        return ""
    rows = "".join(
        f"<tr><td>{_text(place)}</td><td>{_text(why)}</td></tr>" for place, why in sorted(sightings.unchecked)
    )
    return f"<details><summary>Not counted</summary><table {_TABLE}>{rows}</table></details>"


def _percent(found: Count) -> str:
    return f"{int(found.percent)} %"


def _text(text: str) -> str:
    return html_text(show_text(text))


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds).astimezone():%Y-%m-%d %H:%M:%S}"
