"""An event that comes again is the same; one that looks like it is not."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from examples.shop import fields, inventory
from examples.shop.database import Database
from examples.shop.errors import Unreadable
from examples.shop.events import REASON_CHARACTERS, Received, put_aside
from examples.shop.kafka import take


def received(**values: Any) -> Received:
    value = json.dumps({"type": "ProductCountIncreased", "productId": "P-7", "by": 5, **values}).encode()
    return Received("inventory.events", 0, 0, 1700000000000, b"P-7", value)


def waiting(database: Database) -> list[Any]:
    with database.reading() as connection:
        return connection.execute("select topic, value, headers from outbox order by number").fetchall()


def count(database: Database) -> int:
    with database.reading() as connection:
        product = inventory.product(connection, "P-7")
    assert product is not None
    return int(product["count"])


def test_a_dead_letter_is_put_aside_once_however_often_the_event_comes(database: Database) -> None:
    for _ in range(2):
        take(database, inventory.change_count, received(by="many"), "shop")
    assert len(waiting(database)) == 1


def test_an_event_without_an_id_counts_once_however_often_it_comes(database: Database) -> None:
    for _ in range(2):
        take(database, inventory.change_count, received(), "shop")
    assert count(database) == 5


def test_the_first_events_of_a_new_kafka_are_not_those_of_the_old_one(database: Database) -> None:
    for event in (received(), received(by="many")):
        take(database, inventory.change_count, event, "shop")
        take(database, inventory.change_count, replace(event, timestamp=event.timestamp + 1), "shop")
    assert count(database) == 10
    assert len(waiting(database)) == 2


def test_a_reason_is_short_and_can_be_sent(database: Database) -> None:
    with database.transaction() as transaction:
        put_aside(transaction, received(), "\ud800" + "x" * REASON_CHARACTERS, "shop")
    reason = json.loads(waiting(database)[0]["headers"])["reason"]
    assert reason.encode() == b"\\ud800" + b"x" * (REASON_CHARACTERS - 1)


DEEP = b'{"by": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


@pytest.mark.parametrize("value", [None, b"", b"[]", b"\xff", DEEP, b'{"by": ' + b"9" * 5000 + b"}"])
def test_what_is_no_object_can_not_be_read(value: bytes | None) -> None:
    with pytest.raises(Unreadable, match="the value is n"):
        fields.whole_number(fields.read(value), "by", 1)


@pytest.mark.parametrize("by", [10**20, 0, -1, 1.0, True, None, "5", [], float("nan")])
def test_a_number_that_is_not_whole_or_out_of_bounds_can_not_be_read(by: object) -> None:
    with pytest.raises(Unreadable, match=r"^the field 'by' is .*, not a whole number from 1 to 1000000000$"):
        fields.whole_number({"by": by}, "by", 1)


@pytest.mark.parametrize("name", ["\ud800", "x" * (fields.LONGEST_TEXT + 1), 5, None])
def test_a_text_that_nobody_can_write_down_can_not_be_read(name: object) -> None:
    with pytest.raises(Unreadable, match=r"^the field 'name' is .*, not a text"):
        fields.text({"name": name}, "name")
