"""Change events of Debezium with their schemas: read by the library, by the raw client and orjson, and by a loop."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.benchmarks.measuring import Goal, Row, Used, in_turns
from tests.benchmarks.raw_client import Topics, publish_many
from tests.benchmarks.scans import in_a_process
from tests.benchmarks.sizes import Sizes

EVENTS = 100_000
SCANS = 3
NOWHERE = 1_000_000
"""A total that the last event alone has."""
WORK = f"{EVENTS:,} row changes of 3 kB with their schemas, the last matches"
CONTENDERS = {
    "client": "consume(500), and nothing looked at",
    "rows decoded": "consume(500) and orjson, one field compared as text",
    "rows judged": "KafkaLibrary, `after.total >= 1000000`",
    "rows in Python": "consume(500) and a loop that reads each value by its schema, in Python",
}
_GOAL = Goal("at most 1.25 (0.8 of orjson)", 1 / 0.8)
_GOAL_OF_LOOP = Goal("at least 10 times the library", 10, at_least=True)

CONNECT, DEBEZIUM = "org.apache.kafka.connect.data.", "io.debezium."


def measure(bootstrap_servers: str, topics: Topics, _: Sizes) -> list[Row]:
    topic = topics.new("row-changes")
    publish_many(bootstrap_servers, topic, _changes())
    used = {name: Used() for name in CONTENDERS}

    def contender(name: str) -> Callable[[int], float]:
        return lambda _: used[name].add(in_a_process(name, bootstrap_servers, topic, events=EVENTS))

    times = in_turns({name: contender(name) for name in CONTENDERS}, SCANS, warm_up=1)
    return [
        Row(WORK, CONTENDERS["client"], times["client"], used=used["client"]),
        Row(WORK, CONTENDERS["rows decoded"], times["rows decoded"], times["client"], used=used["rows decoded"]),
        Row(WORK, CONTENDERS["rows judged"], times["rows judged"], times["rows decoded"], _GOAL, used["rows judged"]),
        Row(
            WORK,
            CONTENDERS["rows in Python"],
            times["rows in Python"],
            times["rows judged"],
            _GOAL_OF_LOOP,
            used["rows in Python"],
        ),
    ]


def _changes() -> Iterator[bytes]:
    schema = json.dumps(_schema())
    for number in range(EVENTS + 1):
        total = NOWHERE * 100 if number == EVENTS else random.randrange(100, NOWHERE)
        yield f'{{"schema": {schema}, "payload": {json.dumps(_change(number, total))}}}'.encode()


def _change(number: int, cents: int) -> dict[str, Any]:
    row = {
        "id": number, "customer": "Ada Lovelace", "total": _unscaled(cents), "status": "NEW", "placed": 20787,
        "at": 1_796_032_800_000_000 + number, "paid": "2026-11-30T10:00:00.000000Z", "doc": '{"gift": true}',
        "note": "Please leave the parcel with the neighbours.",
    }  # fmt: skip
    source = {
        "version": "3.6.1.Final", "connector": "postgresql", "name": "shop", "ts_ms": 1_796_032_800_000,
        "snapshot": "false", "db": "shop", "sequence": '["23","24"]', "ts_us": 1_796_032_800_000_000,
        "ts_ns": 1_796_032_800_000_000_000, "schema": "public", "table": "orders", "txId": number, "lsn": 23 + number,
        "xmin": None,
    }  # fmt: skip
    times = {"ts_ms": 1_796_032_800_001, "ts_us": 1_796_032_800_001_002, "ts_ns": 1_796_032_800_001_002_003}
    return {"before": None, "after": row, "source": source, "transaction": None, "op": "c", **times}


def _unscaled(cents: int) -> str:
    return base64.b64encode(cents.to_bytes(cents.bit_length() // 8 + 1, "big")).decode()


def _schema() -> dict[str, Any]:
    row = [
        _field("id", "int32"), _field("customer", "string"),
        _field("total", "bytes", f"{CONNECT}Decimal", parameters={"scale": "2", "connect.decimal.precision": "12"}),
        _field("status", "string"), _field("placed", "int32", f"{DEBEZIUM}time.Date"),
        _field("at", "int64", f"{DEBEZIUM}time.MicroTimestamp"),
        _field("paid", "string", f"{DEBEZIUM}time.ZonedTimestamp"), _field("doc", "string", f"{DEBEZIUM}data.Json"),
        _field("note", "string"),
    ]  # fmt: skip
    texts = ("version", "connector", "name", "snapshot", "db", "sequence", "schema", "table")
    source = [_field(name, "string") for name in texts]
    source += [_field(name, "int64") for name in ("ts_ms", "ts_us", "ts_ns", "txId", "lsn", "xmin")]
    transaction = [_field("id", "string"), _field("total_order", "int64"), _field("data_collection_order", "int64")]
    return {
        "type": "struct", "optional": False, "name": "shop.public.orders.Envelope", "version": 2,
        "fields": [
            *(_field(name, "struct", "shop.public.orders.Value", fields=row) for name in ("before", "after")),
            _field("source", "struct", f"{DEBEZIUM}connector.postgresql.Source", fields=source),
            _field("transaction", "struct", "event.block", fields=transaction),
            _field("op", "string"),
            *(_field(name, "int64") for name in ("ts_ms", "ts_us", "ts_ns")),
        ],
    }  # fmt: skip


def _field(field: str, kind: str, name: str = "", **more: Any) -> dict[str, Any]:
    named = {"name": name, "version": 1} if name else {}
    return {"type": kind, "optional": True, **named, **more, "field": field}
