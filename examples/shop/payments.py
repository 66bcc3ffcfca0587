"""Payments: asked for over HTTP, decided by a fraud check that listens to events."""

from __future__ import annotations

import sqlite3
import uuid
from typing import Any

from examples.shop.events import Received, publish
from examples.shop.fields import text, whole_number

REQUESTED = "payments.requested"
APPROVED = "payments.approved"
REJECTED = "payments.rejected"
LIMIT = 100_000
"""In cents; what is above is rejected."""


def request(database: sqlite3.Connection, amount: int, cart: str | None, currency: str) -> dict[str, Any]:
    payment = str(uuid.uuid4())
    database.execute(
        "insert into payments (id, cart, amount, currency, status) values (?, ?, ?, ?, 'requested')",
        [payment, cart, amount, currency],
    )
    publish(
        database,
        REQUESTED,
        payment,
        type="PaymentRequested",
        paymentId=payment,
        cartId=cart,
        amount=amount,
        currency=currency,
    )
    return {"paymentId": payment, "amount": amount, "status": "requested", "reason": None}


def payment(database: sqlite3.Connection, payment_id: str) -> dict[str, Any] | None:
    row = database.execute(
        'select id as "paymentId", amount, status, reason from payments where id = ?', [payment_id]
    ).fetchone()
    return row and dict(row)


def check_for_fraud(database: sqlite3.Connection, event: Received) -> None:
    """Takes an event of `payments.requested`."""
    fields = event.fields()
    payment_id, amount = text(fields, "paymentId"), whole_number(fields, "amount", 1)
    reason = f"{amount} is above the limit of {LIMIT}" if amount > LIMIT else None
    topic, status = (REJECTED, "rejected") if reason else (APPROVED, "approved")
    changed = database.execute(
        "update payments set status = ?, reason = ? where id = ? and status = 'requested'", [status, reason, payment_id]
    )
    # One that comes again was decided before.
    if changed.rowcount:
        decision = {"reason": reason} if reason else {}
        publish(database, topic, payment_id, type=f"Payment{status.title()}", paymentId=payment_id, **decision)
