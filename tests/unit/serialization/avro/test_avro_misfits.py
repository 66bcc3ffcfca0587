"""Values that an Avro schema refuses: all that is wrong with them, each at its place."""

from __future__ import annotations

import math
from datetime import datetime, time, timezone
from decimal import Decimal
from typing import Any

import pytest

from KafkaLibrary.serialization.schemas.violations import Misfit
from tests.unit.serialization.avro.avro_shapes import ORDER, UUID, field, fixed, logical, record, schema_of

UTC = timezone.utc
MILLIS = logical("long", "timestamp-millis")
DECIMAL = logical("bytes", "decimal", precision=6, scale=2)


def found(content: Any, value: Any) -> list[tuple[tuple[str | int, ...], str, Any, Any]]:
    return [(one.steps, one.rule, one.asked, one.found) for one in schema_of(content).violations(value)]


@pytest.mark.parametrize(
    ("content", "value", "asked"),
    [
        ("null", 0, "be null"),
        ("boolean", 1, "be true or false"),
        ("boolean", "true", "be true or false"),
        ("int", 2**31, "be an int, a 32-bit whole number"),
        ("int", True, "be an int, a 32-bit whole number"),
        ("long", "42", "be a long, a 64-bit whole number"),
        ("long", 5.5, "be a long, a 64-bit whole number"),
        ("long", None, "be a long, a 64-bit whole number"),
        ("long", math.nan, "be a long, a 64-bit whole number"),
        ("long", Decimal("1e1000000"), "be a long, a 64-bit whole number"),
        ("long", -(2**63) - 1, "be a long, a 64-bit whole number"),
        ("float", 1e39, "be a float, a 32-bit number"),
        ("float", 16777217, "be a float, a 32-bit number"),
        ("double", 2**53 + 1, "be a double, a 64-bit number"),
        ("double", 10**400, "be a double, a 64-bit number"),
        ("double", Decimal("1e400"), "be a double, a 64-bit number"),
        ("double", "1.5", "be a double, a 64-bit number"),
        ("double", False, "be a double, a 64-bit number"),
        ("string", 5, "be a text"),
        ("string", b"a", "be a text"),
        ("string", "\ud800", "be a text that UTF-8 can hold"),
        ("bytes", "not base64!", "be bytes, raw or as base64 text"),
        ("bytes", "AP8=\n", "be bytes, raw or as base64 text"),
        ("bytes", "A-P8=", "be bytes, raw or as base64 text"),
        ("bytes", "AP9=", "be bytes, raw or as base64 text"),
        ("bytes", "größe", "be bytes, raw or as base64 text"),
        (fixed(3), "AP8=", "be 3 bytes, raw or as base64 text"),
        (DECIMAL, "12,5", "be a decimal with at most 4 digits before and 2 digits after the point"),
        (DECIMAL, Decimal("1.005"), "be a decimal with at most 4 digits before and 2 digits after the point"),
        (DECIMAL, 10000, "be a decimal with at most 4 digits before and 2 digits after the point"),
        (DECIMAL, Decimal("1e999999"), "be a decimal with at most 4 digits before and 2 digits after the point"),
        (DECIMAL, Decimal("1e-999999"), "be a decimal with at most 4 digits before and 2 digits after the point"),
        (DECIMAL, math.inf, "be a decimal with at most 4 digits before and 2 digits after the point"),
        (DECIMAL, True, "be a decimal with at most 4 digits before and 2 digits after the point"),
        (logical("string", "uuid"), "123", f"be a UUID such as {UUID}"),
        (logical("int", "date"), "2026-02-30", "be a date such as 2026-05-31"),
        (logical("int", "date"), "20260530", "be a date such as 2026-05-31"),
        (logical("int", "date"), datetime(2026, 5, 31, tzinfo=UTC), "be a date such as 2026-05-31"),
        (logical("int", "time-millis"), "24:00", "be a time such as 17:03:11.120"),
        (logical("int", "time-millis"), "17:03:11.1205", "be a time such as 17:03:11.120"),
        (logical("int", "time-millis"), time(1, tzinfo=UTC), "be a time such as 17:03:11.120"),
        (MILLIS, "2026-05-31T17:03:11.1201Z", "be a date-time with its zone, such as 2026-05-31T17:03:11.120Z"),
        (MILLIS, "2026-05-31T17:03:11", "be a date-time with its zone, such as 2026-05-31T17:03:11.120Z"),
        (MILLIS, "2026-05-31T17:03Z", "be a date-time with its zone, such as 2026-05-31T17:03:11.120Z"),
        (MILLIS, "2026-05-31T17:03:11,120Z", "be a date-time with its zone, such as 2026-05-31T17:03:11.120Z"),
        (MILLIS, "0001-01-01T00:00:00+01:00", "be a date-time with its zone, such as 2026-05-31T17:03:11.120Z"),
        (MILLIS, "2026-05-31", "be a date-time with its zone, such as 2026-05-31T17:03:11.120Z"),
        (MILLIS, "2026-05-31T17:03:60Z", "be a date-time with its zone, such as 2026-05-31T17:03:11.120Z"),
        (MILLIS, "2026-05-31T17:03:11+24:00", "be a date-time with its zone, such as 2026-05-31T17:03:11.120Z"),
        (
            logical("long", "local-timestamp-millis"),
            "2026-05-31T17:03:11Z",
            "be a date-time without a zone, such as 2026-05-31T17:03:11.120",
        ),
        (
            logical("long", "timestamp-nanos"),
            "2300-01-01T00:00:00Z",
            "be a date-time with its zone, such as 2026-05-31T17:03:11.120456789Z",
        ),
        ({"type": "enum", "name": "E", "symbols": ["NEW", "PAID"], "default": "NEW"}, "new", "be one of NEW, PAID"),
        ({"type": "enum", "name": "E", "symbols": ["NEW", "PAID"]}, 0, "be one of NEW, PAID"),
        ({"type": "array", "items": "int"}, "12", "be a list"),
        ({"type": "map", "values": "int"}, [], "be a map from texts to values"),
        (record(field("a", "int")), [1], "be a record shop.Order with the fields a"),
        (["null", "string"], 5, "be a text, or be null"),
    ],
)
def test_a_value_that_does_not_fit_is_never_bent(content: Any, value: Any, asked: str) -> None:
    (one,) = schema_of(content).violations(value)
    assert (one.steps, one.rule, one.asked) == ((), "fit", asked)
    assert one.found is value


def test_all_that_does_not_fit_is_told_with_its_place() -> None:
    value = {
        "orderId": "42",
        "statsu": "NEW",
        "created": 5,
        "customer": {"mail": 5},
        "items": [{"sku": "P-7", "price": 1}, {"sku": 7, "price": None}],
        "labels": {"a": 1, "b": "2", 3: 3},
        "paid": True,
    }
    assert found(ORDER, value) == [
        (("orderId",), "fit", "be a long, a 64-bit whole number", "42"),
        (("status",), "required", None, list(value)),
        (("customer", "id"), "required", None, ["mail"]),
        (("customer", "mail"), "fit", "be a text, or be null", 5),
        (("items", 1, "sku"), "fit", "be a text", 7),
        (("items", 1, "price"), "fit", "be a double, a 64-bit number", None),
        (("labels", "b"), "fit", "be an int, a 32-bit whole number", "2"),
        (("labels", "3"), "fit", "have a text as its name", 3),
        (("statsu",), "unknown", ["orderId", "status", "created", "customer", "items", "labels", "paid"], "NEW"),
    ]
    with pytest.raises(Misfit) as refused:
        schema_of(ORDER).write(value)
    assert refused.value.schema == "'order.avsc'"
    assert len(refused.value.violations) == 9


def test_a_value_that_is_nested_too_deeply_is_refused() -> None:
    tree = schema_of(record(field("next", ["null", "Tree"]), name="Tree"))
    deep: dict[str, Any] = {"next": None}
    for _ in range(1_000):
        deep = {"next": deep}
    with pytest.raises(ValueError, match="nested too deeply or contains itself"):
        tree.write(deep)
