"""Carts: what is put in and taken out is published."""

from __future__ import annotations

import sqlite3
from typing import Any

from examples.shop import bugs
from examples.shop.events import publish

EVENTS = "cart.events"


def cart(database: sqlite3.Connection, cart_id: str) -> dict[str, Any]:
    rows = database.execute(
        'select product as "productId", name, price, quantity from cart_items'
        " join products on products.id = product where cart = ? order by place",
        [cart_id],
    )
    items = [dict(row) for row in rows]
    return {"id": cart_id, "items": items, "total": sum(item["price"] * item["quantity"] for item in items)}


def add_item(database: sqlite3.Connection, cart_id: str, product: dict[str, Any], quantity: int) -> None:
    database.execute(
        "insert into cart_items values (?, ?, ?, (select coalesce(max(place), 0) + 1 from cart_items where cart = ?))"
        " on conflict (cart, product) do update set quantity = cart_items.quantity + excluded.quantity",
        [cart_id, product["id"], quantity, cart_id],
    )
    if bugs.has("event-lost-after-commit"):
        return
    publish(
        database,
        EVENTS,
        cart_id,
        type="ItemAdded",
        cartId=cart_id,
        productId=product["id"],
        quantity=1 if bugs.has("wrong-field") else quantity,
        price=product["price"],
    )


def remove_item(database: sqlite3.Connection, cart_id: str, product_id: str) -> bool:
    """Whether it was there."""
    gone = database.execute("delete from cart_items where cart = ? and product = ?", [cart_id, product_id])
    if gone.rowcount:
        publish(database, EVENTS, cart_id, type="ItemRemoved", cartId=cart_id, productId=product_id)
    return bool(gone.rowcount)
