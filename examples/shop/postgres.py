"""What the shop keeps, in a schema of PostgreSQL, from where Debezium's router for outboxes publishes its events."""

from __future__ import annotations

import json
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pg8000.dbapi

from examples.shop import database
from examples.shop.errors import CanNotStart
from examples.shop.kafka import AGAIN_SECONDS, Worker

HEADERS = ("reason", "origin", "origin-topic", "origin-partition", "origin-offset", "group")
"""Those of dead letters: the router makes each of a column of its own."""
START_SECONDS = 30.0
ANSWER_SECONDS = 5.0
LOOK_SECONDS = 0.05

_COLUMNS = ", ".join(f'"{name}" text' for name in HEADERS)
_SPREAD = " ".join(f"""new."{name}" := new.headers ->> '{name}';""" for name in HEADERS)
TABLES = (
    # The connector reads what was written from the database's log, so that nothing has to stay in the table.
    f"""
    create table if not exists outbox (
        id uuid primary key default gen_random_uuid(),
        topic text not null,
        key bytea,
        value bytea,
        headers json not null,
        {_COLUMNS}
    )""",
    f"""
    create or replace function spread_headers() returns trigger language plpgsql as $$ begin
        {_SPREAD}
        return new;
    end $$""",
    """
    create or replace function forget() returns trigger language plpgsql as $$ begin
        delete from outbox where id = new.id;
        return null;
    end $$""",
    "create or replace trigger spread before insert on outbox for each row execute function spread_headers()",
    "create or replace trigger forget after insert on outbox for each row execute function forget()",
    # As SQLite has it.
    "create or replace function instr(text, text) returns integer language sql as 'select strpos($1, $2)'",
)


class Places:
    """Where the database and Kafka Connect are, by a file that says so."""

    def __init__(self, described: Path) -> None:
        try:
            facts: dict[str, Any] = json.loads(described.read_text(encoding="utf-8"))
            self.host, self.port, self.user, self.database, self.connect = (
                facts[name] for name in ("host", "port", "user", "database", "connect")
            )
        except (OSError, ValueError, KeyError) as error:
            raise CanNotStart(f"{described} does not say where PostgreSQL and Kafka Connect are: {error!r}") from error


class Postgres(database.Database):
    """The same tables, in a schema that is named as the file would be."""

    def __init__(self, places: Places, path: Path) -> None:
        self.places = places
        self._free: list[_Connection] = []
        self.schema = "".join(sign if sign.isalnum() else "_" for sign in path.stem.lower())
        try:
            super().__init__(path)
        except pg8000.dbapi.Error as error:
            raise CanNotStart(f"PostgreSQL at {places.host}:{places.port} can't be used: {error}") from error

    def _make_tables(self) -> None:
        with closing(self._connect()) as connection:
            connection.execute(f"create schema if not exists {self.schema}")
            own = [one for one in database.TABLES.split(";") if one.strip() and "exists outbox" not in one]
            for statement in (*own, *TABLES):
                connection.execute(statement.replace("without rowid", ""))
        with self.transaction() as connection:
            connection.executemany(database.NEW_PRODUCT, database.PRODUCTS)

    def _connect(self) -> sqlite3.Connection:
        """To log in takes longer than what is asked mostly, so one that is free is taken again."""
        try:
            connection = self._free.pop()
        except IndexError:
            places = self.places
            raw = pg8000.dbapi.connect(places.user, places.host, places.database, places.port)
            raw.autocommit = True
            connection = _Connection(raw, self._free)
            connection.execute(f"set search_path to {self.schema}")
        return cast("sqlite3.Connection", connection)


class _Connection:
    """What the shop asks of SQLite's, asked of PostgreSQL's."""

    def __init__(self, raw: Any, free: list[_Connection]) -> None:
        self._raw = raw
        self._free = free

    def execute(self, statement: str, values: Sequence[Any] = ()) -> _Rows:
        cursor = self._raw.cursor()
        if statement == "begin immediate":
            cursor.execute("begin")
            # One writes at a time, as in SQLite.
            cursor.execute("select pg_advisory_xact_lock(hashtext(current_schema()))")
        else:
            cursor.execute(statement.replace("?", "%s"), list(values))
        return _Rows(cursor)

    def executemany(self, statement: str, several: Sequence[Sequence[Any]]) -> None:
        for values in several:
            self.execute(statement, values)

    def close(self) -> None:
        self._free.append(self)


class _Rows:
    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.rowcount: int = cursor.rowcount

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = [column[0] for column in self._cursor.description]
        return (dict(zip(names, row, strict=True)) for row in self._cursor.fetchall())

    def fetchone(self) -> dict[str, Any] | None:
        return next(iter(self), None)


class Router(Worker):
    """Sees to it that the connector runs, which publishes what is put into the outbox."""

    def __init__(self, kept: Postgres) -> None:
        super().__init__("outbox")
        self._kept = kept
        self._name = f"shop-{kept.schema}"
        self._trouble: str | None = "the connector has not started"

    def trouble(self) -> str | None:
        return self._trouble

    def prepare(self) -> None:
        """Returns when it reads the database's log: what is written from then on is published."""
        try:
            _ask(self._connector("config"), self._settings())
        except OSError as error:
            raise CanNotStart(f"Kafka Connect does not answer at {self._kept.places.connect}: {error}") from error
        until = time.monotonic() + START_SECONDS
        while self._looked_at() is not None or not self._reads():
            if time.monotonic() > until:
                raise CanNotStart(f"the connector does not run: {self._trouble}")
            time.sleep(LOOK_SECONDS)

    def run(self) -> None:
        while not self._over.wait(AGAIN_SECONDS):
            self._looked_at()

    def _looked_at(self) -> str | None:
        self._trouble = self._state()
        return self._trouble

    def _state(self) -> str | None:
        try:
            status = _ask(self._connector("status"))
        except (OSError, ValueError) as error:
            return f"Kafka Connect does not answer at {self._kept.places.connect}: {error}"
        parts = [status["connector"], *status["tasks"]]
        ailing = [part for part in parts if part["state"] != "RUNNING"]
        if ailing:
            return f"the connector is {ailing[0]['state']}: {ailing[0].get('trace', '').split(chr(10))[0]}"
        return None if len(parts) > 1 else "the connector has no task"

    def _reads(self) -> bool:
        with self._kept.reading() as connection:
            asked = "select active from pg_replication_slots where slot_name = ?"
            slot = connection.execute(asked, [self._kept.schema]).fetchone()
        return bool(slot and slot["active"])

    def _connector(self, asked: str) -> str:
        return f"{self._kept.places.connect}/connectors/{self._name}/{asked}"

    def _settings(self) -> dict[str, str]:
        places, schema = self._kept.places, self._kept.schema
        binary = "io.debezium.converters.BinaryDataConverter"
        return {
            "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
            "database.hostname": places.host,
            "database.port": str(places.port),
            "database.user": places.user,
            "database.dbname": places.database,
            "plugin.name": "pgoutput",
            "slot.name": schema,
            "publication.name": schema,
            "publication.autocreate.mode": "filtered",
            "topic.prefix": self._name,
            "table.include.list": f"{schema}.outbox",
            "snapshot.mode": "no_data",
            "poll.interval.ms": "20",
            "key.converter": binary,
            "value.converter": binary,
            "transforms": "outbox",
            "transforms.outbox.type": "io.debezium.transforms.outbox.EventRouter",
            "transforms.outbox.table.field.event.key": "key",
            "transforms.outbox.table.field.event.payload": "value",
            "transforms.outbox.route.by.field": "topic",
            "transforms.outbox.route.topic.replacement": "${routedByValue}",
            "transforms.outbox.table.fields.additional.placement": ",".join(f"{name}:header" for name in HEADERS),
        }


def _ask(url: str, given: Any = None) -> Any:
    body = None if given is None else json.dumps(given).encode()
    method, headers = "GET" if body is None else "PUT", {"Content-Type": "application/json"}
    request = urllib.request.Request(url, body, headers, method=method)  # noqa: S310 # the address is the tests' own
    with urllib.request.urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310
        return json.loads(answer.read())
