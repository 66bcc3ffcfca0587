"""Which branch of a union a value becomes."""

from __future__ import annotations

import json
import time
import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from KafkaLibrary.serialization.avro.schema import AvroSchema
from KafkaLibrary.serialization.schemas.violations import Violation

DATE = {"type": "int", "logicalType": "date"}
MILLIS = {"type": "long", "logicalType": "timestamp-millis"}
DECIMAL = {"type": "bytes", "logicalType": "decimal", "precision": 6, "scale": 2}
FIXED = {"type": "fixed", "name": "shop.Code", "size": 3}
FIXED_UUID = {"type": "fixed", "name": "shop.Id", "size": 16, "logicalType": "uuid"}
ENUM = {"type": "enum", "name": "shop.Status", "symbols": ["NEW", "PAID"]}
INTS = {"type": "array", "items": "int"}
TEXTS = {"type": "map", "values": "string"}


def record(name: str, *fields: str, kind: Any = "string", **defaults: Any) -> dict[str, Any]:
    given = [{"name": field, "type": kind} for field in fields]
    given += [{"name": field, "type": kind, "default": default} for field, default in defaults.items()]
    return {"type": "record", "name": name, "fields": given}


CARD = record("shop.Card", "number", "owner")
CASH = record("shop.Cash", "currency")
GIRO = record("shop.Giro", "number", "owner")


def schema_of(branches: list[Any]) -> AvroSchema:
    return AvroSchema(json.dumps(branches), "'payment.avsc'")


def branch(branches: list[Any], value: Any) -> int:
    return schema_of(branches).write(value)[0] // 2


def violations(branches: list[Any], value: Any) -> list[Violation]:
    return schema_of(branches).violations(value)


@pytest.mark.parametrize(
    ("branches", "value", "index"),
    [
        (["null", "string"], None, 0),
        (["string", "null"], "a", 0),
        (["long", "int", "null"], 5, 1),
        (["long", "int"], 2**31, 0),
        (["double", "float", "long"], 5, 2),
        (["double", "float"], 5, 1),
        (["double", "float"], 2**24 + 1, 0),
        (["double", "float"], 0.1, 1),
        (["double", "float"], Decimal("0.1"), 1),
        (["double", "float"], 0.123456789, 0),
        (["float", "double"], 1e300, 1),
        (["float", "double"], float("nan"), 0),
        (["int", "double"], 5.0, 1),
        (["int", "string"], 5.0, 0),
        (["double", DECIMAL], 0.5, 0),
        (["double", DECIMAL], Decimal("0.5"), 1),
        (["double", DECIMAL], Decimal("0.555"), 0),
        (["boolean", "int"], True, 0),
        (["int", "boolean"], True, 1),
        (["bytes", "string"], "AAAA", 1),
        (["bytes", "string"], b"\0", 0),
        ([ENUM, "string"], "NEW", 1),
        (["bytes", ENUM], "PAID", 1),
        ([DECIMAL, FIXED], "1234", 0),
        ([FIXED, "bytes"], b"\0", 1),
        ([DATE, MILLIS], "2026-05-31", 0),
        ([DATE, MILLIS], "2026-05-31T17:03:11Z", 1),
        ([DATE, MILLIS], date(2026, 5, 31), 0),
        ([DATE, "long"], 5, 1),
        (["string", MILLIS], "2026-05-31T17:03:11Z", 0),
        ([FIXED_UUID, "bytes"], uuid.UUID(int=1), 0),
        ([INTS, TEXTS], [1], 0),
        ([INTS, TEXTS], {"a": "b"}, 1),
        ([CARD, CASH], {"number": "1", "owner": "Ada"}, 0),
        ([CARD, CASH], {"currency": "EUR"}, 1),
        ([TEXTS, CASH], {"currency": "EUR"}, 1),
        ([TEXTS, CASH], {"other": "EUR"}, 0),
        ([record("A", a="x"), TEXTS], {}, 1),
        ([record("A", "a"), record("B", "a", b="x")], {"a": "1"}, 0),
        ([record("A", "a"), record("B", "a", b="x")], {"a": "1", "b": "2"}, 1),
    ],
)
def test_a_value_becomes_the_branch_that_is_nearest_to_it(branches: list[Any], value: Any, index: int) -> None:
    assert branch(branches, value) == index


@pytest.mark.parametrize(
    ("branches", "value", "index"),
    [
        ([CARD, GIRO], {"shop.Giro": {"number": "1", "owner": "Ada"}}, 1),
        ([CARD, GIRO], {"Giro": {"number": "1", "owner": "Ada"}}, 1),
        (["null", CARD], {"Card": {"number": "1", "owner": "Ada"}}, 1),
        (["null", "string"], {"string": "x"}, 1),
        (["null", "string"], {"null": None}, 0),
        (["bytes", "string"], {"bytes": "AAAA"}, 0),
        ([ENUM, "string"], {"Status": "NEW"}, 0),
        (["int", "long"], {"long": 5}, 1),
        ([INTS, TEXTS], {"array": [1]}, 0),
        ([INTS, TEXTS], {"array": "of a map"}, 1),
        (["string", TEXTS], {"map": {"string": "x"}}, 1),
        ([DATE, MILLIS], {"long": 5}, 1),
    ],
)
def test_a_branch_can_be_named(branches: list[Any], value: Any, index: int) -> None:
    assert branch(branches, value) == index


def test_a_named_branch_is_read_as_its_bare_value() -> None:
    schema = schema_of([CARD, GIRO])
    assert schema.read(schema.write({"Giro": {"number": "1", "owner": "Ada"}})) == {"number": "1", "owner": "Ada"}


@pytest.mark.parametrize(
    ("branches", "value", "asked"),
    [
        (
            [CARD, GIRO],
            {"number": "1", "owner": "Ada"},
            'be named by its type, as {"shop.Card": ...}: it fits shop.Card and shop.Giro alike',
        ),
        ([DATE, MILLIS], 5, 'be named by its type, as {"int": ...}: it fits int and long alike'),
        (["bytes", FIXED], "AAAA", 'be named by its type, as {"bytes": ...}: it fits bytes and shop.Code alike'),
        (
            ["string", TEXTS],
            {"string": "x"},
            'be named by its type, as {"map": {"string": ...}}: it fits map, and names string as well',
        ),
    ],
)
def test_a_value_that_could_be_several_branches_has_to_say_which(branches: list[Any], value: Any, asked: str) -> None:
    assert violations(branches, value) == [Violation((), "fit", asked, value)]


def test_a_short_name_that_two_branches_have_names_neither() -> None:
    branches = [record("a.Card", "number"), record("b.Card", "number")]
    assert branch(branches, {"b.Card": {"number": "1"}}) == 1
    assert [one.rule for one in violations(branches, {"Card": {"number": "1"}})] == ["anyOf"]


def test_a_value_that_is_no_branch_is_told_all_of_them() -> None:
    (one,) = violations(["null", "int", "string"], 0.5)
    assert one.asked == "be null, or be an int, a 32-bit whole number, or be a text"


def test_what_the_only_branch_alike_lacks_is_told() -> None:
    assert violations(["null", "string", CARD], {"number": 1}) == [
        Violation(("number",), "fit", "be a text", 1),
        Violation(("owner",), "required", None, ["number"]),
    ]
    assert violations(["string", INTS], [1, "2"]) == [Violation((1,), "fit", "be an int, a 32-bit whole number", "2")]


def test_what_the_nearest_of_several_lacks_is_told() -> None:
    value = {"currency": 5}
    assert violations([CARD, CASH], value) == [
        Violation((), "anyOf", 2, value, (Violation(("currency",), "fit", "be a text", 5),))
    ]


def test_what_a_named_branch_lacks_is_told_at_its_place() -> None:
    assert violations([CARD, CASH], {"shop.Cash": {"currency": 5}}) == [
        Violation(("shop.Cash", "currency"), "fit", "be a text", 5)
    ]
    assert violations(["null", "int"], {"int": "5"}) == [
        Violation(("int",), "fit", "be an int, a 32-bit whole number", "5")
    ]


def test_unions_inside_of_unions_are_tried_once_each() -> None:
    sides = [{"name": side, "type": ["null", "Sum", "Product"]} for side in ("left", "right")]
    product = {"type": "record", "name": "Product", "fields": sides}
    schema = AvroSchema(json.dumps([{"type": "record", "name": "Sum", "fields": sides}, product]), "'sums.avsc'")
    value: Any = None
    for _ in range(50):
        value = {"left": value, "right": value}
    start = time.thread_time()
    assert schema.violations(value)
    assert time.thread_time() - start < 5
