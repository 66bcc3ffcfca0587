"""What the shop keeps, in one SQLite file."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from examples.shop.errors import CanNotStart

BUSY_SECONDS = 10.0

# Prices and amounts are in cents.
TABLES = """
create table if not exists products (
    id text primary key,
    name text not null,
    price integer not null,
    count integer not null check (count >= 0),
    threshold integer not null
);
create table if not exists handled_events (id text primary key) without rowid;
create table if not exists cart_items (
    cart text not null,
    product text not null references products (id),
    quantity integer not null check (quantity > 0),
    place integer not null,
    primary key (cart, product)
);
create table if not exists enrollments (
    id text primary key,
    course text not null,
    student text not null,
    welcome text
);
create table if not exists payments (
    id text primary key,
    cart text,
    amount integer not null check (amount > 0),
    currency text not null,
    status text not null,
    reason text
);
create table if not exists invoices (payment text primary key references payments (id)) without rowid;
create table if not exists outbox (
    number integer primary key autoincrement,
    topic text not null,
    key blob,
    value blob,
    headers text not null,
    refused text
);
"""

PRODUCTS = [
    ("P-1", "Brass desk lamp", 6900, 12, 3),
    ("P-2", "Oak notebook stand", 4450, 4, 3),
    ("P-3", "Wool blanket", 8900, 7, 2),
    ("P-4", "Enamel mug", 1450, 40, 10),
    ("P-5", "Walnut wall clock", 12900, 2, 3),
    ("P-6", "Linen apron", 3900, 18, 4),
    ("P-7", "Copper kettle", 15900, 0, 2),
    ("P-8", "Ceramic planter", 2750, 23, 5),
]


NEW_PRODUCT = "insert into products values (?, ?, ?, ?, ?) on conflict do nothing"


class Database:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.changed = threading.Event()
        """Set after each transaction: there may be something to publish."""
        try:
            self._make_tables()
        except sqlite3.Error as error:
            raise CanNotStart(f"the database {path} can't be used: {error}") from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of what is done inside is kept, or after an exception none of it."""
        with closing(self._connect()) as connection:
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")
        self.changed.set()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with closing(self._connect()) as connection:
            yield connection

    def _make_tables(self) -> None:
        with closing(self._connect()) as connection:
            # Readers don't wait for a writer.
            connection.execute("pragma journal_mode = wal")
            connection.executescript(TABLES)
        with self.transaction() as connection:
            connection.executemany(NEW_PRODUCT, PRODUCTS)

    def _connect(self) -> sqlite3.Connection:
        # Transactions begin where it is said, not where the module guesses.
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("pragma foreign_keys = on")
        return connection
