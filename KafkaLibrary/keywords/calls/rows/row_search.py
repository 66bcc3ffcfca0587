"""What a keyword on row changes asks for: its table as topics, its cells as conditions, and what its failures add."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import KafkaLibraryError, KafkaUnusable, KeywordMisused, did_you_mean
from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import arguments, search
from KafkaLibrary.keywords.calls.since_and_timeout import deadline_of, start_point
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.session import Session

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.broker.diagnosis import connectors
    from KafkaLibrary.row_changes import change, reading, tables
    from KafkaLibrary.watching import waits
    from KafkaLibrary.watching.rows import row_reading
    from KafkaLibrary.watching.topics import patterns
    from KafkaLibrary.watching.waits import Outcome, Request
else:
    matching = LazyModule("KafkaLibrary.matching")
    connectors = LazyModule("KafkaLibrary.broker.diagnosis.connectors")
    change = LazyModule("KafkaLibrary.row_changes.change")
    reading = LazyModule("KafkaLibrary.row_changes.reading")
    tables = LazyModule("KafkaLibrary.row_changes.tables")
    row_reading = LazyModule("KafkaLibrary.watching.rows.row_reading")
    waits = LazyModule("KafkaLibrary.watching.waits")
    patterns = LazyModule("KafkaLibrary.watching.topics.patterns")

_ASKING = 1.0
_SEEN_MOST = 8
_LETTERS = {"create": "c", "read": "r", "insert": "c", "update": "u", "delete": "d", "snapshot": "r", "truncate": "t"}
_OWN = re.compile(r"\s*(op|snapshot)\s*==?\s*([A-Za-z]+(?:\s*,\s*[A-Za-z]+)*)\s*")
"""A cell that says which changes are meant; `op == update` says the same."""
_SNAPSHOTS = ("no", "also", "only")
_YES_NO = {"true": "also", "yes": "also", "false": "no"}


class Wanted(NamedTuple):
    """Which changes are meant: the letters of what was done, and whether rows of a snapshot are."""

    letters: tuple[str, ...]
    snapshot: str


class RowSearch(NamedTuple):
    """The cells of a keyword on row changes."""

    table: Any
    conditions: Sequence[Any]
    op: Any = None
    snapshot: Any = None
    since: Any = None
    strict: Any = False

    def request(self, session: Session, timeout: Any) -> tuple[Request, Topics]:
        """What the wait is to look for, and where."""
        strict = arguments.truth(self.strict, "strict")
        cells, wanted = self._wanted()
        names = ("timeout", "since", "strict", "connect", "alias")
        conditions = matching.parse_conditions(cells, strict=strict, arguments=names)
        connection = session.current
        deadline, start = deadline_of(timeout, session), start_point(self.since)
        topics = topics_of(session, self.table, deadline)
        reader = row_reading.RowReading(connection.watcher.source, connection.formats.of)
        asked = row_reading.RowConditions(conditions, _own_conditions(wanted), reader)
        return search.request(session, topics.names, asked, start, deadline, reader), topics

    def _wanted(self) -> tuple[list[Any], Wanted]:
        own: dict[str, Any] = {"op": self.op, "snapshot": self.snapshot}
        rest: list[Any] = []
        for cell in self.conditions:
            found = _OWN.fullmatch(cell) if isinstance(cell, str) else None
            if found is None:
                rest.append(cell)
            elif own[found[1]] is not None:
                raise KeywordMisused(f"{found[1]}= is given twice, as {own[found[1]]!r} and as {found[2]!r}.")
            else:
                own[found[1]] = found[2]
        letters = _letters(own["op"])
        snapshot = own["snapshot"]
        if snapshot is None:
            told = "also" if "r" in letters else "no"
        else:
            word = str(snapshot).strip().lower()
            told = arguments.one_of(_YES_NO.get(word, word), "snapshot", _SNAPSHOTS)
        return rest, Wanted(letters, told)


def _letters(op: Any) -> tuple[str, ...]:
    if op is None:
        return ()
    words = op if isinstance(op, list | tuple) else str(op).split(",")
    letters = []
    for word in (str(one).strip().lower() for one in words):
        letter = _LETTERS.get(word, word)
        if letter not in _LETTERS.values():
            known = ", ".join(reading.OPERATIONS.values())
            near = did_you_mean(word, _LETTERS)
            raise KeywordMisused(f"op= is one of {known}, not '{word}'. {near}".rstrip())
        letters.append(letter)
    return tuple(letters)


def _own_conditions(wanted: Wanted) -> list[matching.Condition]:
    asked: list[matching.Condition] = []
    if wanted.snapshot == "no":
        asked += map(row_reading.without_snapshot, matching.parse_conditions(["snapshot == false"]))
    elif wanted.snapshot == "only":
        asked += map(row_reading.guarded, matching.parse_conditions(["snapshot == true"]))
    if wanted.letters:
        several = f"in {','.join(wanted.letters)}" if len(wanted.letters) > 1 else f"== {wanted.letters[0]}"
        (condition,) = matching.parse_conditions([f"op {several}"])
        asked.append(row_reading.of_operations(condition, wanted.letters))
    return asked


class Topics(NamedTuple):
    """The topics of a table. ``others`` end with its name, too, and were not taken."""

    names: tuple[str, ...]
    others: tuple[str, ...] = ()
    is_table: bool = False
    """Whether they were found by the table's name."""


def topics_of(session: Session, table: Any, deadline: Deadline) -> Topics:
    """The topic that has a table's changes, or a pattern of it where there is none yet; topics as they are given."""
    if not isinstance(table, str) or patterns.is_pattern(table) or "," in table:
        return Topics(arguments.topics(table))
    name = table.strip()
    if not name:
        raise KeywordMisused("Expected a table name, such as orders or public.orders, or its topic.")
    pattern = tables.pattern_of(name)
    asking = deadline.at_least(_ASKING)
    there = session.current.watcher.source.names(asking)
    found = patterns.matching([pattern], there)
    if name in there:
        return Topics((name,), tuple(one for one in found if one != name))
    if len(found) > 1:
        raise several(table, found)
    return Topics(tuple(found) or (pattern,), is_table=True)


def several(table: str, found: Sequence[str]) -> KeywordMisused:
    """The error for a table's name that more than one topic fits: none is taken by chance."""
    listed = ", ".join(f"'{name}'" for name in found[:_SEEN_MOST])
    return KeywordMisused(
        f"Several topics may have the changes of '{table}': {listed}.\n"
        f"Name the topic, or the schema in front of the table; ^{re.escape(found[0])}$ is this one alone."
    )


def first(session: Session, sought: RowSearch, timeout: Any, count: int = 1, connect: Any = None) -> list[Event]:
    """The first changes that match, in the order of their offsets. Fails where they did not come in time."""
    request, topics = sought.request(session, timeout)
    try:
        outcome = search.first(session, request, count)
    except KafkaLibraryError as failure:
        raise _told(session, sought.table, topics, failure, connect) from None
    _check_meant(sought.table, topics, outcome)
    doubt(session, outcome)
    return [plain(session, event) for event in waits.in_offset_order(outcome.events)]


def _check_meant(table: Any, topics: Topics, outcome: Outcome) -> None:
    """Refuses what may be of another table: two topics that came meanwhile, events of an application beside rows."""
    check_one_topic(table, topics, outcome)
    if topics.others and not all(change.change_told(*_told_by(event)) for event in outcome.events):
        raise several(table, [*topics.names, *topics.others])


def check_one_topic(table: Any, topics: Topics, outcome: Outcome) -> None:
    """Refuses a table's name that fits topics which came meanwhile, too."""
    if topics.is_table and len(outcome.marks) > 1:
        raise several(table, sorted(outcome.marks))


def _told_by(event: Event) -> tuple[Any, ...]:
    view = event.decoded().content
    is_envelope = isinstance(view, reading.View) and view.form == "envelope"
    return (view if is_envelope else event.value), event.key, event.raw_headers, event.is_tombstone


def doubt(session: Session, outcome: Outcome) -> None:
    """Doubts for what an event does not tell, and for what conditions overlook."""
    search.doubt_match(session, outcome.events, outcome.request.conditions)
    if "$.snapshot == false" not in outcome.request.conditions.texts:
        return
    for event in outcome.events:
        view = event.decoded().content
        reason = view.why_unknown(("snapshot",)) if isinstance(view, reading.View) else ""
        if reason:
            said = f"Whether {event.place} is a row of a snapshot is unknown: {reason}."
            search.tell_doubt(session, f"{said}\nGive snapshot=also to take it.")
            return


def plain(session: Session, event: Event) -> Event:
    """The event as its topic's formats read it, with the change that was found, in parts that are the tester's own."""
    view, decoder = event.decoded().content, session.current.formats.of(event.topic)
    if not event.is_tombstone:
        ordinary = event.with_change(None, decoder)
        view = row_reading.view_of(ordinary, ordinary.value)
    return event.with_change(change.change_of(view) if isinstance(view, reading.View) else None, decoder)


def _told(session: Session, table: Any, topics: Topics, failure: KafkaLibraryError, connect: Any) -> KafkaLibraryError:
    """The failure with the table as it was named, the tables that there are, and what became of the connectors."""
    lines = [str(failure)]
    if topics.is_table and patterns.is_pattern(topics.names[0]):
        lines = [line.replace(f"'{topics.names[0]}'", f"a topic of '{table}'") for line in lines]
        lines.append(_seen(session, table))
    if connect:
        lines += connectors.not_running(str(connect))
    return type(failure)("\n".join(filter(None, lines)))


def _seen(session: Session, table: str) -> str:
    try:
        names = tables.seen(session.current.watcher.source.names(session.current.asking(_ASKING)))
    except KafkaUnusable:
        return ""
    if not names:
        return f"No topic ends with '{table}', and none looks like that of a table: PREFIX.SCHEMA.TABLE."
    shown = ", ".join(f"'{name}'" for name in names[:_SEEN_MOST])
    more = f" and {len(names) - _SEEN_MOST} more" if len(names) > _SEEN_MOST else ""
    near = did_you_mean(table, [name.rpartition(".")[2] for name in names])
    return f"No topic ends with '{table}'. Topics that may be of tables: {shown}{more}. {near}".rstrip()
