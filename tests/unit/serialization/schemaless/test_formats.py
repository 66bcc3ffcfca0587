"""What goes out for a value, key or header, and how bytes are read where nothing was declared."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused, Undecodable
from KafkaLibrary.event import Event, Headers, PlainRecord
from KafkaLibrary.secrets.robot_secret import SHOWN
from KafkaLibrary.serialization.schemaless import text_format
from KafkaLibrary.serialization.schemaless.formats import FORMATS, check_value, write_headers, write_key, write_value
from KafkaLibrary.serialization.topics.topic_formats import FoundDecoder, TopicFormats

# Hypothesis tries texts that stand in the library, and this one is refused.
texts = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: SHOWN not in text)


def read(raw: bytes | None) -> Event:
    return Event(PlainRecord(("orders", 0, 0), (1, 0), None, raw), FoundDecoder())


@given(texts.filter(lambda text: text.lstrip()[:1] not in ("{", "[")))
def test_text_goes_out_byte_for_byte(text: str) -> None:
    assert write_value(text) == text.encode()


@given(st.binary())
def test_bytes_go_out_as_they_are(raw: bytes) -> None:
    assert write_value(raw) == raw


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        ({"a": 1}, b'{"a":1}'),
        ([1, "x"], b'[1,"x"]'),
        (5, b"5"),
        (0.5, b"0.5"),
        (True, b"true"),
        (' {"a":  1} ', b' {"a":  1} '),
        (bytearray(b"\x00"), b"\x00"),
        ("", b""),
    ],
)
def test_a_value_goes_out_in_its_own_form(value: Any, raw: bytes) -> None:
    assert write_value(value) == raw


@pytest.mark.parametrize("text", ['{"a": 1', '{"note": "two\nlines"}', "[1, 2", '  {"a"}', "{a: 1}"])
def test_text_that_begins_like_json_and_is_none_is_refused(text: str) -> None:
    with pytest.raises(KeywordMisused, match=r"The value is not JSON(.|\n)*format=text"):
        write_value(text)


@pytest.mark.parametrize("text", ['{"a": 1', '{"note": "two\nlines"}'])
def test_text_that_begins_like_json_goes_out_as_text_when_that_is_asked(text: str) -> None:
    assert FORMATS["text"].write(text) == text.encode()


def test_the_place_where_a_text_stops_being_json_is_marked() -> None:
    with pytest.raises(KeywordMisused) as refusal:
        write_value('{"note": "two\nlines"}')
    _, shown, mark, *_ = str(refusal.value).split("\n")
    assert shown[mark.index("^") :].startswith("\\n")


def test_a_missing_value_is_no_tombstone_by_accident() -> None:
    with pytest.raises(KeywordMisused, match="'Publish Tombstone'"):
        check_value(None)


def test_an_event_is_not_taken_for_a_value() -> None:
    with pytest.raises(KeywordMisused, match=r"event\.raw_value} with format=bytes"):
        check_value(read(b"{}"))


def test_text_published_as_json_must_be_json() -> None:
    with pytest.raises(KeywordMisused, match="has double quotes"):
        FORMATS["json"].write("hello")


def test_a_dictionary_is_not_published_as_text() -> None:
    with pytest.raises(KeywordMisused, match="format=text needs a text"):
        FORMATS["text"].write({"a": 1})


def test_a_text_is_not_published_as_bytes() -> None:
    with pytest.raises(KeywordMisused, match="format=bytes needs bytes"):
        FORMATS["bytes"].write("hello")


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(KeywordMisused, match=r"no format 'jsn'\. Did you mean 'json'\?(.|\n)*json, text, bytes"):
        TopicFormats(None).part("jsn", None, "value")


@pytest.mark.parametrize("name", ["json", "JSON", "Text"])
def test_a_format_is_found_whatever_its_case(name: str) -> None:
    assert TopicFormats(None).part(name, None, "value").name == name.lower()


def test_the_table_names_each_format_by_its_name() -> None:
    aliases = {"integer": "int"}
    assert {name: one.name for name, one in FORMATS.items()} == {name: aliases.get(name, name) for name in FORMATS}


@pytest.mark.parametrize(
    ("key", "raw"), [("42", b"42"), (b"\xff", b"\xff"), (42, b"42"), ({"id": 1}, b'{"id":1}'), ("", b"")]
)
def test_a_key_goes_out_in_its_own_form(key: Any, raw: bytes) -> None:
    assert write_key(key) == raw


@pytest.mark.parametrize("value", ["\ud800", {"a": "\ud800"}])
def test_a_text_that_utf_8_can_not_write_is_refused(value: Any) -> None:
    with pytest.raises(KeywordMisused):
        write_value(value)


@pytest.mark.parametrize(
    ("raw", "value", "name"),
    [
        (b'{"a": 1}', {"a": 1}, "json"),
        (b"42", 42, "json"),
        (b"true", True, "json"),
        (b"null", None, "json"),
        (b"hello", "hello", "text"),
        (b"", "", "text"),
        (b"\xff\xfe", b"\xff\xfe", "bytes"),
        (b'{"a": 1', '{"a": 1', "text"),
        (None, None, "tombstone"),
    ],
)
def test_a_value_is_read_as_what_it_is(raw: bytes | None, value: Any, name: str) -> None:
    assert (read(raw).value, read(raw).format) == (value, name)


@given(st.binary())
def test_any_bytes_can_be_read(raw: bytes) -> None:
    assert read(raw).format in ("json", "text", "bytes")


def test_text_that_is_not_utf_8_names_the_byte() -> None:
    with pytest.raises(Undecodable, match="byte 2 is 0xff"):
        text_format.read(b"ab\xff")


@given(st.dictionaries(texts.filter(lambda name: "\0" not in name), texts | st.binary() | st.none()))
def test_headers_arrive_as_they_were_given(headers: dict[str, Any]) -> None:
    expected = {name: value.encode() if isinstance(value, str) else value for name, value in headers.items()}
    assert dict(write_headers(headers)) == expected


@pytest.mark.parametrize("nothing", [None, "", {}, [], "{}"])
def test_no_headers_are_no_headers(nothing: Any) -> None:
    assert write_headers(nothing) == []


@pytest.mark.parametrize(
    "headers",
    [{"id": "1", "x": "2"}, '{"id": "1", "x": "2"}', [("id", "1"), ["x", "2"]], Headers([("id", b"1"), ("x", b"2")])],
)
def test_headers_are_given_in_several_ways(headers: Any) -> None:
    assert write_headers(headers) == [("id", b"1"), ("x", b"2")]


def test_a_name_may_stand_more_than_once_in_a_list_of_pairs() -> None:
    assert write_headers([("id", "1"), ("id", "2")]) == [("id", b"1"), ("id", b"2")]


@pytest.mark.parametrize(
    ("value", "raw"),
    [(1, b"1"), (True, b"true"), (0.5, b"0.5"), (Decimal("99.50"), b"99.50"), (Decimal("1E+400"), b"1E+400")],
)
def test_numbers_and_booleans_are_headers_too(value: Any, raw: bytes) -> None:
    assert write_headers({"id": value}) == [("id", raw)]


@pytest.mark.parametrize("headers", ["id=1", "[1", 5, [("a", "b", "c")], ["ab"], {"a": {"b": 1}}, {5: "a"}, '"id"'])
def test_what_can_not_be_headers_is_refused(headers: Any) -> None:
    with pytest.raises(KeywordMisused, match="header"):
        write_headers(headers)


@pytest.mark.parametrize("name", ["a\ud83d", "\udc00", "a\0b"])
def test_a_header_whose_name_has_no_bytes_is_refused(name: str) -> None:
    for headers in ({name: "1"}, [(name, b"1")], Headers([(name, b"1")])):
        with pytest.raises(KeywordMisused, match=r"^A header's name has (half of|a NUL)"):
            write_headers(headers)


def test_numbers_of_headers_in_text_keep_their_digits() -> None:
    written = write_headers('{"amount": 99.50, "traceId": 12345678901234567890123, "big": 1e400}')
    assert written == [("amount", b"99.50"), ("traceId", b"12345678901234567890123"), ("big", b"1e400")]


@pytest.mark.parametrize("value", [math.nan, math.inf, Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity")])
def test_what_is_no_number_to_send_is_no_header(value: Any) -> None:
    with pytest.raises(KeywordMisused, match="not a finite number"):
        write_headers({"id": value})


def test_a_number_of_more_digits_than_python_writes_is_refused() -> None:
    with pytest.raises(KeywordMisused, match="more digits than can be written"):
        write_headers({"id": 10**5000})


@pytest.mark.parametrize(
    ("headers", "told"),
    [('{"a": "1", "a": "2"}', "'a' is twice"), ('{"a": NaN}', "NaN is not a JSON number"), ('{"\ud800": 1}', "UTF-8")],
)
def test_headers_in_text_that_would_be_lost_are_refused(headers: str, told: str) -> None:
    with pytest.raises(KeywordMisused, match=told):
        write_headers(headers)
