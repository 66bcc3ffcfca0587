"""Products and how many there are: the count changes by events alone."""

from __future__ import annotations

import sqlite3
from typing import Any

from examples.shop import bugs
from examples.shop.errors import Unreadable
from examples.shop.events import Received, is_new, publish
from examples.shop.fields import text, whole_number

EVENTS = "inventory.events"
ALERTS = "inventory.alerts"
SIGNS = {"ProductCountIncreased": 1, "ProductCountDecreased": -1}


def products(database: sqlite3.Connection, search: str) -> list[dict[str, Any]]:
    """Those whose id or name contains the text, all for none."""
    rows = database.execute(
        "select * from products where instr(lower(id || ' ' || name), lower(?)) > 0 order by length(id), id", [search]
    )
    return [_shown(row) for row in rows]


def product(database: sqlite3.Connection, product_id: str) -> dict[str, Any] | None:
    row = database.execute("select * from products where id = ?", [product_id]).fetchone()
    return row and _shown(row)


def put_product(database: sqlite3.Connection, product_id: str, name: str, price: int, threshold: int) -> None:
    """Adds it, with none in stock, or changes what is said of it."""
    database.execute(
        "insert into products values (?, ?, ?, 0, ?)"
        " on conflict (id) do update set name = excluded.name, price = excluded.price, threshold = excluded.threshold",
        [product_id, name, price, threshold],
    )


def change_count(database: sqlite3.Connection, event: Received) -> None:
    """Takes an event of `inventory.events`."""
    fields = event.fields()
    kind = text(fields, "type")
    if kind not in SIGNS:
        raise Unreadable(f"the type '{kind}' is unknown; there are {', '.join(SIGNS)}")
    product_id, by = text(fields, "productId"), whole_number(fields, "by", 1)
    # Without an id of its own, an event is the same only if Kafka delivers it again.
    event_id = text(fields, "eventId") if "eventId" in fields else event.identity
    before = product(database, product_id)
    if before is None:
        raise Unreadable(f"there is no product '{product_id}'")
    if not is_new(database, event_id) and not bugs.has("duplicate-counted"):
        return
    count = before["count"] + SIGNS[kind] * by
    if count < 0:
        raise Unreadable(f"there are {before['count']} of '{product_id}', {by} can't be taken away")
    database.execute("update products set count = ? where id = ?", [count, product_id])
    _alert(database, before, count)


def _alert(database: sqlite3.Connection, before: dict[str, Any], count: int) -> None:
    """Says that the stock is low when it becomes so, not each time that it is."""
    threshold = before["threshold"]
    became_low = count < threshold <= before["count"]
    if bugs.has("late-alert"):
        became_low = before["count"] < threshold and count < before["count"]
    if became_low:
        publish(
            database, ALERTS, before["id"], type="StockLow", productId=before["id"], count=count, threshold=threshold
        )


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    return {**row, "low": row["count"] < row["threshold"]}
