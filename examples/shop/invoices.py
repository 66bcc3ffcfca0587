"""Invoices: written for each payment that is approved, in the currencies that the shop knows."""

from __future__ import annotations

import sqlite3

from examples.shop.errors import Unreadable
from examples.shop.events import Received, publish
from examples.shop.fields import text

ISSUED = "invoices.issued"
CURRENCIES = ("CHF", "EUR", "USD")


def issue(database: sqlite3.Connection, event: Received) -> None:
    """Takes an event of `payments.approved`. A payment in another currency can be approved, and has no invoice."""
    payment_id = text(event.fields(), "paymentId")
    payment = database.execute("select amount, currency from payments where id = ?", [payment_id]).fetchone()
    if payment is None:
        raise Unreadable(f"there is no payment '{payment_id}'")
    if payment["currency"] not in CURRENCIES:
        raise Unreadable(f"no such currency: {payment['currency']}")
    # One that comes again has its invoice.
    if database.execute("insert into invoices values (?) on conflict do nothing", [payment_id]).rowcount:
        publish(
            database,
            ISSUED,
            payment_id,
            type="InvoiceIssued",
            paymentId=payment_id,
            amount=payment["amount"],
            currency=payment["currency"],
        )
