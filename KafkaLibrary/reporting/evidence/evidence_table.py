"""The table of events in ``log.html``: those that a failed wait read, that a check failed on, or all of a topic.

It is made of data alone: no script, no style sheet, and nothing of an event that is not escaped. Marks, bold type and
the lines of a value are plain HTML, since Jenkins shows archived pages without any style. The styles that are there
take no colour for granted, because the log may be light or dark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from KafkaLibrary.errors import KafkaUnusable, Undecodable
from KafkaLibrary.event import Event, Unread
from KafkaLibrary.headers import ReadHeader
from KafkaLibrary.matching import (
    REASON_MOST,
    Finding,
    Judgement,
    Path,
    State,
    Steps,
    outside_texts,
    show_text,
    show_value,
)
from KafkaLibrary.reporting.evidence.value_in_html import MARK, html_text, show_event_value
from KafkaLibrary.reporting.waits.phrases import TOPICS_MOST, clock, counted, listed
from KafkaLibrary.reporting.waits.start_points import when
from KafkaLibrary.watching.waits import Outcome

EVENTS_MOST = 20
VALUE_MOST = 4_000
"""Characters of one value."""
TABLE_MOST = 20_000
"""Characters of all keys, headers and values in a table."""
_KEY_MOST = 200
_HEADERS_MOST = 20
_LEAST_ROOM = 200
_MARKS_MOST = 200
_LETTERS_MOST = 3
_MATCHED = "matched"
_PLAIN_TO_SEE = ("json", "tombstone")
_WITH_NOTES = ("json", "json-schema")
"""Formats that say what stood in front of a value; for others a note is why it is not JSON."""
_LINE = 50
"""Characters that are never broken into lines."""

_COLUMNS = ("event, key and headers", "value")
_SCROLLED = 'style="overflow-x:auto"'
TABLE = (
    'border="1" cellpadding="4" cellspacing="0" dir="ltr" '
    'style="border-collapse:collapse;table-layout:auto;border:0;margin:2px 0"'
)
_CELL = "border:1px solid #8886;padding:3px 8px;vertical-align:top;text-align:left"
_LONG = "min-width:28em;overflow-wrap:anywhere"
_VALUE = 'style="margin:0;font:inherit;white-space:pre-wrap;min-width:28em;overflow-wrap:anywhere"'


class _Row(NamedTuple):
    event: Event
    judged: Sequence[Finding] = ()
    verdict: str = ""
    marked: Sequence[tuple[str, Steps]] = ()
    """Further places to mark: a part of the event, and the steps from there."""


def table(outcome: Outcome, last: str = _MATCHED) -> str:
    """A folded table of what a failed wait read, the nearest first; empty where nothing was read.

    ``last`` tells what is said of the last event that matched.
    """
    rows = _different(_rows(outcome, last))
    if not rows:
        return ""
    read = outcome.findings.read + outcome.unjudged_when_stopped
    letters = sum(row.event in outcome.died for row in rows)
    elsewhere = sum(row.event in (outcome.before, outcome.elsewhere) for row in rows if row.event not in outcome.died)
    drawn = _Table(lambda event: _when(event, outcome), rows)
    hidden = read - (len(rows) - elsewhere - letters) + drawn.left_out
    beside = f", {elsewhere} that match{'es' * (elsewhere == 1)} elsewhere" if elsewhere else ""
    beside += f", {letters} dead letter{'s' * (letters > 1)}" if letters else ""
    return drawn.html(f"{counted(read)} read{beside}", max(0, hidden))


def checked(event: Event, judged: Judgement | str, differing: Iterable[Steps] = ()) -> str:
    """A folded table of the one event that a check failed on. ``judged`` as a text tells why.

    ``differing`` are places in its value that did not match.
    """
    whole = None if isinstance(judged, Judgement) else _content(event)
    marked = [("value", outside_texts(whole, steps)) for steps in islice(differing, _MARKS_MOST)]
    row = _Row(event, (), judged, marked) if isinstance(judged, str) else _Row(event, judged.findings)
    return _Table(_moment, [row]).html("The event that was checked", 0)


def _content(event: Event) -> Any:
    try:
        return event.decoded().content
    except (Undecodable, KafkaUnusable):
        return None


def compared(events: Iterable[Event], *paths: Path | None) -> str:
    """A folded table of the events that a check of several failed on. What is at the paths is marked."""
    rows = _different(_Row(event, marked=_places(paths, event)) for event in events)
    drawn = _Table(_moment, rows)
    return drawn.html("Events that did not match", drawn.left_out)


def events_table(events: Sequence[Event], most: int = EVENTS_MOST, room: int = TABLE_MOST) -> str:
    """A table of events, the last ``most`` of them, with ``room`` for so many characters."""
    shown = events[-most:]
    drawn = _Table(_moment, [_Row(event) for event in shown], room)
    return drawn.html(counted(len(events)), len(events) - len(shown) + drawn.left_out, is_open=True)


def came_on_topics(outcome: Outcome) -> str:
    """A table of what was read without a condition, the last of it where that is much."""
    drawn = _Table(lambda event: _when(event, outcome), [_Row(event) for event in outcome.events])
    read = outcome.findings.read
    left_out = max(0, read - len(outcome.events)) + drawn.left_out
    topics = listed([f"'{name}'" for name in outcome.request.topics], TOPICS_MOST, ", ")
    return drawn.html(f"{counted(read)} came on {html_text(topics)}", left_out, is_open=True)


def _rows(outcome: Outcome, last: str) -> Iterator[_Row]:
    if outcome.events:
        yield _Row(outcome.events[-1], verdict=last, marked=_asked_of(outcome) if last != _MATCHED else ())
    for letter in outcome.died[:_LETTERS_MOST]:
        yield _Row(letter, verdict="the dead letter of an event of this test")
    for miss in outcome.near.nearest() if outcome.near else ():
        yield _Row(miss.event, miss.judgement.findings)
    for event, reason in outcome.unjudged:
        yield _Row(event, verdict=f"could not be judged: {reason}")
    for event in reversed(outcome.events[-EVENTS_MOST:-1]):
        yield _Row(event, verdict="matched")
    if outcome.before is not None:
        yield _Row(outcome.before, verdict="matches, but arrived before the mark")
    if outcome.elsewhere is not None:
        yield _Row(outcome.elsewhere, verdict="matches, but on another topic")
    if outcome.stopped:
        yield from map(_Row, outcome.latest)
        return
    for event in outcome.latest:
        judgement = outcome.request.conditions.judge(event)
        yield _Row(event, judgement.findings, "matched" if judgement.matches else "")


def _asked_of(outcome: Outcome) -> list[tuple[str, Steps]]:
    """Where the last event meets the conditions that none should have met."""
    event = outcome.events[-1]
    return [place for condition in outcome.request.conditions for place in _places([condition.path], event)]


def _different(rows: Iterable[_Row]) -> list[_Row]:
    found: dict[str, _Row] = {}
    for row in rows:
        if len(found) == EVENTS_MOST:
            break
        found.setdefault(row.event.place, row)
    return list(found.values())


class _Table:
    """Rows for as many events as there is room for."""

    def __init__(self, moment: Callable[[Event], str], rows: Sequence[_Row], room: int = TABLE_MOST) -> None:
        self._moment = moment
        self._lines: list[str] = []
        for row in rows:
            if room < _LEAST_ROOM:
                break
            line, length = self._line(row, min(room, VALUE_MOST))
            self._lines.append(line)
            room -= length
        self.left_out = len(rows) - len(self._lines)
        self._head = "".join(f'<th align="left" nowrap style="{_CELL}">{name}</th>' for name in _COLUMNS)

    def html(self, summary: str, left_out: int, *, is_open: bool = False) -> str:
        body = "".join(f"<tr>{line}</tr>" for line in self._lines)
        page = f"<div {_SCROLLED}><table {TABLE}><tr>{self._head}</tr>{body}</table></div>" if body else ""
        more = f"<i>… {left_out:,} more event{'s' * (left_out != 1)}</i>" if left_out else ""
        state = " open" if is_open else ""
        return f"<details{state}><summary>{summary}</summary>{page}{more}</details>"

    def _line(self, row: _Row, room: int) -> tuple[str, int]:
        event = row.event
        highlighted = _Highlighted(row)
        lines = [
            _Line(event.place, highlighted.any_of("topic", "partition", "offset"), bold=True),
            _Line(self._moment(event), highlighted.any_of("timestamp")),
        ]
        if event.raw_key is not None:
            lines.append(_Line(f"key {show_value(event.shown_key, _KEY_MOST)}", highlighted.any_of("key")))
        lines += _headers(event, highlighted.of("headers"), room // 2)
        lines.append(_Line(_taken_for(event)))
        taken = sum(len(line.text) for line in lines)
        value = show_event_value(event, highlighted.of("value"), max(room - taken, _LEAST_ROOM))
        judged = "".join(f"<div>{line.html}</div>" for line in _judged(row))
        verdict = f'<div style="{_LONG};margin-bottom:.6em">{judged}</div>' if judged else ""
        shown = f'<td valign="top" width="100%" style="{_CELL}">{verdict}<pre {_VALUE}>{value.html}</pre></td>'
        return _cell(lines) + shown, taken + value.length


class _Highlighted:
    """Which parts of an event failed a condition."""

    def __init__(self, row: _Row) -> None:
        self._found: dict[str, set[Steps]] = {}
        for finding in row.judged:
            if finding.state is State.TOMBSTONE:
                self._found.setdefault("value", set()).add(())
            if not finding.held and finding.found:
                path = finding.condition.path
                origin = "value" if path.origin == "is_tombstone" else path.origin
                self._found.setdefault(origin, set()).update(_found_at(path, row.event))
        for origin, steps in row.marked:
            self._found.setdefault(origin, set()).add(steps)

    def of(self, origin: str) -> set[Steps]:
        return self._found.get(origin, set())

    def any_of(self, *origins: str) -> bool:
        return any(map(self.of, origins))


def _found_at(path: Path, event: Event) -> list[Steps]:
    try:
        return path.found_at(event)
    except (Undecodable, KafkaUnusable):
        return []


def _places(paths: Iterable[Path | None], event: Event) -> list[tuple[str, Steps]]:
    return [(path.origin, steps) for path in paths if path is not None for steps in _found_at(path, event)]


class _Line(NamedTuple):
    text: str
    marked: bool = False
    bold: bool = False

    @property
    def html(self) -> str:
        written = html_text(self.text)
        written = f"{MARK}{written}</mark>" if self.marked else written
        return f"<b>{written}</b>" if self.bold else written


def _taken_for(event: Event) -> str:
    """What its value was read as, where that is not plain to see."""
    try:
        decoded = event.decoded()
    except (Undecodable, KafkaUnusable):
        return ""
    note = f" {decoded.note}" if decoded.note and decoded.format in _WITH_NOTES else ""
    if decoded.format in _PLAIN_TO_SEE and not note:
        return ""
    name = "JSON" if decoded.format == "json" else decoded.format
    return f"read as {name}{note}" + (f", {show_text(decoded.schema)}" if decoded.schema else "")


def _headers(event: Event, marked: set[Steps], most: int) -> list[_Line]:
    """A line for each header, in their order; the first of them where they are many."""
    headers = event.read_headers()
    lines: list[_Line] = []
    room = most
    seen: dict[str, int] = {}
    for name, read in headers[:_HEADERS_MOST]:
        line = f"{show_text(name)}: {show_value(read.content, _KEY_MOST)}{_read_as(read)}"
        if len(line) > room:
            break
        place = seen[name] = seen.get(name, -1) + 1
        lines.append(_Line(line, (name, place) in marked or () in marked))
        room -= len(line)
    left_out = len(headers) - len(lines)
    return [*lines, _Line(f"… {left_out:,} more header{'s' * (left_out != 1)}")] if left_out else lines


def _read_as(header: ReadHeader) -> str:
    """What a header was read as, where that is not plain to see, and why."""
    if isinstance(header.content, Unread):
        return f" ({header.content.reason})"
    return f" (read as {header.format}{f', {header.why}' * bool(header.why)})" if header.format else ""


def _judged(row: _Row) -> list[_Line]:
    """What there was instead of what was asked for, and how many conditions held."""
    failed = [finding for finding in row.judged if not finding.held]
    lines = []
    for finding in failed:
        lines.append(_Line(finding.text, marked=True))
        if finding.state is not State.UNJUDGED:
            lines.append(_Line(f"asked for {finding.condition.text}"))
    if row.verdict:
        lines.append(_Line(show_text(row.verdict, REASON_MOST)))
    held = len(row.judged) - len(failed)
    if failed and held:
        lines.append(_Line(f"{held} of {len(row.judged)} conditions held"))
    return list(dict.fromkeys(lines))


def _cell(lines: Sequence[_Line]) -> str:
    """A cell of lines, which are broken only where one of them is long."""
    inside = "<br>".join(line.html for line in lines if line.text)
    if max(len(line.text) for line in lines) <= _LINE:
        return f'<td valign="top" nowrap style="{_CELL};white-space:nowrap">{inside}</td>'
    return f'<td valign="top" style="{_CELL}"><div style="{_LONG}">{inside}</div></td>'


def _when(event: Event, outcome: Outcome) -> str:
    moment = when(event, outcome)
    return f"{moment} since the mark" if moment[0] in "+-" else moment


def _moment(event: Event) -> str:
    moment = event.timestamp
    return "" if moment is None else f"{moment.astimezone():%Y-%m-%d} {clock(moment)}"
