"""What a topic's values and keys are: as declared, or as each of them tells."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Event, PlainRecord
from KafkaLibrary.serialization.frames import framed, write_indexes
from KafkaLibrary.serialization.registry.answers import Registered
from KafkaLibrary.serialization.registry.registry import UnknownSchema, UnknownSubject
from KafkaLibrary.serialization.schemas.schema_argument import SchemaSource, source_of
from KafkaLibrary.serialization.schemas.violations import Misfit
from KafkaLibrary.serialization.topics.topic_formats import TopicDecoder, TopicFormats, Ways

AVRO = json.dumps(
    {
        "type": "record",
        "name": "Order",
        "namespace": "shop",
        "fields": [{"name": "orderId", "type": "long"}, {"name": "status", "type": "string", "default": "NEW"}],
    }
)
PROTO = 'syntax = "proto3"; package shop; message Order { int64 order_id = 1; } message Other { string note = 1; }'
JSON_SCHEMA = json.dumps({"title": "Order", "type": "object", "required": ["orderId"]})
CLOUD = [("ce_specversion", b"1.0"), ("ce_id", b"1"), ("ce_source", b"/shop"), ("ce_type", b"Placed")]


class FakeRegistry:
    """Knows what it was given, and counts the questions."""

    def __init__(self, **subjects: tuple[str, str]) -> None:
        self.known: dict[int, Registered] = {}
        self.asked: list[str] = []
        for subject, (kind, text) in subjects.items():
            self.add(subject.replace("_", "-"), kind, text)

    def add(self, subject: str, kind: str, text: str) -> int:
        number = len(self.known) + 1
        version = sum(one.subject == subject for one in self.known.values()) + 1
        self.known[number] = Registered(number, kind, text, (), subject, version)
        return number

    def find(self, schema_id: int) -> Registered:
        self.asked.append(f"id {schema_id}")
        if schema_id not in self.known:
            raise UnknownSchema(f"the schema registry has no schema with the id {schema_id}")
        return self.known[schema_id]

    def find_by_guid(self, guid: str) -> Registered:
        raise UnknownSchema(f"the schema registry has no schema with the guid {guid}")

    def latest(self, subject: str) -> Registered:
        self.asked.append(f"latest {subject}")
        of_subject = [one for one in self.known.values() if one.subject == subject]
        if not of_subject:
            raise UnknownSubject(f"There is no subject '{subject}'.")
        return of_subject[-1]

    def version(self, subject: str, number: int) -> Registered:
        return next(one for one in self.known.values() if (one.subject, one.version) == (subject, number))

    def id_of(self, subject: str, kind: str, text: str, references: Sequence[Any] = ()) -> int | None:
        self.asked.append(f"id of {subject}")
        return next((one.id for one in self.known.values() if (one.subject, one.text) == (subject, text)), None)

    def register(self, subject: str, kind: str, text: str, references: Sequence[Any] = ()) -> int:
        self.asked.append(f"register {subject}")
        return self.add(subject, kind, text)


@pytest.fixture
def registry() -> FakeRegistry:
    return FakeRegistry(
        orders_value=("avro", AVRO), protos_value=("protobuf", PROTO), jsons_value=("json-schema", JSON_SCHEMA)
    )


def formats(registry: FakeRegistry | None = None, *, auto_register: bool = False) -> TopicFormats:
    known: Any = registry
    return TopicFormats(known, auto_register=auto_register)


def an_event(
    decoder: TopicDecoder, raw: bytes | None, key: bytes | None = None, headers: Sequence[tuple[str, bytes]] = ()
) -> Event:
    return Event(PlainRecord(("orders", 0, 0), (1, 0), key, raw, headers), decoder)


def written(topic_formats: TopicFormats, name: str | None, value: Any, topic: str = "orders", **how: Any) -> Event:
    source = source_of(how.pop("schema"), Path) if "schema" in how else None
    part = topic_formats.part(name, source, "value", Ways(**how))
    out = part.write(value, topic)
    return an_event(TopicDecoder(part, topic_formats.of(topic).key_part), out.raw, headers=out.headers)  # type: ignore[arg-type] # written headers have values


# Each event tells


def test_a_framed_value_is_read_by_the_schema_that_it_names(registry: FakeRegistry) -> None:
    found = formats(registry).of("orders")
    event = an_event(found, written(formats(registry), "avro", {"orderId": 42}).raw_value)
    assert event.value == {"orderId": 42, "status": "NEW"}
    assert event.decoded().format == "avro"
    assert event.decoded().schema == "schema 1 (shop.Order)"


def test_values_of_one_schema_ask_the_registry_once(registry: FakeRegistry) -> None:
    decoder = formats(registry).of("orders")
    raw = framed(1, b"\x54\6NEW")
    assert [an_event(decoder, raw).value["orderId"] for _ in range(5)] == [42] * 5
    assert registry.asked == ["id 1"]
    assert decoder.first_look.read is not None
    assert decoder.first_look.read(raw)["orderId"] == 42
    assert decoder.first_look.read(b'{"orderId": 5}')["orderId"] == 5


@pytest.mark.parametrize("raw", [framed(1, b"\x54\6NEW"), framed(2, b"\x08\x2a", [0])])
def test_one_field_of_a_framed_value_is_picked_once_its_schema_was_met(registry: FakeRegistry, raw: bytes) -> None:
    decoder = formats(registry).of("orders")
    assert decoder.first_look.pick is not None
    pick = decoder.first_look.pick(("orderId",))
    assert pick is not None
    assert pick(raw) is None
    assert an_event(decoder, raw).value["orderId"] == 42
    assert [pick(raw), pick(b"{}")] == [[42], None]


def test_a_message_that_is_not_the_first_is_read_by_its_indexes(registry: FakeRegistry) -> None:
    raw = framed(2, b"\n\2hi", [1])
    decoder = formats(registry).of("orders")
    assert an_event(decoder, raw).value == {"note": "hi"}
    with pytest.raises(TypeError):
        decoder.first_look.read(raw)  # type: ignore[misc] # it has one


def test_an_id_in_a_header_counts_before_the_bytes(registry: FakeRegistry) -> None:
    decoder = formats(registry).of("orders")
    raw = b"\0\0\0\0\x09"[:1] + b"\6NEW"  # an order with the id 0, which looks like a frame
    event = an_event(decoder, raw, headers=[("__value_schema_id", b"\0\0\0\0\1")])
    assert event.value == {"orderId": 0, "status": "NEW"}
    apart = decoder.first_look.apart
    assert apart is not None
    assert list(apart([event._record, an_event(decoder, raw)._record], [raw, raw])) == [0]


@pytest.mark.parametrize(
    ("raw", "content", "format_name"),
    [
        (b'{"a":1}', {"a": 1}, "json"),
        (b"hello", "hello", "text"),
        (b"\xff\0", b"\xff\0", "bytes"),
        (None, None, "tombstone"),
    ],
)
def test_what_has_no_frame_is_json_or_text_or_bytes(
    registry: FakeRegistry, raw: bytes | None, content: Any, format_name: str
) -> None:
    for topic_formats in (formats(), formats(registry)):
        event = an_event(topic_formats.of("orders"), raw)
        assert (event.value, event.format) == (content, format_name)


def test_an_unknown_schema_leaves_bytes_and_says_its_id(registry: FakeRegistry) -> None:
    decoded = an_event(formats(registry).of("orders"), framed(99, b"x")).decoded()
    assert decoded.format == "bytes"
    assert "id 99" in decoded.note
    assert "begins with 00 00 00 00 63 78" in decoded.note


def test_without_a_registry_a_frame_is_told_and_how_to_read_it() -> None:
    note = an_event(formats().of("orders"), framed(7, b"x")).decoded().note
    assert "schema 7" in note
    assert "schema_registry=" in note


def test_a_frame_around_what_does_not_fit_leaves_bytes_and_says_where(registry: FakeRegistry) -> None:
    decoded = an_event(formats(registry).of("orders"), framed(1, b"\x54\x7f")).decoded()
    assert decoded.format == "bytes"
    assert "at byte 6 in $.status" in decoded.note
    assert "names schema 1" in decoded.note


def test_a_framed_key_is_read_too(registry: FakeRegistry) -> None:
    event = an_event(formats(registry).of("orders"), b"{}", key=framed(1, b"\x54\6NEW"))
    assert event.key == {"orderId": 42, "status": "NEW"}
    assert an_event(formats(registry).of("orders"), b"{}", key=b"42").key == "42"


def test_cloud_events_are_told_by_their_headers() -> None:
    event = an_event(formats().of("orders"), b'{"orderId": 42}', headers=CLOUD)
    assert event.format == "cloudevents"
    assert event.value.type == "Placed"
    assert event.value.data.orderId == 42


def test_what_only_looks_like_a_cloud_event_is_read_as_it_is() -> None:
    event = an_event(formats().of("orders"), b'{"orderId": 42}', headers=CLOUD[:2])
    assert event.value == {"orderId": 42}


def test_a_cloud_event_without_data_is_none_the_less_one() -> None:
    event = an_event(formats().of("orders"), None, headers=CLOUD)
    assert event.value["id"] == "1"
    assert "data" not in event.value


def test_data_of_a_cloud_event_may_be_framed(registry: FakeRegistry) -> None:
    event = an_event(formats(registry).of("orders"), framed(1, b"\x54\6NEW"), headers=CLOUD)
    assert event.value.data.orderId == 42
    assert event.decoded().schema == "binary mode, data as avro by schema 1 (shop.Order)"


# As declared


@pytest.mark.parametrize("name", ["avro", "protobuf", "json-schema"])
@pytest.mark.parametrize("with_registry", [True, False])
def test_the_same_lines_whatever_the_format(registry: FakeRegistry, name: str, with_registry: bool) -> None:
    topic = {"avro": "orders", "protobuf": "protos", "json-schema": "jsons"}[name]
    schema = {"avro": AVRO, "protobuf": f"{PROTO}", "json-schema": JSON_SCHEMA}[name]
    given: dict[str, Any] = {} if with_registry else {"schema": schema}
    if name == "protobuf":
        given = {"schema": "protos-value#Order" if with_registry else PROTO[: PROTO.index("message Other")]}
    for value in ({"orderId": 42}, '{"orderId": 42}'):
        event = written(formats(registry if with_registry else None), name, value, topic, **given)
        assert event.value["orderId"] == 42
        assert event.format == name


@pytest.mark.parametrize("name", ["json", "avro", "text", "long", "json-schema"])
@pytest.mark.parametrize("mode", ["cloudevents", "cloudevents-structured"])
def test_cloud_events_carry_data_of_each_format(registry: FakeRegistry, mode: str, name: str) -> None:
    data: Any = {"orderId": 42}
    if name in ("text", "long"):
        data = {"text": "hi", "long": 42}[name]
    topic = {"json-schema": "jsons"}.get(name, "orders")
    event = written(formats(registry), f"{mode}:{name}", {"type": "Placed", "source": "/shop", "data": data}, topic)
    assert event.format == "cloudevents"
    found = event.value["data"]
    assert found == data if not isinstance(data, dict) else found["orderId"] == 42
    assert event.value["type"] == "Placed"
    assert ("ce_type" in event.headers) is (mode == "cloudevents")


def test_a_value_without_its_frame_can_not_be_read(registry: FakeRegistry) -> None:
    part = formats(registry).part("avro", None, "value")
    with pytest.raises(Undecodable, match=r"not avro in the frame of a schema registry.*begins with 7b 7d"):
        part.read(b"{}", (), "read")


def test_a_schema_of_another_kind_than_declared_can_not_be_read(registry: FakeRegistry) -> None:
    part = formats(registry).part("protobuf", None, "value")
    with pytest.raises(Undecodable, match="not protobuf, as was declared: it is avro"):
        part.read(framed(1, b"\x54\6NEW"), (), "read")


def test_a_value_that_does_not_fit_tells_each_field(registry: FakeRegistry) -> None:
    with pytest.raises(Misfit) as misfit:
        written(formats(registry), "avro", {"orderId": "42", "statsu": "NEW"})
    assert {one.steps for one in misfit.value.violations} == {("orderId",), ("statsu",)}


def test_a_number_is_written_as_java_writes_it() -> None:
    event = written(formats(), "long", 5)
    assert event.raw_value == struct.pack(">q", 5)
    assert event.value == 5


def test_a_declared_topic_is_read_as_declared_and_others_as_they_tell() -> None:
    topic_formats = formats()
    topic_formats.declare("counts", topic_formats.part("long", None, "value"), topic_formats.part("int", None, "key"))
    raw, key = struct.pack(">q", 5), struct.pack(">i", 7)
    event = an_event(topic_formats.of("counts"), raw, key)
    assert (event.value, event.key) == (5, 7)
    assert an_event(topic_formats.of("others"), raw).format != "long"


def test_a_key_that_does_not_fit_is_shown_as_it_is() -> None:
    topic_formats = formats()
    topic_formats.declare("counts", topic_formats.part(None, None, "value"), topic_formats.part("int", None, "key"))
    event = an_event(topic_formats.of("counts"), b"{}", b"abc")
    with pytest.raises(Undecodable, match="not an int: 3 bytes"):
        _ = event.key
    assert event.shown_key == "abc"


def test_a_first_look_never_leaves_out_what_is_of_another_kind(registry: FakeRegistry) -> None:
    topic_formats = formats(registry)
    raw = framed(2, b"\x08\x05", [0])
    assert an_event(topic_formats.of("others"), raw).value == {"orderId": 5}  # so that its schema is known
    look = topic_formats.part("avro", None, "value").first_look
    assert look.read is not None
    assert look.pick is not None
    with pytest.raises(TypeError):
        look.read(raw)
    pick = look.pick(["orderId"])
    assert pick is not None
    assert pick(raw) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("avro", '{"type": "record", "name": "O", "fields": [{"name": "a", "type": "Nowhere"}]}'),
        ("protobuf", 'syntax = "proto3"; import "buf/validate/validate.proto"; message O { int32 a = 1; }'),
        ("json-schema", "[]"),
        ("thrift", "struct O {}"),
    ],
)
def test_a_schema_that_can_not_be_used_stops_no_wait(registry: FakeRegistry, kind: str, text: str) -> None:
    number = registry.add("broken-value", kind, text)
    decoder = formats(registry).of("orders")
    for _ in range(2):
        decoded = an_event(decoder, framed(number, b"\x0a")).decoded()
        assert decoded.format == "bytes"
        assert f"schema {number}" in decoded.note
    with pytest.raises(KeywordMisused):
        written(formats(registry), None, {"a": 1}, "broken", schema="broken-value")


def test_a_keyword_that_names_a_schema_keeps_to_the_ways_of_the_topic(registry: FakeRegistry) -> None:
    topic_formats = formats(registry)
    source = source_of(AVRO, Path)
    ways = Ways(is_framed=False)
    declared = topic_formats.part("avro", source, "value", ways)
    topic_formats.declare("orders", declared, topic_formats.part(None, None, "key"), ways)
    assert topic_formats.part(None, source, "value", topic_formats.ways("orders")).write(
        {"orderId": 42}, "orders"
    ).raw == (b"\x54\6NEW")
    reading = topic_formats.reading(["orders"], None, source)
    assert reading is not None
    assert an_event(reading("orders"), b"\x54\6NEW").value["orderId"] == 42


def test_frames_need_a_registry(registry: FakeRegistry) -> None:
    with pytest.raises(KeywordMisused, match="framed=True needs a schema registry"):
        formats().part("avro", source_of(AVRO, Path), "value", Ways(is_framed=True))
    with pytest.raises(KeywordMisused, match="without a registry's frame are read by one schema"):
        formats(registry).part("avro", None, "value", Ways(is_framed=False))


# Which schema


def test_the_latest_version_is_asked_once_until_it_is_forgotten(registry: FakeRegistry) -> None:
    topic_formats = formats(registry)
    for _ in range(3):
        written(topic_formats, "avro", {"orderId": 42})
    assert registry.asked.count("latest orders-value") == 1
    newer = registry.add("orders-value", "avro", AVRO.replace('"NEW"', '"OLD"'))
    topic_formats.forget_latest()
    assert written(topic_formats, "avro", {"orderId": 42}).value["status"] == "OLD"
    assert written(topic_formats, "avro", {"orderId": 42}).decoded().schema.startswith(f"schema {newer} ")
    assert written(topic_formats, "avro", {"orderId": 1}, schema="orders-value:1").value["status"] == "NEW"
    assert written(topic_formats, "avro", {"orderId": 1}, schema=1).value["status"] == "NEW"


def test_a_schema_that_is_not_registered_is_refused(registry: FakeRegistry) -> None:
    with pytest.raises(KeywordMisused, match=r"not registered as 'other-value'(.|\n)*Register Schema"):
        written(formats(registry), "avro", {"orderId": 42}, "other", schema=AVRO)
    assert not any(asked.startswith("register") for asked in registry.asked)


def test_a_schema_is_registered_where_that_is_asked(registry: FakeRegistry) -> None:
    topic_formats = formats(registry, auto_register=True)
    for _ in range(2):
        written(topic_formats, "avro", {"orderId": 42}, "other", schema=AVRO)
    assert registry.asked.count("register other-value") == 1


@pytest.mark.parametrize(
    ("strategy", "subject"), [("topic", "other-value"), ("record", "shop.Order"), ("topic-record", "other-shop.Order")]
)
def test_the_strategy_names_the_subject(registry: FakeRegistry, strategy: str, subject: str) -> None:
    written(formats(registry, auto_register=True), "avro", {"orderId": 1}, "other", schema=AVRO, strategy=strategy)
    assert f"register {subject}" in registry.asked


def test_a_registered_schema_that_refers_to_others_is_known_by_its_text(registry: FakeRegistry) -> None:
    spaced = json.dumps(json.loads(AVRO), indent=2)  # the registry's lookup would not find it
    assert written(formats(registry), "avro", {"orderId": 42}, schema=spaced).value["orderId"] == 42


@pytest.mark.parametrize(
    ("name", "schema", "reason"),
    [
        ("avrro", None, "no format 'avrro'. Did you mean 'avro'"),
        ("avro", None, "needs a schema"),
        ("json", AVRO, "needs a format with schemas"),
        ("avro", "orders-value", "needs a schema registry, and this connection has none"),
        ("avro", "{", "JSON"),
        ("cloudevents:nothing", None, "no format 'nothing'"),
        ("json:avro", None, "no format 'json:avro'"),
        ("avro", "0", "registry counts from 1"),
        ("avro", [], "Expected a schema"),
    ],
)
def test_what_can_not_be_a_format_is_refused_with_what_to_do(name: str, schema: Any, reason: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        formats().part(name, None if schema is None else source_of(schema, Path), "value")
    assert reason in str(refused.value)


def test_a_strategy_that_needs_the_schema_says_so(registry: FakeRegistry) -> None:
    with pytest.raises(KeywordMisused, match="schema= is required"):
        written(formats(registry), "avro", {"orderId": 42}, strategy="record")
    with pytest.raises(KeywordMisused, match=r"no subject strategy 'recrod'\. Did you mean 'record'"):
        Ways("recrod")


def test_a_topic_without_frames_beside_a_registry(registry: FakeRegistry) -> None:
    event = written(formats(registry), "avro", {"orderId": 42}, schema=AVRO, is_framed=False)
    assert event.raw_value == b"\x54\6NEW"
    assert event.value["orderId"] == 42


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("orders.avsc", SchemaSource(path=Path("orders.avsc"))),
        ("a/orders.proto#shop.Order", SchemaSource(path=Path("a/orders.proto"), fragment="shop.Order")),
        ("orders-value", SchemaSource(subject="orders-value")),
        ("orders-value:3", SchemaSource(subject="orders-value", version=3)),
        ("orders-value:latest", SchemaSource(subject="orders-value")),
        (":.prod:orders-value", SchemaSource(subject=":.prod:orders-value")),
        ("orders-value#Order", SchemaSource(subject="orders-value", fragment="Order")),
        ("7", SchemaSource(schema_id=7)),
        (7, SchemaSource(schema_id=7)),
        ({"type": "string"}, SchemaSource(text='{"type":"string"}')),
        ('syntax = "proto3";', SchemaSource(text='syntax = "proto3";')),
        ("message-value", SchemaSource(subject="message-value")),
    ],
)
def test_a_cell_says_which_schema_is_meant(given: Any, source: SchemaSource) -> None:
    assert source_of(given, Path) == source


def test_indexes_of_the_first_message_are_written_as_one_zero(registry: FakeRegistry) -> None:
    event = written(formats(registry), "protobuf", {"orderId": 42}, "protos", schema="protos-value#Order")
    assert event.raw_value == framed(2, b"\x08\x2a", [0]) == b"\0\0\0\0\2" + write_indexes([0]) + b"\x08\x2a"
