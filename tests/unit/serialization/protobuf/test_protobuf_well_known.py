"""Google's well-known types in Protobuf values."""

from __future__ import annotations

import math
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from KafkaLibrary.errors import Undecodable
from KafkaLibrary.serialization.protobuf.schema import ProtobufSchema

KNOWN = "any duration empty field_mask struct timestamp wrappers"
SCHEMA = ProtobufSchema(
    'syntax = "proto3"; package shop;'
    + "".join(f'import "google/protobuf/{name}.proto";' for name in KNOWN.split())
    + """
    message All {
      google.protobuf.Timestamp at = 1;
      google.protobuf.Duration took = 2;
      google.protobuf.FieldMask mask = 3;
      google.protobuf.Struct struct = 4;
      google.protobuf.Value value = 5;
      google.protobuf.ListValue list = 6;
      google.protobuf.Any any = 7;
      google.protobuf.Empty empty = 8;
      google.protobuf.Int64Value long = 9;
      google.protobuf.StringValue text = 10;
      google.protobuf.BytesValue bytes = 11;
      google.protobuf.BoolValue bool = 12;
      google.protobuf.FloatValue float = 13;
      repeated google.protobuf.Timestamp ats = 14;
      map<string, google.protobuf.Value> values = 15;
      oneof choice { google.protobuf.Value json = 16; google.protobuf.NullValue nothing = 17; }
      google.protobuf.NullValue null = 18;
      repeated google.protobuf.UInt32Value counts = 19;
    }
    message Line { string sku = 1; Line inner = 2; }
    """,
    "'all.proto'",
    message="All",
)
ALWAYS = {"ats", "values", "null", "counts"}


def again(**value: Any) -> dict[str, Any]:
    read = SCHEMA.read(SCHEMA.write(value))
    return {name: part for name, part in read.items() if name not in ALWAYS or name in value}


def asked(**value: Any) -> list[tuple[tuple[str | int, ...], Any]]:
    return [(one.steps, one.asked) for one in SCHEMA.violations(value)]


def test_without_being_set_none_of_them_is_there() -> None:
    assert SCHEMA.read(b"") == {"ats": [], "values": {}, "null": None, "counts": []}


# Moments.


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2026-05-31T17:03:11Z", "2026-05-31T17:03:11Z"),
        ("2026-05-31T19:03:11.12+02:00", "2026-05-31T17:03:11.120Z"),
        ("2026-05-31 12:03:11.000120-0500", "2026-05-31T17:03:11.000120Z"),
        ("2026-05-31t17:03:11.000000001000z", "2026-05-31T17:03:11.000000001Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        (datetime(2026, 5, 31, 17, 3, 11, 5, timezone.utc), "2026-05-31T17:03:11.000005Z"),
        (datetime(1960, 1, 1, 1, tzinfo=timezone(timedelta(hours=2))), "1959-12-31T23:00:00Z"),
    ],
)
def test_a_timestamp_is_a_text_in_utc(given: Any, read: str) -> None:
    assert again(at=given) == {"at": read}


@pytest.mark.parametrize(
    "given",
    [
        "2026-05-31T17:03:11",
        "2026-05-31",
        "2026-05-31T17:03Z",
        "2026-05-31T17:03:11,120Z",
        "2026-02-30T00:00:00Z",
        "2026-05-31T24:00:00Z",
        "2026-05-31T23:59:60Z",
        "2026-05-31T17:03:11.0000000001Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "0000-01-01T00:00:00Z",
        "2026-05-31T17:03:11+24:00",
        "٢٠٢٦-05-31T17:03:11Z",
        "now",
        "",
        1780246991,
        True,
        datetime(2026, 5, 31),  # noqa: DTZ001 - it is about one without a zone
    ],
)
def test_what_is_no_moment_is_no_timestamp(given: Any) -> None:
    assert asked(at=given) == [(("at",), "be a date-time with its zone, such as 2026-05-31T17:03:11.120456789Z")]


@pytest.mark.parametrize("parts", [(253_402_300_800, 0), (-62_135_596_801, 5), (0, -1), (0, 1_000_000_000)])
def test_a_moment_beyond_the_calendar_is_its_two_numbers(parts: tuple[int, int]) -> None:
    beyond = {"seconds": parts[0], "nanos": parts[1]}
    assert again(at=beyond) == {"at": beyond}


def test_a_misspelt_number_of_a_moment_is_a_violation() -> None:
    assert asked(at={"second": 1}) == [(("at", "second"), ("seconds", "nanos"))]


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("3.5s", "3.500s"),
        ("-0.000000001s", "-0.000000001s"),
        ("0s", "0s"),
        ("-315576000000s", "-315576000000s"),
        (timedelta(milliseconds=-1500), "-1.500s"),
        (timedelta(days=1), "86400s"),
        ({"seconds": 1, "nanos": -1}, {"seconds": 1, "nanos": -1}),
    ],
)
def test_a_duration_is_a_text_in_seconds(given: Any, read: Any) -> None:
    assert again(took=given) == {"took": read}


@pytest.mark.parametrize("given", ["3.5", "5 min", "1.0000000001s", "315576000001s", "s", ".5s", 3.5, "+1s"])
def test_what_is_no_duration_is_a_violation(given: Any) -> None:
    assert asked(took=given) == [(("took",), "be a duration in seconds such as 3.5s")]


# JSON.


def test_a_struct_is_plain_json() -> None:
    plain: dict[str, Any] = {"a": 1, "b": 1.5, "c": None, "d": [True, {"e": "x"}, []], "f": {}}
    assert again(struct=plain, value=plain, list=[plain, None], values={"k": plain, "n": None}) == {
        "struct": plain,
        "value": plain,
        "list": [plain, None],
        "values": {"k": plain, "n": None},
    }


def test_whole_numbers_of_a_struct_are_whole_as_long_as_doubles_are_exact() -> None:
    read = again(struct={"a": 2**53, "b": 1e300, "c": Decimal("0.1"), "d": Decimal("2.0")})["struct"]
    assert [*map(repr, read.values())] == ["9007199254740992", "1e+300", "0.1", "2"]
    assert asked(struct={"a": 2**53 + 1, "b": 10**400}) == [
        (("struct", "a"), "be a number that a double holds exactly"),
        (("struct", "b"), "be a number that a double holds exactly"),
    ]


def test_what_no_number_is_passes_through_a_struct() -> None:
    assert math.isnan(again(value=math.nan)["value"])


def test_what_json_has_not_fits_no_struct() -> None:
    assert asked(struct={"a": b"x", "b": [set()], 1: 2, "c": "\ud800"}, list={}, value=object) == [
        (("struct", "a"), "be a value that JSON has"),
        (("struct", "b", 0), "be a value that JSON has"),
        (("struct", "1"), "have a text as its name"),
        (("struct", "c"), "be a text that UTF-8 can hold"),
        (("list",), "be a list"),
        (("value",), "be a value that JSON has"),
    ]


def test_null_is_a_value_of_json_and_unsets_all_other_fields() -> None:
    assert again(value=None, json=None, at=None, struct=None, long=None, null=None, any=None) == {
        "value": None,
        "json": None,
        "null": None,
    }
    assert again(nothing=None) == {"nothing": None}
    assert [steps for steps, _ in asked(json=None, nothing=None)] == [("nothing",)]


def test_a_json_value_that_is_not_set_reads_as_null() -> None:
    assert SCHEMA.read(b"\x2a\x00")["value"] is None


# Others.


def test_wrapped_values_stand_for_themselves() -> None:
    value = {"long": 2**60, "text": "", "bytes": "AA==", "bool": False, "float": 0.1, "counts": [1, 0]}
    assert again(**value) == value
    assert [steps for steps, _ in asked(long="1", text=1, bool=0, counts=[-1, None])] == [
        ("long",),
        ("text",),
        ("bool",),
        ("counts", 0),
        ("counts", 1),
    ]


def test_an_empty_value_has_no_fields() -> None:
    assert again(empty={}) == {"empty": {}}
    assert asked(empty={"a": 1}) == [(("empty", "a"), ())]


@pytest.mark.parametrize("text", ["", "id", "id,customer.fullName"])
def test_a_mask_is_names_with_commas(text: str) -> None:
    assert again(mask=text) == {"mask": text}


def test_a_mask_that_has_no_such_text_is_its_paths() -> None:
    assert again(mask={"paths": ["fullName", "a_1"]}) == {"mask": {"paths": ["fullName", "a_1"]}}


@pytest.mark.parametrize("given", ["a_b", ",", "a,", 1, ["a"], "\ud800"])
def test_what_is_no_mask_is_a_violation(given: Any) -> None:
    assert [steps for steps, _ in asked(mask=given)] == [("mask",)]


# Any.


def test_any_has_the_fields_of_its_type_if_the_schema_knows_it() -> None:
    line = {"@type": "type.googleapis.com/shop.Line", "sku": "a", "inner": {"sku": ""}}
    assert again(any=line) == {"any": line}


def test_any_of_a_well_known_type_has_a_value() -> None:
    for name, value in (
        ("Timestamp", "2026-05-31T17:03:11Z"),
        ("Struct", {"a": 1}),
        ("Int64Value", 5),
        ("Value", None),
    ):
        packed = {"@type": f"type.googleapis.com/google.protobuf.{name}", "value": value}
        assert again(any=packed) == {"any": packed}


def test_any_of_another_type_is_base64() -> None:
    packed = {"@type": "type.googleapis.com/else.Where", "value": "CAE="}
    assert again(any=packed) == {"any": packed}
    assert again(any={}) == {"any": {}}


def test_what_is_wrong_in_any_is_told_at_its_place() -> None:
    url = "type.googleapis.com/"
    assert asked(any={"@type": f"{url}shop.Line", "skuu": "a"}) == [(("any", "skuu"), ("sku", "inner"))]
    assert asked(any={"@type": f"{url}google.protobuf.Int64Value", "value": "x", "more": 1}) == [
        (("any", "more"), ("value",)),
        (("any", "value"), "be an int64, a 64-bit whole number"),
    ]
    unknown = "name a type that the schema knows, or be beside the base64 text of a value"
    assert asked(any={"@type": "shop.Lime", "sku": "a"}) == [(("any", "@type"), unknown)]
    assert asked(any={"@type": 1}) == [(("any", "@type"), unknown)]
    assert asked(any={"sku": "a"}) == [(("any", "@type"), None)]
    assert asked(any={"@type": "shop.Lime", "value": 1}) == [(("any", "value"), "be bytes, raw or as base64 text")]
    assert asked(any="x") == [(("any",), "be an object with its type in the field @type")]


def test_broken_bytes_in_any_are_told_with_their_place() -> None:
    raw = SCHEMA.write({"any": {"@type": "x/shop.Lime", "value": b"\x0a\x05ab"}}).replace(b"Lime", b"Line")
    with pytest.raises(
        Undecodable, match=rf"at \$\.any\.sku of shop\.All it should have 5 bytes from byte {len(raw) - 2} on"
    ):
        SCHEMA.read(raw)


def test_any_within_any_without_end_can_not_be_read() -> None:
    value: dict[str, Any] = {}
    for _ in range(300):
        value = {"@type": "x/google.protobuf.Any", "value": value}
    raw = SCHEMA.write({"any": value})
    with pytest.raises(Undecodable):
        SCHEMA.read(raw + b"\x00")
