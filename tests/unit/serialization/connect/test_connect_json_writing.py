"""JSON of Kafka Connect is written by a schema: what was read goes out as the connector wrote it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.serialization.schemas.schema_argument import source_of
from KafkaLibrary.serialization.schemas.violations import Misfit
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder, TopicFormats

CONNECT, TIME, DATA = "org.apache.kafka.connect.data.", "io.debezium.time.", "io.debezium.data."


def typed(kind: str, name: str = "", **more: Any) -> dict[str, Any]:
    return {"type": kind, **({"name": name} if name else {}), **more}


def row(**fields: Any) -> dict[str, Any]:
    return {"type": "struct", "fields": [{**kind, "field": name} for name, kind in fields.items()]}


def published(value: Any, schema: Any, formats: TopicFormats | None = None, which: Any = "value") -> bytes:
    source = None if schema is None else source_of(schema, Path)
    part = (formats or TopicFormats(None)).part("connect-json", source, which)
    raw = part.write(value, "rows").raw
    assert raw == (part.encoder("rows") or bytes)(value)
    return raw or b""


def payload(value: Any, schema: Any) -> Any:
    content = json.loads(published(value, schema))
    assert content["schema"] == schema
    return content["payload"]


def read(raw: bytes) -> Any:
    return Event(PlainRecord(("rows", 0, 0), (1, 0), None, raw), FoundDecoder()).value


def decimal(scale: int) -> dict[str, Any]:
    return typed("bytes", f"{CONNECT}Decimal", parameters={"scale": str(scale)})


BOTH_WAYS = [
    (typed("string", f"{TIME}Interval"), "P0Y1M2DT3H4M5.5S", "P0Y1M2DT3H4M5.5S"),
    (typed("int64", f"{TIME}MicroDuration"), 3_600_000_000, 3_600_000_000),
    (typed("string", f"{TIME}IsoTime"), "10:00:05.5", "10:00:05.5Z"),
    (typed("string", f"{TIME}IsoTimestamp"), "2026-11-30T10:00:00Z", "2026-11-30T10:00:00Z"),
    (decimal(2), Decimal("12.34"), "BNI="),
    (decimal(2), Decimal("0.10"), "Cg=="),
    (decimal(2), Decimal("-1.00"), "nA=="),
    (decimal(-2), Decimal(500), "BQ=="),
    (typed("int32", f"{CONNECT}Date"), "2026-11-30", 20787),
    (typed("int32", f"{CONNECT}Time"), "10:00:00.120", 36_000_120),
    (typed("int64", f"{CONNECT}Timestamp"), "2026-11-30T10:00:00.120Z", 1_796_032_800_120),
    (typed("int32", f"{TIME}Date"), "1969-12-31", -1),
    (typed("int32", f"{TIME}Time"), "10:00:00", 36_000_000),
    (typed("int64", f"{TIME}MicroTime"), "10:00:00.000001", 36_000_000_001),
    (typed("int64", f"{TIME}NanoTime"), "10:00:00.000000001", 36_000_000_000_001),
    (typed("int64", f"{TIME}Timestamp"), "2026-11-30T10:00:00", 1_796_032_800_000),
    (typed("int64", f"{TIME}MicroTimestamp"), "2026-11-30T10:00:00.000001", 1_796_032_800_000_001),
    (typed("int64", f"{TIME}NanoTimestamp"), "2026-11-30T10:00:00.000000001", 1_796_032_800_000_000_001),
    (typed("string", f"{TIME}IsoDate"), "2026-11-30", "2026-11-30Z"),
    (typed("struct", f"{DATA}VariableScaleDecimal", fields=[]), Decimal("12.34"), {"scale": 2, "value": "BNI="}),
    (typed("bytes", f"{DATA}Bits", parameters={"length": "10"}), "1000000010", "AgI="),
    (typed("string", f"{DATA}Json"), {"a": [1, "x"]}, '{"a":[1,"x"]}'),
    (typed("string", f"{DATA}Json"), "x", '"x"'),
    (typed("double"), "NaN", "NaN"),
    (typed("double"), 0.5, 0.5),
    (typed("int8"), 127, 127),
    (typed("boolean"), True, True),
    (typed("bytes"), "AgI=", "AgI="),
    (typed("array", items=decimal(2)), [Decimal("12.34")], ["BNI="]),
    (typed("map", keys=typed("string"), values=decimal(2)), {"a": Decimal("12.34")}, {"a": "BNI="}),
    (typed("map", keys=typed("int32"), values=decimal(2)), [[1, Decimal("12.34")]], [[1, "BNI="]]),
    (row(d=typed("int32", f"{TIME}Date", optional=True)), {"d": None}, {"d": None}),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "value", "written"), BOTH_WAYS)
def test_what_is_read_is_what_was_written(schema: Any, value: Any, written: Any) -> None:
    assert payload(value, schema) == written
    assert payload(written, schema) == written, "what the connector itself wrote goes out as it is"
    assert read(published(value, schema)) == value
    assert payload({"a": value}, row(a=schema)) == {"a": written}


@pytest.mark.parametrize(
    ("schema", "value", "written"),
    [
        (decimal(2), "12.34", "BNI="),
        (decimal(2), 12, "BLA="),
        (decimal(2), 0, "AA=="),
        (typed("bytes"), b"\x02\x02", "AgI="),
        (typed("double"), float("-inf"), "-Infinity"),
        (typed("map", keys=typed("int32"), values=typed("string")), {1: "a"}, [[1, "a"]]),
        (typed("string", f"{DATA}Json"), [Decimal("1.10")], "[1.10]"),
        (row(a=typed("int32", default=7), b=typed("string", optional=True)), {}, {"a": 7, "b": None}),
        (row(a=typed("int32", default=7)), {"a": None}, {"a": 7}),
        (row(a=typed("int32", optional=True)), '{"a": 1}', {"a": 1}),
        (typed("int32"), "1", 1),
        (typed("string"), "1", "1"),
    ],
)
def test_a_tester_may_write_it_otherwise(schema: Any, value: Any, written: Any) -> None:
    assert payload(value, schema) == written


@pytest.mark.parametrize(
    ("schema", "value", "steps", "asked"),
    [
        (row(total=decimal(2)), {"total": "12.345"}, ("total",), "at most 2 digits after the point"),
        (row(total=decimal(1)), {"total": 0.25}, ("total",), "at most 1 digit after"),
        (row(id=typed("int8")), {"id": 128}, ("id",), "int8"),
        (row(id=typed("int32")), {"id": None}, ("id",), "int32"),
        (row(d=typed("int32", f"{TIME}Date")), {"d": "2026-02-30"}, ("d",), "be a date"),
        (row(d=typed("int32", f"{TIME}Date")), {"d": None}, ("d",), "not be null"),
        (row(at=typed("int64", f"{TIME}MicroTimestamp")), {"at": "2026-11-30T10:00:00Z"}, ("at",), "without a zone"),
        (row(f=typed("bytes", f"{DATA}Bits", parameters={"length": "3"})), {"f": "10101"}, ("f",), "be 3 bits"),
        (row(l=typed("array", items=typed("string"))), {"l": ["a", 1]}, ("l", 1), "be a text"),
        (row(m=typed("map", keys=typed("int32"), values=typed("string"))), {"m": [[1]]}, ("m", 0), "a key and a value"),
        (row(s=row(x=typed("boolean"))), {"s": {"x": 1}}, ("s", "x"), "true or false"),
    ],
)
def test_what_does_not_fit_is_told_at_its_place(schema: Any, value: Any, steps: Any, asked: str) -> None:
    with pytest.raises(Misfit) as caught:
        published(value, schema)
    (violation,) = caught.value.violations
    assert violation.steps == steps
    assert asked in violation.asked


def test_fields_that_are_missing_or_not_known_are_told() -> None:
    with pytest.raises(Misfit) as caught:
        published({"idd": 1}, row(id=typed("int32")))
    assert {(one.rule, one.steps) for one in caught.value.violations} == {("required", ("id",)), ("unknown", ("idd",))}


SCHEMA = row(id=typed("int32"), total=decimal(2))


def test_the_schema_may_stand_in_a_file(tmp_path: Path) -> None:
    total = f"{{field: total, type: bytes, name: {CONNECT}Decimal, parameters: {{scale: '2'}}}}"
    yaml = f"type: struct\nfields:\n- {{field: id, type: int32}}\n- {total}\n"
    for name, text in (
        ("rows.json", json.dumps(SCHEMA)),
        ("event.json", json.dumps({"schema": SCHEMA, "payload": {"id": 7, "total": "AA=="}})),
        ("rows.yaml", yaml),
    ):
        (tmp_path / name).write_text(text)
        raw = published({"id": 1, "total": "12.34"}, str(tmp_path / name))
        assert json.loads(raw)["payload"] == {"id": 1, "total": "BNI="}


def test_it_may_be_that_of_the_last_event_of_the_topic_or_of_another() -> None:
    old, new = row(id=typed("int32")), SCHEMA
    raws = {
        ("rows", "value"): [b"text", json.dumps({"schema": new, "payload": None}).encode(),
                            json.dumps({"schema": old, "payload": None}).encode()],
        ("others", "value"): [json.dumps({"schema": old, "payload": None}).encode()],
        ("rows", "key"): [json.dumps({"schema": typed("int32"), "payload": 1}).encode()],
    }  # fmt: skip
    formats = TopicFormats(None, latest=lambda topic, which: raws.get((topic, which), []))
    assert json.loads(published({"id": 1, "total": 5}, None, formats))["schema"] == new
    assert json.loads(published({"id": 1}, "others", formats))["schema"] == old
    assert json.loads(published("7", None, formats, "key")) == {"schema": typed("int32"), "payload": 7}
    with pytest.raises(KeywordMisused, match="No value of the last events on 'nowhere' has a schema"):
        published({"id": 1}, "nowhere", formats)


def test_a_whole_envelope_goes_out_as_it_is_and_kafka_is_not_asked() -> None:
    def never(topic: str, which: str) -> Any:
        raise AssertionError

    raw = json.dumps({"schema": SCHEMA, "payload": {"id": 1, "total": "BNI="}}, indent=1)
    assert published(raw, None, TopicFormats(None, latest=never)) == raw.encode()
    with pytest.raises(KeywordMisused, match="does not fit its schema"):
        published(raw.replace('"BNI="', "true"), None)


@pytest.mark.parametrize("schema", ['{"type": "record"}', '{"type": "struct"}', "[1]", '{"type": ', 42])
def test_what_is_no_schema_of_connect_is_refused(schema: Any) -> None:
    with pytest.raises(KeywordMisused):
        published({"id": 1}, schema)


LEAVES = st.sampled_from([(schema, value) for schema, value, _ in BOTH_WAYS])
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda one: (typed("array", items=one[0]), [one[1], one[1]])),
        st.dictionaries(st.text(min_size=1), inner, min_size=1, max_size=4).map(
            lambda some: (row(**{name: one[0] for name, one in some.items()}), {n: one[1] for n, one in some.items()})
        ),
    ),
    max_leaves=8,
)


@given(TREES)
def test_whole_rows_go_both_ways(tree: Any) -> None:
    schema, value = tree
    assert read(published(value, schema)) == value
