"""CloudEvents in headers or around their data."""

from __future__ import annotations

import json
import uuid
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.serialization.cloud_events.binding import (
    attributes_of,
    envelope_of_binary,
    is_json,
    mode_of,
    split_structured,
    write_binary,
    write_structured,
)

MINIMAL = {"type": "OrderPlaced", "source": "/shop"}
READ = {"specversion": "1.0", "id": "1", "source": "/shop", "type": "OrderPlaced"}
HEADERS = tuple((f"ce_{name}", value.encode()) for name, value in READ.items())

trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


# How an event is known


@pytest.mark.parametrize(
    ("headers", "mode"),
    [
        ((), None),
        (HEADERS, "binary"),
        ((("ce_specversion", "1.0"),), "binary"),
        ((("ce_specversion", None),), None),
        ((("content-type", b"application/json"),), None),
        ((("content-type", None),), None),
        ((("content-type", b"application/cloudevents+json"),), "structured"),
        ((("Content-Type", b"Application/CloudEvents+JSON ; charset=UTF-8"),), "structured"),
        ((("content-type", "application/cloudevents+json"),), "structured"),
        ((("content-type", b"application/cloudevents+jsonx"),), None),
        ((("content-type", b"application/cloudevents-batch+json"),), None),
        ((("content-type", b"application/cloudevents+avro"),), None),
        ((*HEADERS, ("content-type", b"application/cloudevents+json")), "structured"),
        ((*HEADERS, ("content-type", b"application/json")), "binary"),
        ((("trace", b"application/cloudevents+json"), ("x", b"\xff")), None),
    ],
)
def test_headers_tell_the_mode(headers: Any, mode: str | None) -> None:
    assert mode_of(headers) == mode


@pytest.mark.parametrize("name", [None, "application/json", "text/JSON; charset=utf-8", "application/vnd.shop+json"])
def test_types_of_json(name: str | None) -> None:
    assert is_json(name)


@pytest.mark.parametrize("name", ["text/plain", "application/avro", "json", "application/jsonx", ""])
def test_types_of_other_data(name: str) -> None:
    assert not is_json(name)


# Reading


def test_a_binary_event_has_its_attributes_and_data_in_one_envelope() -> None:
    headers = (*HEADERS, ("trace", b"7"), ("ce_note", "50 % für A".encode()), ("Content-Type", b"application/json"))
    assert envelope_of_binary(headers, {"a": 1}, True) == {
        **READ,
        "note": "50 % für A",
        "datacontenttype": "application/json",
        "data": {"a": 1},
    }


def test_text_is_taken_as_it_is_without_percent_decoding() -> None:
    assert envelope_of_binary((*HEADERS, ("ce_subject", b"a%20b")), None, False)["subject"] == "a%20b"


def test_an_event_without_data_has_none_in_its_envelope() -> None:
    assert "data" not in envelope_of_binary((*HEADERS, ("ce_data", b"1")), None, False)
    assert envelope_of_binary(HEADERS, None, True)["data"] is None


def test_the_last_header_of_a_name_counts() -> None:
    assert envelope_of_binary((*HEADERS, ("ce_id", b"2")), None, False)["id"] == "2"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ((("ce_specversion", b"1.0"), ("ce_id", b"1")), "it has no ce_source and no ce_type"),
        ((*HEADERS, ("ce_subject", b"\xff")), "its header ce_subject is not UTF-8 text"),
        ((*HEADERS, ("ce_id", b"")), "ce_id is '', but must be a non-empty text"),
        ((*HEADERS, ("ce_specversion", b"2.0")), "ce_specversion is '2.0'"),
    ],
)
def test_a_binary_event_that_is_none_is_said(headers: Any, reason: str) -> None:
    with pytest.raises(Undecodable, match=reason):
        envelope_of_binary(headers, None, False)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"data": {"a": 1}}, ({}, {"a": 1}, "data")),
        ({"data": None}, ({}, None, "data")),
        ({}, ({}, None, None)),
        ({"subject": None, "x": 5}, ({"x": 5}, None, None)),
        ({"data_base64": "AAE="}, ({}, b"\x00\x01", "data_base64")),
        (
            {"specversion": "0.3", "datacontentencoding": "Base64", "data": "AAE="},
            ({"specversion": "0.3", "datacontentencoding": "Base64"}, b"\x00\x01", "data_base64"),
        ),
        ({"specversion": "0.3", "data": "AAE="}, ({"specversion": "0.3"}, "AAE=", "data")),
    ],
)
def test_a_structured_event_is_split(document: dict[str, Any], expected: tuple[Any, Any, Any]) -> None:
    attributes, data, member = expected
    assert split_structured({**READ, **document}) == ({**READ, **attributes}, data, member)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([READ], "its JSON is not an object"),
        ("text", "its JSON is not an object"),
        ({"id": "1", "type": None, "source": "/"}, "it has no specversion and no type"),
        ({**READ, "data": 1, "data_base64": "AA=="}, "it has data and data_base64"),
        ({**READ, "data_base64": "A"}, "data_base64 is not base64 text"),
        ({**READ, "data_base64": "AA==é"}, "data_base64 is not base64 text"),
        ({**READ, "data_base64": 5}, "data_base64 is not base64 text"),
        ({**READ, "specversion": "0.3", "datacontentencoding": "base64", "data": {}}, "data is not base64 text"),
        ({**READ, "id": 5}, "id is 5, but must be a non-empty text"),
        ({**READ, "specversion": "2.0"}, "specversion is '2.0'"),
    ],
)
def test_a_document_that_is_no_cloud_event_is_said(document: Any, reason: str) -> None:
    with pytest.raises(Undecodable, match=f"^not a CloudEvent.*: {reason}$"):
        split_structured(document)


def test_an_id_that_is_nested_deeply_is_no_text() -> None:
    deep: Any = "x"
    for _ in range(1000):
        deep = [deep]
    with pytest.raises(Undecodable, match=r"id is (list|\[+…), but must be a non-empty text"):
        split_structured({**READ, "id": deep})


@pytest.mark.parametrize("attribute", [{"id": ["x" * 5000]}, {"specversion": "2" * 5000}])
def test_of_a_long_attribute_the_beginning_is_told(attribute: dict[str, Any]) -> None:
    with pytest.raises(Undecodable) as caught:
        split_structured({**READ, **attribute})
    assert len(str(caught.value)) < 200


@given(trees)
def test_no_other_json_makes_it_stumble(document: Any) -> None:
    with pytest.raises(Undecodable):
        split_structured(document)


# What a tester gives


def test_a_version_and_an_id_are_added() -> None:
    attributes, data, has_data = attributes_of(MINIMAL)
    assert attributes == {**MINIMAL, "specversion": "1.0", "id": str(uuid.UUID(attributes["id"]))}
    assert (data, has_data) == (None, False)


def test_data_are_handed_on() -> None:
    assert attributes_of({**MINIMAL, "data": None})[1:] == (None, True)
    assert attributes_of({**MINIMAL, "data": [1]})[1:] == ([1], True)
    assert attributes_of({**MINIMAL, "data_base64": "AAE="})[1:] == (b"\x00\x01", True)


def test_an_attribute_that_is_none_is_unset() -> None:
    assert "subject" not in attributes_of({**MINIMAL, "subject": None}).attributes


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 5, 31, 17, 3, 11, 120000, timezone.utc), "2026-05-31T17:03:11.120Z"),
        (datetime(2026, 5, 31, 17, 3, 11, tzinfo=timezone(timedelta(hours=2))), "2026-05-31T15:03:11Z"),
        (datetime(2026, 5, 31, 17, 3, 11, 7, timezone.utc), "2026-05-31T17:03:11.000007Z"),
        ("2026-05-31T17:03:11.123456789+02:00", "2026-05-31T17:03:11.123456789+02:00"),
        ("2026-05-31t17:03:11z", "2026-05-31t17:03:11z"),
    ],
)
def test_a_time_goes_out_as_rfc_3339(moment: Any, written: str) -> None:
    assert attributes_of({**MINIMAL, "time": moment}).attributes["time"] == written


def test_a_time_without_a_zone_is_local() -> None:
    local = datetime(2026, 5, 31, 17, 3, 11)  # noqa: DTZ001
    written = attributes_of({**MINIMAL, "time": local}).attributes["time"]
    assert datetime.fromisoformat(written.replace("Z", "+00:00")) == local.astimezone()


@pytest.mark.parametrize(
    "moment",
    [
        "today",
        "2026-05-31",
        "2026-05-31T17:03:11",
        "2026-02-30T17:03:11Z",
        "2026-05-31 17:03:11Z",
        5,
        datetime.min.replace(tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_what_is_no_time_is_refused(moment: Any) -> None:
    with pytest.raises(KeywordMisused, match="`time` must be a time with its zone"):
        attributes_of({**MINIMAL, "time": moment})


@pytest.mark.parametrize("value", ["text", "", 0, -(2**31), 2**31 - 1, True, b"\x00"])
def test_the_types_of_extensions(value: Any) -> None:
    assert attributes_of({**MINIMAL, "comexample1": value}).attributes["comexample1"] == value


def test_all_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(KeywordMisused) as caught:
        attributes_of({"Type": "a", "id": 5, "subject": "", "n": 2**31, "f": 0.5, "sorce": "a", "b": "a\x00"})
    assert str(caught.value).splitlines() == [
        "The CloudEvent can't be published:",
        "    `type` is missing; there is `Type`.",
        "    `source` is missing; there is `sorce`.",
        "    `Type` can't name an attribute: names have lower-case letters and digits only. Did you mean 'type'?",
        "    `id` must be a non-empty text, not 5.",
        "    `subject` must be a non-empty text, not ''.",
        "    `n` must be a whole number of 32 bits, not 2147483648.",
        "    `f` must be a text, a whole number, a boolean, bytes or a time, not 0.5.",
        "    `b` can't have control characters, not 'a\\x00'.",
        "Give `type` and `source`; `id`, `time`, `subject`, `dataschema`, extensions and `data` are optional.",
    ]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"specversion": "0.3"}, "`specversion` must be the text 1.0"),
        ({"data": 1, "data_base64": "AA=="}, "can't both be given"),
        ({"data_base64": "A"}, "`data_base64` must be base64 text or bytes"),
        ({5: "a"}, "`5` can't name an attribute"),
        ({"é": "a"}, "can't name an attribute"),
        ({"source": "\ud800"}, "`source` can't have control characters"),
    ],
)
def test_other_things_that_are_refused(more: dict[Any, Any], problem: str) -> None:
    with pytest.raises(KeywordMisused, match=problem):
        attributes_of({**MINIMAL, **more})


@pytest.mark.parametrize("value", ["text", None, [("type", "a")]])
def test_only_a_dictionary_is_taken(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="give a dictionary"):
        attributes_of(value)


# Writing


def test_a_binary_event_without_data_has_no_value() -> None:
    assert write_binary(READ, None) == (None, list(HEADERS))


def test_attributes_in_headers_are_texts() -> None:
    _, headers = write_binary({"n": 5, "yes": True, "raw": b"\x00\x01", "subject": "a b%ü"}, b"", "text/plain")
    assert headers == [
        ("ce_n", b"5"),
        ("ce_yes", b"true"),
        ("ce_raw", b"AAE="),
        ("ce_subject", "a b%ü".encode()),
        ("content-type", b"text/plain"),
    ]


def test_the_type_that_the_tester_gives_wins() -> None:
    attributes = {**READ, "datacontenttype": "application/vnd.shop+json"}
    assert write_binary(attributes, b"{}", "application/json")[1][-1][1] == b"application/vnd.shop+json"
    assert json.loads(write_structured(attributes, {}, "application/json")[0])["datacontenttype"] == (
        "application/vnd.shop+json"
    )


@pytest.mark.parametrize(
    ("data", "content_type", "member"),
    [
        ({"a": Decimal("0.10")}, "application/json", b'"data":{"a":0.10}'),
        ({"a": 10**30}, None, b'"data":{"a":1000000000000000000000000000000}'),
        ("hello", "text/plain", b'"datacontenttype":"text/plain","data":"hello"'),
        ("hello", "application/json", b'"data":"hello"'),
        (None, None, b'"data":null'),
        (b"\x00\x01", "application/avro", b'"data_base64":"AAE="'),
        (bytearray(b"\x00\x01"), "application/json", b'"data_base64":"AAE="'),
    ],
)
def test_data_go_into_the_member_that_fits(data: Any, content_type: str | None, member: bytes) -> None:
    raw, headers = write_structured(READ, data, content_type)
    assert member in raw
    assert headers == [("content-type", b"application/cloudevents+json; charset=UTF-8")]
    assert mode_of(tuple(headers)) == "structured"


def test_a_structured_event_without_data_has_no_member_for_them() -> None:
    assert json.loads(write_structured(READ, None, has_data=False)[0]) == READ


def test_data_that_are_no_text_of_a_text_type_are_refused() -> None:
    with pytest.raises(KeywordMisused, match="can't be dict: as 'text/plain' it is a text or bytes"):
        write_structured(READ, {}, "text/plain")
