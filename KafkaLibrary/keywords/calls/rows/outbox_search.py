"""What a keyword on events of an outbox asks for: ids and types of headers, the event inside, the row it belongs to."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from KafkaLibrary.errors import ExpectationFailed, KeywordMisused, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import arguments, search
from KafkaLibrary.keywords.calls.since_and_timeout import deadline_of, start_point
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.session import Session

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.matching.paths.path import Path
    from KafkaLibrary.matching.sequences import uniqueness
    from KafkaLibrary.reporting.checks import failed_sequences
    from KafkaLibrary.reporting.waits import failed_waits
    from KafkaLibrary.row_changes import change, outbox, reading
    from KafkaLibrary.watching import waits
    from KafkaLibrary.watching.rows import outbox_reading
    from KafkaLibrary.watching.waits import Request
else:
    matching = LazyModule("KafkaLibrary.matching")
    uniqueness = LazyModule("KafkaLibrary.matching.sequences.uniqueness")
    failed_sequences = LazyModule("KafkaLibrary.reporting.checks.failed_sequences")
    failed_waits = LazyModule("KafkaLibrary.reporting.waits.failed_waits")
    change = LazyModule("KafkaLibrary.row_changes.change")
    outbox = LazyModule("KafkaLibrary.row_changes.outbox")
    reading = LazyModule("KafkaLibrary.row_changes.reading")
    outbox_reading = LazyModule("KafkaLibrary.watching.rows.outbox_reading")
    waits = LazyModule("KafkaLibrary.watching.waits")

_OWN = re.compile(r"\s*(id|type)=(?!=)\s*(.*?)\s*")
"""A cell that names the header which the router writes, and no field of the event."""
_ID = "headers.id"
_AGGREGATE = ("aggregateid", "aggregate_id")
_NO_TYPE = "No header tells its type: table.fields.additional.placement=type:header:eventType puts it there."


class OutboxSearch(NamedTuple):
    """The cells of a keyword on events of an outbox."""

    topic: Any
    conditions: Sequence[Any]
    id: Any = None
    type: Any = None
    since: Any = None
    strict: Any = False

    def request(self, session: Session, timeout: Any, own_arguments: Sequence[str] = ("timeout",)) -> Request:
        """What the wait is to look for."""
        own: dict[str, Any] = {"id": self.id, "type": self.type}
        rest: list[Any] = []
        for cell in self.conditions:
            found = _OWN.fullmatch(cell) if isinstance(cell, str) else None
            if found is None:
                rest.append(cell)
            else:
                own[found[1]] = found[2]
        strict = arguments.truth(self.strict, "strict")
        asked = [{_ID: own["id"]}] if own["id"] is not None else []
        conditions = [
            *matching.parse_conditions(
                [*asked, *rest], strict=strict, arguments=(*own_arguments, "since", "strict", "alias")
            )
        ]
        if asked:
            conditions[0] = replace(conditions[0], path=_without_quotes(conditions[0].path))
        if own["type"] is not None:
            (condition,) = matching.parse_conditions([{"headers.eventType": own["type"]}])
            conditions.append(replace(condition, path=replace(condition.path, find=_type)))
        return search.request(
            session,
            arguments.topics(self.topic),
            matching.Conditions(conditions),
            start_point(self.since),
            deadline_of(timeout, session),
            outbox_reading.reading(session.current.formats.of),
        )


def _without_quotes(path: Path) -> Path:
    """The header as the text that it is, where Connect's JSON has written it."""
    return replace(path, find=lambda event, exact=False: [*map(reading.plain_text, path.find(event, exact))])


def _type(event: Event, exact: bool = False) -> list[Any]:
    told = outbox.type_of(reading.header_texts(event.raw_headers))
    if told is None:
        raise Undecodable(_NO_TYPE)
    return [told]


def first(session: Session, sought: OutboxSearch, timeout: Any) -> Event:
    """The first event that matches, with the event inside as its value."""
    request = sought.request(session, timeout)
    event = search.first(session, request).events[0]
    search.doubt_match(session, [event], request.conditions)
    return event


def once_each(session: Session, sought: OutboxSearch, within: Any) -> list[Event]:
    """The events of that time, of which no two have one id. Fails where two have, and where nothing is proven."""
    request = sought.request(session, within, ("within",))
    outcome = session.current.waits.none_beyond(request, sys.maxsize - 1)
    near = search.near_topics(session, outcome)
    proving = "each event of the outbox came once"
    problem = failed_waits.unproven(outcome, missing_ok=False, near_topics=near, proving=proving)
    if problem is not None:
        raise search.failed(outcome, problem)
    events = waits.in_offset_order(outcome.events)
    if not events:
        raise ExpectationFailed(failed_sequences.nothing_to_check(None))
    path = _without_quotes(matching.parse_path(_ID))
    shared, unread = uniqueness.shared_values(events, path)
    if shared or unread:
        raise ExpectationFailed(failed_sequences.not_unique(events, shared, unread, [path], None))
    return events


def check_belongs(event: Event, row: Event) -> str:
    """By what an event of an outbox belongs to a row. Fails where it does not, or where nothing tells."""
    found, of_row = event.change, row.change
    if of_row is None:
        raise KeywordMisused(f"{row.place} is not a change of a row.\nGive what 'Wait For Row Change' returned.")
    if found is not None and found.transaction and of_row.transaction:
        return _belongs(event, row, "transaction", found.transaction, of_row.transaction)
    identity = reading.header_texts(event.raw_headers).get(outbox.ID)
    inserted = (of_row.after or {}).get("id") if isinstance(of_row.after, dict) else None
    if identity is not None and str(inserted) == str(identity):
        return f"the id {identity}"
    keys = outbox.row_keys(row.key)
    aggregate = outbox.row_keys(event.key)
    if found is not None and isinstance(found.after, dict):  # the change of the outbox table itself
        aggregate = [str(found.after[name]) for name in _AGGREGATE if name in found.after]
    if len(keys) != 1 or len(aggregate) != 1:
        raise ExpectationFailed(
            f"It is not known whether {event.place} belongs to {row.place}.\n"
            "They tell no transaction both, and no id of one part that could be compared."
        )
    return _belongs(event, row, "id", aggregate[0], keys[0])


def _belongs(event: Event, row: Event, what: str, one: str, other: str) -> str:
    if one != other:
        raise ExpectationFailed(
            f"{event.place} does not belong to {row.place}: its {what} is {one}, that of the row {other}."
        )
    return f"the {what} {one}"
