"""JSON of Kafka Connect with schemas: read by the schema that stands in it, found by its form or declared.

The values are what Debezium 3.6.1 for PostgreSQL and the JsonConverter of Kafka Connect 4.3.0 wrote.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.fields import NOT_SENT
from KafkaLibrary.matching import Screen, parse_conditions, parse_path
from KafkaLibrary.matching.conditions.unfit_values import unfit_kind
from KafkaLibrary.serialization.connect.envelope import may_be_envelopes
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder, TopicDecoder, TopicFormats

CONNECT, TIME, DATA = "org.apache.kafka.connect.data.", "io.debezium.time.", "io.debezium.data."


def envelope(schema: Any, payload: Any, **written: Any) -> bytes:
    return json.dumps({"schema": schema, "payload": payload}, **written).encode()


def row(**fields: Any) -> dict[str, Any]:
    return {"type": "struct", "fields": [{**kind, "field": name} for name, kind in fields.items()]}


def typed(kind: str, name: str = "", **more: Any) -> dict[str, Any]:
    return {"type": kind, "optional": True, **({"name": name} if name else {}), **more}


def decimal(scale: str) -> dict[str, Any]:
    return typed("bytes", f"{CONNECT}Decimal", version=1, parameters={"scale": scale})


def declared(which: str = "value") -> TopicDecoder:
    formats, name = TopicFormats(None), "connect-json"
    parts = {"value": None, "key": None, which: name}
    return TopicDecoder(formats.part(parts["value"], None, "value"), formats.part(parts["key"], None, "key"))


def an_event(raw: bytes | None, decoder: TopicDecoder | None = None, key: bytes | None = None) -> Event:
    return Event(PlainRecord(("rows", 0, 0), (1, 0), key, raw), decoder or FoundDecoder())


def holds(event: Event, *cells: str) -> bool:
    return parse_conditions(cells).matches(event)


INFINITY = 9223372036825200000
ROW = row(id=typed("int32"), total=decimal("2"), d=typed("int32", f"{TIME}Date"))
ORDER = {"id": 1, "total": "BNI=", "d": 20787}
READ = {"id": 1, "total": Decimal("12.34"), "d": "2026-11-30"}
CHANGE = row(after=ROW, op=typed("string"))
CHANGED = envelope(CHANGE, {"before": None, "after": ORDER, "op": "u"})


@pytest.mark.parametrize(
    ("schema", "payload", "read"),
    [
        (decimal("2"), "BNI=", Decimal("12.34")),
        (decimal("2"), "Cg==", Decimal("0.10")),
        (decimal("2"), "nA==", Decimal("-1.00")),
        (decimal("-2"), "BQ==", Decimal(500)),
        (decimal("2"), 5, Decimal(5)),
        (typed("bytes", f"{CONNECT}Decimal"), "BNI=", "BNI="),
        (typed("bytes"), "BNI=", "BNI="),
        (typed("int32", f"{CONNECT}Date"), 20787, "2026-11-30"),
        (typed("int32", f"{CONNECT}Time"), 36_000_120, "10:00:00.120"),
        (typed("int64", f"{CONNECT}Timestamp"), 1_796_032_800_120, "2026-11-30T10:00:00.120Z"),
        (typed("int32", f"{TIME}Date"), -1, "1969-12-31"),
        (typed("int32", f"{TIME}Time"), 36_000_000, "10:00:00"),
        (typed("int64", f"{TIME}MicroTime"), 36_000_000_001, "10:00:00.000001"),
        (typed("int64", f"{TIME}NanoTime"), 36_000_000_000_001, "10:00:00.000000001"),
        (typed("int64", f"{TIME}MicroTime"), 86_400_000_000, "24:00:00"),
        (typed("int64", f"{TIME}MicroTime"), 86_400_000_001, 86_400_000_001),
        (typed("int64", f"{TIME}Timestamp"), 1_796_032_800_000, "2026-11-30T10:00:00"),
        (typed("int64", f"{TIME}MicroTimestamp"), 1_796_032_800_000_001, "2026-11-30T10:00:00.000001"),
        (typed("int64", f"{TIME}NanoTimestamp"), 1_796_032_800_000_000_001, "2026-11-30T10:00:00.000000001"),
        (typed("int64", f"{TIME}MicroTimestamp"), INFINITY, INFINITY),
        (typed("int64", f"{TIME}MicroTimestamp"), -INFINITY, -INFINITY),
        (typed("int64", f"{TIME}MicroDuration"), 2_802_600_000_000, 2_802_600_000_000),
        (typed("string", f"{TIME}ZonedTimestamp"), "2026-11-30T10:00:00.000000Z", "2026-11-30T10:00:00.000000Z"),
        (typed("struct", f"{DATA}VariableScaleDecimal", fields=[]), {"scale": 2, "value": "BNI="}, Decimal("12.34")),
        (typed("string", f"{DATA}Json"), '{"a": 1}', {"a": 1}),
        (typed("string", f"{DATA}Json"), '[1, "2"]', [1, "2"]),
        (typed("string", f"{DATA}Json"), '"a"', "a"),
        (typed("string", f"{DATA}Json"), "null", "null"),
        (typed("string", f"{DATA}Json"), NOT_SENT[0], NOT_SENT[0]),
        (typed("bytes", f"{DATA}Bits", parameters={"length": "10"}), "AgI=", "1000000010"),
        (typed("bytes", f"{DATA}Bits", parameters={"length": "2147483647"}), "AgI=", "AgI="),
        (typed("bytes", f"{DATA}Bits"), "AgI=", "AgI="),
        (typed("string", f"{TIME}IsoDate"), "2026-11-30Z", "2026-11-30"),
        (typed("string", f"{TIME}ZonedTime"), "08:00:00Z", "08:00:00Z"),
        (typed("string", f"{DATA}Uuid"), "x", "x"),
        (typed("string", f"{DATA}Enum", parameters={"allowed": "a,b"}), "a", "a"),
        (decimal("2"), NOT_SENT[1], NOT_SENT[0]),
        (typed("string", "of.somebody.else"), "x", "x"),
        (typed("int32", f"{DATA}Uuid"), 7, 7),
        (typed("double"), "NaN", "NaN"),
        (typed("float"), 0.1, 0.1),
        (typed("int64"), 9_007_199_254_740_993, 9_007_199_254_740_993),
        (typed("array", items=decimal("2")), ["BNI=", None], [Decimal("12.34"), None]),
        (typed("map", keys=typed("string"), values=decimal("2")), {"a": "BNI="}, {"a": Decimal("12.34")}),
        (typed("map", keys=typed("int32"), values=decimal("2")), [[1, "BNI="]], [[1, Decimal("12.34")]]),
        ({**typed("int32"), "default": 7}, None, None),
        (row(inner=ROW), {"inner": ORDER, "more": 1.5}, {"inner": READ, "more": 1.5}),
    ],
)  # fmt: skip
def test_a_payload_is_read_by_its_schema(schema: Any, payload: Any, read: Any) -> None:
    raw = envelope(schema, payload)
    reversed_ = json.dumps({"payload": payload, "schema": schema}).encode()
    for written in (raw, raw, envelope(schema, payload, separators=(",", ":")), b"\n " + raw + b" ", reversed_):
        for event in (an_event(written), an_event(written, declared())):
            assert event.decoded().content == read
            assert event.decoded(exact=True).content == read
            assert event.value == read
            assert type(event.value) is type(read) or isinstance(read, dict)
            assert event.format == "connect-json"
        assert an_event(None, declared("key"), written).key == read
        assert an_event(None, key=written).key == read


def test_a_decimal_is_written_with_all_of_its_zeros() -> None:
    event = an_event(envelope(row(total=decimal("-2")), {"total": "BQ=="}))
    assert holds(event, "total ^= 500", "total not contains E", "total == 500")


def test_a_number_of_many_digits_loses_none() -> None:
    digits = "123456789012345678901234567890.12"
    raw = envelope(row(total=decimal("2"), rate=typed("double")), {"total": 0, "rate": 0.5}).replace(
        b": 0,", f": {digits},".encode()
    )
    event = an_event(raw)
    assert event.value.total == event.decoded().content["total"] == Decimal(digits)
    assert type(event.value.rate) is float
    assert holds(event, f"total == {digits}", "rate == 0.5")


def test_a_document_of_json_loses_no_digit_and_has_attributes() -> None:
    event = an_event(envelope(row(doc=typed("string", f"{DATA}Json")), {"doc": '{"a": 0.10, "n": 1.0000000000000001}'}))
    assert event.value.doc.a == 0.1
    assert type(event.value.doc.a) is float
    assert holds(event, "doc.n == 1.0000000000000001", "doc.n != 1.0000000000000002", "doc.n > 1")
    assert parse_conditions(["doc.a == 0.1"], strict=True).matches(event)


def test_objects_of_the_value_have_attributes() -> None:
    assert an_event(CHANGED).value.after.total == Decimal("12.34")


@pytest.mark.parametrize(
    "cell",
    ["after.total == 12.34", "after.d == 2026-11-30", "op == u", "before == null", "payload.after.total == 12.34",
     "payload.op == u", "schema.type == struct", "$['payload'].after.id == 1", "$.payload..total == 12.34",
     "after.total > 12.3"],
)  # fmt: skip
def test_a_path_begins_in_the_payload_and_may_begin_in_the_envelope(cell: str) -> None:
    assert holds(an_event(CHANGED), cell)
    assert holds(an_event(CHANGED, declared()), cell)


def test_a_field_named_like_the_envelopes_is_the_payloads_own() -> None:
    event = an_event(envelope(row(payload=typed("string")), {"payload": "mine"}))
    assert holds(event, "payload == mine", "payload.payload does not exist", "schema.type == struct")


def test_keys_are_payloads_too() -> None:
    event = an_event(None, key=envelope(row(id=typed("int32")), {"id": 1}))
    assert holds(event, "key.id == 1", "key.payload.id == 1", 'key == {"id": 1}')
    assert holds(an_event(None, key=envelope(typed("int32"), 1)), "key == 1", "key.payload == 1")
    assert an_event(None, key=b'{"id":1}').key == '{"id":1}'


def test_null_in_an_envelope_is_no_tombstone() -> None:
    event = an_event(envelope(CHANGE, None))
    assert holds(event, "$ == null", "$.payload == null")
    assert not holds(event, "value == null")


def test_places_are_those_in_the_payload() -> None:
    event = an_event(CHANGED)
    for path in ("after.total", "payload.after.total"):
        assert parse_path(path).found_at(event) == [("after", "total")]
    assert parse_path("schema.type").found_at(event) == []


@pytest.mark.parametrize(
    ("schema", "payload", "reason"),
    [
        (ROW, {"id": "x", "total": "BNI=", "d": 1}, "$.payload.id should be a whole number, and is 'x'"),
        (row(l=typed("array", items=decimal("2"))), {"l": ["BNI=", "?"]}, "$.payload.l[1] should be the unscaled"),
        (decimal("2"), "", "should be the unscaled bytes"),
        (decimal("2"), True, "should be a decimal"),
        (typed("int32", f"{TIME}Date"), "today", "should be a whole number"),
        (typed("map", keys=typed("int32"), values=typed("string")), {"1": "a"}, "should be a list of pairs"),
        (typed("struct", f"{DATA}VariableScaleDecimal", fields=[]), {"value": "BNI="}, "a scale and a value"),
        (typed("boolean"), 1, "be true or false"),
    ],
)  # fmt: skip
def test_what_does_not_fit_its_schema_stays_as_it_came_unless_declared(schema: Any, payload: Any, reason: str) -> None:
    raw = envelope(schema, payload)
    event = an_event(raw)
    assert event.value == event.decoded().content == payload
    assert "does not fit" in event.decoded().schema
    assert reason in event.decoded().schema
    with pytest.raises(Undecodable, match="does not fit its schema") as caught:
        an_event(raw, declared()).decoded()
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    "raw",
    [
        b'{"schema": {"type": "object"}, "payload": 1}',
        b'{"schema": null, "payload": 1}',
        b'{"schema": {"type": "int32"}, "payload": 1, "more": 2}',
        b'{"schema": {"type": "int32"}}',
        b'{"payload": 1}',
        b'{"schema": {"type": "struct"}, "payload": {}}',
        b'{"schema": {"type": "array", "items": 1}, "payload": []}',
        b'{"type": "int32", "payload": 1}',
        b'{"schema": "int32", "payload": 1}',
    ],
)
def test_what_has_not_the_form_is_json_as_any_other(raw: bytes) -> None:
    event = an_event(raw)
    assert (event.format, event.value) == ("json", json.loads(raw))
    if b"null" not in raw:
        with pytest.raises(Undecodable):
            an_event(raw, declared()).decoded()


@pytest.mark.parametrize("raw", [b"", b"text", b"\xff", b"[]", b'{"schema": {"type": "int32"}, "payload": }'])
def test_what_is_no_envelope_does_not_fit_the_declared_format(raw: bytes) -> None:
    with pytest.raises(Undecodable):
        an_event(raw, declared()).decoded()


def test_a_schema_may_have_the_word_itself() -> None:
    schema = row(a={**typed("struct", fields=[]), "default": {"x": 1, "payload": {"y": 1}}}, total=decimal("2"))
    assert an_event(envelope(schema, {"total": "BNI="})).value.total == Decimal("12.34")


def test_schemas_that_change_from_event_to_event_are_each_taken() -> None:
    decoder = FoundDecoder()
    for scale in (*range(300), *range(300)):
        event = an_event(envelope(decimal(str(scale)), "BNI="), decoder)
        assert event.value == Decimal(1234).scaleb(-scale)


def test_it_is_published_as_the_whole_envelope() -> None:
    part = declared().value_part
    assert json.loads(part.write(CHANGED.decode(), "rows").raw or b"") == json.loads(CHANGED)
    with pytest.raises(KeywordMisused, match="No value of the last events on 'rows' has a schema"):
        part.write({"id": 1}, "rows")


SCALARS = st.sampled_from([1, 12, "BNI=", "12.34", "PAID", None, 20787, "2026-11-30", True])
PAYLOADS = st.fixed_dictionaries(
    {}, optional={"a": SCALARS, "payload": SCALARS, "b": st.fixed_dictionaries({"a": SCALARS})}
)
KINDS = st.sampled_from([decimal("2"), typed("int32", f"{TIME}Date"), typed("string"), typed("int32")])
SCHEMAS = st.builds(lambda a, b, c: row(a=a, payload=b, b=row(a=c)), KINDS, KINDS, KINDS) | KINDS
WRITTEN = st.sampled_from([{}, {"separators": (",", ":")}, {"indent": 1}])
RAWS = st.builds(lambda s, p, how: envelope(s, p, **how), SCHEMAS, PAYLOADS | SCALARS, WRITTEN) | st.sampled_from(
    [None, b"{}", b"1", b'{"a": 12.34}', b'{"the": "PAID"}', b' {"a":"2026-11-30"}']
)


@given(
    raws=st.lists(RAWS, max_size=4),
    path=st.sampled_from(["a", "$.payload", "payload.a", "payload.b.a", "b.a", "$..a", "schema.type", "$", "value"]),
    operator=st.sampled_from(["==", "!=", ">=", "contains", "in", "exists", "does not exist"]),
    expected=st.sampled_from(["12.34", "2026-11-30", "PAID", "12", "null", "struct", "BNI="]),
    judge_all=st.booleans(),
    is_declared=st.booleans(),
)
def test_a_fast_look_leaves_out_nothing_that_matches(
    raws: list[bytes | None], path: str, operator: str, expected: str, judge_all: bool, is_declared: bool
) -> None:
    try:
        conditions = parse_conditions([path, operator, *[expected][: "exist" not in operator]])
    except KeywordMisused:
        assume(False)
    decoder = declared() if is_declared else FoundDecoder()
    events = [an_event(raw, decoder) for raw in raws]
    records = [event._record for event in events]
    found = set(Screen(conditions, judge_all=judge_all).candidates(records, raws, 1, decoder.first_look))
    for place, event in enumerate(events):
        try:
            must_be_there = conditions.matches(event)
        except Undecodable:
            must_be_there = judge_all
        assert place in found or not must_be_there


@pytest.mark.parametrize("name", ["schema", "payload"])
@pytest.mark.parametrize("before", ["", " ", "  ", "\n\t", " " * 3, " " * 9])
@pytest.mark.parametrize("behind", ["", " ", "\r\n", " " * 3, "\t" * 4, " " * 9])
def test_an_envelope_is_seen_behind_blanks(name: str, before: str, behind: str) -> None:
    values = [b'{"orderId":1}', f'{before}{{{behind}"{name}": null}}'.encode(), b'{"orderId":2}']
    assert may_be_envelopes(values) == [1]


def test_other_json_is_no_envelope() -> None:
    assert not may_be_envelopes([b'{"orderId":1}', b'{ "orderId":1}', None, b"", b"1", b'{"status":"schema"}'])


@pytest.mark.parametrize("parameters", [{}, {"parameters": {}}, {"parameters": {"scale": "two"}}, {"parameters": None}])
def test_a_decimal_whose_schema_lacks_its_scale_decides_nothing(parameters: dict[str, Any]) -> None:
    event = an_event(envelope(row(total=typed("bytes", f"{CONNECT}Decimal", **parameters)), {"total": "BNI="}))
    assert event.value.total == "BNI="
    for cell in ("total == 12.34", "total > 5", "total != 12.34"):
        judgement = parse_conditions([cell]).judge(event)
        assert judgement.undecided, cell
        assert "looks like Connect's Decimal: 12.34 at scale 2" in judgement.findings[0].text


def test_what_mariadb_has_in_other_forms_is_told_where_a_negative_passes() -> None:
    """As Debezium 3.5.0 wrote rows of MariaDB 10.11: a boolean is a small number, and a time may be below zero."""
    schema = row(flag=typed("int16"), due=typed("int64", f"{TIME}MicroTime"), doc=typed("string"))
    event = an_event(envelope(schema, {"flag": 1, "due": -363_723_000_000, "doc": '{"a": 1}'}))
    assert event.value == {"flag": 1, "due": -363_723_000_000, "doc": '{"a": 1}'}
    assert holds(event, "flag == 1", "due == -363723000000", "due < 00:00:00", "doc.a == 1")
    for cell, kind in (("flag == true", "a number"), ("due == -101:02:03", "a number")):
        (condition,) = parse_conditions([cell])
        assert not condition.holds(event)
        assert unfit_kind(condition, event) == kind
