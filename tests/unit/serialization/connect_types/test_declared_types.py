"""Types that are declared for fields of JSON: read as a table shows them, and written as a connector does."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.fields import NOT_SENT
from KafkaLibrary.matching import Screen, parse_conditions
from KafkaLibrary.serialization.topics.topic_formats import TopicDecoder, TopicFormats

FORMATS = TopicFormats(None)


def decoder(types: Any) -> TopicDecoder:
    return TopicDecoder(FORMATS.typed("json", None, types), FORMATS.part(None, None, "key"))


def an_event(types: Any, value: Any) -> Event:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Event(PlainRecord(("rows", 0, 0), (1, 0), None, raw), decoder(types))


def holds(types: Any, value: Any, *cells: str) -> bool:
    return parse_conditions(cells).matches(an_event(types, value))


NOON = 1_796_040_000
BOTH_WAYS = [
    ("decimal(2)", "BNI=", Decimal("12.34")),
    ("decimal(-2)", "BQ==", Decimal(500)),
    ("decimal", {"scale": 2, "value": "BNI="}, Decimal("12.34")),
    ("days", 20787, "2026-11-30"),
    ("seconds", NOON, "2026-11-30T12:00:00Z"),
    ("millis", NOON * 10**3 + 120, "2026-11-30T12:00:00.120Z"),
    ("micros", NOON * 10**6, "2026-11-30T12:00:00Z"),
    ("nanos", NOON * 10**9 + 1, "2026-11-30T12:00:00.000000001Z"),
    ("time-millis", 36_000_120, "10:00:00.120"),
    ("time-micros", 36_000_000_001, "10:00:00.000001"),
    ("time-nanos", 36_000_000_000_001, "10:00:00.000000001"),
    ("json", '{"a":1}', {"a": 1}),
    ("bits(10)", "AgI=", "1000000010"),
    ("io.debezium.time.MicroTimestamp", NOON * 10**6, "2026-11-30T12:00:00"),
    ("io.debezium.time.IsoDate", "2026-11-30Z", "2026-11-30"),
    ("org.apache.kafka.connect.data.Timestamp", NOON * 10**3, "2026-11-30T12:00:00Z"),
    ("org.apache.kafka.connect.data.Decimal(2)", "BNI=", Decimal("12.34")),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "written", "read"), BOTH_WAYS)
def test_each_type_goes_both_ways(kind: str, written: Any, read: Any) -> None:
    types = {"$.x": kind}
    event = an_event(types, {"x": written, "y": written})
    assert event.value.x == event.decoded().content["x"] == event.decoded(exact=True).content["x"] == read
    assert event.value.y == written
    assert event.format == "json"
    part = decoder(types).value_part
    assert json.loads(part.write({"x": read}, "rows").raw or b"") == {"x": written}
    raw = json.dumps({"x": written}, indent=1)
    assert part.write(raw, "rows").raw == raw.encode(), "what is as the connector writes it goes out as it is"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("total", {"total": "BNI="}),
        ("total", {"op": "u", "before": None, "after": {"total": "BNI="}}),
        ("total", {"op": "d", "before": {"total": "BNI="}, "after": None}),
        ("after.total", {"op": "u", "after": {"total": "BNI="}}),
        ("$.after.total", {"after": {"total": "BNI="}}),
        ("items[*].total", {"items": [{"total": "BNI="}, {"no": 1}, 7]}),
        ("items[0].total", {"items": [{"total": "BNI="}]}),
        ("items.total", {"op": "c", "after": {"items": {"total": "BNI="}}}),
        ("*.total", {"x": {"total": "BNI="}}),
        ("$['a.b'].total", {"a.b": {"total": "BNI="}}),
        ("prices", {"prices": ["BNI=", None]}),
    ],
)
def test_a_path_leads_to_a_field_or_to_a_column(path: str, value: Any) -> None:
    content = str(an_event({path: "decimal(2)"}, value).value)
    assert "Decimal('12.34')" in content
    assert "BNI=" not in content


def test_a_field_that_has_both_paths_is_read_once() -> None:
    event = an_event("d:days, after.d:io.debezium.time.Date", {"op": "c", "after": {"d": 1}, "before": {"d": 2}})
    assert event.value == {"op": "c", "after": {"d": "1970-01-02"}, "before": {"d": "1970-01-03"}}


def test_before_and_after_of_another_value_are_fields_as_all() -> None:
    assert an_event("d:days", {"after": {"d": 1}, "d": 2}).value == {"after": {"d": 1}, "d": "1970-01-03"}


@pytest.mark.parametrize("cell", [
    "at == 2026-11-30T12:00:00Z", "at == 2026-11-30T12:00:00", "at == 2026-11-30T13:00:00+01:00",
    "at > 2026-11-30T11:59:59", "at < 2026-11-30T12:00:01Z", "at >= 2026-11-30", "at != 2026-11-30T12:00:01",
])  # fmt: skip
def test_a_counted_moment_is_compared_with_and_without_a_zone(cell: str) -> None:
    assert holds("at:micros", {"at": NOON * 10**6}, cell)


def test_a_number_of_many_digits_loses_none() -> None:
    event = an_event("total:decimal(2)", b'{"total": 123456789012345678901234567890.12, "rate": 0.5}')
    assert event.value.total == Decimal("123456789012345678901234567890.12")
    assert event.value.rate == 0.5


def test_null_and_what_was_not_sent_stay_what_they_are() -> None:
    event = an_event("a:decimal(2), b:decimal(2), c:json, d:days", {"a": None, "b": NOT_SENT[1], "c": NOT_SENT[0]})
    assert event.value == {"a": None, "b": NOT_SENT[0], "c": NOT_SENT[0]}


@pytest.mark.parametrize(
    ("types", "value", "reason"),
    [
        ("total:decimal(2)", {"total": "?"}, r"\$\.total should be the unscaled bytes"),
        ("d:days", {"op": "c", "after": {"d": "today"}}, r"\$\.after\.d should be a whole number"),
        ("d:days", {"d": [1, "x"]}, r"\$\.d\[1\] should be a whole number"),
    ],
)
def test_what_does_not_fit_can_not_be_read(types: str, value: Any, reason: str) -> None:
    event = an_event(types, value)
    with pytest.raises(Undecodable, match=reason):
        event.decoded()
    conditions = parse_conditions(["x does not exist"])
    candidates = Screen(conditions, judge_all=True).candidates(
        [event._record], [event.raw_value], 1, decoder(types).first_look
    )
    assert [*candidates] == [0]


def test_what_does_not_fit_is_not_published() -> None:
    with pytest.raises(KeywordMisused, match=r"\$\.total should be a decimal with at most 2 digits"):
        decoder("total:decimal(2)").value_part.write({"total": "12.345"}, "rows")


@pytest.mark.parametrize(
    ("types", "said"),
    [
        ("total:decmal(2)", "Did you mean 'decimal'"),
        ("total", "can't be read from here on: 'total'"),
        ("total:decimal(2),,", "can't be read from here on"),
        ("total:decimal(two)", "no type 'decimal"),
        ("a:days, a:millis", "'a' twice"),
        ("[:days", "not a path of names"),
        ([], "types= can't be"),
        ({}, "types= can't be"),
        ("{", "types= is not JSON"),
    ],
)
def test_what_can_not_be_read_is_refused(types: Any, said: str) -> None:
    with pytest.raises(KeywordMisused, match="types") as caught:
        FORMATS.typed(None, None, types)
    assert said in str(caught.value)


def test_it_is_for_json_alone() -> None:
    with pytest.raises(KeywordMisused, match="JSON without a schema"):
        FORMATS.typed("avro", None, "d:days")


PLACE = {"wkb": "AQEAAAAAAAAAAADwPwAAAAAAAABA", "srid": 4326}


@pytest.mark.parametrize(
    ("kind", "written", "cell"),
    [
        ("interval", "P0Y1M2DT3H4M5.5S", "x == P1M2DT3H4M5.5S"),
        ("interval", "P0Y1M2DT3H4M5.5S", "x == 1 mon 2 days 03:04:05.5"),
        ("interval", "P0Y0M0DT1H0M0S", "x == PT60M"),
        ("interval", "P0Y0M0DT1H0M0S", "x < P1D"),
        ("interval", "P0Y0M0DT1H0M0S", "x != PT61M"),
        ("interval", "P0Y0M0DT1H0M0S", "x in PT1S, PT60M"),
        ("interval", ["P0Y0M0DT1H0M0S"], "x contains PT60M"),
        ("interval", "P0Y0M0DT1H0M0S", "x == 01:00:00"),
        ("interval", "P0Y0M0DT1H0M0S", "x == 60 minutes"),
        ("interval-micros", 3_600_000_000, "x == 01:00:00"),
        ("interval-micros", 3_600_000_000, "x < 2 hours"),
        ("interval-micros", 3_600_000_000, "x == PT1H"),
        ("interval-micros", 3_600_000_000, "x == 3600000000"),
        ("interval-micros", 3_600_000_000, "x > 1000"),
        ("interval-micros", 2_629_800_000_000, "x == P1M"),
        ("interval-micros", 2_629_800_000_000, "x >= 1 mon"),
        ("interval-nanos", 3_600_000_000_000, "x == 1 days -23:00:00"),
        ("geometry", PLACE, "x == POINT(1 2)"),
        ("geometry", PLACE, "x == (1,2)"),
        ("geometry", PLACE, "x == srid=4326; point (1.0 2.0)"),
        ("geometry", PLACE, "x != POINT(2 1)"),
        ("geometry", PLACE, "x != SRID=3857;POINT(1 2)"),
        ("geometry", PLACE, "x.srid == 4326"),
        ("geometry", [PLACE], "x contains POINT(1 2)"),
        ("io.debezium.time.IsoTimestamp", "2026-11-30T10:00:00Z", "x == 2026-11-30T10:00:00"),
        ("io.debezium.time.IsoTimestamp", "2026-11-30T10:00:00Z", "x == 2026-11-30T11:00:00+01:00"),
        ("io.debezium.time.IsoTime", "10:00:05Z", "x == 10:00:05"),
    ],
)
def test_a_column_is_compared_as_its_table_shows_it(kind: str, written: Any, cell: str) -> None:
    assert holds({"x": kind}, {"x": written}, cell)
    # Nothing is left out by its bytes.
    event = an_event({"x": kind}, {"x": written})
    conditions = parse_conditions([cell])
    look = decoder({"x": kind}).first_look
    assert [*Screen(conditions, judge_all=False).candidates([event._record], [event.raw_value], 1, look)] == [0]


@pytest.mark.parametrize(
    ("kind", "written", "cell"),
    [
        ("interval", "P0Y0M0DT1H0M0S", "x == PT61M"),
        ("interval", "P0Y0M0DT1H0M0S", "x != PT60M"),
        ("interval", "P0Y0M0DT1H0M0S", "x > PT60M"),
        ("interval-micros", 3_600_000_000, "x > PT1H"),
        ("interval-micros", 3_600_000_001, "x == PT1H"),
        ("interval-micros", 3_600_000_000, "x != PT1H"),
        ("interval-micros", 3_600_000_000, "x != 1 hour"),
        ("interval", "P0Y0M0DT1H0M0S", "x != 01:00:00"),
        ("geometry", PLACE, "x != POINT (1 2)"),
        ("geometry", PLACE, "x != (1, 2)"),
        ("geometry", PLACE, "x == POINT Z (1 2 0)"),
    ],
)
def test_what_a_column_is_not_is_not_found(kind: str, written: Any, cell: str) -> None:
    assert not holds({"x": kind}, {"x": written}, cell)


def test_the_length_of_a_month_decides_nothing() -> None:
    conditions = parse_conditions(["x > P30D"])
    event = an_event({"x": "interval"}, {"x": "P0Y1M0DT0H0M0S"})
    with pytest.raises(Undecodable, match="depends on how long a month is"):
        conditions.matches(event)


def test_columns_are_published_in_either_form() -> None:
    types = {"a": "interval", "b": "interval-micros", "c": "geometry", "d": "io.debezium.data.geometry.Point"}
    written = {
        "a": "P0Y1M2DT0H0M0S",
        "b": 3_600_000_000,
        "c": {"wkb": "AQEAAAAAAAAAAADwPwAAAAAAAABA", "srid": 4326},
        "d": {"x": 1.0, "y": 2.0, "wkb": "AQEAAAAAAAAAAADwPwAAAAAAAABA", "srid": None},
    }
    part = decoder(types).value_part
    shown = {"a": "P1M2D", "b": "PT1H", "c": "SRID=4326;POINT(1 2)", "d": "POINT(1 2)"}
    assert json.loads(part.write(shown, "rows").raw or b"") == written
    assert json.loads(part.write(an_event(types, written).value, "rows").raw or b"") == written
    for name, value in {"a": "soon", "b": 1.5, "c": "here", "d": "LINESTRING(1 2,3 4)"}.items():
        with pytest.raises(KeywordMisused, match=rf"\$\.{name} should be"):
            part.write({name: value}, "rows")


def test_a_geometry_has_its_text() -> None:
    event = an_event({"x": "geometry"}, {"x": PLACE})
    assert event.value.x.wkt == "SRID=4326;POINT(1 2)"
    assert event.value.x.srid == 4326
    assert event.value.x == PLACE
