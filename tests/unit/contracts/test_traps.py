"""What breaks a naive reader of contracts, each as a small document of our own with the verdict that is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.contracts.checking.verdicts import Verdict
from KafkaLibrary.serialization.avro.schema import AvroSchema
from KafkaLibrary.serialization.keys_and_values.key_or_value import BySchema, Found
from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema
from KafkaLibrary.serialization.schemas.codecs import AvroCodec, ProtobufCodec
from KafkaLibrary.serialization.topics.topic_formats import TopicDecoder
from tests.unit.contracts.documents import judged, loaded, of_2, of_3, said

ORDER = "payload: {type: object, required: [orderId], properties: {orderId: {type: integer}}}"
AVRO = '{"type": "record", "name": "Order", "namespace": "shop", "fields": [{"name": "orderId", "type": "long"}]}'
PROTO = 'syntax = "proto3";\npackage shop;\nmessage Order { int64 order_id = 1; }\nmessage Paid { string by = 1; }\n'
BAD = {"orderId": "x"}
GOOD = {"orderId": 42}


def lacking(verdict: Verdict) -> list[str]:
    """The places that are not met by the nearest message."""
    return [
        ".".join(map(str, [lack.role, *(lack.violation.steps if lack.violation else ["unread"])]))
        for lack in verdict.candidates[0].lacks
    ]


def avro(text: str = AVRO) -> AvroSchema:
    return AvroSchema(text, "of the test")


def by_avro(text: str = AVRO) -> TopicDecoder:
    return TopicDecoder(BySchema(AvroCodec(avro(text))), Found("key", None))


def test_1_what_a_strict_reader_refuses_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    # No info, an operation without an action, an example of nothing, a field of nobody: events can be checked.
    text = f"""
        asyncapi: '2.4.0'
        channels:
          orders:
            publish:
              summary: 1
              unknown: []
              message: {{examples: [{{}}], {ORDER}}}
          broken:
            publish: {{message: {{$ref: '#/components/messages/Nowhere'}}}}
    """
    contract = loaded(tmp_path, text)
    assert judged(contract, GOOD).state == "fits"
    assert judged(contract, BAD).state == "wrong"
    assert judged(contract, GOOD, topic="broken").state == "not checked"
    assert "asyncapi.yaml:9 #/channels/broken/publish/message: '#/components/messages/Nowhere' is nowhere" in said(
        contract
    )


def test_2_a_payload_of_3_in_a_document_of_2_is_what_it_wraps(tmp_path: Path) -> None:
    schema = f"payload: {{schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: {AVRO}}}"
    contract = loaded(tmp_path, of_2(schema))
    assert judged(contract, GOOD).state == "fits"
    assert judged(contract, BAD).state == "wrong"
    assert "in 2.x that checks nothing. Read as meant" in said(contract)


@pytest.mark.parametrize("version", [2, 3])
def test_3_the_format_stands_beside_the_payload_or_in_it(tmp_path: Path, version: int) -> None:
    form = "schemaFormat: 'application/vnd.apache.avro+json;version=1.12.0'"
    beside, within = f"{form}\npayload: {AVRO}", f"{{payload: {{{form}, schema: {AVRO}}}}}"
    text = of_2(beside) if version == 2 else of_3(f"address: orders\nmessages: {{Order: {within}}}")
    contract = loaded(tmp_path, text)
    assert contract.notes == ()
    raw = avro().write({"orderId": 42})
    assert [judged(contract, value).state for value in (raw, GOOD, BAD, b"\xff\xff")] == [
        "fits",
        "fits",
        "wrong",
        "wrong",
    ]


@pytest.mark.parametrize("part", ["#/Order", "#Order", "#/shop.Order", ""])
def test_4_the_name_of_a_record_stands_where_a_pointer_should(tmp_path: Path, part: str) -> None:
    text = of_2(f"schemaFormat: application/vnd.apache.avro;version=1.9.0\npayload: {{$ref: './order.avsc{part}'}}")
    contract = loaded(tmp_path, text, api__order_avsc=AVRO)
    assert contract.notes == ()
    assert [judged(contract, value).state for value in (GOOD, BAD)] == ["fits", "wrong"]


def test_4_of_several_records_in_a_file_the_named_one_counts(tmp_path: Path) -> None:
    lines = '{"type": "record", "name": "Line", "fields": [{"name": "sku", "type": "string"}]}'
    order = '{"type": "record", "name": "Order", "fields": [{"name": "line", "type": "Line"}]}'
    text = of_2("schemaFormat: application/vnd.apache.avro\npayload: {$ref: 'all.avsc#/Order'}")
    contract = loaded(tmp_path, text, api__all_avsc=f"[{lines}, {order}]")
    assert contract.notes == ()
    values: list[Any] = [{"line": {"sku": "P-7"}}, {"sku": "P-7"}]
    assert [judged(contract, value).state for value in values] == ["fits", "wrong"]
    other = loaded(tmp_path, text.replace("#/Order", "#/Ordre"))
    assert "there is no type 'Ordre' in the file. Did you mean 'Order'" in said(other)
    assert judged(other, values[0]).state == "not checked"


@pytest.mark.parametrize("address", ["https://schemas.example.com/order", "http://localhost:8081/subjects/orders"])
def test_5_nothing_is_fetched_and_nothing_passes_for_it(tmp_path: Path, address: str) -> None:
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{Order: {{payload: {{$ref: '{address}'}}}}}}"))
    verdict = judged(contract, GOOD)
    assert verdict.state == "not checked"
    assert f"'{address}' is not a file beside the contract, and nothing is fetched" in said(contract)


def test_5_what_a_value_does_not_reach_need_not_be_known(tmp_path: Path) -> None:
    field = "payload: {type: object, properties: {id: {type: integer}, more: {$ref: 'https://example.com/more'}}}"
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{Order: {{{field}}}}}"))
    states = [judged(contract, value).state for value in ({"id": 1}, {"id": 1, "more": 2}, {"id": "x", "more": 2})]
    assert states == ["fits", "not checked", "wrong"]
    assert "#/channels/orders/messages/Order/payload/properties/more/$ref: 'https://example.com/more'" in said(contract)


CUSTOMER = '{"type": "record", "name": "Customer", "namespace": "shop", "fields": [{"name": "name", "type": "string"}]}'
WITH_CUSTOMER = (
    '{"type": "record", "name": "Order", "namespace": "shop", "fields": [{"name": "by", "type": "shop.Customer"}]}'
)


@pytest.mark.parametrize(
    ("order", "customer"),
    [
        ("api__Order_avsc", "api__Customer_avsc"),
        ("avro__Order_avsc", "avro__Customer_avsc"),
        ("avro__Order_avsc", "api__Customer_avsc"),
        ("avro__Order_avsc", "avro__shop__Customer_avsc"),
    ],
)
def test_6_avro_is_split_over_files_beside_the_contract_and_above_it(tmp_path: Path, order: str, customer: str) -> None:
    path = "Order.avsc" if order.startswith("api") else "../avro/Order.avsc"
    text = of_3(
        "address: orders\nmessages: {Order: {payload: {schemaFormat: application/vnd.apache.avro;version=1.9.0, "
        f"schema: {{$ref: '{path}'}}}}}}}}"
    )
    contract = loaded(tmp_path, text, None, **{order: WITH_CUSTOMER, customer: CUSTOMER})
    assert contract.notes == ()
    assert [judged(contract, value).state for value in ({"by": {"name": "Ada"}}, {"by": "Ada"})] == ["fits", "wrong"]


def test_6_a_type_that_is_in_no_file_is_named(tmp_path: Path) -> None:
    text = of_2("schemaFormat: application/vnd.apache.avro\npayload: {$ref: Order.avsc}")
    contract = loaded(tmp_path, text, api__Order_avsc=WITH_CUSTOMER)
    assert "shop.Customer" in said(contract)
    assert judged(contract, {"by": {"name": "Ada"}}).state == "not checked"


def test_7_avro_may_describe_json_and_json_schema_may_describe_avro(tmp_path: Path) -> None:
    by_avro_of_json = of_2(f"schemaFormat: application/vnd.apache.avro\ncontentType: application/json\npayload: {AVRO}")
    contract = loaded(tmp_path, by_avro_of_json)
    assert [judged(contract, value).state for value in (GOOD, BAD)] == ["fits", "wrong"]
    contract = loaded(tmp_path, of_2(f"contentType: application/avro\n{ORDER}"))
    raw = avro().write({"orderId": 42})
    other = avro(AVRO.replace("orderId", "id"))
    assert judged(contract, raw, decoder=by_avro()).state == "fits"
    assert judged(contract, other.write({"id": 42}), decoder=by_avro(AVRO.replace("orderId", "id"))).state == "wrong"
    assert judged(contract, raw).state == "wrong"  # nothing says how these bytes are read


def test_7_protobuf_may_be_described_by_its_own_schema_or_by_json_schema(tmp_path: Path) -> None:
    text = of_2("name: Order\nschemaFormat: application/vnd.google.protobuf;version=3\npayload: {$ref: orders.proto}")
    contract = loaded(tmp_path, text, api__orders_proto=PROTO)
    assert contract.notes == ()
    schema = ProtobufSchema(PROTO, "of the test", message="Order")
    raw = schema.write({"order_id": 42})
    assert judged(contract, raw).state == "fits"
    assert judged(contract, raw + b"\x98\x06\x01").state == "wrong"  # a field that the schema does not have
    described = loaded(tmp_path, of_2(ORDER))
    decoder = TopicDecoder(BySchema(ProtobufCodec(schema)), Found("key", None))
    assert judged(described, raw, decoder=decoder).state == "fits"
    paid = TopicDecoder(BySchema(ProtobufCodec(schema.of_message("Paid"))), Found("key", None))
    assert judged(described, b"\n\1x", decoder=paid).state == "wrong"


@pytest.mark.parametrize("content_type", ["text/xml", "application/xml", "application/yaml", "application/soap+xml"])
def test_8_a_form_that_is_not_read_is_never_a_pass(tmp_path: Path, content_type: str) -> None:
    contract = loaded(tmp_path, of_2(f"contentType: {content_type}\npayload: {{type: string}}"))
    assert judged(contract, b"<order/>").state == "not checked"
    contract = loaded(tmp_path, of_2(f"contentType: {content_type}\n{ORDER}"))
    assert judged(contract, GOOD).state == "not checked"


@pytest.mark.parametrize(
    ("schema", "content_type", "raw", "state"),
    [
        ("integer", "application/json", b"42", "fits"),
        ("integer", "application/json", b'"42"', "wrong"),
        ("integer", "", b"42", "fits"),
        ("string", "application/json", b'"hello"', "fits"),
        ("string", "application/json", b"hello", "wrong"),
        ("string", "", b"hello", "fits"),
        ("string", "", b"42", "fits"),
        ("string", "text/plain", b"42", "fits"),
        ("integer", "text/plain", b"42x", "wrong"),
        ("integer", "text/plain", b"42", "fits"),
        ("integer", "text/plain", b"4.2", "wrong"),
        ("boolean", "text/plain", b"true", "fits"),
        ("string", "text/plain; charset=utf-8", b'{"a": 1}', "fits"),
        ("string", "", b"\xff\xfe\x00", "wrong"),
    ],
)
def test_8_a_value_may_be_a_number_or_a_text(
    tmp_path: Path, schema: str, content_type: str, raw: bytes, state: str
) -> None:
    contract = loaded(tmp_path, of_2(f"contentType: '{content_type}'\npayload: {{type: {schema}}}"))
    assert judged(contract, raw).state == state


def test_9_the_topic_is_that_of_the_binding_then_the_address_then_the_name(tmp_path: Path) -> None:
    bound = "  a:Many: {bindings: {kafka: {topic: shop.a}}, publish: {message: {payload: {type: integer}}}}"
    text = of_2(ORDER).replace("  orders:\n", f"{bound}\n  user/signedup: {{}}\n  orders:\n")
    contract = loaded(tmp_path, text)
    assert contract.topics == ["shop.a", "orders"]
    assert "'user/signedup' is not a Kafka topic" in said(contract)
    contract = loaded(
        tmp_path, of_3(f"address: orders.v1\nbindings: {{kafka: {{topic: orders.v2}}}}\nmessages: {{O: {{{ORDER}}}}}")
    )
    assert contract.topics == ["orders.v2"]
    assert [judged(contract, GOOD, topic=topic).state for topic in ("orders.v2", "orders.v1")] == ["fits", "no channel"]


LIST = "payload: {type: array, items: {type: object, required: [orderId], properties: {orderId: {type: integer}}}}"


def test_10_an_event_is_one_element_of_the_list_that_a_reader_of_batches_gets(tmp_path: Path) -> None:
    text = of_3(f"address: orders\nbindings: {{kafka: {{topic: orders}}}}\nmessages: {{M: {{{LIST}}}}}")
    contract = loaded(tmp_path, text.replace("  orders:\n", "  'orders:OnOrders':\n"))
    verdict = judged(contract, GOOD)
    assert (verdict.state, verdict.candidates[0].remarks) == (
        "fits",
        ["it fits as one event of a batch, which the contract describes as a list"],
    )
    assert [judged(contract, value).state for value in (BAD, [GOOD], [BAD])] == ["wrong", "fits", "wrong"]
    # Where nothing tells of a reader of batches, a list is a list.
    assert judged(loaded(tmp_path, text), GOOD).state == "wrong"


@pytest.mark.parametrize("action", ["publish", "subscribe"])
def test_11_in_2_both_directions_count(tmp_path: Path, action: str) -> None:
    contract = loaded(tmp_path, of_2(ORDER).replace("publish:", f"{action}:"))
    assert [judged(contract, value).state for value in (GOOD, BAD)] == ["fits", "wrong"]


def test_12_key_and_value_may_stand_as_two_messages(tmp_path: Path) -> None:
    text = of_2(f"oneOf:\n- {{name: OrderKey, payload: {{type: integer}}}}\n- {{name: OrderValue, {ORDER}}}")
    contract = loaded(tmp_path, text)
    assert [one.name for one in contract.messages] == ["OrderValue"]
    assert "it is read as the key of 'OrderValue'" in said(contract)
    assert judged(contract, GOOD, key=b"42").state == "fits"
    assert lacking(judged(contract, GOOD, key=b"x")) == ["key"]
    assert judged(contract, b"42").state == "wrong"  # the key's schema is none of values


ONE = "{payload: {type: object, required: [a], properties: {a: {type: integer}}}}"
TWO = "{payload: {type: object, required: [b], properties: {b: {type: integer}}}}"


@pytest.mark.parametrize(
    "text",
    [
        of_2(f"oneOf: [{ONE}, {TWO}]"),
        of_2(f"payload: {{oneOf: [{ONE[10:-1]}, {TWO[10:-1]}]}}"),
        of_2("$ref: '#/components/messages/Both'", f"components: {{messages: {{Both: {{oneOf: [{ONE}, {TWO}]}}}}}}"),
        of_3(f"address: orders\nmessages: {{One: {ONE}, Two: {TWO}}}"),
        of_3(f"address: orders\nmessages: {{Both: {{oneOf: [{ONE}, {TWO}]}}}}"),
        of_3(f"address: orders\nmessages: {{A: {ONE}}}", f"\n  m: {{address: orders, messages: {{B: {TWO}}}}}\nx: 1"),
    ],
)  # fmt: skip
def test_13_one_of_several_may_stand_at_each_place(tmp_path: Path, text: str) -> None:
    contract = loaded(tmp_path, text)
    assert contract.notes == ()
    values: list[Any] = [{"a": 1}, {"b": 1}, {"a": "x"}, {"b": "x"}, {"c": 1}]
    assert [judged(contract, value).state for value in values] == ["fits", "fits", "wrong", "wrong", "wrong"]


def test_14_of_a_trait_and_the_message_another_one_wins_in_2_than_in_3(tmp_path: Path) -> None:
    trait = "headers: {type: object, required: [fromTrait], properties: {fromTrait: {type: string}}}"
    own = "headers: {type: object, required: [own], properties: {own: {type: string}}}"
    message = f"{{traits: [{{{trait}}}], {own}, payload: {{type: object}}}}"
    in_2 = loaded(tmp_path, of_2(message))
    assert lacking(judged(in_2, {}, headers={"own": "x"})) == ["headers.fromTrait"]
    assert judged(in_2, {}, headers={"fromTrait": "x"}).state == "fits"
    in_3 = loaded(tmp_path, of_3(f"address: orders\nmessages: {{M: {message}}}"))
    assert lacking(judged(in_3, {}, headers={"fromTrait": "x"})) == ["headers.own"]
    assert judged(in_3, {}, headers={"own": "x"}).state == "fits"
    for contract, lost in ((in_2, "own"), (in_3, "fromTrait")):
        assert f"one replaces the other: {lost} may be missing" in said(contract)
        headers = contract.messages[0].headers
        assert headers is not None
        assert {*headers.content["properties"]} == {"own", "fromTrait"}


def test_15_a_header_that_only_steers_a_framework_is_not_asked_for(tmp_path: Path) -> None:
    properties = "{kafka_messageKey: {type: integer}, n: {type: integer}}"
    headers = f"{{type: object, required: [kafka_messageKey], properties: {properties}}}"
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{O: {{headers: {headers}, {ORDER}}}}}"))
    assert judged(contract, GOOD).state == "fits"
    assert lacking(judged(contract, GOOD, headers={"n": "x"})) == ["headers.n"]
    assert "kafka_messageKey only steers Spring and is never sent" in said(contract)


@pytest.mark.parametrize(
    "headers", ["{}", "{type: object}", "{type: object, properties: {}}", "true", "{properties: {a: {title: any}}}",
                "{title: HeadersNotDocumented, type: object, properties: {}, examples: [{}]}"]
)  # fmt: skip
def test_16_headers_of_which_nothing_is_asked_count_as_not_checked(tmp_path: Path, headers: str) -> None:
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{O: {{headers: {headers}, {ORDER}}}}}"))
    verdict = judged(contract, GOOD)
    assert (verdict.state, verdict.candidates[0].remarks) == ("fits", ["headers: its schema asks nothing"])
    assert [note.said for note in contract.gaps] == [
        "The schema of the headers asks nothing, so the headers are not checked."
    ]


@pytest.mark.parametrize(
    "payload", ["{}", "true", "{description: an order}", "{properties: {a: {}}}", "{allOf: [{}, {title: x}]}",
                "{anyOf: [{type: integer}, {}]}", "{$ref: '#/components/schemas/Any'}",
                "{required: []}", "{type: [string, number, object, array, boolean, 'null']}", "{minLength: 0}",
                "{additionalProperties: true}", "{items: [{}]}", "{then: {required: [a]}}"]
)  # fmt: skip
def test_16_a_value_of_which_nothing_is_asked_never_passes(tmp_path: Path, payload: str) -> None:
    schemas = "components: {schemas: {Any: {properties: {in: {$ref: '#/components/schemas/Any'}}}}}"
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{O: {{payload: {payload}}}}}", schemas))
    assert judged(contract, GOOD).state == "not checked"
    assert contract.gaps


def test_16_a_message_without_a_schema_never_passes(tmp_path: Path) -> None:
    contract = loaded(tmp_path, of_3("address: orders\nmessages: {O: {headers: {type: object, required: [a]}}}"))
    assert judged(contract, GOOD, headers={"a": "1"}).state == "not checked"
    assert judged(contract, GOOD).state == "wrong"


KEY = '{"type": "record", "name": "OrderKey", "fields": [{"name": "id", "type": "long"}]}'


@pytest.mark.parametrize(
    "key", [KEY, f"{{schemaFormat: application/vnd.apache.avro, schema: {KEY}}}", "{$ref: 'key.avsc'}"]
)
def test_17_a_key_is_checked_by_avro_in_each_of_its_forms(tmp_path: Path, key: str) -> None:
    text = of_3(f"address: orders\nmessages: {{O: {{bindings: {{kafka: {{key: {key}}}}}, {ORDER}}}}}")
    contract = loaded(tmp_path, text, api__key_avsc=KEY)
    assert contract.notes == ()
    raw = avro(KEY).write({"id": 42})
    states = [
        judged(contract, GOOD, key=one).state for one in (raw, b"\0\0\0\0\7" + raw, b'{"id": 42}', b"x\xff", None)
    ]
    assert states == ["fits", "fits", "fits", "wrong", "wrong"]


@pytest.mark.parametrize(
    ("schema", "key", "fits"),
    [("integer", b"42", True), ("integer", b"x", False), ("string", b"42", True), ("integer", None, False),
     ("string", None, False), ("boolean", b"true", True), ("string", b"\xff\x00", False)],
)  # fmt: skip
def test_17_a_key_is_text_that_is_read_as_the_type_that_is_asked(
    tmp_path: Path, schema: str, key: bytes | None, fits: bool
) -> None:
    text = of_3(f"address: orders\nmessages: {{O: {{bindings: {{kafka: {{key: {{type: {schema}}}}}}}, {ORDER}}}}}")
    contract = loaded(tmp_path, text)
    assert (judged(contract, GOOD, key=key).state == "fits") is fits


def test_18_yaml_is_read_by_its_rules_of_1_2(tmp_path: Path) -> None:
    schema = (
        "{required: [country], properties: {country: {enum: [NO, DE]}, code: {const: 012}, day: {const: 2026-11-30}}}"
    )
    contract = loaded(tmp_path, of_2(f"payload: {schema}"))
    right = {"country": "NO", "code": 12, "day": "2026-11-30"}
    assert judged(contract, right).state == "fits"
    for wrong in ({"country": False}, {**right, "code": 10}, {"country": "SE"}):
        assert judged(contract, wrong).state == "wrong"


def test_19_the_draft_is_07_unless_something_else_is_said(tmp_path: Path) -> None:
    pair = "pair: {type: array, items: [{type: integer}, {type: string}], additionalItems: false}"
    beside = "a: {$ref: '#/components/schemas/A', minimum: 10}"
    text = of_2(
        f"payload: {{type: object, properties: {{{pair}, {beside}}}}}", "components: {schemas: {A: {type: integer}}}"
    )
    contract = loaded(tmp_path, text)
    states = [judged(contract, {"pair": one}).state for one in ([1, "x"], ["x", 1], [1, "x", 2])]
    assert states == ["fits", "wrong", "wrong"]
    assert judged(contract, {"a": 1}).state == "fits"
    assert "beside `$ref` `minimum` ask nothing in draft-07" in said(contract)
    newer = text.replace("payload:", "schemaFormat: application/schema+json;version=2020-12\n        payload:")
    assert "can't be used" in said(loaded(tmp_path, newer))  # there a list of items is none of its rules
    newer = newer.replace(f"{pair}, ", "")
    assert [judged(loaded(tmp_path, newer), {"a": one}).state for one in (1, 10)] == ["wrong", "fits"]


def test_20_rules_of_openapi_are_told(tmp_path: Path) -> None:
    schema = (
        "properties: {note: {type: string, nullable: true}, total: {type: number, minimum: 0, exclusiveMinimum: true}}"
    )
    contract = loaded(tmp_path, of_2(f"payload: {{type: object, discriminator: {{propertyName: kind}}, {schema}}}"))
    values = [{"note": None}, {"total": 0}, {"total": 0.1}]
    assert [judged(contract, value).state for value in values] == ["wrong", "wrong", "fits"]
    for one in ("it asks nothing in draft-07: null does not fit", "read as OpenAPI 3.0 does", "read as 'kind'"):
        assert one in said(contract)
    text = of_2(f"schemaFormat: application/vnd.oai.openapi;version=3.0.0\npayload: {{type: object, {schema}}}")
    contract = loaded(tmp_path, text)
    assert [judged(contract, value).state for value in values] == ["fits", "wrong", "fits"]
    text = text.replace("3.0.0\n", "3.1.0\n").replace("type: string, nullable: true", "type: [string, 'null']")
    contract = loaded(tmp_path, text.replace("minimum: 0, exclusiveMinimum: true", "exclusiveMinimum: 0"))
    assert [judged(contract, value).state for value in values] == ["fits", "wrong", "fits"]
    assert contract.notes == ()


@pytest.mark.parametrize("form", ["application/raml+yaml;version=1.0", "application/xml", "nonsense", "5"])
def test_a_schema_format_that_is_not_known_is_named_and_never_passes(tmp_path: Path, form: str) -> None:
    contract = loaded(tmp_path, of_2(f"schemaFormat: {form}\npayload: {{type: object}}"))
    assert judged(contract, {}).state == "not checked"
    assert f"the schema format '{form}' is not known" in said(contract)
