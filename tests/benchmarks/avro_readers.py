"""Reading 100,000 Avro orders without Kafka: by fastavro, by the library, and one field by the library.

python -m tests.benchmarks.avro_readers
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from typing import Any

import fastavro

from KafkaLibrary.serialization.avro.schema import AvroSchema
from tests.benchmarks.formats import order
from tests.benchmarks.measuring import Row, in_turns, table, timed
from tests.benchmarks.one_scan import AVRO_ORDER

ORDERS = 100_000
ROUNDS = 5


def main() -> None:
    parsed, schema = fastavro.parse_schema(AVRO_ORDER), AvroSchema(json.dumps(AVRO_ORDER), "of the orders")
    raws = [_written(parsed, order(number, number % 20_000)) for number in range(ORDERS)]
    pick = schema.picker(["quantity"])
    if pick is None:
        raise RuntimeError("One field of an order can't be read alone.")
    readers: dict[str, Callable[[bytes], Any]] = {
        "fastavro": lambda raw: fastavro.schemaless_reader(io.BytesIO(raw), parsed, None),
        "fastavro, and its values as testers write them": lambda raw: _as_testers_write(
            fastavro.schemaless_reader(io.BytesIO(raw), parsed, None)
        ),
        "KafkaLibrary": schema.read,
        "KafkaLibrary, `$.quantity` alone": lambda raw: pick(raw, 0),
    }

    def contender(read: Callable[[bytes], Any]) -> Callable[[int], float]:
        return lambda _: timed(lambda: [read(raw) is None for raw in raws])

    times = in_turns({name: contender(read) for name, read in readers.items()}, ROUNDS, warm_up=1)
    work, base = f"{ORDERS:,} Avro orders read", times["fastavro"]
    sys.stdout.write(table([Row(work, name, one, None if one is base else base) for name, one in times.items()]) + "\n")


def _written(parsed: Any, value: Any) -> bytes:
    out = io.BytesIO()
    fastavro.schemaless_writer(out, parsed, value)
    return out.getvalue()


def _as_testers_write(value: Any) -> Any:
    """A walk as any reader would need that gives Python's own types. It tells no more than moments."""
    if isinstance(value, dict):
        return {name: _as_testers_write(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_as_testers_write(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


if __name__ == "__main__":
    main()
