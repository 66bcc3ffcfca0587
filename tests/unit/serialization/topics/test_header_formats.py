"""Formats of headers: declared by name, known by name, and neither."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from KafkaLibrary.errors import KeywordMisused
from KafkaLibrary.headers import Integer, Unread
from KafkaLibrary.serialization.topics.framework_headers import FRAMEWORKS
from KafkaLibrary.serialization.topics.header_formats import DECLARABLE, HeaderFormats, declared_formats

KNOWN = HeaderFormats()
SIZES = {"int": 4, "long": 8}
NAMES = [(name, kind) for framework in FRAMEWORKS for name, kind in framework.formats.items()]
TRACE, SPAN = "0000000000000000a1b2c3d4e5f60718", "00f067aa0ba902b7"
ELASTIC = b"\0\0" + bytes.fromhex(TRACE) + b"\1" + bytes.fromhex(SPAN) + b"\2\1"


@pytest.mark.parametrize(("name", "kind"), [one for one in NAMES if one[1] in SIZES])
@given(data=st.data())
def test_a_known_number_is_one_whatever_it_is(name: str, kind: str, data: st.DataObject) -> None:
    most = 2 ** (SIZES[kind] * 8 - 1)
    number = data.draw(st.integers(-most, most - 1))
    raw = number.to_bytes(SIZES[kind], "big", signed=True)
    read = KNOWN.read(name, raw)
    if raw.isdigit():
        assert (read.content, read.format) == (raw.decode(), "")
    else:
        assert (read.content, type(read.content), read.format) == (number, Integer, kind)


@pytest.mark.parametrize("name", [name for name, kind in NAMES if kind == "bigint"])
@pytest.mark.parametrize("number", [0, 127, 128, 255, 256, -1, -129, 1_796_016_180_000])
def test_a_known_number_of_any_length_is_one(name: str, number: int) -> None:
    raw = number.to_bytes((number if number >= 0 else ~number).bit_length() // 8 + 1, "big", signed=True)
    assert KNOWN.read(name, raw).content == number
    assert KNOWN.write(name, number) == raw


def test_it_says_who_writes_it_so() -> None:
    read = KNOWN.read("kafka_dlt-original-offset", b"\0" * 7 + b"*")
    assert (read.format, read.why) == ("long", "as Spring for Apache Kafka writes it")


@pytest.mark.parametrize("name", [name for name, _ in NAMES])
@pytest.mark.parametrize("raw", [b"42", b"12345678", b"1234", b"-5", b"1796016180000", b"2026-11-30T10:03:00Z", b""])
def test_a_text_under_a_known_name_stays_one(name: str, raw: bytes) -> None:
    content = KNOWN.read(name, raw).content
    assert content == (raw if name.startswith("deserialization-failure") else raw.decode())


@pytest.mark.parametrize("raw", [b"\0\0\1", b"\0" * 16, b"\xff"])
def test_bytes_that_do_not_fit_a_known_name_stay_bytes(raw: bytes) -> None:
    assert KNOWN.read("kafka_dlt-original-offset", raw).content == raw


def test_a_header_without_a_value_has_none() -> None:
    assert KNOWN.read("kafka_dlt-original-offset", None).content is None
    assert declared_formats("a=long").read("a", None).content is None


def test_a_trace_of_elastic_reads_as_the_one_of_w3c() -> None:
    read = KNOWN.read("elasticapmtraceparent", ELASTIC)
    assert (read.content, read.why) == (f"00-{TRACE}-{SPAN}-01", "as Elastic APM writes it")


@pytest.mark.parametrize("raw", [ELASTIC[:-1], b"\1" + ELASTIC[1:]])
def test_what_is_no_trace_of_elastic_stays_bytes(raw: bytes) -> None:
    assert KNOWN.read("elasticapmtraceparent", raw).content == raw


@pytest.mark.parametrize("raw", [b"not JSON", b"\xff\0"])
def test_raw_data_are_bytes_whatever_they_are(raw: bytes) -> None:
    assert KNOWN.read("deserialization-failure-value-data", raw).content == raw


@pytest.mark.parametrize(
    ("name", "raw"),
    [("kafka_deliveryAttempt", b"\0\0\0\2"), ("apicurio.value.globalId", b"\0" * 7 + b"\7"),
     ("elasticapmtraceparent", ELASTIC), ("deserialization-failure-data", b"x"), ("other", b"web"), ("x", b"\xff")],
)  # fmt: skip
def test_what_is_read_can_be_published(name: str, raw: bytes) -> None:
    assert KNOWN.write(name, KNOWN.read(name, raw).content) == raw


@pytest.mark.parametrize(
    ("value", "raw"), [("42", b"42"), (None, None), (b"\0", b"\0"), (True, b"true"), (1.5, b"1.5"), (2, b"\0\0\0\2")]
)
def test_under_a_known_name_whole_numbers_alone_go_out_in_bytes(value: Any, raw: bytes | None) -> None:
    assert KNOWN.write("kafka_deliveryAttempt", value) == raw


def test_of_an_unknown_name_numbers_go_out_as_text() -> None:
    assert KNOWN.write("attempt", 2) == b"2"


def test_what_is_declared_counts_before_what_is_known() -> None:
    formats = declared_formats({"kafka_deliveryAttempt": "text"})
    assert formats.read("kafka_deliveryAttempt", b"\0\0\0\2").content == "\0\0\0\2"


@pytest.mark.parametrize("given_", ["a=long, b = INT", '{"a": "long", "b": "int"}', {"a": "long", "b": "Int"}])
def test_formats_are_declared_in_several_ways(given_: Any) -> None:
    formats = declared_formats(given_)
    assert formats.read("a", b"\0" * 7 + b"\5").content == 5
    assert formats.read("b", b"\0\0\0\6").content == 6
    assert (formats.write("a", "5"), formats.write("b", 6)) == (b"\0" * 7 + b"\5", b"\0\0\0\6")


def test_what_does_not_fit_what_was_declared_is_unread() -> None:
    read = declared_formats("a=long").read("a", b"42")
    assert (read.content, type(read.content)) == (b"42", Unread)
    assert read.content.reason == "not a long: 2 bytes, and a long has 8"


def test_what_can_not_be_written_so_is_refused_by_its_name() -> None:
    with pytest.raises(KeywordMisused, match=r"^The header 'a' can't be published.\nformat=int needs a whole number"):
        declared_formats("a=int").write("a", "x")
    with pytest.raises(KeywordMisused, match=r"^The header 'kafka_deliveryAttempt' can't be published."):
        KNOWN.write("kafka_deliveryAttempt", 2**31)


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ("a=lnog", "There is no format 'lnog' for the header 'a'. Did you mean 'long'?"),
        ("a", "headers= can't be read: 'a'."),
        ("=long", "A header's name is a text, not ''."),
        (["a"], "headers= can't be list."),
        ('{"a": "long"', "headers= is not JSON"),
        ('{"a": "long", "a": "int"}', "headers= is "),
        ({1: "long"}, "A header's name is a text, not 1."),
    ],
)
def test_what_declares_nothing_is_refused(given_: Any, said: str) -> None:
    with pytest.raises(KeywordMisused) as refused:
        declared_formats(given_)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize("nothing", [None, "", {}])
def test_nothing_may_be_declared(nothing: Any) -> None:
    assert declared_formats(nothing) == KNOWN


@given(st.sampled_from(sorted(set(DECLARABLE) - {"json"})), st.binary(max_size=40))
def test_no_bytes_break_a_declared_header(kind: str, raw: bytes) -> None:
    formats = declared_formats({"h": kind})
    content = formats.read("h", raw).content
    if not isinstance(content, Unread) and kind not in ("uuid", "bigint"):  # which have several spellings
        assert formats.write("h", content) == raw or content != content  # noqa: PLR0124 - NaN


@given(st.sampled_from([name for name, _ in NAMES]), st.binary(max_size=40))
def test_no_bytes_break_a_known_header(name: str, raw: bytes) -> None:
    content = KNOWN.read(name, raw).content
    if not isinstance(content, int):
        assert KNOWN.write(name, content) == raw
