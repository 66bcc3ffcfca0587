"""What Debezium's connector writes of a MariaDB's rows, recorded from the real ones: outside CI, for the tests to read.

python -m tests.kafka.mariadb   writes the recording anew.

Orders 1 and 5 and a line were there when the connectors began. Then: order 2 came; order 1 was paid; order 3 and a
line of it came in one transaction; orders 2 and 5 were deleted; a column came, and order 4 was done. One connector
writes schemas, the other one none.
"""

from __future__ import annotations

import json
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from confluent_kafka import Consumer, KafkaError

from tests.kafka.broker import Kafka
from tests.kafka.change_data.connect import Worker
from tests.kafka.mariadb.database import PASSWORD, USER, MariaDb
from tests.kafka.ports import LOCALHOST
from tests.places import ROOT

RECORDED = ROOT / "tests" / "change_data" / "mariadb.json"
_POM = Path(__file__).with_name("pom.xml")
_FORMS = {"on": "true", "off": "false"}
"""Whether the converters write schemas."""
_LAST_ORDER = 4
_ALL_COME = 120.0

_COLUMNS = """
    id int PRIMARY KEY, total decimal(10, 2), tax decimal(6, 4), whole decimal(5, 0), large bigint unsigned,
    small smallint, paid boolean, one bit(1), flags bit(10), placed date, due time(3), lasts time, at datetime,
    micros datetime(6), millis datetime(3), zoned timestamp(6) NULL, made year, state enum('NEW', 'PAID'),
    marks set('A', 'B', 'C'), doc json, note varchar(20) DEFAULT 'none', raw varbinary(8), ratio double, ref uuid,
    place point, area polygon"""
_AREA = "ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))')"
_ROW = f"""12.34, 0.1900, 42, 18446744073709551615, -7, true, b'1', b'1000000001', '2026-11-30', '10:00:00.120',
    '-101:02:03', '2026-11-30 10:00:00', '2026-11-30 10:00:00.120456', '2026-11-30 10:00:00.120',
    '2026-11-30 10:00:00.120456', 2026, 'NEW', 'A,C', '{{"a": 1}}', NULL, x'0102', 2.5,
    '123e4567-e89b-12d3-a456-426614174000', ST_GeomFromText('POINT(1 2)'), {_AREA}"""
_LOW = """-1.00, -0.0001, -99999, 0, -32768, false, b'0', b'0000000010', '1969-12-31', '00:00:00', '838:59:59',
    '1969-12-31 23:59:59', '1969-12-31 23:59:59.999999', '1000-01-01 00:00:00', NULL, 1999, 'PAID', '', '[]', '',
    x'00', -0.5, NULL, NULL, NULL"""
_BEFORE = f"""
    CREATE DATABASE shop; USE shop;
    CREATE TABLE orders ({_COLUMNS}); CREATE TABLE `lines` (id int PRIMARY KEY, order_id int);
    INSERT INTO orders VALUES (1, {_ROW}), (5, {_ROW}); INSERT INTO `lines` VALUES (1, 1)"""
_CHANGES = f"""
    USE shop;
    INSERT INTO orders VALUES (2, {_LOW});
    UPDATE orders SET state = 'PAID', total = 99.50 WHERE id = 1;
    START TRANSACTION; INSERT INTO orders VALUES (3, {_ROW}); INSERT INTO `lines` VALUES (3, 3); COMMIT;
    DELETE FROM orders WHERE id = 2; DELETE FROM orders WHERE id = 5;
    ALTER TABLE orders ADD COLUMN more int;
    INSERT INTO orders (id, total, more) VALUES ({_LAST_ORDER}, 1.00, 5)"""


def record() -> dict[str, Any]:
    """The events of each form, by topic in their order: topic, offset, key, value and headers, as texts."""
    with ExitStack() as started:
        folder = Path(started.enter_context(tempfile.TemporaryDirectory(prefix="mariadb-connect-")))
        kafka = started.enter_context(Kafka())
        worker = Worker(kafka.bootstrap_servers, folder, _POM)
        started.callback(worker.close)
        worker.start()  # the slowest one
        database = MariaDb()
        started.callback(database.close)
        database.start()
        database.execute(_BEFORE)
        worker.wait()
        for number, (form, schemas) in enumerate(_FORMS.items()):
            _connect(worker, form, _settings(kafka.bootstrap_servers, database, form, schemas, 10 + number))
        events = _Events(kafka.bootstrap_servers)
        started.callback(events.close)
        events.wait_for(order=1)
        database.execute(_CHANGES)
        events.wait_for(order=_LAST_ORDER)
    return {
        "written by": "io.debezium:debezium-connector-mariadb:3.5.0.Final, on connect-runtime 4.3.0",
        "on": datetime.now(timezone.utc).date().isoformat(),
        "with": "python -m tests.kafka.mariadb",
        "forms": {form: events.of(form) for form in _FORMS},
    }


def _settings(bootstrap_servers: str, database: MariaDb, form: str, schemas: str, server_id: int) -> dict[str, str]:
    return {
        "connector.class": "io.debezium.connector.mariadb.MariaDbConnector",
        "database.hostname": LOCALHOST,
        "database.port": str(database.port),
        "database.user": USER,
        "database.password": PASSWORD,
        "database.server.id": str(server_id),
        "database.ssl.mode": "disable",
        "topic.prefix": form,
        "database.include.list": "shop",
        "schema.history.internal.kafka.bootstrap.servers": bootstrap_servers,
        "schema.history.internal.kafka.topic": f"history.{form}",
        "topic.creation.default.replication.factor": "1",
        "topic.creation.default.partitions": "1",
        "provide.transaction.metadata": "true",
        "key.converter": "org.apache.kafka.connect.json.JsonConverter",
        "key.converter.schemas.enable": schemas,
        "value.converter": "org.apache.kafka.connect.json.JsonConverter",
        "value.converter.schemas.enable": schemas,
    }


def _connect(worker: Worker, name: str, settings: Mapping[str, str]) -> None:
    asked = json.dumps({"name": name, "config": settings}).encode()
    request = urllib.request.Request(f"{worker.url}/connectors", asked, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=_ALL_COME) as answer:
        answer.read()


class _Events:
    """All events of both forms, as they come."""

    def __init__(self, bootstrap_servers: str) -> None:
        # New topics are to be known soon; by default it asks for them every five minutes.
        self._consumer = Consumer(
            {
                "bootstrap.servers": bootstrap_servers,
                "group.id": "recording",
                "auto.offset.reset": "earliest",
                "topic.metadata.refresh.interval.ms": 500,
            }
        )
        self._consumer.subscribe([rf"^({'|'.join(_FORMS)})\.(shop\..*|transaction)"])
        self._found: list[list[Any]] = []

    def close(self) -> None:
        self._consumer.close()

    def wait_for(self, order: int) -> None:
        """Until each connector wrote that order, and that the transaction of it ended where there was one."""
        deadline = time.monotonic() + _ALL_COME
        while not all(self._is_whole(form, order) for form in _FORMS):
            if time.monotonic() > deadline:
                raise TimeoutError(f"Order {order} did not come in {_ALL_COME:g} s; there is {self._found}")
            self._found += [_texts(one) for one in self._consumer.consume(1000, timeout=0.2) if not _is_early(one)]

    def of(self, form: str) -> list[Any]:
        """By topic in their order."""
        return sorted((one for one in self._found if one[0].startswith(f"{form}.")), key=lambda one: one[:2])

    def _is_whole(self, form: str, order: int) -> bool:
        told: dict[str, list[Any]] = {part: [] for part in ("shop.orders", "shop.lines", "transaction")}
        for topic, _, _, value, _ in self.of(form):
            if value is not None:
                content = json.loads(value)
                told[topic.removeprefix(f"{form}.")].append(content.get("payload", content))
        rows = [row for row in told["shop.orders"] if row["after"] and row["after"]["id"] == order]
        ended = [None, *(one["id"] for one in told["transaction"] if one["status"] == "END")]
        return any((row["transaction"] or {}).get("id") in ended for row in rows)


def _is_early(message: Any) -> bool:
    """Whether it says that there is no such topic yet."""
    return message.error() is not None and message.error().code() == KafkaError.UNKNOWN_TOPIC_OR_PART


def _texts(message: Any) -> list[Any]:
    if message.error():
        raise RuntimeError(str(message.error()))
    key, value = (part and part.decode() for part in (message.key(), message.value()))
    headers = [(name, raw.decode()) for name, raw in message.headers() or ()]
    return [message.topic(), message.offset(), key, value, headers]
