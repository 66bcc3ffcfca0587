"""Documents that FastStream writes, in 2.6 and 3.0: read as a whole, and its own events are held against them."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import pytest
from faststream.confluent import KafkaBroker
from faststream.specification import AsyncAPI
from pydantic import BaseModel

from KafkaLibrary.contracts.contract import Contract, Location
from KafkaLibrary.contracts.reading.loading import load_contract
from tests.unit.contracts.documents import judged


class Status(str, Enum):
    NEW = "NEW"
    PAID = "PAID"


class Order(BaseModel):
    order_id: int
    status: Status
    note: str | None = None


class Paid(BaseModel):
    order_id: int
    amount: float


def contract_of(folder: Path, version: str) -> Contract:
    """What FastStream says of an application that reads orders, one by one and in batches, and publishes payments."""
    broker = KafkaBroker("localhost:9092")

    @broker.subscriber("orders")
    @broker.publisher("payments")
    async def on_order(order: Order) -> Paid:
        return Paid(order_id=order.order_id, amount=1.0)

    @broker.subscriber("lines", batch=True)
    async def on_lines(orders: list[Order]) -> None:
        pass

    @broker.subscriber("counts.a", "counts.b")
    async def on_count(count: int) -> None:
        pass

    path = folder / "asyncapi.yaml"
    path.write_text(AsyncAPI(broker, schema_version=version).to_specification().to_yaml(), encoding="utf-8")
    return load_contract(path)


@pytest.fixture(params=["2.6.0", "3.0.0"])
def contract(request: pytest.FixtureRequest, tmp_path: Path) -> Contract:
    return contract_of(tmp_path, request.param)


def test_all_of_it_is_read(contract: Contract) -> None:
    assert contract.notes == ()
    assert {*contract.topics} == {"orders", "payments", "lines", "counts.a", "counts.b"}
    assert {one.correlation_id for one in contract.messages} == {Location("headers", ("correlation_id",))}
    assert len(contract.operations) == 5


@pytest.mark.parametrize(
    ("topic", "raw", "state"),
    [
        ("orders", Order(order_id=42, status=Status.NEW).model_dump_json(), "fits"),
        ("orders", '{"order_id": 42, "status": "LOST"}', "wrong"),
        ("orders", '{"status": "NEW"}', "wrong"),
        ("payments", Paid(order_id=42, amount=9.5).model_dump_json(), "fits"),
        ("payments", '{"order_id": 42}', "wrong"),
        ("lines", Order(order_id=42, status=Status.PAID, note="x").model_dump_json(), "fits"),
        ("lines", '{"order_id": "x", "status": "NEW"}', "wrong"),
        ("counts.b", "5", "fits"),
        ("counts.b", '"five"', "wrong"),
        ("others", "5", "no channel"),
    ],
)
def test_events_are_held_against_it(contract: Contract, topic: str, raw: str, state: str) -> None:
    # FastStream sends these headers beside every value.
    headers = {"content-type": "application/json", "correlation_id": "5f6a"}
    assert judged(contract, raw.encode(), topic=topic, headers=headers).state == state
