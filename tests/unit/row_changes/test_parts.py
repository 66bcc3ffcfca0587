"""The small parts of reading changes: names of tables, ids of transactions, counts, keys of outboxes, headers."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.row_changes.change import change_of, common_id
from KafkaLibrary.row_changes.outbox import plain_key, row_keys, type_of
from KafkaLibrary.row_changes.reading import header_texts, read_envelope, read_flattened
from KafkaLibrary.row_changes.tables import pattern_of, seen
from KafkaLibrary.row_changes.transactions import counts_of_end, read_counts

NAMES = st.sampled_from(["op", "before", "after", "source", "snapshot", "id", "__op", "__deleted", "ts_ms", "status"])
LEAVES = st.none() | st.booleans() | st.integers() | st.sampled_from(["c", "u", "d", "r", "END", "true", "last", ""])
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6))
TABLE = st.text("abcXYZ019_", min_size=1, max_size=8)


@pytest.mark.parametrize("name", ["orders", "public.orders", "shop.public.orders", '"orders"', 'public."orders"'])
def test_a_table_is_the_end_of_its_topic(name: str) -> None:
    assert re.search(pattern_of(name), "shop.public.orders")


@pytest.mark.parametrize("topic", ["shop.public.reorders", "shop.orders.lines", "outbox.event.orders", "__x.orders"])
def test_another_topic_is_not_that_of_the_table(topic: str) -> None:
    assert not re.search(pattern_of("orders"), topic)


def test_what_no_topic_can_be_called_the_connector_writes_as_an_underscore() -> None:
    assert re.search(pattern_of("order items"), "shop.public.order_items")


@given(TABLE, TABLE)
def test_no_other_table_fits(table: str, other: str) -> None:
    assert bool(re.search(pattern_of(table), f"shop.public.{other}")) == (table == other)


def test_topics_that_may_be_of_tables() -> None:
    assert seen(["shop.public.orders", "orders", "__debezium-heartbeat.shop", "outbox.event.order"]) == [
        "shop.public.orders"
    ]


@pytest.mark.parametrize(
    ("told", "common"),
    [
        ("803:22334088", "803"),
        (803, "803"),
        ("803", "803"),
        ("36f7e0a2-11aa-11ef-9b0e-0242ac110002:17", "36f7e0a2-11aa-11ef-9b0e-0242ac110002:17"),
        ("file=mysql-bin.000003,pos=197", "file=mysql-bin.000003,pos=197"),
    ],
)
def test_what_the_rows_of_a_transaction_have_in_common(told: Any, common: str) -> None:
    assert common_id(told) == common


def test_the_counts_of_an_end() -> None:
    told = [{"data_collection": "public.orders", "event_count": 1}, {"data_collection": "s.lines", "event_count": 2}]
    assert counts_of_end({"status": "END", "data_collections": told}) == {"public.orders": 1, "s.lines": 2}
    assert counts_of_end({"status": "END", "data_collections": None}) == {}


@pytest.mark.parametrize("given_counts", ["orders: 1, lines: 2", "orders=1,lines=2", {"orders": 1, "lines": "2"}])
def test_counts_are_written_as_one_would(given_counts: Any) -> None:
    assert read_counts(given_counts) == {"orders": 1, "lines": 2}


@pytest.mark.parametrize("given_counts", ["", "orders", "orders: 0", "orders: 1, orders: 2", {}, {"orders": -1}, 3])
def test_what_is_no_count_is_refused(given_counts: Any) -> None:
    with pytest.raises(ValueError):
        read_counts(given_counts)


@given(st.text())
def test_a_key_of_an_outbox_is_without_its_quotes(text: str) -> None:
    assert plain_key(json.dumps(text)) == text


@pytest.mark.parametrize(
    ("key", "parts"),
    [('{"id": 1}', ["1"]), ({"id": 1}, ["1"]), ('"42"', ["42"]), ("42", ["42"]), (None, []), (7, ["7"])],
)
def test_the_key_of_a_row_as_texts(key: Any, parts: list[str]) -> None:
    assert row_keys(key) == parts


def test_the_type_of_an_event() -> None:
    assert type_of({"id": "1", "eventType": "OrderPlaced"}) == "OrderPlaced"
    assert type_of({"id": "1"}) is None


@pytest.mark.parametrize("raw", [b"u", b'"u"', b'{"schema":{"type":"string"},"payload":"u"}'])
def test_a_header_is_read_whatever_writes_it(raw: bytes) -> None:
    view = read_flattened({"id": 1}, header_texts([("__op", raw)]))
    assert view is not None
    assert view["op"] == "u"


@given(VALUES)
def test_any_value_is_a_change_or_none(value: Any) -> None:
    for view in (read_envelope(value), read_flattened(value, {})):
        if view is not None:
            assert "snapshot" in view or view.why_unknown(("snapshot",))
            assert "op" in view or view.why_unknown(("op",))
            assert change_of(view).op in (None, "insert", "update", "delete", "snapshot", "truncate")
