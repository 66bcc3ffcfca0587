"""Contracts read: versions, files, references, channels, and what is said of what can't be used."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from KafkaLibrary.contracts.contract import Location
from KafkaLibrary.contracts.reading.loading import load_contract
from KafkaLibrary.errors import KeywordMisused
from tests.unit.contracts.documents import loaded, of_2, of_3, written

ORDER = "payload: {type: object, required: [orderId], properties: {orderId: {type: integer}}}"


@pytest.mark.parametrize("version", ["2.0.0", "2.1.0", "2.2.0", "2.3.0", "2.4.0", "2.5.0", "2.6.0"])
def test_each_version_of_2_is_read(tmp_path: Path, version: str) -> None:
    contract = loaded(tmp_path, of_2(f"name: Order\n{ORDER}", version=version))
    assert (contract.version, contract.topics, [one.name for one in contract.messages]) == (
        version,
        ["orders"],
        ["Order"],
    )
    assert contract.notes == ()


@pytest.mark.parametrize("version", ["3.0.0", "3.1.0"])
def test_each_version_of_3_is_read(tmp_path: Path, version: str) -> None:
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{Order: {{{ORDER}}}}}", version=version))
    assert (contract.topics, [one.id for one in contract.messages]) == (["orders"], ["Order"])
    assert contract.notes == ()


def test_a_newer_version_is_read_as_the_newest_known_one_and_said(tmp_path: Path) -> None:
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{Order: {{{ORDER}}}}}", version="3.2.0"))
    assert [str(note) for note in contract.notes] == [
        "asyncapi.yaml:1 #/asyncapi: AsyncAPI 3.2.0 is newer than what is known here; it is read as 3.1."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("asyncapi: 1.2.0", "is of AsyncAPI 1.2.0"),
        ("openapi: 3.0.0", "one of OpenAPI"),
        ("[]", "is not an AsyncAPI document"),
        ("a: [", "is not YAML"),
        ("a: 1\na: 2", "is twice in one object"),
        ("asyncapi: &a [*a]", "an alias is inside what it names"),
    ],
)
def test_what_is_no_contract_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(KeywordMisused, match=said) as refused:
        loaded(tmp_path, text)
    assert str(refused.value).startswith("The contract 'asyncapi.yaml'")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeywordMisused, match="The contract"):
        load_contract(tmp_path / "none.yaml")


def test_aliases_that_grow_without_end_are_refused(tmp_path: Path) -> None:
    lines = ["asyncapi: 3.0.0", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]" for at in range(1, 10)]
    with pytest.raises(KeywordMisused, match="aliases make more than"):
        loaded(tmp_path, "\n".join(lines))


def test_a_place_has_the_line_of_yaml_and_of_json(tmp_path: Path) -> None:
    text = of_3(f"address: orders\nmessages:\n  Order:\n    {ORDER}")
    contract = loaded(tmp_path, text)
    assert str(contract.messages[0].place) == "asyncapi.yaml:7 #/channels/orders/messages/Order"
    document = {"asyncapi": "3.0.0", "channels": {"orders": {"address": 'a}, "', "messages": {"Order": {}}}}}
    path = tmp_path / "asyncapi.json"
    path.write_text(json.dumps(document, indent="\t"), encoding="utf-8")
    notes = [str(note) for note in load_contract(path).notes]
    assert any(note.startswith("asyncapi.json:7 #/channels/orders/messages/Order: ") for note in notes), notes
    assert any(note.startswith("asyncapi.json:4 #/channels/orders: ") for note in notes), notes


def test_references_lead_across_files_and_pointers(tmp_path: Path) -> None:
    contract = loaded(
        tmp_path,
        of_3("address: orders\nmessages: {Order: {$ref: 'messages.yaml#/Order'}}"),
        api__messages_yaml="""
            Order:
              payload: {$ref: '../schemas/order.json#/definitions/Order'}
        """,
        schemas__order_json='{"definitions": {"Order": {"properties": {"of": {"$ref": "parts.json"}}}}}',
        schemas__parts_json='{"type": "integer"}',
    )
    payload = contract.messages[0].payload
    assert payload is not None
    assert payload.codec is not None
    assert contract.notes == ()
    assert payload.codec.schema.violations({"of": 1}) == []
    assert [one.steps for one in payload.codec.schema.violations({"of": "x"})] == [("of",)]


def test_a_pointer_may_lead_through_a_reference(tmp_path: Path) -> None:
    contract = loaded(
        tmp_path,
        of_3("$ref: 'orders.yaml#/orders'", "operations: {o: {action: send, channel: {$ref: '#/channels/orders'}, "
             "messages: [{$ref: '#/channels/orders/messages/Order'}]}}"),
        api__orders_yaml=f"orders: {{address: orders.v1, messages: {{Order: {{{ORDER}}}}}}}",
    )  # fmt: skip
    assert contract.notes == ()
    assert contract.topics == ["orders.v1"]
    assert [one.id for one in contract.operations[0].messages] == ["Order"]


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("https://schemas.example.com/order.json", "nothing is fetched"),
        ("http://schemas.example.com/order.json#/a", "nothing is fetched"),
        ("file://server/share/order.json", "nothing is fetched"),
        ("nowhere.json", "there is no file 'nowhere.json'"),
        ("#/components/schemas/Order", "is nowhere in asyncapi.yaml"),
        ("#/components/schemas/A", "leads back to itself, in a circle"),
        ("http://[", "can't be read"),
    ],
)
def test_what_can_not_be_followed_is_named_with_its_place(tmp_path: Path, reference: str, said: str) -> None:
    circle = "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}"
    contract = loaded(tmp_path, of_3(f"address: o\nmessages: {{M: {{payload: {{$ref: '{reference}'}}}}}}", circle))
    (note,) = contract.gaps
    assert said in note.said
    assert str(note).startswith("asyncapi.yaml:6 #/channels/orders/messages/M/payload: ")
    payload = contract.messages[0].payload
    assert payload is not None
    assert not payload.is_checked


def test_a_schema_may_refer_to_itself(tmp_path: Path) -> None:
    tree = "components: {schemas: {Tree: {type: object, properties: {in: {$ref: '#/components/schemas/Tree'}}}}}"
    contract = loaded(tmp_path, of_3("address: o\nmessages: {M: {payload: {$ref: '#/components/schemas/Tree'}}}", tree))
    payload = contract.messages[0].payload
    assert payload is not None
    assert payload.codec is not None
    assert payload.codec.schema.violations({"in": {"in": {}}}) == []
    assert [one.steps for one in payload.codec.schema.violations({"in": {"in": 1}})] == [("in", "in")]


@pytest.mark.parametrize(
    ("address", "topic", "fits"),
    [
        ("orders.{region}.placed", "orders.eu.placed", True),
        ("orders.{region}.placed", "orders.eu.west.placed", False),
        ("orders.{region}.placed", "orders.us.placed", False),
        ("orders-{any}", "orders-x", True),
        ("orders-{any}", "orders-", False),
        ("{any}.{any}", "a.a", True),
        ("{any}.{any}", "a.b", False),
    ],
)
def test_a_parameter_is_one_segment_of_the_topic(tmp_path: Path, address: str, topic: str, fits: bool) -> None:
    parameters = "parameters: {region: {enum: [eu, de]}, any: {}}"
    contract = loaded(tmp_path, of_3(f"address: '{address}'\n{parameters}\nmessages: {{Order: {{{ORDER}}}}}"))
    assert bool(contract.channels_of(topic)) is fits


def test_a_parameter_of_2_has_its_values_in_a_schema(tmp_path: Path) -> None:
    text = of_2(f"name: Order\n{ORDER}").replace("  orders:\n", "  'orders.{region}':\n    parameters:\n"
                                                 "      region: {schema: {enum: [eu]}}\n")  # fmt: skip
    contract = loaded(tmp_path, text)
    assert [bool(contract.channels_of(topic)) for topic in ("orders.eu", "orders.us")] == [True, False]


def test_a_channel_without_address_needs_a_topic(tmp_path: Path) -> None:
    text = of_3(f"address: null\nmessages: {{Order: {{{ORDER}}}}}")
    contract = loaded(tmp_path, text)
    assert contract.topics == []
    assert [note.said.split(".")[0] for note in contract.gaps] == ["it has no address"]
    contract = loaded(tmp_path, text, {"orders": "shop.orders"})
    assert (contract.topics, contract.gaps) == (["shop.orders"], [])
    with pytest.raises(KeywordMisused, match=r"no channel 'order'\. Did you mean 'orders'"):
        loaded(tmp_path, text, {"order": "x"})


def test_correlation_ids_replies_and_examples_are_read(tmp_path: Path) -> None:
    contract = loaded(
        tmp_path,
        of_3(
            """
            address: questions
            messages:
              Question:
                payload: {type: string}
                correlationId: {location: '$message.header#/correlationId'}
                examples:
                - {name: short, payload: why, headers: {correlationId: c-1}}
                - {payload: null}
            """,
            """
              answers: {address: null, messages: {Answer: {payload: {type: integer}}}}
            operations:
              ask:
                action: send
                channel: {$ref: '#/channels/orders'}
                reply:
                  address: {location: '$message.payload#/reply~1to/0'}
                  channel: {$ref: '#/channels/answers'}
            """,
        ),
    )
    question = contract.messages[0]
    assert question.correlation_id == Location("headers", ("correlationId",))
    assert [(one.name, one.payload, dict(one.headers)) for one in question.examples] == [
        ("short", "why", {"correlationId": "c-1"}),
        ("1", None, {}),
    ]
    reply = contract.operations[0].reply
    assert reply is not None
    assert reply.channel is not None
    assert (reply.address, reply.channel.id) == (Location("value", ("reply/to", 0)), "answers")
    assert [one.id for one in reply.messages] == ["Answer"]


def test_a_message_that_a_channel_takes_from_itself_is_that_of_the_components(tmp_path: Path) -> None:
    channel = "address: orders\nmessages: {Order: {$ref: '#/channels/orders/messages/Order'}%s}"
    other = ", Lost: {$ref: '#/channels/orders/messages/Lost'}"
    contract = loaded(tmp_path, of_3(channel % other, f"components: {{messages: {{Order: {{{ORDER}}}}}}}"))
    notes = "\n".join(map(str, contract.notes))
    assert "refers to itself; read as the message 'Order'" in notes
    assert "leads back to itself, in a circle. This message is not checked" in notes
    assert [(one.id, bool(one.gaps)) for one in contract.messages] == [("Order", False), ("Lost", True)]


def test_two_channels_with_one_topic_are_one_choice_of_messages(tmp_path: Path) -> None:
    more = f"  again: {{address: orders, messages: {{Paid: {{{ORDER}}}}}}}\nx-end: 1"
    contract = loaded(tmp_path, of_3(f"address: orders\nmessages: {{Order: {{{ORDER}}}}}", more))
    assert [one.id for one in contract.messages_of("orders")] == ["Order", "Paid"]


def test_ten_megabytes_are_read_in_bearable_time(tmp_path: Path) -> None:
    properties = {f"field{at}": {"type": "integer", "description": "x" * 300} for at in range(100)}
    messages = {f"M{at}": {"payload": {"type": "object", "properties": properties}} for at in range(250)}
    path = tmp_path / "asyncapi.json"
    path.write_text(json.dumps({"asyncapi": "3.0.0", "channels": {"o": {"address": "o", "messages": messages}}}))
    assert path.stat().st_size > 8_000_000
    began = time.monotonic()
    contract = load_contract(path)
    assert len(contract.messages) == 250
    assert time.monotonic() - began < 120


def test_a_contract_knows_when_one_of_its_files_has_changed(tmp_path: Path) -> None:
    text = of_3("address: o\nmessages: {M: {payload: {$ref: order.json}}}")
    contract = loaded(tmp_path, text, api__order_json='{"type": "integer"}')
    assert contract.is_current()
    written(tmp_path, text, api__order_json='{"type": "string"}  ')
    assert not contract.is_current()
