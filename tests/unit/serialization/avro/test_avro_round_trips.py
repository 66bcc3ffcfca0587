"""Values of any schema: what is written is read again, by this library and by others."""

from __future__ import annotations

import base64
import contextlib
import io
import itertools
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any, TypeAlias

import fastavro
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.serialization.avro.schema import AvroSchema
from KafkaLibrary.serialization.schemas.violations import Misfit
from KafkaLibrary.serialization.values.numbers import shortest_float

Kind: TypeAlias = tuple[Any, st.SearchStrategy[Any]]
"""A schema, and what its values are."""

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
LONG = st.integers(-(2**63), 2**63 - 1)
FLOAT = st.floats(width=32, allow_nan=False).map(shortest_float)
NAMED = ("record", "enum", "fixed")
UTC = timezone.utc
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso(moment: Any, zone: str = "") -> str:
    """ISO 8601 with 0, 3 or 6 digits."""
    text: str = moment.isoformat(timespec="microseconds")
    while text.endswith("000"):
        text = text[:-3]
    return text.removesuffix(".") + zone


def of_millis(moment: Any) -> Any:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def nanos(number: int) -> str:
    whole = (EPOCH + timedelta(seconds=number // 10**9)).isoformat()[:-6]
    fraction = f".{number % 10**9:09}"
    while fraction.endswith("000"):
        fraction = fraction[:-3]
    return f"{whole}{fraction.removesuffix('.')}Z"


def base64_of(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "null": st.none(),
    "boolean": st.booleans(),
    "int": st.integers(-(2**31), 2**31 - 1),
    "long": LONG,
    "float": FLOAT,
    "double": st.floats(allow_nan=False),
    "bytes": st.binary(max_size=8).map(base64_of),
    "string": TEXT,
}
MOMENTS = st.datetimes()
LOGICAL: list[tuple[str, str, st.SearchStrategy[Any]]] = [
    ("int", "date", st.dates().map(date.isoformat)),
    ("int", "time-millis", st.times().map(of_millis).map(iso)),
    ("long", "time-micros", st.times().map(iso)),
    ("long", "timestamp-millis", MOMENTS.map(of_millis).map(lambda moment: iso(moment, "Z"))),
    ("long", "timestamp-micros", MOMENTS.map(lambda moment: iso(moment, "Z"))),
    ("long", "timestamp-nanos", LONG.map(nanos)),
    ("long", "local-timestamp-millis", MOMENTS.map(of_millis).map(iso)),
    ("long", "local-timestamp-micros", MOMENTS.map(iso)),
    ("string", "uuid", st.uuids().map(str)),
]


def decimals(precision: int, scale: int) -> st.SearchStrategy[Any]:
    most = 10**precision - 1
    return st.integers(-most, most).map(lambda digits: Decimal(f"{digits}E-{scale}"))


def plain() -> st.SearchStrategy[Kind]:
    return st.sampled_from(sorted(PLAIN)).map(lambda name: (name, PLAIN[name]))


def logical() -> st.SearchStrategy[Kind]:
    def decimal(numbers: tuple[int, int]) -> Kind:
        scale, precision = sorted(numbers)
        content = {"type": "bytes", "logicalType": "decimal", "precision": precision, "scale": scale}
        return content, decimals(precision, scale)

    digits = st.integers(1, 40)
    moments = st.sampled_from(LOGICAL).map(lambda one: ({"type": one[0], "logicalType": one[1]}, one[2]))
    return moments | st.tuples(digits, digits).map(decimal)


def enums() -> st.SearchStrategy[Kind]:
    symbols = st.lists(st.sampled_from("ABCDEFGH"), min_size=1, unique=True)
    return symbols.map(lambda drawn: ({"type": "enum", "symbols": drawn}, st.sampled_from(drawn)))


def fixeds() -> st.SearchStrategy[Kind]:
    def fixed(size: int) -> Kind:
        return {"type": "fixed", "size": size}, st.binary(min_size=size, max_size=size).map(base64_of)

    return st.integers(0, 9).map(fixed)


def array(items: Kind) -> Kind:
    return {"type": "array", "items": items[0]}, st.lists(items[1], max_size=4)


def map_of(values: Kind) -> Kind:
    return {"type": "map", "values": values[0]}, st.dictionaries(TEXT, values[1], max_size=4)


def record(kinds: list[Kind]) -> Kind:
    fields = [{"name": f"f{index}", "type": kind[0]} for index, kind in enumerate(kinds)]
    values = st.fixed_dictionaries({f"f{index}": kind[1] for index, kind in enumerate(kinds)})
    return {"type": "record", "fields": fields}, values


def union(kinds: list[Kind]) -> Kind:
    branches: dict[Any, Kind] = {}
    for kind in kinds:
        content = kind[0]
        name = content if isinstance(content, str) else content["type"]
        branches.setdefault(len(branches) if name in NAMED else name, kind)
    return [kind[0] for kind in branches.values()], st.one_of([kind[1] for kind in branches.values()])


def schemas(leaves: st.SearchStrategy[Kind]) -> st.SearchStrategy[Kind]:
    def larger(inner: st.SearchStrategy[Kind]) -> st.SearchStrategy[Kind]:
        no_union = inner.filter(lambda kind: not isinstance(kind[0], list))
        unions = st.lists(no_union, min_size=1, max_size=4).map(union)
        records = st.lists(inner, max_size=5).map(record)
        return inner.map(array) | inner.map(map_of) | unions | records

    return st.recursive(leaves, larger, max_leaves=8).map(lambda kind: (named(kind[0], itertools.count()), kind[1]))


def named(content: Any, numbers: Iterator[int]) -> Any:
    """The schema with a name of its own for each type that needs one."""
    if isinstance(content, list):
        return [named(branch, numbers) for branch in content]
    if not isinstance(content, dict):
        return content
    name = {"name": f"shop.T{next(numbers)}"} if content["type"] in NAMED else {}
    parts = {part: named(content[part], numbers) for part in ("items", "values") if part in content}
    fields = [{**field, "type": named(field["type"], numbers)} for field in content.get("fields", ())]
    return {**content, **name, **parts, **({"fields": fields} if "fields" in content else {})}


def schema_of(content: Any) -> AvroSchema:
    return AvroSchema(json.dumps(content), "'any.avsc'")


PATIENT = settings(suppress_health_check=list(HealthCheck), max_examples=150)


@PATIENT
@given(st.data(), schemas(plain() | logical() | enums() | fixeds()))
def test_any_value_of_any_schema_is_read_as_it_was_written(data: st.DataObject, kind: Kind) -> None:
    schema = schema_of(kind[0])
    value = data.draw(kind[1])
    violations = schema.violations(value)
    if violations:
        assert all("be named by its type" in one for one in asked(violations))
        return
    raw = schema.write(value)
    assert schema.read(raw) == value
    assert schema.read(b"frame" + raw, 5) == value


@PATIENT
@given(schemas(plain() | logical() | enums() | fixeds()), st.binary(max_size=40))
def test_any_bytes_are_read_by_any_schema_or_refused(kind: Kind, raw: bytes) -> None:
    schema = schema_of(kind[0])
    with contextlib.suppress(Undecodable):
        schema.violations(schema.read(raw))


def asked(violations: Any) -> list[str]:
    return [text for one in violations for text in ([str(one.asked)] if one.rule != "anyOf" else asked(one.inner)[:1])]


@PATIENT
@given(st.data(), schemas(plain() | enums() | fixeds()))
def test_others_read_any_value_as_it_was_written(data: st.DataObject, kind: Kind) -> None:
    value = data.draw(kind[1])
    try:
        raw = schema_of(kind[0]).write(value)
    except Misfit:
        return
    stream = io.BytesIO(raw)
    read = fastavro.schemaless_reader(stream, fastavro.parse_schema(kind[0]), None)
    assert as_seen(read) == as_seen(value)
    assert not stream.read()


def as_seen(value: Any) -> Any:
    """Bytes as base64, and a float as the nearest one of 32 bits: the other reader does not tell them apart."""
    if isinstance(value, dict):
        return {name: as_seen(part) for name, part in value.items()}
    if isinstance(value, list):
        return [as_seen(part) for part in value]
    if isinstance(value, float):
        with contextlib.suppress(OverflowError):
            return shortest_float(value)
    return base64_of(value) if isinstance(value, bytes) else value


OTHERS: list[tuple[str, str, st.SearchStrategy[Any], Callable[[Any], Any]]] = [
    ("int", "date", st.dates(), date.isoformat),
    ("int", "time-millis", st.times().map(of_millis), iso),
    ("long", "time-micros", st.times(), iso),
    ("long", "timestamp-millis", MOMENTS.map(of_millis), lambda moment: iso(moment, "Z")),
    ("long", "timestamp-micros", MOMENTS, lambda moment: iso(moment, "Z")),
    ("string", "uuid", st.uuids(), str),
]


@PATIENT
@given(st.data(), st.sampled_from(OTHERS))
def test_what_others_write_is_read_as_it_was_meant(
    data: st.DataObject, kind: tuple[str, str, st.SearchStrategy[Any], Callable[[Any], Any]]
) -> None:
    value = data.draw(kind[2])
    content = {"type": kind[0], "logicalType": kind[1]}
    given_value = value.replace(tzinfo=UTC) if isinstance(value, datetime) else value
    out = io.BytesIO()
    fastavro.schemaless_writer(out, fastavro.parse_schema(content), given_value)
    schema = schema_of(content)
    assert schema.read(out.getvalue()) == kind[3](value)
    assert schema.write(given_value) == out.getvalue()


@PATIENT
@given(st.integers(1, 28), st.data())
def test_decimals_are_those_of_others(precision: int, data: st.DataObject) -> None:
    scale = data.draw(st.integers(0, precision))
    value = data.draw(decimals(precision, scale))
    kinds = [
        {"type": "bytes", "logicalType": "decimal", "precision": precision, "scale": scale},
        {"type": "fixed", "name": "F", "size": 12, "logicalType": "decimal", "precision": precision, "scale": scale},
    ]
    for content in kinds:
        out = io.BytesIO()
        fastavro.schemaless_writer(out, fastavro.parse_schema(content), value)
        assert schema_of(content).read(out.getvalue()) == value
        assert schema_of(content).read(schema_of(content).write(value)).as_tuple() == value.as_tuple()
        stream = io.BytesIO(schema_of(content).write(value))
        assert fastavro.schemaless_reader(stream, fastavro.parse_schema(content), None) == value


@PATIENT
@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_a_float_is_read_as_the_shortest_number_that_it_is(number: float) -> None:
    schema = schema_of("float")
    read = schema.read(schema.write(number))
    assert schema.write(read) == schema.write(number)
    digits = len(Decimal(repr(read)).normalize().as_tuple().digits)
    assert digits <= 9
    shorter = float(f"{number:.{max(digits - 1, 1)}g}")
    assert digits == 1 or schema.violations(shorter) or schema.write(shorter) != schema.write(number)


def test_times_of_the_standard_library_are_taken() -> None:
    assert schema_of({"type": "int", "logicalType": "time-millis"}).write(time(0, 0, 1)) == b"\xd0\x0f"
