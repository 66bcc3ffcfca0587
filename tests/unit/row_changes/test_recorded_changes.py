"""Row changes in the bytes that connectors wrote: each form tells what it tells, and no more."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from KafkaLibrary.deadline import Deadline
from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Event, Record
from KafkaLibrary.fields import NOT_SENT
from KafkaLibrary.matching import parse_conditions
from KafkaLibrary.row_changes.change import RowChange
from KafkaLibrary.row_changes.reading import View, read_envelope, read_flattened
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder
from KafkaLibrary.watching.rows.row_reading import RowConditions, RowReading
from tests.change_data.recorded import Recorded, recorded

ORDERS, LINES = "shop.public.orders", "shop.public.lines"
FLATTENED = ("flat", "flaton", "rewrite", "rewritetomb", "totomb", "totombbare", "drop")
UUID, MOVED = "123e4567-e89b-12d3-a456-426614174000", "00123e45-67e8-9b12-d3a4-564266141740"
"""As a snapshot of MariaDB has it, and as its log is read."""
TELLING_OP = ("on", "off", "flaton", "rewrite", "totomb")


class Topic:
    """Answers like a reader, where a wait looks at what was before it began."""

    def __init__(self, records: list[Record]) -> None:
        self.records = records
        self.asked = 0

    def read(self, ranges: dict[tuple[str, int], tuple[int, int]], deadline: Deadline) -> Iterator[list[Record]]:
        assert time.monotonic() < deadline.started + deadline.seconds
        self.asked += 1
        for (topic, _), (first, stop) in ranges.items():
            yield [one for one in self.records if one.topic() == topic and first <= (one.offset() or 0) < stop]


def views(form: str, topic: str, first: int = 0) -> list[Event]:
    """The events that are changes, to a wait that begins at that offset."""
    records: list[Record] = [one.record for one in recorded(form) if one.topic == topic]
    reading = RowReading(Topic(records), lambda _: FoundDecoder())  # type: ignore[arg-type] # it is asked for no more
    anything = RowConditions([], [], reading)
    events = [Event(record, reading(topic)) for record in records if (record.offset() or 0) >= first]
    return [event for event in events if anything.matches(event)]


def matching(form: str, topic: str, *cells: str) -> list[int]:
    """The offsets of the changes that meet the conditions; -1 for each that nothing decides."""
    records: list[Record] = [one.record for one in recorded(form) if one.topic == topic]
    reading = RowReading(Topic(records), lambda _: FoundDecoder())  # type: ignore[arg-type] # it is asked for no more
    conditions = RowConditions(parse_conditions(cells), [], reading)
    found = []
    for record in records:
        try:
            if conditions.matches(Event(record, reading(topic))):
                found.append(record.offset() or 0)
        except Undecodable:
            found.append(-1)
    return found


@pytest.mark.parametrize("form", ["off", "flat", "flaton", "rewrite", "rewritetomb", "totomb", "totombbare"])
def test_a_delete_is_one_thing_however_many_events_it_is(form: str) -> None:
    deleted = [event for event in views(form, ORDERS) if event.decoded().content.is_delete]
    assert [event.raw_key[-2:] for event in deleted if event.raw_key] in ([b"2}", b"3}"], [b"}}", b"}}"])
    assert len([event for event in views(form, LINES) if event.decoded().content.is_delete]) == 1


@pytest.mark.parametrize("form", ["off", "rewritetomb"])
def test_a_tombstone_whose_delete_is_before_the_mark_is_none(form: str) -> None:
    tombstones = [one.offset for one in recorded(form) if one.topic == ORDERS and one.value is None]
    for offset in tombstones:
        assert not [event for event in views(form, ORDERS, offset) if event.offset == offset]


@pytest.mark.parametrize("form", ["totomb", "totombbare"])
def test_a_tombstone_that_is_the_delete_is_found_wherever_the_wait_begins(form: str) -> None:
    tombstones = [one.offset for one in recorded(form) if one.topic == ORDERS and one.value is None]
    assert tombstones
    for offset in tombstones:
        assert next(event.offset for event in views(form, ORDERS, offset)) == offset


@pytest.mark.parametrize("form", TELLING_OP)
def test_what_was_done_is_told_where_the_event_has_it(form: str) -> None:
    assert -1 not in matching(form, ORDERS, "op == u")
    assert matching(form, ORDERS, "op == u", "after.status == PAID")


@pytest.mark.parametrize("form", ["flat", "rewritetomb", "totombbare", "drop"])
def test_what_was_done_is_undecided_where_it_has_not(form: str) -> None:
    found = matching(form, ORDERS, "op == u", "after.status == PAID")
    assert found == [-1]


@pytest.mark.parametrize("form", FLATTENED)
@pytest.mark.parametrize(
    "condition", ["before.status == NEW", "before.status != NEW", "before.status does not exist", "before == null"]
)
def test_a_flattened_row_has_no_before_to_decide_by(form: str, condition: str) -> None:
    paid = [one.offset for one in recorded(form) if one.topic == ORDERS and one.value and "PAID" in one.value]
    assert paid
    assert not set(paid) & set(matching(form, ORDERS, condition))
    assert -1 in matching(form, ORDERS, condition, "after.status == PAID")


def test_before_of_an_update_is_undecided_without_replica_identity() -> None:
    assert matching("off", LINES, "op == u", "before.qty == 2") == [-1]
    assert matching("off", LINES, "op == u", "before.qty does not exist") == [-1]
    assert matching("off", ORDERS, "op == u", "before.status == NEW") == [2, 9]
    assert matching("off", LINES, "op == u", "before == null") == [1], "this it is, whatever the row was"


@pytest.mark.parametrize("condition", ["before.sku == ", "before.qty == 0", "before.order_id == null"])
@pytest.mark.parametrize("form", ["off", "rewrite", "rewritetomb"])
def test_what_fills_the_place_of_columns_that_were_not_sent_is_no_value(form: str, condition: str) -> None:
    assert set(matching(form, LINES, "key.id == 1", "op == d", condition)) == {-1}
    assert 4 in matching(form, LINES, "op == d", "before.id == 1")


def test_a_default_in_the_schema_may_fill_the_place_of_a_column() -> None:
    columns = [{"field": "id"}, {"field": "note"}, {"field": "status", "default": "NEW"}]
    columns.append({"field": "total", "name": "org.apache.kafka.connect.data.Decimal", "default": "AMg="})
    schema = {"type": "struct", "fields": [{"field": "before", "fields": columns}]}
    row = {"id": 1, "note": None, "status": "NEW", "total": 2}
    view = read_envelope({"before": row, "after": None, "op": "d"}, ["id"], schema)
    assert view is not None
    assert all(view.why_unknown(("before", name)) for name in ("note", "status", "total"))
    assert not view.why_unknown(("before", "id"))
    told = read_envelope({"before": {**row, "status": "PAID"}, "after": None, "op": "d"}, ["id"], schema)
    assert told is not None
    assert not told.unknown
    flattened = read_flattened({**row, "__deleted": "true"}, {}, ["id"], {"type": "struct", "fields": columns})
    assert flattened is not None
    assert flattened.why_unknown(("before", "status"))


@pytest.mark.parametrize(
    "filler",
    [
        "00:00:00",
        "00:00:00.000000Z",
        "00000000",
        "AAA=",
        "P0Y0M0DT0H0M0S",
        b"\0\0",
        {"scale": 0, "value": "AA=="},
        {"x": 0.0, "y": 0.0, "wkb": "AQEAAAAAAAAAAAAAAAAAAAAAAAAA", "srid": None},
    ],
)
def test_what_a_type_has_for_nothing_fills_the_place_of_a_column(filler: Any) -> None:
    view = read_envelope({"before": {"id": 1, "at": filler, "note": None}, "after": None, "op": "d"}, ["id"])
    assert view is not None
    assert view.why_unknown(("before", "note"))


def test_deletes_tell_the_key_alone_where_updates_told_nothing_of_the_row_as_it_was() -> None:
    changes = [
        {"before": None, "after": {"id": 1, "note": "x", "status": "PAID"}, "op": "u"},
        {"before": {"id": 1, "note": None, "status": "NEW"}, "after": None, "op": "d"},
        {"before": {"id": 1, "note": "x", "status": "NEW"}, "after": None, "op": "d"},
    ]
    raws = [json.dumps(one).encode() for one in changes]
    reading = RowReading(Topic([]), lambda _: FoundDecoder())  # type: ignore[arg-type] # it is asked for no more
    conditions = RowConditions(parse_conditions(["before.status == NEW"]), [], reading)
    events = [
        Event(Recorded(ORDERS, at, '{"id":1}', raw.decode(), []).record, reading(ORDERS)) for at, raw in enumerate(raws)
    ]
    with pytest.raises(Undecodable, match="is not in the event"):
        conditions.matches(events[0])
    with pytest.raises(Undecodable, match="before has the key and nothing else"):
        conditions.matches(events[1])
    assert conditions.matches(events[2]), "no column of it looks as if it had not been sent"


@pytest.mark.parametrize(
    ("left", "before", "is_told"),
    [
        (
            {"note": "x", "status": "PAID"},
            {"note": None, "status": "NEW"},
            False,
        ),
        ({"note": None, "status": "PAID"}, {"note": None, "status": "NEW"}, False),
        ({"note": None, "status": "NEW"}, {"note": None, "status": "NEW"}, True),
        ({"note": None}, {"note": None, "status": "NEW"}, True),  # a column that came meanwhile
        ({"note": None, "status": "NEW", "long": NOT_SENT[0]}, {"note": None, "status": "NEW", "long": "x"}, True),
        ({"note": None, "status": "NEW", "rate": 0.5}, {"note": None, "status": "NEW", "rate": "0.5"}, True),
        ({"status": "NEW", "ref": UUID}, {"status": "NEW", "ref": MOVED}, True),
        ({"status": "NEW", "ref": UUID}, {"status": "NEW", "ref": f"{MOVED[:-1]}1"}, False),
        ({"status": "NEW", "ref": MOVED}, {"status": "NEW", "ref": UUID}, False),
    ],
)
def test_a_delete_that_is_not_what_the_change_before_had_left_tells_the_key_alone(
    left: dict[str, Any], before: dict[str, Any], is_told: bool
) -> None:
    changes = [
        {"before": None, "after": {"id": 1, **left}, "op": "c"},
        {"before": {"id": 1, **before}, "after": None, "op": "d"},
    ]
    reading = RowReading(Topic([]), lambda _: FoundDecoder())  # type: ignore[arg-type] # it is asked for no more
    conditions = RowConditions(parse_conditions(["before.status == NEW", "op == d"]), [], reading)
    made, gone = (
        Event(Recorded(ORDERS, at, '{"id":1}', json.dumps(one), []).record, reading(ORDERS))
        for at, one in enumerate(changes)
    )
    assert not conditions.matches(made)
    if is_told:
        assert conditions.matches(gone)
    else:
        with pytest.raises(Undecodable, match="before has the key and nothing else"):
            conditions.matches(gone)


@pytest.mark.parametrize("cell", ["op != delete", "op not in insert, delete", 'op != "d"', "payload.op != delete"])
def test_what_was_done_is_called_by_its_name_or_by_its_letter(cell: str) -> None:
    deleted = {*matching("on", ORDERS, "op == d")}
    assert deleted
    assert {*matching("on", ORDERS, cell)}.isdisjoint(deleted)
    assert matching("on", ORDERS, cell)
    for same in ("op == delete", "op in update, delete", "op matches ^delete$"):
        assert deleted <= {*matching("on", ORDERS, same)}


@pytest.mark.parametrize("form", ["on", "off", "flaton", "rewrite", "totomb"])
def test_rows_of_the_snapshot_are_told_apart(form: str) -> None:
    snapshots = [event.offset for event in views(form, ORDERS) if event.decoded().content.get("snapshot")]
    assert snapshots == [0]


@pytest.mark.parametrize("form", ["flat", "drop", "totombbare"])
def test_where_nobody_tells_of_a_snapshot_it_is_unknown(form: str) -> None:
    view = views(form, ORDERS)[0].decoded().content
    assert isinstance(view, View)
    assert "add.fields" in view.why_unknown(("snapshot",))


def test_a_row_whose_key_changed_is_no_snapshot() -> None:
    changed = [event for event in views("flat", ORDERS) if event.raw_key == b'{"id":5}']
    assert changed[0].decoded().content["snapshot"] is False


def test_heartbeats_and_transactions_are_no_changes() -> None:
    assert not views("heartbeat", "__debezium-heartbeat.shop")
    assert not views("off", "shop.transaction")
    assert all(one.event.change is None for one in (*recorded("heartbeat"), *transactions()))


def transactions() -> Iterator[Recorded]:
    return (one for one in recorded("off") if one.topic == "shop.transaction")


def change(form: str, offset: int) -> RowChange:
    found = next(one for one in recorded(form) if one.topic == ORDERS and one.offset == offset).event.change
    assert found is not None
    return found


def test_an_event_tells_of_its_change() -> None:
    paid = change("off", 2)
    assert (paid.op, paid.table, paid.schema, paid.database) == ("update", "orders", "public", "postgres")
    assert (paid.before["status"], paid.after["status"]) == ("NEW", "PAID")
    assert paid.lsn == paid.position.lsn == paid.source.lsn
    assert (paid.transaction, paid.order, paid.snapshot) == (str(paid.source.txId), 1, False)


def test_the_id_of_a_transaction_is_that_of_all_its_rows() -> None:
    rows = [one.event.change for one in recorded("off") if "803:" in (one.value or "") and "public" in one.topic]
    assert [row.transaction for row in rows if row] == ["803"] * 3
    assert sorted(row.order or 0 for row in rows if row) == [1, 2, 3]


def test_the_tester_may_change_what_it_gets() -> None:
    event = next(recorded("off")).event
    assert event.change is not None
    event.change.after["qty"] = 17
    assert event.decoded().content["after"]["qty"] != 17
