"""What keywords find out about several changes of rows: their order, and whether a transaction is there as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import ExpectationFailed, KafkaLibraryError, KeywordMisused, Undecodable
from KafkaLibrary.event import Event
from KafkaLibrary.keywords.calls import arguments, search
from KafkaLibrary.keywords.calls.rows import row_search
from KafkaLibrary.keywords.calls.since_and_timeout import deadline_of, start_point
from KafkaLibrary.lazy_module import LazyModule
from KafkaLibrary.reporting.long_lists import bounded
from KafkaLibrary.session import Session

if TYPE_CHECKING:
    from KafkaLibrary import matching
    from KafkaLibrary.matching.values import not_sent
    from KafkaLibrary.reporting.waits import failed_waits
    from KafkaLibrary.row_changes import change, order, reading, transactions
    from KafkaLibrary.watching import waits
    from KafkaLibrary.watching.rows import row_reading
    from KafkaLibrary.watching.topics import patterns
else:
    matching = LazyModule("KafkaLibrary.matching")
    not_sent = LazyModule("KafkaLibrary.matching.values.not_sent")
    failed_waits = LazyModule("KafkaLibrary.reporting.waits.failed_waits")
    change = LazyModule("KafkaLibrary.row_changes.change")
    order = LazyModule("KafkaLibrary.row_changes.order")
    reading = LazyModule("KafkaLibrary.row_changes.reading")
    transactions = LazyModule("KafkaLibrary.row_changes.transactions")
    row_reading = LazyModule("KafkaLibrary.watching.rows.row_reading")
    patterns = LazyModule("KafkaLibrary.watching.topics.patterns")
    waits = LazyModule("KafkaLibrary.watching.waits")

_RUN = "__debezium.context.runId"
_ROWS = "rows= is how many rows of each table changed: orders: 1, lines: 2"


def check_order(session: Session, rows: Any, since: Any, timeout: Any) -> int:
    """How many changes are in order. Fails where they are not, or where that can't be told."""
    if isinstance(rows, str):
        checked = _rows_of_table(session, rows, since, timeout)
    else:
        checked = [_row(event, event.change) for event in arguments.events(rows) if not event.is_tombstone]
    if not checked:
        raise ExpectationFailed("There are no changes of rows to check.\nA check of nothing would prove nothing.")
    found = order.in_order(checked, are_all=isinstance(rows, str))
    if found.faults:
        raise ExpectationFailed("\n".join(["The changes are not in order:", *bounded(found.faults)]))
    if not found.compared and len(checked) > 1:
        raise ExpectationFailed(
            f"The order of {len(checked)} changes could not be checked.\n"
            "Each is of a row of its own, and between rows the order is that of commits, which positions do not tell."
        )
    return len(checked)


def _rows_of_table(session: Session, table: str, since: Any, timeout: Any) -> list[order.Row]:
    request, topics = row_search.RowSearch(table, (), snapshot="also", since=since).request(session, timeout)
    outcome = search.present(session, request)
    row_search.check_one_topic(table, topics, outcome)
    if outcome.unjudged:
        event, reason = outcome.unjudged[0]
        raise ExpectationFailed(f"The order could not be checked: {event.place} could not be judged.\n{reason}")
    checked = []
    for event in waits.in_offset_order(outcome.events):
        view = event.decoded().content
        row = _row(event, change.change_of(view))
        checked.append(row._replace(known_before=_known(view, "before"), known_after=_known(view, "after")))
    return checked


def _known(view: reading.View, name: str) -> dict[str, Any] | None:
    """The columns of a row that its event tells: none that was not sent."""
    row = view.get(name)
    if not isinstance(row, Mapping) or view.why_unknown((name,)):
        return None
    return {
        column: one
        for column, one in row.items()
        if not view.why_unknown((name, column)) and not not_sent.is_not_sent(one)
    }


def _row(event: Event, found: change.RowChange | None) -> order.Row:
    if found is None:
        raise KeywordMisused(f"{event.place} is not a change of a row.")
    run = str(reading.header_texts(event.raw_headers).get(_RUN, ""))
    return order.Row(event.place, event.topic, event.partition, event.raw_key, found, run)


def complete(session: Session, given: Any, rows: Any, topic: Any, timeout: Any, since: Any) -> list[Event]:
    """The rows of a transaction, once all are there. Fails where some are lacking, doubled, or can't be told."""
    deadline = deadline_of(timeout, session)
    transaction, prefix = _transaction(given, topic)
    wanted = _given_counts(rows) if rows is not None else _counts(session, transaction, prefix, topic, since, deadline)
    topics = {name: _topic(session, prefix, name, deadline) for name in wanted}
    count = sum(wanted.values())
    reader = row_reading.RowReading(session.current.watcher.source, session.current.formats.of)
    condition = matching.parse_conditions([f'transaction.id == "{transaction}"'])[0]
    # Two databases may have one prefix, and number their transactions alike.
    database = given.change.database if isinstance(given, Event) and given.change else None
    of_it = replace(condition, path=replace(condition.path, find=partial(_common_id, database)))
    conditions = row_reading.RowConditions([], [of_it], reader)
    names = tuple(dict.fromkeys(topics.values()))
    request = search.request(session, names, conditions, start_point(since), deadline, reader)
    outcome = session.current.waits.first(request, count)
    if len(outcome.events) < count:
        there = _by_table(outcome.events, topics)
        problem = failed_waits.no_match(outcome, count, search.near_topics(session, outcome))
        lines = [f"The transaction {transaction} is not complete.", *transactions.lacking(wanted, there), str(problem)]
        raise search.failed(outcome, type(problem)("\n".join(lines)))
    found = search.present(session, replace(request, deadline=session.current.deadline())).events
    _check_rows(transaction, wanted, found, topics)
    plain = [row_search.plain(session, event) for event in waits.in_offset_order(found)]
    return sorted(plain, key=lambda event: (event.change and event.change.order) or 0)


def _check_rows(transaction: str, wanted: Mapping[str, int], found: Sequence[Event], topics: Mapping[str, str]) -> None:
    changes = [(event, change.change_of(event.decoded().content)) for event in found]
    again = transactions.doubled(
        (event.place, (event.topic, one.database, one.op, event.raw_key, *_place(one))) for event, one in changes
    )
    lines = again or transactions.lacking(wanted, _by_table(found, topics))
    if lines:
        raise ExpectationFailed("\n".join([f"The transaction {transaction} has other rows:", *bounded(lines)]))


def _place(one: change.RowChange) -> tuple[Any, ...]:
    """What tells a change from others of its row: its place, or where it tells none, what it left."""
    return (*one.position.items(), one.order) if one.position or one.order is not None else (repr(one.after),)


def _by_table(found: Sequence[Event], topics: Mapping[str, str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name, topic in topics.items():
        # A topic that came with its first row was not known by its name before.
        there = [event.topic for event in found if event.topic == topic or _is_of(topic, event.topic)]
        if len({*there}) > 1:
            raise row_search.several(name, sorted({*there}))
        counts[name] = len(there)
    return counts


def _is_of(pattern: str, topic: str) -> bool:
    return patterns.is_pattern(pattern) and patterns.matches(pattern, topic)


def _common_id(database: str | None, event: Event, exact: bool = False) -> list[Any]:
    content = event.decoded(exact=exact).content
    if not isinstance(content, reading.View) or content.get("snapshot"):
        return []
    told = change.transaction_of(content)
    if told is None:
        raise Undecodable("It does not tell its transaction: add.fields=txId or add.headers=txId does.")
    if database is not None and change.change_of(content).database not in (database, None):
        return []
    return [told]


def _transaction(given: Any, topic: Any) -> tuple[str, str]:
    """The id that all rows have in common, and what the topics of the connector begin with."""
    prefix = ""
    if isinstance(topic, str):
        prefix = topic.rpartition(".")[0]
    if not isinstance(given, Event):
        if given is None or not str(given).strip():
            raise KeywordMisused("A transaction is needed: the event of a row, or the id in its source.txId.")
        return change.common_id(given), prefix
    if given.change is None:
        raise KeywordMisused(f"{given.place} is not a change of a row.\nGive what 'Wait For Row Change' returned.")
    if given.change.snapshot or given.change.transaction is None:
        why = "is a row of a snapshot" if given.change.snapshot else "does not tell its transaction"
        raise KeywordMisused(
            f"{given.place} {why}.\nGive a change with source.txId, or add.fields=txId to the transform."
        )
    return given.change.transaction, prefix or given.change.source.get("name") or given.topic.rsplit(".", 2)[0]


def _counts(
    session: Session, transaction: str, prefix: str, topic: Any, since: Any, deadline: Deadline
) -> dict[str, int]:
    if not prefix:
        raise KeywordMisused("Where is the transaction told of? Give topic=PREFIX.transaction, or the event of a row.")
    name = arguments.topic(topic or f"{prefix}.transaction")
    # The place behind the number is that of one event: it differs from row to row.
    conditions = matching.parse_conditions(["status == END", f"id matches ^{re.escape(transaction)}(:[0-9]+)?$"])
    request = search.request(session, (name,), conditions, start_point(since), deadline)
    try:
        event = search.first(session, request).events[0]
    except KafkaLibraryError as failure:
        advice = "Without it nothing tells how many rows it has: set provide.transaction.metadata=true, or give rows=."
        first = f"It is not known whether the transaction {transaction} is complete: its end was not told."
        raise type(failure)(f"{first}\n{failure}\n{advice}") from None
    wanted = transactions.counts_of_end(event.decoded().content)
    if not wanted:
        raise ExpectationFailed(f"{event.place} tells that the transaction {transaction} ended, and of no rows.")
    return wanted


def _given_counts(rows: Any) -> dict[str, int]:
    try:
        return transactions.read_counts(rows)
    except ValueError:
        raise KeywordMisused(f"{_ROWS}, or a dictionary, not {rows!r}.") from None


def _topic(session: Session, prefix: str, table: str, deadline: Deadline) -> str:
    found = row_search.topics_of(session, f"{prefix}.{table}" if prefix else table, deadline)
    if found.is_table and prefix and len(found.names) == 1 and found.names[0].startswith("^"):
        found = row_search.topics_of(session, table, deadline)
    return found.names[0]
