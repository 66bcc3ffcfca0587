"""What there is to be seen of a contract, and what events show of it."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from KafkaLibrary.contracts.contract import Contract
from KafkaLibrary.contracts.coverage.coverage import Coverage
from KafkaLibrary.contracts.coverage.sightings import Sighting
from KafkaLibrary.contracts.reading.loading import load_contract
from tests.unit.contracts.documents import loaded

ORDERS = """\
asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels:
  orders:
    address: orders
    messages:
      OrderPlaced: {$ref: '#/components/messages/OrderPlaced'}
      OrderPaid: {$ref: '#/components/messages/OrderPaid'}
operations:
  placed: {action: send, channel: {$ref: '#/channels/orders'}}
components:
  messages:
    OrderPlaced:
      payload:
        type: object
        required: [id, lines]
        properties:
          id: {type: integer}
          status: {enum: [NEW, OLD]}
          gift: {type: boolean}
          note: {type: [string, 'null']}
          lines: {type: array, items: {$ref: '#/components/schemas/Line'}}
          pay:
            oneOf:
              - {title: Card, type: object, required: [card], properties: {card: {type: string}}}
              - {title: Bill, type: object, required: [bill], properties: {bill: {type: string}}}
              - {type: 'null'}
      examples:
        - {name: small, payload: {id: 1, lines: []}}
    OrderPaid:
      payload:
        schemaFormat: application/vnd.apache.avro;version=1.9.0
        schema:
          type: record
          name: OrderPaid
          fields:
            - {name: id, type: long}
            - {name: by, type: ['null', {type: enum, name: By, symbols: [CARD, BILL]}]}
            - {name: amount, type: [long, string]}
  schemas:
    Line: {type: object, required: [sku], properties: {sku: {type: string}, next: {$ref: '#/components/schemas/Line'}}}
"""


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    path = tmp_path / "orders.yaml"
    path.write_text(ORDERS, encoding="utf-8")
    return load_contract(path)


def shown(contract: Contract, value: Any, name: str = "OrderPlaced") -> set[tuple[str, str, str]]:
    coverage = Coverage()
    coverage.add(contract)
    message = next(one for one in contract.messages if name in (one.id, one.name))
    coverage.note(contract, contract.channels, [(message, {"value": value})], Sighting(1, "T"), published=False)
    return {(item.kind, item.part, item.shown) for item in coverage.sightings.seen}


def test_all_that_there_is_to_be_seen_is_counted(contract: Contract) -> None:
    coverage = Coverage()
    coverage.add(contract)
    items = {(one.kind, one.owner, one.part, one.shown) for one in coverage.sightings.items}
    placed = {(kind, part, what) for kind, owner, part, what in items if owner == "OrderPlaced"}
    assert placed == {
        ("message", "", ""),
        ("example", "", "small"),
        ("field", "$.id", "present"),
        ("field", "$.status", "present"), ("absent", "$.status", "absent"),
        ("value", "$.status", "NEW"), ("value", "$.status", "OLD"),
        ("field", "$.gift", "present"), ("absent", "$.gift", "absent"),
        ("value", "$.gift", "true"), ("value", "$.gift", "false"),
        ("field", "$.note", "present"), ("absent", "$.note", "absent"), ("null", "$.note", "null"),
        ("field", "$.lines", "present"),
        ("field", "$.lines[*].sku", "present"),
        ("field", "$.lines[*].next", "present"), ("absent", "$.lines[*].next", "absent"),
        ("field", "$.pay", "present"), ("absent", "$.pay", "absent"), ("null", "$.pay", "null"),
        ("branch", "$.pay", "Card"), ("branch", "$.pay", "Bill"),
        ("field", "$.pay.card", "present"), ("field", "$.pay.bill", "present"),
    }  # fmt: skip
    assert {("channel", "orders", "", ""), ("operation", "placed", "", "")} <= items
    paid = {(kind, part, what) for kind, owner, part, what in items if owner == "OrderPaid"}
    assert paid == {
        ("message", "", ""),
        ("field", "$.id", "present"), ("field", "$.by", "present"), ("field", "$.amount", "present"),
        ("null", "$.by", "null"), ("value", "$.by", "CARD"), ("value", "$.by", "BILL"),
        ("branch", "$.amount", "long"), ("branch", "$.amount", "string"),
    }  # fmt: skip


def test_an_example_that_was_sent_shows_itself_and_what_it_lacks(contract: Contract) -> None:
    assert shown(contract, {"id": 1, "lines": []}) == {
        ("channel", "", ""), ("operation", "", ""), ("message", "", ""), ("example", "", "small"),
        ("field", "$.id", "present"), ("field", "$.lines", "present"), ("absent", "$.status", "absent"),
        ("absent", "$.gift", "absent"), ("absent", "$.note", "absent"), ("absent", "$.pay", "absent"),
    }  # fmt: skip


def test_values_nulls_elements_and_branches_are_shown(contract: Contract) -> None:
    value = {"id": 2, "status": "OLD", "gift": False, "note": None, "lines": [{"sku": "A"}], "pay": {"bill": "b"}}
    assert shown(contract, value) >= {
        ("value", "$.status", "OLD"), ("value", "$.gift", "false"), ("null", "$.note", "null"),
        ("field", "$.note", "present"), ("field", "$.lines[*].sku", "present"),
        ("absent", "$.lines[*].next", "absent"), ("branch", "$.pay", "Bill"), ("field", "$.pay.bill", "present"),
    }  # fmt: skip
    assert not shown(contract, value) & {("value", "$.status", "NEW"), ("branch", "$.pay", "Card")}


def test_a_union_of_avro_shows_its_branch(contract: Contract) -> None:
    assert shown(contract, {"id": 1, "by": None, "amount": "12"}, "OrderPaid") >= {
        ("null", "$.by", "null"),
        ("branch", "$.amount", "string"),
    }
    assert ("value", "$.by", "CARD") in shown(contract, {"id": 1, "by": "CARD", "amount": 1}, "OrderPaid")


def test_a_number_is_no_truth_value(contract: Contract) -> None:
    assert ("value", "$.gift", "true") not in shown(contract, {"id": 1, "gift": 1, "lines": []})


@pytest.mark.parametrize("rule", ["properties", "allOf"])
def test_a_schema_that_doubles_with_each_step_is_not_counted(tmp_path: Path, rule: str) -> None:
    below = [{"$ref": f"#/components/schemas/L{n + 1}"} for n in range(40)]
    levels = {
        f"L{n}": {rule: dict.fromkeys("ab", one) if rule == "properties" else [one, one]} for n, one in enumerate(below)
    }
    document = {
        "asyncapi": "3.0.0",
        "channels": {"orders": {"messages": {"Order": {"payload": {"$ref": "#/components/schemas/L0"}}}}},
        "components": {"schemas": {**levels, "L40": {"required": ["a"]}}},
    }
    path = tmp_path / "doubling.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    coverage = Coverage()
    coverage.add(load_contract(path))
    assert {reason for _, reason in coverage.sightings.unchecked} == {"its schema has more than 2,000 parts"}
    assert {item.kind for item in coverage.sightings.items} == {"channel", "message"}


AVRO = "schemaFormat: application/vnd.apache.avro;version=1.9.0"


@pytest.mark.parametrize(
    ("payload", "example", "value", "is_seen"),
    [
        ("{type: object}", "{total: 99.99}", Decimal("99.99"), True),
        ("{type: object}", "{total: true}", 1, False),
        ("{type: object}", "{total: [1, true]}", [1, True], True),
        ("{type: object}", "{total: [1, true]}", [True, 1], False),
        (f"{{{AVRO}, schema: {{type: record, name: A, fields: [{{name: total, type: double}}]}}}}",
         "{total: 99.99}", 99.99, True),
        (f"{{{AVRO}, schema: {{type: record, name: A, fields: [{{name: total, type: float}}]}}}}",
         "{total: 0.1}", 0.1, True),
    ],
)  # fmt: skip
def test_an_example_is_seen_as_its_format_has_it(
    tmp_path: Path, payload: str, example: str, value: Any, is_seen: bool
) -> None:
    path = tmp_path / "orders.yaml"
    message = f"{{payload: {payload}, examples: [{{payload: {example}}}]}}"
    path.write_text(f"asyncapi: 3.0.0\nchannels: {{orders: {{address: orders, messages: {{Order: {message}}}}}}}\n")
    found = shown(load_contract(path), {"total": value}, "Order")
    assert ("example", "", "0") in found if is_seen else ("example", "", "0") not in found


@pytest.mark.parametrize(
    ("payload", "optional"),
    [
        ("{properties: {a: {}, b: {}}, required: [a]}", {"$.b"}),
        ("{allOf: [{properties: {a: {}, b: {}}}, {required: [a]}]}", {"$.b"}),
        ("{required: [a], allOf: [{$ref: '#/components/schemas/Both'}]}", {"$.b"}),
        ("{properties: {a: {}}, allOf: [{$ref: '#/components/schemas/NeedsA'}]}", set()),
        ("{required: [a], oneOf: [{title: A, properties: {a: {}, b: {}}}]}", {"$.b"}),
        ("{properties: {a: {}}, oneOf: [{title: A, required: [a]}, {title: B, required: [b]}]}", {"$.a"}),
    ],
)
def test_what_is_required_beside_is_never_left_out(tmp_path: Path, payload: str, optional: set[str]) -> None:
    path = tmp_path / "orders.yaml"
    path.write_text(
        f"""\
asyncapi: 3.0.0
channels: {{orders: {{address: orders, messages: {{Order: {{payload: {payload}}}}}}}}}
components:
  schemas:
    Both: {{properties: {{a: {{}}, b: {{}}}}}}
    NeedsA: {{required: [a]}}
""",
        encoding="utf-8",
    )
    coverage = Coverage()
    coverage.add(load_contract(path))
    assert {item.part for item in coverage.sightings.items if item.kind == "absent"} == optional


ONE = "{title: One, required: [a]}"
OTHER = "{title: One, required: [b]}"


@pytest.mark.parametrize(
    ("payload", "labels"),
    [
        (f"{{oneOf: [{ONE}, {OTHER}]}}", {"One", "One #2"}),
        ("{oneOf: [{required: [a]}], anyOf: [{required: [b]}]}", {"branch 1", "branch 1 #2"}),
        ("{allOf: [{oneOf: [{required: [a]}]}, {oneOf: [{required: [b]}]}]}", {"branch 1", "branch 1 #2"}),
        ("{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}", {"Card", "branch 2"}),
    ],
)
def test_a_branch_shows_nothing_of_another_that_is_called_so(tmp_path: Path, payload: str, labels: set[str]) -> None:
    path = tmp_path / "orders.yaml"
    path.write_text(
        f"""\
asyncapi: 3.0.0
channels: {{orders: {{address: orders, messages: {{Order: {{payload: {payload}}}}}}}}}
components: {{schemas: {{A: {{title: Card, required: [a]}}, B: {{required: [b]}}}}}}
""",
        encoding="utf-8",
    )
    contract = load_contract(path)
    coverage = Coverage()
    coverage.add(contract)
    assert {item.shown for item in coverage.sightings.items if item.kind == "branch"} == labels
    seen = [name for kind, _, name in shown(contract, {"a": 1}, "Order") if kind == "branch"]
    assert len(seen) == 1


def test_an_example_shows_nothing_of_another_that_is_called_so(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    examples = "[{name: one, payload: {a: 1}}, {name: one, payload: {a: 2}}]"
    message = f"{{payload: {{type: object}}, examples: {examples}}}"
    path.write_text(f"asyncapi: 3.0.0\nchannels: {{orders: {{address: orders, messages: {{Order: {message}}}}}}}\n")
    found = shown(load_contract(path), {"a": 2}, "Order")
    assert {name for kind, _, name in found if kind == "example"} == {"one #2"}


PROTOBUF = """\
asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels:
  orders:
    address: orders
    messages:
      Order:
        payload:
          schemaFormat: application/vnd.google.protobuf;version=3
          schema: |
            syntax = "proto3";
            enum State { UNKNOWN = 0; PAID = 1; }
            message Line { string sku = 1; Line next = 2; }
            message Order {
              int64 order_id = 1; State state = 2; optional string note = 3; repeated Line lines = 4;
              map<string, Line> by = 5; oneof pay { string card = 6; Line bill = 7; } bool gift = 8; Line first = 9;
            }
"""


@pytest.fixture
def protobuf(tmp_path: Path) -> Contract:
    path = tmp_path / "orders.yaml"
    path.write_text(PROTOBUF, encoding="utf-8")
    return load_contract(path)


def test_the_fields_of_protobuf_are_counted(protobuf: Contract) -> None:
    coverage = Coverage()
    coverage.add(protobuf)
    items = {(one.kind, one.part, one.shown) for one in coverage.sightings.items if one.owner == "Order"}
    assert items == {
        ("message", "", ""),
        ("field", "$.orderId", "present"),
        ("field", "$.state", "present"), ("value", "$.state", "UNKNOWN"), ("value", "$.state", "PAID"),
        ("field", "$.note", "present"), ("absent", "$.note", "absent"),
        ("field", "$.lines", "present"), ("absent", "$.lines", "absent"),
        ("field", "$.lines[*].sku", "present"),
        ("field", "$.lines[*].next", "present"), ("absent", "$.lines[*].next", "absent"),
        ("field", "$.by", "present"), ("absent", "$.by", "absent"),
        ("branch", "$", "pay: card"), ("branch", "$", "pay: bill"),
        ("field", "$.card", "present"), ("field", "$.bill", "present"),
        ("field", "$.bill.sku", "present"), ("field", "$.bill.next", "present"), ("absent", "$.bill.next", "absent"),
        ("field", "$.gift", "present"), ("value", "$.gift", "true"), ("value", "$.gift", "false"),
        ("field", "$.first", "present"), ("absent", "$.first", "absent"),
        ("field", "$.first.sku", "present"), ("field", "$.first.next", "present"),
        ("absent", "$.first.next", "absent"),
    }  # fmt: skip
    assert coverage.sightings.unchecked == frozenset()


def test_an_event_of_protobuf_shows_what_is_in_it(protobuf: Contract) -> None:
    part = protobuf.messages[0].payload
    assert part is not None
    assert part.codec is not None

    def seen(value: Any) -> set[tuple[str, str, str]]:
        assert part is not None
        assert part.codec is not None
        return shown(protobuf, part.codec.read(part.codec.write(value)), "Order")

    empty = seen({})
    assert empty >= {
        ("value", "$.state", "UNKNOWN"), ("value", "$.gift", "false"), ("absent", "$.note", "absent"),
        ("absent", "$.lines", "absent"), ("absent", "$.by", "absent"), ("absent", "$.first", "absent"),
    }  # fmt: skip
    assert not {kind for kind, _, _ in empty} & {"field", "branch"}
    full = seen({"orderId": 1, "state": "PAID", "note": "", "lines": [{"sku": "A"}], "by": {"k": {}}, "bill": {}})
    assert full >= {
        ("field", "$.orderId", "present"), ("value", "$.state", "PAID"), ("field", "$.note", "present"),
        ("field", "$.lines[*].sku", "present"), ("absent", "$.lines[*].next", "absent"),
        ("field", "$.by", "present"), ("branch", "$", "pay: bill"), ("field", "$.bill", "present"),
    }  # fmt: skip
    assert ("branch", "$", "pay: card") not in full


def test_names_that_mean_one_alternative_are_no_values_to_be_seen(tmp_path: Path) -> None:
    mapping = "{order.placed: Placed, order.lost: Lost}"
    text = f"""
    asyncapi: 3.0.0
    info: {{title: Orders, version: 1.0.0}}
    channels: {{orders: {{messages: {{M: {{payload: {{$ref: '#/components/schemas/Order'}}}}}}}}}}
    components:
      schemas:
        Order:
          discriminator: {{propertyName: type, mapping: {mapping}}}
          oneOf: [{{$ref: '#/components/schemas/Placed'}}, {{$ref: '#/components/schemas/Lost'}}]
        Placed: {{type: object, required: [type], properties: {{type: {{type: string}}}}}}
        Lost: {{type: object, required: [type], properties: {{type: {{type: string}}}}}}
    """
    contract = loaded(tmp_path, text)
    coverage = Coverage()
    coverage.add(contract)
    there = {(item.kind, item.part, item.shown) for item in coverage.sightings.items if item.owner == "M"}
    assert {one for one in there if one[0] in ("value", "branch")} == {
        ("branch", "$", "order.placed"),
        ("branch", "$", "order.lost"),
    }
    seen = {one for kind in ("placed", "lost") for one in shown(contract, {"type": f"order.{kind}"}, "M")}
    assert there <= seen | {one for one in there if one[0] == "message"}
