"""Values read and written by Avro schemas: what a tester sees, and the forms that may be published."""

from __future__ import annotations

import io
import json
import math
import uuid
from collections import OrderedDict
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import fastavro
import pytest

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.event import Fields
from tests.unit.serialization.avro.avro_shapes import A_VALUE, ORDER, UUID, field, fixed, logical, record, schema_of


def by_fastavro(content: Any, value: Any) -> bytes:
    out = io.BytesIO()
    fastavro.schemaless_writer(out, fastavro.parse_schema(content), value)
    return out.getvalue()


def test_an_order_is_read_as_the_tester_wrote_it() -> None:
    order = schema_of(ORDER)
    assert order.read(order.write(A_VALUE)) == A_VALUE
    assert order.read(b"\0\0\0\0\1" + order.write(A_VALUE), 5) == A_VALUE


def test_others_read_the_same_order() -> None:
    raw = schema_of(ORDER).write(A_VALUE)
    created = datetime(2026, 5, 31, 17, 3, 11, 120000, tzinfo=timezone.utc)
    read = fastavro.schemaless_reader(io.BytesIO(raw), fastavro.parse_schema(ORDER), None)
    assert read == {**A_VALUE, "created": created}
    assert by_fastavro(ORDER, read) == raw


def test_a_schema_tells_what_it_is() -> None:
    order = schema_of(ORDER)
    assert (order.kind, order.name, order.full_name) == ("avro", "'order.avsc'", "shop.Order")
    assert json.loads(order.text) == ORDER
    assert schema_of("string").full_name == "string"
    assert schema_of({"type": "array", "items": "int"}).full_name == "array"


UTC = timezone.utc


@pytest.mark.parametrize(
    ("content", "written", "read"),
    [
        ("null", None, None),
        ("boolean", True, True),
        ("int", -(2**31), -(2**31)),
        ("long", 2**63 - 1, 2**63 - 1),
        ("long", -(2**63), -(2**63)),
        ("float", 0.1, 0.1),
        ("float", 16777216.0, 16777216.0),
        ("float", 3.4028234663852886e38, 3.4028235e38),
        ("float", 1e-45, 1e-45),
        ("float", math.inf, math.inf),
        ("double", 0.1, 0.1),
        ("double", -math.inf, -math.inf),
        ("string", "größe 😀", "größe 😀"),
        ("bytes", b"\x00\xff", "AP8="),
        (fixed(3), b"abc", "YWJj"),
        (fixed(12, logicalType="duration"), b"\1\0\0\0\2\0\0\0\3\0\0\0", "AQAAAAIAAAADAAAA"),
        (logical("bytes", "decimal", precision=6, scale=2), Decimal("-1234.50"), Decimal("-1234.50")),
        (logical("bytes", "decimal", precision=40, scale=1), Decimal(f"{10**38 + 1}.5"), Decimal(f"{10**38 + 1}.5")),
        (fixed(8, logicalType="decimal", precision=10, scale=3), Decimal("1.005"), Decimal("1.005")),
        (logical("string", "uuid"), uuid.UUID(UUID), UUID),
        (logical("int", "date"), date(1969, 12, 31), "1969-12-31"),
        (logical("int", "time-millis"), time(17, 3, 11, 120000), "17:03:11.120"),
        (logical("long", "time-micros"), time(17, 3, 11, 120456), "17:03:11.120456"),
        (logical("long", "time-micros"), time(17, 3), "17:03:00"),
        (logical("long", "timestamp-millis"), datetime(2026, 5, 31, 17, 3, 11, tzinfo=UTC), "2026-05-31T17:03:11Z"),
        (
            logical("long", "timestamp-micros"),
            datetime(1, 1, 1, 0, 0, 0, 1, tzinfo=UTC),
            "0001-01-01T00:00:00.000001Z",
        ),
        (
            logical("long", "local-timestamp-millis"),
            datetime(2026, 5, 31, 17, 3, 11, 120000),  # noqa: DTZ001
            "2026-05-31T17:03:11.120",
        ),
        (
            logical("long", "local-timestamp-micros"),
            datetime(2026, 5, 31, 17, 3, 11, 120000),  # noqa: DTZ001
            "2026-05-31T17:03:11.120",
        ),
    ],
)
def test_what_others_write_reads_as_the_tester_expects(content: Any, written: Any, read: Any) -> None:
    schema = schema_of(content)
    raw = by_fastavro(content, written)
    value = schema.read(raw)
    assert (value, type(value)) == (read, type(read))
    assert schema.write(value) == raw
    assert schema.write(written) == raw


def test_not_a_number_is_read_and_written() -> None:
    for kind in ("float", "double"):
        assert math.isnan(schema_of(kind).read(schema_of(kind).write(math.nan)))


@pytest.mark.parametrize(
    ("name", "number", "text"),
    [
        ("timestamp-nanos", 1_780_246_991_120_456_789, "2026-05-31T17:03:11.120456789Z"),
        ("timestamp-nanos", 1_780_246_991_120_456_000, "2026-05-31T17:03:11.120456Z"),
        ("timestamp-nanos", -1, "1969-12-31T23:59:59.999999999Z"),
        ("local-timestamp-nanos", 1_780_246_991_000_000_001, "2026-05-31T17:03:11.000000001"),
        ("timestamp-millis", 253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ],
)
def test_moments_have_as_many_digits_as_they_need(name: str, number: int, text: str) -> None:
    schema = schema_of(logical("long", name))
    assert schema.read(schema_of("long").write(number)) == text
    assert schema.write(text) == schema_of("long").write(number)


@pytest.mark.parametrize(
    ("content", "number"),
    [
        (logical("long", "timestamp-millis"), 253_402_300_800_000),
        (logical("long", "timestamp-millis"), -62_135_596_800_001),
        (logical("long", "timestamp-micros"), 2**63 - 1),
        (logical("int", "date"), 2**31 - 1),
        (logical("int", "date"), -719_163),
        (logical("int", "time-millis"), 86_400_000),
        (logical("long", "time-micros"), -1),
    ],
)
def test_a_moment_beyond_the_calendar_stays_a_number(content: Any, number: int) -> None:
    schema = schema_of(content)
    assert schema.read(schema.write(number)) == number


@pytest.mark.parametrize(
    ("content", "value", "read"),
    [
        (logical("long", "timestamp-millis"), "2026-05-31T19:03:11.12+02:00", "2026-05-31T17:03:11.120Z"),
        (logical("long", "timestamp-millis"), "2026-05-31 17:03:11.1200000000Z", "2026-05-31T17:03:11.120Z"),
        (logical("long", "timestamp-millis"), "2026-05-31T17:03:00-0030", "2026-05-31T17:33:00Z"),
        (
            logical("long", "timestamp-millis"),
            datetime(2026, 5, 31, 19, 3, tzinfo=timezone(timedelta(hours=2))),
            "2026-05-31T17:03:00Z",
        ),
        (logical("long", "timestamp-millis"), 0, "1970-01-01T00:00:00Z"),
        (logical("int", "date"), 1.0, "1970-01-02"),
        ("int", 5.0, 5),
        ("long", Decimal("5.00"), 5),
        ("double", 5, 5.0),
        ("float", Decimal("0.1"), 0.1),
        ("bytes", "AP8=", "AP8="),
        ("bytes", bytearray(b"\x00\xff"), "AP8="),
        ("bytes", memoryview(b"\x00\xff"), "AP8="),
        (logical("bytes", "decimal", precision=6, scale=2), 12, Decimal("12.00")),
        (logical("bytes", "decimal", precision=6, scale=2), 0.1, Decimal("0.10")),
        (logical("bytes", "decimal", precision=6, scale=2), "9999.990", Decimal("9999.99")),
        (logical("bytes", "decimal", precision=6, scale=2), Decimal("1E+3"), Decimal("1000.00")),
        (logical("bytes", "decimal", precision=6, scale=2), -0.0, Decimal("0.00")),
        (logical("string", "uuid"), UUID.upper(), UUID),
        (fixed(16, logicalType="uuid"), UUID.upper(), UUID),
        (fixed(16, logicalType="uuid"), uuid.UUID(UUID).bytes, UUID),
        (fixed(16, logicalType="uuid"), uuid.UUID(UUID), UUID),
        ({"type": "array", "items": "int"}, (1, 2), [1, 2]),
        ({"type": "map", "values": "int"}, OrderedDict(a=1), {"a": 1}),
    ],
)
def test_other_forms_of_a_value_are_taken(content: Any, value: Any, read: Any) -> None:
    schema = schema_of(content)
    assert schema.read(schema.write(value)) == read


def test_a_missing_field_gets_its_default() -> None:
    schema = schema_of(
        record(
            field("id", "int"),
            field("note", ["null", "string"], default=None),
            field("kind", ["string", "null"], default="web"),
            field("late", ["null", "string"], default="of the second branch"),
            field("raw", "bytes", default="\u00ff\u0000"),
            field("mark", fixed(2), default="\u00fea"),
            field("status", {"type": "enum", "name": "S", "symbols": ["A", "B"]}, default="B"),
            field("sums", {"type": "array", "items": "double"}, default=[1, 2.5]),
            field("labels", {"type": "map", "values": "int"}, default={"a": 1}),
            field("day", logical("int", "date"), default=1),
            field("price", logical("bytes", "decimal", precision=4, scale=2), default="\u0001"),
            field("inner", record(field("a", "int"), field("b", "int", default=7), name="I"), default={"a": 1}),
        )
    )
    assert schema.read(schema.write({"id": 1})) == {
        "id": 1,
        "note": None,
        "kind": "web",
        "late": "of the second branch",
        "raw": "/wA=",
        "mark": "/mE=",
        "status": "B",
        "sums": [1, 2.5],
        "labels": {"a": 1},
        "day": "1970-01-02",
        "price": Decimal("0.01"),
        "inner": {"a": 1, "b": 7},
    }


def test_a_record_may_contain_itself() -> None:
    tree = schema_of(
        record(
            field("name", "string"),
            field("children", {"type": "array", "items": "shop.Tree"}, default=[]),
            field("next", ["null", "Tree"], default=None),
            name="shop.Tree",
        )
    )
    value = {
        "name": "a",
        "children": [{"name": "b", "children": [], "next": None}],
        "next": {"name": "c", "children": [], "next": None},
    }
    assert tree.read(tree.write(value)) == value
    assert tree.read(tree.write({"name": "a"})) == {"name": "a", "children": [], "next": None}
    (one,) = tree.violations({"name": "a", "children": [{"name": "b", "children": [{"name": 5}]}]})
    assert one.steps == ("children", 0, "children", 0, "name")


@pytest.mark.parametrize(
    "content",
    [
        logical("long", "date"),
        logical("string", "timestamp-millis"),
        logical("long", "no-such-type"),
        {"type": "long", "logicalType": 5},
        logical("bytes", "decimal"),
        logical("bytes", "decimal", precision=0),
        logical("bytes", "decimal", precision=2, scale=3),
        logical("bytes", "decimal", precision=2, scale=-1),
        fixed(2, logicalType="decimal", precision=5),
        fixed(15, logicalType="uuid"),
    ],
)
def test_a_logical_type_that_does_not_fit_is_ignored(content: Any) -> None:
    plain = {name: part for name, part in content.items() if name != "logicalType"}
    raw = b"\x04ab" + b"\0" * 12
    assert read(content, raw) == read(plain, raw)


def read(content: Any, raw: bytes) -> Any:
    size = content.get("size", {"long": 1, "string": 3, "bytes": 3}.get(content["type"]))
    return schema_of(content).read(raw[:size])


def test_a_decimal_may_have_as_many_digits_as_a_fixed_has_room_for() -> None:
    content = fixed(2, logicalType="decimal", precision=4)
    assert schema_of(content).read(b"\x7f\xff") == Decimal(32767)
    assert schema_of(content).write(-9999) == (-9999).to_bytes(2, "big", signed=True)


def test_items_that_take_no_bytes_are_as_many_as_can_be_read() -> None:
    nulls = schema_of({"type": "array", "items": "null"})
    assert nulls.read(nulls.write([None] * 100)) == [None] * 100
    assert [one.asked for one in nulls.violations([None] * 101)] == ["have at most 100 items"]


def test_a_value_that_was_read_as_an_event_can_be_written() -> None:
    content = {"type": "map", "values": ["null", "int", {"type": "map", "values": "int"}]}
    value = Fields(items=1, values=Fields(items=2, get=3))
    assert len(value.items()) == 2
    schema = schema_of(content)
    assert schema.read(schema.write(value)) == {"items": 1, "values": {"items": 2, "get": 3}}


def test_bytes_that_are_left_over_are_an_error() -> None:
    left_over = "the value ends before what is left over, 1 byte, at byte 1"
    with pytest.raises(Undecodable, match=left_over):
        schema_of("int").read(b"\x02\x02")
