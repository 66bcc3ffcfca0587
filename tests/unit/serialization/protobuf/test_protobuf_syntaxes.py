"""Protobuf schemas of the old syntax and of editions: presence, required fields, extensions."""

from __future__ import annotations

from typing import Any

import pytest

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema

OLD = """
syntax = "proto2";
package old;
message Order {
  required int32 id = 1;
  optional string note = 2 [default = "none"];
  optional Kind kind = 3;
  repeated group Item = 4 { optional string sku = 1; }
  optional Order before = 5;
  map<string, string> labels = 6;
  extensions 100 to 200;
  enum Kind { A = 1; B = 2; }
}
extend Order { optional string extra = 100; }
"""


def schema(text: str = OLD) -> ProtobufSchema:
    return ProtobufSchema(text, "'order.proto'", message="Order")


def again(value: dict[str, Any], by: ProtobufSchema) -> Any:
    """The value as it is read when it was published."""
    return by.read(by.write(value))


def found(value: Any, by: ProtobufSchema) -> list[tuple[tuple[str | int, ...], str]]:
    return [(one.steps, one.rule) for one in by.violations(value)]


def test_required_fields_that_are_missing_are_violations() -> None:
    by = schema()
    violations = by.violations({"note": "x", "before": {"kind": "A"}})
    assert [(one.steps, one.rule, one.found) for one in violations] == [
        (("before", "id"), "required", ("kind",)),
        (("id",), "required", ("note", "before")),
    ]
    assert found({"id": None}, by) == [(("id",), "required")]


def test_an_event_without_a_required_field_can_not_be_read() -> None:
    with pytest.raises(Undecodable, match=r"'order\.proto': it lacks required fields: before\.id$"):
        schema().read(b"\x08\x01\x2a\x00")


def test_the_old_syntax_has_presence_for_all_fields() -> None:
    by = schema()
    assert by.read(b"\x08\x01") == {"id": 1, "item": [], "labels": {}}
    value = {
        "id": 1,
        "note": "",
        "kind": "B",
        "item": [{"sku": "a"}, {}],
        "before": {"id": 2, "item": [], "labels": {}},
    }
    assert again(value, by) == {**value, "labels": {}}


def test_an_unknown_number_of_a_closed_enum_leaves_the_field_unset() -> None:
    assert "kind" not in schema().read(b"\x08\x01\x18\x07")


def test_extensions_are_passed_over() -> None:
    assert schema().read(b"\x08\x01\xa2\x06\x01x")["id"] == 1


@pytest.mark.parametrize(
    "raw", [b"\x08\x01\x12\x01\xff", b"\x08\x01\x32\x05\x0a\x01\xff\x12\x00", b"\x08\x01\x32\x05\x0a\x00\x12\x01\xff"]
)
def test_a_text_of_the_old_syntax_has_to_be_utf8_too(raw: bytes) -> None:
    with pytest.raises(Undecodable, match=rf"at byte {raw.index(255)} it is not UTF-8 text$"):
        schema().read(raw)


def test_keys_of_the_old_syntax_that_are_no_text_do_not_disturb_the_order() -> None:
    with pytest.raises(Undecodable, match=r"at byte 13 it is not UTF-8 text"):
        schema().read(b"\x08\x01\x32\x05\x0a\x01a\x12\x00" + b"\x32\x05\x0a\x01\xff\x12\x00")


def test_an_edition_says_which_fields_have_presence() -> None:
    by = schema(
        """edition = "2023"; message Order {
        string a = 1; string b = 2 [features.field_presence = IMPLICIT];
        Order c = 3 [features.message_encoding = DELIMITED];
        string d = 4 [features.field_presence = LEGACY_REQUIRED]; }"""
    )
    assert again({"d": "x"}, by) == {"b": "", "d": "x"}
    assert again({"d": "x", "c": {"d": "y", "a": ""}}, by) == {"b": "", "c": {"a": "", "b": "", "d": "y"}, "d": "x"}
    assert found({}, by) == [(("d",), "required")]


def test_message_sets_and_extensions_of_them_can_be_read() -> None:
    by = schema(
        """syntax = "proto2"; message Set { option message_set_wire_format = true; extensions 4 to max; }
        message Order { optional Set set = 1; extend Set { optional Order order = 1000; } }"""
    )
    assert again({"set": {}}, by) == {"set": {}}
    assert by.read(b"\x0a\x07\x0b\x10\xe8\x07\x1a\x00\x0c") == {"set": {}}
