"""Values of Protobuf schemas, read and published."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Any

import pytest

from KafkaLibrary.event import Fields
from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema
from KafkaLibrary.serialization.schemas.violations import Misfit

ORDER = """
syntax = "proto3";
package shop;

enum Status { NEW = 0; PAID = 1; SHIPPED = 2; }
message Order {
  int64 order_id = 1;
  Status status = 2;
  repeated Line lines = 3;
  map<string, int64> counts = 4;
  optional string note = 5;
  oneof payment { string card = 6; bytes iban = 7; Line swap = 8; }
  double total = 9;
  float rate = 10;
  bool gift = 11;
  uint32 weight = 12;
  repeated Status history = 13;
  map<int32, Line> shelves = 14;
  map<bool, string> answers = 15;
  Order before = 16;
  bytes token = 17;
  string currencyCode = 18 [json_name = "currency"];
}
message Line { string sku = 1; int32 qty = 2; }
"""


def schema(text: str = ORDER, message: str | None = "Order") -> ProtobufSchema:
    return ProtobufSchema(text, "'order.proto'", message=message)


def of_fields(fields: str, more: str = "") -> ProtobufSchema:
    return schema(f'syntax = "proto3"; {more} message Order {{ {fields} }}')


def again(value: dict[str, Any], by: ProtobufSchema | None = None) -> Any:
    """The value as it is read when it was published."""
    by = by or schema()
    return by.read(by.write(value))


def found(value: Any, by: ProtobufSchema | None = None) -> list[tuple[tuple[str | int, ...], str]]:
    return [(one.steps, one.rule) for one in (by or schema()).violations(value)]


def asked(value: Any, by: ProtobufSchema | None = None) -> list[str]:
    return [one.asked for one in (by or schema()).violations(value)]


# Reading.


def test_fields_without_presence_are_always_there_and_others_where_they_are_set() -> None:
    assert schema().read(b"") == {
        "orderId": 0,
        "status": "NEW",
        "lines": [],
        "counts": {},
        "total": 0.0,
        "rate": 0.0,
        "gift": False,
        "weight": 0,
        "history": [],
        "shelves": {},
        "answers": {},
        "token": "",
        "currency": "",
    }


def test_a_field_with_presence_that_is_set_to_its_default_is_there() -> None:
    assert again({"note": "", "card": ""}).items() >= {"note": "", "card": ""}.items()


def test_fields_stand_in_the_order_of_the_schema() -> None:
    value = again({"before": {}, "note": "x", "orderId": 1, "swap": {}})
    assert [*value].index("note") < [*value].index("swap") < [*value].index("total") < [*value].index("before")


def test_large_numbers_stay_numbers() -> None:
    assert again({"orderId": 2**63 - 1})["orderId"] == 2**63 - 1


def test_a_float_reads_as_the_shortest_decimal_that_is_that_float() -> None:
    numbers = [0.1, 3.5, 16777216.0, 16777217.0, 3.4028235e38, 1e-45, -1.1754944e-38, 9.99, 0.0]
    by = of_fields("repeated float x = 1;")
    assert again({"x": numbers}, by)["x"] == [*numbers[:3], 16777216.0, *numbers[4:]]


def test_what_no_decimal_is_stays_a_float() -> None:
    infinite, negative, none = again(
        {"x": [float("inf"), float("-inf"), float("nan")]}, of_fields("repeated float x=1;")
    )["x"]
    assert (infinite, negative) == (float("inf"), float("-inf"))
    assert none != none  # noqa: PLR0124 - so it is not a number


def test_a_number_of_an_enum_without_a_name_stays_a_number() -> None:
    assert schema().read(b"\x10\x09")["status"] == 9


def test_of_several_names_for_one_number_the_first_is_read_and_all_are_taken() -> None:
    by = of_fields("E e = 1;", "enum E { option allow_alias = true; A = 0; B = 1; C = 1; }")
    assert again({"e": "C"}, by) == {"e": "B"}


def test_maps_have_texts_as_keys_in_the_order_of_the_keys() -> None:
    value = again({"shelves": {"10": {"sku": "b"}, "-2": {"sku": "a"}}, "answers": {"true": "y", "false": "n"}})
    assert [*value["shelves"].items()] == [("-2", {"sku": "a", "qty": 0}), ("10", {"sku": "b", "qty": 0})]
    assert value["answers"] == {"false": "n", "true": "y"}


def test_bytes_read_as_base64() -> None:
    assert again({"token": b"\x00\xff"})["token"] == "AP8="


def test_fields_that_the_schema_does_not_know_are_passed_over() -> None:
    assert schema().read(b"\xf8\x06\x01\x08\x2a")["orderId"] == 42


def test_reading_begins_where_it_is_told() -> None:
    assert schema().read(b"\x00\x00\x00\x00\x07\x00\x08\x2a", 6)["orderId"] == 42


def test_fields_that_would_share_a_name_are_named_as_in_the_schema() -> None:
    by = schema('syntax = "proto2"; message Order { optional int32 a_b = 1; optional int32 aB = 2; }')
    assert again({"a_b": 1, "aB": 2}, by) == {"a_b": 1, "aB": 2}


@pytest.mark.parametrize(
    "name", ["HasField", "FromString", "DESCRIPTOR", "class", "__class__", "SerializeToString", "items", "SetInParent"]
)
def test_a_field_may_be_named_like_something_of_python(name: str) -> None:
    by = of_fields(f'optional string {name} = 1 [json_name = "x"]; Order inner = 2;')
    value = {"x": "a", "inner": {"x": "b", "inner": {}}}
    assert again(value, by) == value


def test_a_message_may_be_named_like_something_of_python() -> None:
    by = of_fields("message FromString { int32 x = 1; } message HasField {} FromString a = 1; HasField b = 2;")
    assert again({"a": {"x": 1}, "b": {}}, by) == {"a": {"x": 1}, "b": {}}


# Publishing.


def test_both_names_of_a_field_are_taken() -> None:
    assert again({"order_id": 1, "currencyCode": "EUR"}) == again({"orderId": 1, "currency": "EUR"})


def test_a_field_given_by_both_of_its_names_is_a_violation() -> None:
    assert found({"order_id": 1, "orderId": 1}) == [(("orderId",), "fit")]
    assert asked({"order_id": 1, "orderId": 1}) == ["not be there beside order_id, which is the same field"]


def test_all_violations_are_given_each_with_its_place() -> None:
    value = {
        "orderId": "42",
        "statsu": "NEW",
        "status": "NWE",
        "lines": [{"sku": 1}, 7, {"quantity": 1}],
        "counts": {"a": "x"},
        "shelves": {"one": {}, "1": {"sku": None}},
        "answers": {"yes": "y"},
        "token": "!",
        "gift": 1,
        "history": "NEW",
        "before": {"before": {"weight": -1}},
    }
    assert found(value) == [
        (("orderId",), "fit"),
        (("statsu",), "unknown"),
        (("status",), "fit"),
        (("lines", 0, "sku"), "fit"),
        (("lines", 1), "fit"),
        (("lines", 2, "quantity"), "unknown"),
        (("counts", "a"), "fit"),
        (("shelves", "one"), "fit"),
        (("shelves", "1", "sku"), "fit"),
        (("answers", "yes"), "fit"),
        (("token",), "fit"),
        (("gift",), "fit"),
        (("history",), "fit"),
        (("before", "before", "weight"), "fit"),
    ]
    with pytest.raises(Misfit) as refused:
        schema().write(value)
    assert len(refused.value.violations) == 14
    assert refused.value.schema == "'order.proto'"


def test_an_unknown_field_comes_with_those_that_the_schema_knows() -> None:
    assert schema(message="Line").violations({"skuu": 1})[0].asked == ("sku", "qty")


def test_two_fields_of_one_choice_are_a_violation_that_names_both() -> None:
    assert found({"card": "a", "iban": b"b"}) == [(("iban",), "fit")]
    assert asked({"card": "a", "iban": b"b"}) == [
        "not be there beside card: only one field of the oneof payment can be set"
    ]


def test_null_leaves_a_field_with_presence_unset_and_fits_no_other() -> None:
    assert again({"note": None, "card": None, "iban": "AA==", "before": None}).keys() - schema().read(b"") == {"iban"}
    assert found({"orderId": None, "lines": None, "token": None}) == [
        (("orderId",), "fit"),
        (("lines",), "fit"),
        (("token",), "fit"),
    ]


@pytest.mark.parametrize(
    ("kind", "fitting", "unfitting"),
    [
        (
            "int32",
            [0, 2**31 - 1, -(2**31), 5.0, Decimal("5.0"), Decimal("1E+2")],
            [2**31, -(2**31) - 1, 5.5, "5", True, None, []],
        ),
        ("sint64", [2**63 - 1, -(2**63)], [2**63, Decimal("1E+999999"), Decimal("NaN"), float("nan"), float("inf")]),
        ("uint32", [0, 2**32 - 1], [-1, 2**32]),
        ("fixed64", [2**64 - 1], [-1, 2**64]),
        ("double", [0, 1.5, Decimal("0.1"), 10**20, float("inf")], ["1.5", True, 10**400, Decimal("1E+400"), None]),
        ("float", [0.1, 1, Decimal("0.1"), 3.4e38], [1e39, "1", False, 10**39]),
        ("bool", [True, False], [1, 0, "true", None]),
        ("string", ["", "ü", "x\x00y"], [1, True, b"x", None, "\ud800", []]),
        ("bytes", ["", "AP8=", b"x", bytearray(b"x"), memoryview(b"x")], ["AP8", "ü", "!!!!", 1, None, []]),
        ("Kind", ["A", "B", 0, 1, 1.0], ["C", 2, "a", True, None, "1"]),
    ],
)
def test_a_field_takes_what_it_can_hold_exactly_and_nothing_else(
    kind: str, fitting: list[Any], unfitting: list[Any]
) -> None:
    by = of_fields(f"{kind} x = 1; repeated {kind} xs = 2; map<string, {kind}> m = 3;", "enum Kind { A = 0; B = 1; }")
    for value in fitting:
        assert found({"x": value, "xs": [value], "m": {"k": value}}, by) == [], value
    for value in unfitting:
        places = [one for one, rule in found({"x": value, "xs": [value], "m": {"k": value}}, by) if rule == "fit"]
        assert places == [("x",), ("xs", 0), ("m", "k")], value


def test_what_is_asked_reads_behind_should() -> None:
    by = of_fields("uint64 a = 1; int32 b = 2; double c = 3; bool d = 4; string e = 5; bytes f = 6; Order g = 7;")
    assert asked({**{name: [] for name in "abcdef"}, "g": 1}, by) == [
        "be a uint64, a 64-bit whole number that is not negative",
        "be an int32, a 32-bit whole number",
        "be a double, a 64-bit number",
        "be true or false",
        "be a text",
        "be bytes, raw or as base64 text",
        "be an object with the fields of Order",
    ]


def test_of_many_names_of_an_enum_the_first_are_named() -> None:
    by = of_fields("E e = 1;", f"enum E {{ {' '.join(f'V{number} = {number};' for number in range(30))} }}")
    assert asked({"e": "W"}, by)[0].endswith("V18, V19 or the 10 others of E")


def test_keys_of_maps_may_be_numbers_and_truths_too_but_not_two_for_one() -> None:
    assert again({"shelves": {7: {}}, "answers": {True: "y"}})["shelves"] == {"7": {"sku": "", "qty": 0}}
    assert found({"shelves": {"7": {}, 7: {}}}) == [(("shelves", "7"), "fit")]
    assert found({"shelves": {"07": {}, "+7": {}, "2147483648": {}}, "answers": {"True": "y"}, "counts": {1: 1}}) == [
        (("shelves", "07"), "fit"),
        (("shelves", "+7"), "fit"),
        (("shelves", "2147483648"), "fit"),
        (("answers", "True"), "fit"),
        (("counts", "1"), "fit"),
    ]


def test_a_value_that_was_read_can_be_published_again() -> None:
    value = again({"orderId": 1, "lines": [{"sku": "a"}], "token": b"x", "before": {"iban": b"y"}, "rate": 0.1})
    assert again(value) == value
    assert schema().write(Fields(value)) == schema().write(value)


@pytest.mark.parametrize("value", [None, 1, "x", [], True])
def test_a_value_that_is_no_object_is_a_violation(value: Any) -> None:
    assert found(value) == [((), "fit")]


def test_a_value_that_is_nested_too_deeply_is_a_violation() -> None:
    value: dict[str, Any] = {}
    for _ in range(100_000):
        value = {"before": value}
    assert found(value) == [((), "fit")]
    shallow: dict[str, Any] = {}
    for _ in range(101):
        shallow = {"before": shallow}
    assert found(shallow) == [((), "fit")]


def test_the_same_value_gives_the_same_bytes() -> None:
    one = {"counts": {str(number): number for number in range(100)}, "orderId": 1}
    other = {"orderId": 1, "counts": {str(number): number for number in reversed(range(100))}}
    assert schema().write(one) == schema().write(other)


def test_base64_reads_back() -> None:
    content = bytes(range(256))
    assert base64.b64decode(again({"token": content})["token"]) == content
